import Firmware
import Registers

/// What is wrong with an answer, and what was expected.
struct WrongAnswer: Error, Equatable {
  let text: String

  init(_ got: String, expected: String) { text = "with \(got), expected \(expected)" }
}

/// An answer of a controller whose every word is one that the protocol allows.
struct Answer: Equatable {
  let status: Status
  /// After the status.
  let words: [UInt32]

  /// - Parameters:
  ///   - words: all that the controller sent.
  ///   - features: of the chip: a cell unit can refuse an inference where no tile did.
  init(
    _ words: [UInt32], to command: Command, _ request: [UInt32], form: AnswerForm, on features: ChipFeatures = []
  ) throws(WrongAnswer) {
    guard let first = words.first else { throw WrongAnswer("nothing", expected: Self.expectation(form)) }
    guard let status = Status(rawValue: first) else {
      let last = Status.allCases.map(\.rawValue).max() ?? 0
      throw WrongAnswer("status \(first)", expected: "0 to \(last)")
    }
    self.status = status
    self.words = Array(words.dropFirst())
    guard status == .done else {
      try Self.checkRefusal(
        status, self.words, of: command, isOfUnit: command == .infer && features.contains(.cell))
      return
    }
    switch form {
    case .refusal(let refusal):
      throw WrongAnswer("status 0, done", expected: "\(refusal.rawValue), \(refusal)")
    case .parts(let parts, let optional):
      // Another version may have another answer.
      if command == .identify, let version = self.words.first, version != Command.version {
        throw WrongAnswer("version \(version) of the protocol", expected: "\(Command.version), the host's")
      }
      try Self.check(self.words, parts, optional)
      try Self.checkSense(self.words, parts, of: command, request)
    }
  }

  private static func checkRefusal(
    _ status: Status, _ words: [UInt32], of command: Command, isOfUnit: Bool
  ) throws(WrongAnswer) {
    let named = "status \(status.rawValue), \(status)"
    guard command.refusals.contains(status) else {
      throw WrongAnswer(named, expected: "a status that '\(command)' can have")
    }
    let parts: [AnswerPart] =
      switch status {
      case .hardware: [.init("ERROR word", count: Layer.allCases.count, .words(0...TileError.mask))]
      case .flash: [.init("ERROR word of the flash", .words(0...FlashError.mask))]
      case .outOfMemory: ["number of bytes needed", "number of bytes there"].map { .init($0, .words(0...(.max))) }
      default: []
      }
    try check(words, parts, 0)
    if status == .hardware, !isOfUnit, words.allSatisfy({ $0 == 0 }) {
      throw WrongAnswer("\(named) and no error of a tile", expected: "at least one")
    }
    if status == .outOfMemory, words[0] <= words[1] {
      throw WrongAnswer("\(named), \(words[0]) bytes needed and \(words[1]) there", expected: "more needed than there")
    }
  }

  private static func expectation(_ form: AnswerForm) -> String {
    switch form {
    case .refusal(let status): "status \(status.rawValue), \(status)"
    case .parts(let parts, _): "a status" + (parts.isEmpty ? "" : ", ") + list(parts)
    }
  }

  private static func list(_ parts: [AnswerPart]) -> String {
    let texts = parts.map(\.text)
    guard texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + (texts.last ?? "")
  }

  private static func check(_ words: [UInt32], _ parts: [AnswerPart], _ optional: Int) throws(WrongAnswer) {
    let most = parts.reduce(0) { $0 + $1.words }
    let least = parts.dropLast(optional).reduce(0) { $0 + $1.words }
    guard least...most ~= words.count else {
      let numbers = parts.isEmpty ? "none" : list(parts)
      let packed = parts.contains { $0.words != $0.count } ? " (\(most) words)" : ""
      throw WrongAnswer("\(words.count) word\(words.count == 1 ? "" : "s")", expected: numbers + packed)
    }
    var rest = words[...]
    for part in parts where !rest.isEmpty {
      try check(rest.prefix(part.words), part)
      rest = rest.dropFirst(part.words)
    }
  }

  private static func check(_ words: ArraySlice<UInt32>, _ part: AnswerPart) throws(WrongAnswer) {
    func name(_ place: Int) -> String { part.count == 1 ? part.name : "\(part.name) \(place - words.startIndex)" }
    switch part.packing {
    case .words(let range):
      guard let place = words.firstIndex(where: { !range.contains($0) }) else { return }
      throw WrongAnswer("\(name(place)) \(words[place])", expected: "\(range.lowerBound) to \(range.upperBound)")
    case .signedWords(let range):
      guard let place = words.firstIndex(where: { !range.contains(Int32(bitPattern: $0)) }) else { return }
      throw WrongAnswer(
        "\(name(place)) \(Int32(bitPattern: words[place]))", expected: "\(range.lowerBound) to \(range.upperBound)")
    case .pairs(let columns):
      guard columns % 2 == 1 else { return }
      let perRow = (columns + 1) / 2
      for last in stride(from: words.startIndex + perRow - 1, to: words.endIndex, by: perRow)
      where words[last] >> 16 != 0 {
        throw WrongAnswer(
          "\(words[last] >> 16) in the half word behind the last \(part.name) of a row", expected: "0")
      }
    }
  }

  /// The first of the largest outputs, two a word behind the class.
  private static func largestOutput(_ words: [UInt32], count: Int) -> Int {
    func output(_ place: Int) -> Int16 {
      let word = words[1 + place / 2]
      return place & 1 == 0 ? Lanes.even(word) : Lanes.odd(word)
    }
    var winner = 0
    for place in 1..<max(count, 1) where output(place) > output(winner) { winner = place }
    return winner
  }

  /// What no single word shows.
  private static func checkSense(
    _ words: [UInt32], _ parts: [AnswerPart], of command: Command, _ request: [UInt32]
  ) throws(WrongAnswer) {
    switch command {
    case .infer:
      let winner = largestOutput(words, count: parts[1].count)
      guard winner != words[0] else { return }
      throw WrongAnswer("class \(words[0])", expected: "\(winner), the first of the largest output")
    case .program:
      let (worst, missed, tolerance) = (words[0], words[1], request[1])
      if missed > 0 && worst <= tolerance {
        throw WrongAnswer("\(missed) missed cells and the worst error \(worst)", expected: "one above \(tolerance)")
      }
      if missed == 0 && worst > 2 * tolerance {
        throw WrongAnswer("no missed cell and the worst error \(worst)", expected: "at most \(2 * tolerance)")
      }
    case .scrub:
      let (off, cells, left, rounds) = (words[0], words[1], words[2], words[3])
      if cells > off { throw WrongAnswer("\(cells) cells of \(off) columns", expected: "a cell of a column at most") }
      guard cells == 0, left != off || rounds > 0 else { return }
      throw WrongAnswer(
        "no cell, \(off) and then \(left) columns off, and \(rounds) rounds", expected: "as many columns and no rounds")
    default: break
    }
  }
}

extension TileError {
  fileprivate static var mask: UInt32 { fields.reduce(0) { $0 | $1.mask } }
}

extension FlashError {
  fileprivate static var mask: UInt32 { fields.reduce(0) { $0 | $1.mask } }
}
