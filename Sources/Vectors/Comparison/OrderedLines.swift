import Files
import Registers
import Trace

/// The lines of a log that are compared, in an order that does not depend on what is free, and a look ahead.
struct OrderedLines {
  private var reader: LogReader
  let file: String
  private let options: LogComparison.Options
  /// Pulses of a run that are put in order together: more than all tiles have.
  private static var longestRun: Int { 1 << 14 }
  /// Read and not yet handed on, from `first` on.
  private var queue: [LogLine] = []
  private var first = 0
  /// Lines of the file handed on, for what is behind the last.
  private(set) var latest: (line: Int, cycle: UInt64) = (0, 0)

  init(reader: LogReader, file: String, options: LogComparison.Options) {
    self.reader = reader
    self.file = file
    self.options = options
  }

  var description: String { reader.description }
  var filter: String? { reader.origin.filter }

  mutating func next() throws(InputError) -> LogLine? {
    guard let line = try peek(0) else { return nil }
    first += 1
    if first > 1 << 12 {
      queue.removeFirst(first)
      first = 0
    }
    latest = (line.number, line.cycle)
    return line
  }

  /// The line some places ahead of the next; nil behind the last.
  mutating func peek(_ ahead: Int) throws(InputError) -> LogLine? {
    while queue.count - first <= ahead {
      guard try fill() else { return nil }
    }
    return queue[first + ahead]
  }

  /// Appends a line, or a run of those whose order is free; false at the end.
  private mutating func fill() throws(InputError) -> Bool {
    guard let line = try read() else { return false }
    guard options.free.pulseOrder, let address = self.address(ofPulse: line) else {
      queue.append(line)
      return true
    }
    var run = [(address: address, line: line)]
    var behind: LogLine?
    while behind == nil, run.count < Self.longestRun, let line = try read() {
      if let address = self.address(ofPulse: line) { run.append((address, line)) } else { behind = line }
    }
    // By register; two writes to the same one keep their order.
    run.sort { ($0.address, $0.line.number) < ($1.address, $1.line.number) }
    queue += run.map(\.line) + (behind.map { [$0] } ?? [])
    return true
  }

  private func address(ofPulse line: LogLine) -> UInt32? {
    guard case .access(let transaction, _) = line.body, Freedom.isPulse(transaction) else { return nil }
    return transaction.address
  }

  /// The next line that is compared.
  private mutating func read() throws(InputError) -> LogLine? {
    while let line = try reader.next() {
      guard options.onlyChip, case .access(let transaction, _) = line.body else { return line }
      if AccessLog.holds(transaction) { return line }
    }
    return nil
  }
}
