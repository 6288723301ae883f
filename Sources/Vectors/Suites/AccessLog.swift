import Registers
import Trace

/// The accesses to `MBX`, its tiles and the flash: what a controller is held against.
package struct AccessLog: LogSink, Sendable {
  package static var isActive: Bool { true }
  package private(set) var transactions: [Transaction] = []
  /// What the whole log covers; nil where nobody asks.
  private(set) var coverage: StateCoverage?

  package init() {}

  init(_ coverage: StateCoverage?) { self.coverage = coverage }

  package mutating func append(_ entry: LogEntry) {
    coverage?.append(entry)
    guard case .access(let transaction) = entry.body, Self.holds(transaction) else { return }
    transactions.append(transaction)
  }

  /// Whether an access is to `MBX`, a tile or the flash.
  static func holds(_ transaction: Transaction) -> Bool { MemoryMap.isOfChip(transaction.address) }

  /// Takes what was logged since.
  mutating func collect() -> [Transaction] {
    defer { transactions.removeAll(keepingCapacity: true) }
    return transactions
  }
}
