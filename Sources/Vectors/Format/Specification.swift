import Files

/// The number of a normative sentence: its file, its section, and a running number in that. `CHIP-6.7`.
public struct SentenceNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The files of a specification, in their order.
  enum Part: String, Sendable, CaseIterable {
    case chip = "CHIP"
    case devices = "DEV"
    case firmware = "FW"
    case format = "FMT"
    case energy = "NRG"

    var file: String { "\(self).md" }
  }

  let part: Part
  /// Of the section, and last of the sentence in it.
  let numbers: [Int]

  /// Nil for a text that is none.
  public init?(_ text: some StringProtocol) {
    let halves = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let part = Part(rawValue: String(halves[0])) else { return nil }
    let numbers = halves[1].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    self.part = part
    self.numbers = numbers
    guard numbers.count >= 2, numbers.allSatisfy({ $0 >= 0 }), description == text else { return nil }
  }

  /// As it stands behind its sentence.
  public var description: String { "\(part.rawValue)-\(numbers.map(String.init).joined(separator: "."))" }

  /// Whether it is that of a sentence in a section, `6.1`.
  func isIn(section: String) -> Bool { numbers.dropLast().map(String.init).joined(separator: ".") == section }

  /// Files, sections, running numbers.
  public static func < (one: Self, other: Self) -> Bool {
    guard one.part == other.part else { return one.part.place < other.part.place }
    return one.numbers.lexicographicallyPrecedes(other.numbers)
  }
}

extension SentenceNumber.Part {
  fileprivate var place: Int {
    switch self {
    case .chip: 0
    case .devices: 1
    case .firmware: 2
    case .format: 3
    case .energy: 4
    }
  }
}

/// The normative sentences of a folder of specifications, each with its number behind it:
/// `nothing wraps. [CHIP-1.1.1]`. What has no number explains.
public struct Specification: Sendable {
  /// By number, without the marks of lists and tables.
  private var texts: [SentenceNumber: String] = [:]

  /// All there are, in their order.
  public var numbers: [SentenceNumber] { texts.keys.sorted() }

  /// Reads `chip.md`, `devices.md`, `firmware.md`, `format.md` and `energy.md`.
  /// - Throws: when one cannot be read, for a number that is there twice or stands in another section.
  public init(folder: String) throws(InputError) {
    for part in SentenceNumber.Part.allCases {
      let file = try TextFile("\(folder)/\(part.file)", expecting: "a specification")
      try read(file, part)
    }
  }

  /// What a sentence says; nil where there is none of that number.
  public subscript(_ number: SentenceNumber) -> String? { texts[number] }

  /// The folder of the specification beside a file of vectors; nil where there is none.
  public static func folder(beside vectors: String) -> String? {
    let folder = FilePath.folder(of: vectors)
    return ["\(folder)/../specification", "\(folder)/specification"].first {
      FilePath.exists("\($0)/\(SentenceNumber.Part.chip.file)")
    }
  }

  /// A mark closes what stands before it, back to the one before or to the beginning of its paragraph, item or row.
  private mutating func read(_ file: TextFile, _ part: SentenceNumber.Part) throws(InputError) {
    var section = "0"
    var begun = ""
    for (place, line) in file.lines.enumerated() {
      if line.hasPrefix("#") {
        section = Self.section(line) ?? section
        begun = ""
        continue
      }
      if line.trimmed.isEmpty || Self.beginning(of: line) != nil { begun = "" }
      let pieces = Self.pieces(line)
      for (text, number) in pieces.sentences {
        guard number.part == part, number.isIn(section: section) else {
          throw file.error(line: place + 1, "\(number) stands in section \(section) of \(part.file)")
        }
        guard texts.updateValue(Self.plain(begun + text), forKey: number) == nil else {
          throw file.error(line: place + 1, "\(number) is there twice")
        }
        begun = ""
      }
      begun += pieces.rest + " "
    }
  }

  /// `6.1` of `### 6.1 Title`; nil of a heading without a number.
  private static func section(_ heading: Substring) -> String? {
    let words = heading.split(separator: " ")
    guard words.count > 1 else { return nil }
    let number = words[1].last == "." ? words[1].dropLast() : words[1]
    return number.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." } ? String(number) : nil
  }

  /// A line by its marks: what stands before each, and what stands behind the last.
  private static func pieces(_ line: Substring) -> (sentences: [(Substring, SentenceNumber)], rest: Substring) {
    var sentences: [(Substring, SentenceNumber)] = []
    var begin = line.startIndex
    for open in line.indices where line[open] == "[" && open >= begin {
      guard let close = line[open...].firstIndex(of: "]"),
        let number = SentenceNumber(line[line.index(after: open)..<close])
      else { continue }
      sentences.append((line[begin..<open], number))
      begin = line.index(after: close)
    }
    return (sentences, line[begin...])
  }

  /// What begins an item of a list or a row of a table: `- `, `* `, `12. `, `| `.
  private static func beginning(of line: some StringProtocol) -> Int? {
    let blanks = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(blanks)
    if ["- ", "* ", "| "].contains(where: { rest.hasPrefix($0) }) { return blanks + 2 }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }.count
    return digits > 0 && rest.dropFirst(digits).hasPrefix(". ") ? blanks + digits + 2 : nil
  }

  /// On one line, without what begins an item or a row and what makes bold.
  private static func plain(_ text: String) -> String {
    let words = text.dropFirst(beginning(of: text) ?? 0).replacing("**", with: "").split { $0.isWhitespace }
    return String(words.joined(separator: " ").drop { "*;:,. ".contains($0) })
  }
}

extension Node {
  /// Numbers of sentences in their order, each once.
  /// - Parameter specification: that has to have them; nil where none is at hand.
  func sentences(of specification: Specification?) throws(InputError) -> [SentenceNumber] {
    var numbers: [SentenceNumber] = []
    for element in try elements() {
      guard let number = SentenceNumber(try element.string()) else {
        throw element.mismatch("the number of a sentence, as CHIP-6.7")
      }
      if let specification, specification[number] == nil {
        throw element.error("the specification has no sentence \(number)")
      }
      if let last = numbers.last, last >= number {
        throw element.error("\(number) stands behind \(last), expected sentences in order, each once")
      }
      numbers.append(number)
    }
    return numbers
  }
}
