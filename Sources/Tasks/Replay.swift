import Board
import Files
import Registers
import Trace

/// A register log fed to a fresh chip, entry by entry.
///
/// The log is both stimulus and expectation: its accesses are made at their cycles, and what the chip answers and does
/// is compared with what the log says. Accesses outside `MBX` (mailbox, UART, RAM, timer) depend on the board, not the
/// chip, and are passed over.
public struct Replay: Sendable {
  /// The first place where chip and log part.
  public struct Difference: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let message: String
    public var description: String { "\(file):\(line): \(message)" }
  }

  public struct Summary: Sendable, Equatable {
    public var accesses = 0
    public var events = 0
    public var passedOver = 0
  }

  private let file: String
  private var machine: Machine<MemoryLog>
  private let names: RegisterNames
  /// What the chip has done and the log has not yet mentioned.
  private var pending: ArraySlice<LogEntry> = []
  public private(set) var summary = Summary()

  /// - Throws: when the head of the log describes no chip.
  public init(of reader: LogReader, file: String) throws(InputError) {
    self.file = file
    do throws(ConfigurationProblem) {
      machine = try Machine(try ChipConfiguration(description: reader.description), log: MemoryLog())
    } catch {
      throw InputError(file, line: 1, "\(error)")
    }
    names = RegisterNames(machine.maps)
  }

  /// Feeds one line.
  public mutating func feed(_ line: LogLine) throws(Difference) {
    switch line.body {
    case .access(let transaction, let text): try access(transaction, text, line)
    case .event(let text): try event(text, line)
    }
  }

  /// After the last line: the chip has nothing left to say.
  public func finish(afterLine line: Int) throws(Difference) {
    if let entry = pending.first { throw difference(line, "the log ends, the chip did: \(words(entry))") }
  }

  private mutating func access(_ transaction: Transaction, _ text: EntryText, _ line: LogLine) throws(Difference) {
    let expected = names.text(of: LogEntry(cycle: line.cycle, .access(transaction)))
    guard text == expected || text == EntryText(register: "", detail: "") else {
      throw difference(
        line.number,
        "the columns say \(text.register) \(text.detail), the value \(expected.register) \(expected.detail)")
    }
    guard Self.chip.contains(transaction.address) else {
      summary.passedOver += 1
      return
    }
    if let entry = pending.first { throw difference(line.number, "expected before this: \(words(entry))") }
    guard line.cycle > machine.cycle else {
      throw difference(line.number, "cycle \(line.cycle), expected more than \(machine.cycle)")
    }
    machine.advance(to: line.cycle - 1)
    switch transaction.kind {
    case .read: _ = machine.read(transaction.address)
    case .write: machine.write(transaction.address, transaction.value)
    }
    collect()
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

  private mutating func event(_ text: EntryText, _ line: LogLine) throws(Difference) {
    if pending.isEmpty {
      machine.finishOperations(by: line.cycle)
      collect()
    }
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

  /// Addresses of `MBX` and its tiles.
  private static let chip =
    MemoryMap.chip..<MemoryMap.firstTile + UInt32(MemoryMap.maximumTiles) * MemoryMap.tileStride

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
