import Board
import Files
import Registers
import Trace

/// A register log fed to the chip that its head tells of, entry by entry.
///
/// The log is both stimulus and expectation: its accesses are made at their cycles, and what the chip answers and does
/// is compared with what the log says. Accesses outside `MBX` and `FLASH` (mailbox, UART, RAM, timer) depend on the board, not the
/// chip, and are passed over.
public struct Replay: Sendable {
  /// The first place where chip and log part.
  public struct Difference: Error, Sendable, Equatable, CustomStringConvertible {
    /// The log, as it was named.
    public let file: String
    /// Of the log, from 1.
    public let line: Int
    /// Of that line.
    public let cycle: UInt64
    /// What differs.
    public let subject: DifferenceSubject
    /// What the log has, and what the chip did.
    public let message: String
    public var description: String { "\(file):\(line): \(message)" }
  }

  /// How much of a log was fed.
  public struct Summary: Sendable, Equatable {
    /// Accesses that the chip answered as the log says.
    public var accesses = 0
    /// Events that came about as the log says.
    public var events = 0
    /// Accesses outside `MBX` and `FLASH`, which were not made.
    public var passedOver = 0
  }

  /// Whether it goes on behind a difference, with the chip's own value, and keeps them all in `differences`.
  public var findsAll = false
  /// Found since they were taken, where `findsAll`.
  package private(set) var differences: [Difference] = []
  /// What may differ of the values read; nil for nothing.
  package var judge: AgreementJudge?

  private let file: String
  var machine: Machine<MemoryLog>
  private let names: RegisterNames
  /// What the chip has done and the log has not yet mentioned.
  private var pending: ArraySlice<LogEntry> = []
  /// Of what was compared so far.
  public private(set) var summary = Summary()

  /// Operations that the log says ended early, and that the access behind them ends: a write of `RESET`.
  private var early: [(text: EntryText, line: LogLine)] = []
  /// The latest access outside the chip.
  private var outside: (transaction: Transaction, cycle: UInt64)?

  /// - Throws: when the head of the log describes no chip, or one in a state that it cannot have; when entries were left out.
  public init(of reader: LogReader, file: String) throws(InputError) {
    self.file = file
    if let filter = reader.origin.filter {
      throw InputError(
        file, line: 1,
        "the log is filtered (\(filter)): accesses that it does without cannot be made again; expected one"
          + " that was written without a filter")
    }
    do throws(ConfigurationProblem) {
      let chip = try ChipConfiguration(description: reader.description)
      machine = try Machine(chip, log: MemoryLog(), ramBytes: 0)
    } catch {
      throw InputError(file, line: 1, "\(error)")
    }
    names = RegisterNames(machine.maps)
    guard !reader.origin.state.isEmpty else { return }
    let name = "\(file):1: the chip at its beginning"
    let state = try ChipFile(bytes: reader.origin.state, named: name)
    guard state.snapshot.configuration == machine.chip.configuration else {
      throw InputError(name, "is another than that of its head")
    }
    machine = try state.machine(log: MemoryLog(), named: name)
    // How its supply fails the log itself says.
    if machine.powerLoss == nil { machine.schedule(SupplyFaults()) }
  }

  /// Feeds one line.
  public mutating func feed(_ line: LogLine) throws(Difference) {
    switch line.body {
    case .access(let transaction, let text): try access(transaction, text, line)
    case .event(let text): try event(text, line)
    }
  }

  /// After the last line: the chip has nothing left to say.
  public mutating func finish(afterLine line: Int) throws(Difference) {
    try expectEarly(at: nil)
    for entry in pending {
      try tell(line, machine.cycle, subject(of: entry), "the log ends, the chip did: \(words(entry))")
    }
    pending = []
    for finding in judge?.findings() ?? [] {
      let subject = DifferenceSubject(
        Transaction(.read, finding.address, 0), bits: finding.bits, in: machine.maps)
      try tell(line, machine.cycle, subject, "\(name(of: finding.address)): \(finding.words)")
    }
  }

  /// The chip that the log is of.
  package var chip: ChipConfiguration { machine.chip.configuration }

