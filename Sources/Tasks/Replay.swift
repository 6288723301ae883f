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

  private let file: String
  private var machine: Machine<MemoryLog>
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
    if let entry = pending.first { throw difference(line, "the log ends, the chip did: \(words(entry))") }
  }

  private mutating func access(
    _ transaction: Transaction, _ text: EntryText, _ line: LogLine
  ) throws(Difference) {
    outside = nil
    let expected = names.text(of: LogEntry(cycle: line.cycle, .access(transaction)))
    guard text == expected || text == EntryText(register: "", detail: "") else {
      throw difference(
        line.number,
        "the columns say \(text.register) \(text.detail), the value \(expected.register) \(expected.detail)")
    }
    guard MemoryMap.isOfChip(transaction.address) else {
      summary.passedOver += 1
      outside = (transaction, line.cycle)
      return
    }
    try expectEarly(at: line.cycle)
    if let entry = pending.first { throw difference(line.number, "expected before this: \(words(entry))") }
    guard machine.powerLoss == nil else { throw difference(line.number, "an access after the power went") }
    guard line.cycle > machine.cycle else {
      throw difference(line.number, "cycle \(line.cycle), expected more than \(machine.cycle)")
    }
    machine.make(transaction, line.size, returningAt: line.cycle)
    collect()
    for (text, line) in early { try compare(text, line) }
    early = []
    guard let entry = pending.popFirst() else { preconditionFailure("the bus logs every access") }
    guard case .access(let made) = entry.body else {
      throw difference(line.number, "expected before this: \(words(entry))")
    }
    guard made.value == transaction.value else { throw valueDifference(line.number, transaction, chip: made.value) }
    guard entry.cycle == line.cycle else {
      throw difference(line.number, "\(expected.register): the log has cycle \(line.cycle), the chip \(entry.cycle)")
    }
    summary.accesses += 1
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
    if pending.isEmpty {
      if line.cycle >= machine.cycle {
        if text == EntryText(.powerOff) { machine.schedule(.init(powerCut: line.cycle)) }
        if text == EntryText(.brownOut) { machine.schedule(.init(brownOut: line.cycle)) }
      }
      machine.finishOperations(by: line.cycle)
      collect()
    }
    if pending.isEmpty { noteRefusal(text, line) }
    if pending.isEmpty, line.cycle > machine.cycle, ChipEvent(text)?.isEarlyEnd == true {
      early.append((text, line))
    } else {
      try compare(text, line)
    }
  }

  /// What ended early at another cycle than that of an access behind it, nothing ended.
  private func expectEarly(at cycle: UInt64?) throws(Difference) {
    guard let (text, line) = early.first, line.cycle != cycle else { return }
    throw difference(line.number, "the log has '\(text.register) \(text.detail)', the chip did nothing")
  }

  private mutating func compare(_ text: EntryText, _ line: LogLine) throws(Difference) {
    guard let entry = pending.popFirst() else {
      throw difference(line.number, "the log has '\(text.register) \(text.detail)', the chip did nothing")
    }
    let made = names.text(of: entry)
    guard made == text, entry.cycle == line.cycle else {
      throw difference(
        line.number,
        "the log has '\(text.register) \(text.detail)' at cycle \(line.cycle), the chip '\(made.register) \(made.detail)'"
          + " at cycle \(entry.cycle)")
    }
    summary.events += 1
  }

  private mutating func collect() {
    pending += machine.log.entries
    machine.log.entries.removeAll(keepingCapacity: true)
  }

  private func words(_ entry: LogEntry) -> String {
    let text = names.text(of: entry)
    return "\(text.register) \(text.detail) at cycle \(entry.cycle)"
  }

  private func difference(_ line: Int, _ message: String) -> Difference {
    Difference(file: file, line: line, message: message)
  }

  /// Names the fields that differ.
  private func valueDifference(_ line: Int, _ logged: Transaction, chip: UInt32) -> Difference {
    let name = names.name(of: logged.address) ?? "address \(logged.address)"
    let fields = machine.maps.lazy.compactMap { $0.find(logged.address &- $0.base)?.entry.register.fields }.first ?? []
    let parts = fields.filter { $0.decode(logged.value) != $0.decode(chip) }.map { field in
      func show(_ word: UInt32) -> String {
        field.isSigned ? "\(field.decodeSigned(word))" : "\(field.decode(word))"
      }
      return "\(field.name): the log has \(show(logged.value)), the chip \(show(chip))"
    }
    let whole = "the log has \(logged.value), the chip \(chip)"
    return difference(line, "\(name) \(parts.isEmpty ? whole : parts.joined(separator: "; "))")
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
