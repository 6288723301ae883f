import Board
import Files
import Registers
import Tasks
import Trace

/// Two register logs held against each other, an entry at a time.
package struct LogComparison {
  package struct Options: Sendable {
    /// What may differ between the accesses.
    package var free = Freedom()
    package var comparesCycles = false
    /// Only `MBX`, its tiles and what they do.
    package var onlyChip = false
    /// How near codes have to be; other than `exact`, the logs may be of two dies, and rounds of programming may differ.
    package var analog = AnalogAgreement.exact
    /// Whether it goes on behind what one log has and the other has not.
    package var findsAll = false

    package init() {}
  }

  /// A difference, in words and as what a waiver can name.
  package struct Difference: Sendable, Equatable {
    /// Of the first log, or of the second where the first has nothing.
    package let line: Int
    package let cycle: UInt64
    package let subject: DifferenceSubject
    package let words: String
  }

  var expected: OrderedLines
  var got: OrderedLines
  let options: Options
  let registers = RegisterText()
  let maps = BlockMap.board(tiles: MemoryMap.maximumTiles)
  /// Nil for one die.
  package internal(set) var judge: AgreementJudge?
  /// Found and not yet handed over.
  var found: [Difference] = []
  private var isBegun = false
  private var isAtEnd = false
  package internal(set) var accesses = 0
  package internal(set) var events = 0
  /// Rows that took other rounds in one log than in the other.
  package internal(set) var otherRounds = 0

  /// - Throws: where codes are to be of a chip's distribution, and the first log's head describes none.
  package init(
    _ expected: LogReader, named: String, against got: LogReader, named other: String, _ options: Options
  ) throws(InputError) {
    if options.analog != .exact {
      do throws(ConfigurationProblem) {
        let chip = try ChipConfiguration(description: expected.description)
        judge = AgreementJudge(options.analog, of: chip)
      } catch {
        throw InputError(named, line: 1, "\(error)")
      }
    }
    self.expected = OrderedLines(reader: expected, file: named, options: options)
    self.got = OrderedLines(reader: got, file: other, options: options)
    self.options = options
  }

  /// The next difference; nil when there is none any more.
  /// - Throws: what is wrong with one of the files.
  package mutating func next() throws(InputError) -> Difference? {
    if !isBegun {
      isBegun = true
      if let difference = differenceOfChips {
        found.append(Difference(line: 1, cycle: 0, subject: .head, words: difference))
        // Of other chips nothing else can be said.
        isAtEnd = true
      }
    }
    while found.isEmpty && !isAtEnd { try step() }
    return found.isEmpty ? nil : found.removeFirst()
  }

  /// Compares the next lines, or a row's rounds.
  private mutating func step() throws(InputError) {
    let (line, other) = (try expected.peek(0), try got.peek(0))
    guard line != nil || other != nil else {
      isAtEnd = true
      return tellFindings()
    }
    if judge != nil, line?.isOfRounds ?? true, other?.isOfRounds ?? true, try stepRounds() { return }
    guard let line, let other, key(line) == key(other) else {
      let skip = options.findsAll ? try distance() : (expected: line == nil ? 0 : 1, got: other == nil ? 0 : 1)
      for place in 0..<max(skip.expected, skip.got) {
        let one = place < skip.expected ? try expected.next() : nil
        tellUnequal(one, place < skip.got ? try got.next() : nil)
      }
      return
    }
    _ = (try expected.next(), try got.next())
    compare(line, other)
  }

  func key(_ line: LogLine) -> LineKey { LineKey(line, isOneDie: judge == nil) }

  private var differenceOfChips: String? {
    let filters = [expected.filter, got.filter].map {
      $0.map { "a log filtered (\($0))" } ?? "one that is not filtered"
    }
    guard filters[0] == filters[1] else {
      return "\(expected.file), \(got.file): other entries: expected \(filters[0]), got \(filters[1])"
    }
    func items(_ description: String) -> [Substring] {
      description.split(separator: "\n").filter { $0.hasPrefix("chip ") || $0.hasPrefix("tile ") }
        .flatMap { $0.split(separator: " ") }
        // Of another die nothing but the seed is other.
        .filter { judge == nil || !$0.hasPrefix("seed=") }
    }
    let (one, other) = (items(expected.description), items(got.description))
    for place in 0..<max(one.count, other.count) {
      let item = place < one.count ? "'\(one[place])'" : "nothing more"
      let otherItem = place < other.count ? "'\(other[place])'" : "nothing more"
      if item != otherItem {
        return "\(expected.file), \(got.file): another chip: expected \(item), got \(otherItem)"
      }
    }
    return nil
  }

  /// Two lines of the same step.
  mutating func compare(_ line: LogLine, _ other: LogLine) {
    switch (line.body, other.body) {
    case (.access(let transaction, _), .access(let made, _)):
      accesses += 1
      let bits = disagreement(transaction, made)
      if bits != 0 {
        let subject = DifferenceSubject(transaction, bits: bits, in: maps)
        return tell(
          line, other, subject, "access \(accesses): " + registers.words(expected: transaction, got: made))
      }
    case (.event, .event): events += 1
    default: return tellUnequal(line, other)
    }
    guard options.comparesCycles, line.cycle != other.cycle else { return }
    tell(
      line, other, subject(of: line), "\(words(line)): expected cycle \(line.cycle), got \(other.cycle)")
  }

  private mutating func disagreement(_ transaction: Transaction, _ made: Transaction) -> UInt32 {
    let bits = judge?.disagreement(expected: transaction, got: made) ?? (transaction.value ^ made.value)
    return bits != 0 && options.free.allows(made, for: transaction) ? 0 : bits
  }

  /// A line that is another in the other log, or not there.
  mutating func tellUnequal(_ line: LogLine?, _ other: LogLine?) {
    var place = ""
    if case .access(let transaction, _)? = line?.body { judge?.pass(expected: transaction) }
    if case .access(let transaction, _)? = other?.body { judge?.pass(got: transaction) }
    if case .access? = line?.body, case .access? = other?.body {
      accesses += 1
      place = "access \(accesses): "
    }
    guard let subject = (line ?? other).map(subject(of:)) else { return }
    let nothing = options.findsAll ? "nothing there" : "the end of the log"
    tell(
      line, other, subject,
      "\(place)expected \(line.map(words) ?? nothing), got \(other.map(words) ?? nothing)")
  }

  mutating func tell(_ line: LogLine?, _ other: LogLine?, _ subject: DifferenceSubject, _ difference: String) {
    let places = [(expected.file, line), (got.file, other)].map { file, line in
      "\(file)\(line.map { ":\($0.number)" } ?? "")"
    }
    found.append(
      Difference(
        line: (line ?? other)?.number ?? 0, cycle: (line ?? other)?.cycle ?? 0, subject: subject,
        words: "\(places.joined(separator: ", ")): \(difference)"))
  }

  private mutating func tellFindings() {
    guard let judge else { return }
    for (finding, words) in zip(judge.findings(), judge.findingWords(registers)) {
      let access = Transaction(.read, finding.address, 0)
      found.append(
        Difference(
          line: expected.latest.line, cycle: expected.latest.cycle,
          subject: DifferenceSubject(access, bits: finding.bits, in: maps),
          words: "\(expected.file), \(got.file): \(words)"))
    }
  }

  func subject(of line: LogLine) -> DifferenceSubject {
    switch line.body {
    case .access(let transaction, _): .access(address: transaction.address, fields: [])
    case .event(let text): .event(block: text.register)
    }
  }

  func words(_ line: LogLine) -> String {
    switch line.body {
    case .access(let transaction, _): registers.words(transaction)
    case .event(let text): "'\(text.register) \(text.detail)'"
    }
  }
}

extension AgreementJudge {
  /// What is wrong with lines as a whole, by name.
  func findingWords(_ registers: RegisterText) -> [String] {
    findings().map { "\(registers.name(of: $0.address))\($0.bits == 0xffff ? ".EVEN" : ".ODD"): \($0.words)" }
  }
}