  /// Whether the log goes on from a chip that had already run.
  package var beginsMidway: Bool { machine.cycle > 0 }

  /// Hands over what was found so far.
  package mutating func takeDifferences() -> [Difference] {
    defer { differences = [] }
    return differences
  }

  /// Throws a difference, or keeps it where all are wanted.
  private mutating func tell(
    _ line: Int, _ cycle: UInt64, _ subject: DifferenceSubject, _ message: String
  ) throws(Difference) {
    let difference = Difference(file: file, line: line, cycle: cycle, subject: subject, message: message)
    guard findsAll else { throw difference }
    differences.append(difference)
  }

  private mutating func access(
    _ transaction: Transaction, _ text: EntryText, _ line: LogLine
  ) throws(Difference) {
    outside = nil
    let expected = names.text(of: LogEntry(cycle: line.cycle, .access(transaction)))
    let subject = DifferenceSubject.access(address: transaction.address, fields: [])
    if text != expected, text != EntryText(register: "", detail: "") {
      try tell(
        line.number, line.cycle, subject,
        "the columns say \(text.register) \(text.detail), the value \(expected.register) \(expected.detail)")
    }
    guard MemoryMap.isOfChip(transaction.address) else {
      summary.passedOver += 1
      outside = (transaction, line.cycle)
      _ = judge?.disagreement(expected: transaction, got: transaction)
      return
    }
    try expectEarly(at: line.cycle)
    try tellPending(before: line)
    guard machine.powerLoss == nil else {
      return try tell(line.number, line.cycle, subject, "an access after the power went")
    }
    if line.cycle <= machine.cycle {
      try tell(line.number, line.cycle, subject, "cycle \(line.cycle), expected more than \(machine.cycle)")
    }
    machine.make(transaction, line.size, returningAt: line.cycle)
    collect()
    for (text, line) in early { try compare(text, line) }
    early = []
    // What is between is what the chip did in the meantime.
    while let entry = pending.popFirst() {
      guard case .access(let made) = entry.body else {
        try tell(line.number, line.cycle, self.subject(of: entry), "expected before this: \(words(entry))")
        continue
      }
      return try compare(made, at: entry.cycle, with: transaction, line, expected)
    }
  }

  private mutating func compare(
    _ made: Transaction, at cycle: UInt64, with logged: Transaction, _ line: LogLine, _ text: EntryText
  ) throws(Difference) {
    let bits = judge?.disagreement(expected: made, got: logged) ?? (made.value ^ logged.value)
    if bits != 0 {
      let subject = DifferenceSubject(logged, bits: bits, in: machine.maps)
      try tell(line.number, line.cycle, subject, valueDifference(bits, logged, chip: made.value))
    }
    if cycle != line.cycle {
      try tell(
        line.number, line.cycle, .access(address: logged.address, fields: []),
        "\(text.register): the log has cycle \(line.cycle), the chip \(cycle)")
    }
    summary.accesses += 1
  }

  private mutating func tellPending(before line: LogLine) throws(Difference) {
    while let entry = pending.popFirst() {
      try tell(line.number, line.cycle, subject(of: entry), "expected before this: \(words(entry))")
    }
  }

  /// What the board refused of an access outside the chip, the chip notes in its ERROR.
  private mutating func noteRefusal(_ text: EntryText, _ line: LogLine) {
    guard let (transaction, cycle) = outside, cycle == line.cycle, cycle >= machine.cycle,
      case .chipError(let error)? = ChipEvent(text)
    else { return }
    machine.advance(to: cycle)
    machine.note(error, of: transaction)
    collect()
    outside = nil
  }

  private mutating func event(_ text: EntryText, _ line: LogLine) throws(Difference) {
    try expectEarly(at: line.cycle)
    if !isPending(text) {
      if let failure = SupplyFailure(ChipEvent(text)) { machine.make(failure, at: line.cycle) }
      machine.finishOperations(by: line.cycle)
      collect()
    }
    if !isPending(text) { noteRefusal(text, line) }
    if !isPending(text), line.cycle > machine.cycle, ChipEvent(text)?.isEarlyEnd == true {
      early.append((text, line))
    } else {
      try compare(text, line)
    }
  }

  private func isPending(_ text: EntryText) -> Bool {
    findsAll ? pending.contains { hasText($0, text) } : !pending.isEmpty
  }

  /// What ended early at another cycle than that of an access behind it, nothing ended.
  private mutating func expectEarly(at cycle: UInt64?) throws(Difference) {
    guard let first = early.first, first.line.cycle != cycle else { return }
    defer { early = [] }
    for (text, line) in early { try tellMissing(text, line) }
  }

  private mutating func tellMissing(_ text: EntryText, _ line: LogLine) throws(Difference) {
    try tell(
      line.number, line.cycle, .event(block: text.register),
      "the log has '\(text.register) \(text.detail)', the chip did nothing")
  }

  private mutating func compare(_ text: EntryText, _ line: LogLine) throws(Difference) {
    if findsAll { return try align(text, line) }
    guard let entry = pending.popFirst() else { return try tellMissing(text, line) }
    if !isSame(entry, text, line) { try tellOther(entry, text, line) }
    summary.events += 1
  }

  /// Finds an event of the log in what the chip did, and tells what is on one side only.
  private mutating func align(_ text: EntryText, _ line: LogLine) throws(Difference) {
    let same = pending.firstIndex { isSame($0, text, line) } ?? pending.firstIndex { hasText($0, text) }
    guard let same else { return try tellMissing(text, line) }
    for entry in pending[..<same] {
      try tell(line.number, line.cycle, subject(of: entry), "expected before this: \(words(entry))")
    }
    let entry = pending[same]
    pending = pending[(same + 1)...]
    if !isSame(entry, text, line) { try tellOther(entry, text, line) }
    summary.events += 1
  }

  private func isSame(_ entry: LogEntry, _ text: EntryText, _ line: LogLine) -> Bool {
    hasText(entry, text) && entry.cycle == line.cycle
  }

  private func hasText(_ entry: LogEntry, _ text: EntryText) -> Bool {
    let made = names.text(of: entry)
    guard made != text, let judge, judge.agreement != .exact else { return made == text }
    return made.withoutSaturation == text.withoutSaturation
  }

  private mutating func tellOther(_ entry: LogEntry, _ text: EntryText, _ line: LogLine) throws(Difference) {
    let made = names.text(of: entry)
    try tell(
      line.number, line.cycle, .event(block: text.register),
      "the log has '\(text.register) \(text.detail)' at cycle \(line.cycle), the chip '\(made.register) \(made.detail)'"
        + " at cycle \(entry.cycle)")
  }

  private mutating func collect() {
    pending += machine.log.entries
    machine.log.entries.removeAll(keepingCapacity: true)
  }

  private func words(_ entry: LogEntry) -> String {
    let text = names.text(of: entry)
    return "\(text.register) \(text.detail) at cycle \(entry.cycle)"
  }

  private func subject(of entry: LogEntry) -> DifferenceSubject {
    switch entry.body {
    case .access(let transaction): .access(address: transaction.address, fields: [])
    case .event: .event(block: names.text(of: entry).register)
    }
  }

  private func name(of address: UInt32) -> String { names.name(of: address) ?? "address \(address)" }

  /// Names the fields that differ.
  private func valueDifference(_ bits: UInt32, _ logged: Transaction, chip: UInt32) -> String {
    let fields = DifferenceSubject.fields(at: logged.address, in: machine.maps)
    let parts = fields.filter { $0.mask & bits != 0 }.map { field in
      func show(_ word: UInt32) -> String {
        field.isSigned ? "\(field.decodeSigned(word))" : "\(field.decode(word))"
      }
      return "\(field.name): the log has \(show(logged.value)), the chip \(show(chip))"
    }
    let whole = "the log has \(logged.value), the chip \(chip)"
    return "\(name(of: logged.address)) \(parts.isEmpty ? whole : parts.joined(separator: "; "))"
  }
}

extension ChipEvent {
  fileprivate var isEarlyEnd: Bool {
    switch self {
    case .aborted, .flash(.aborted): true
    default: false
    }
  }
}
