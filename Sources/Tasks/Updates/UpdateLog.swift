import Registers
import Trace

/// What tiles do while the controller has them unlocked: an update, told from everything else by its `UNLOCK`.
package struct UpdateLog: LogSink, Sendable {
  /// A PROGRAM_ROW.
  package struct Write: Sendable, Equatable {
    /// Its place among all operations of the tile since the log was begun, from 1.
    package var place: UInt64
    /// The word line.
    package var row: Int
    /// Signed widths in steps, one for each bit line.
    package var widths: [Int16]
  }

  /// Of one tile.
  package struct Part: Sendable {
    package fileprivate(set) var writes: [Write] = []
    /// READs that verify.
    package fileprivate(set) var reads = 0
    /// Core clock cycles from the key to the lock: pulses, rests, reads and the bus.
    package fileprivate(set) var cycles: UInt64 = 0
    fileprivate var operations: UInt64 = 0
    fileprivate var unlockedAt: UInt64?
  }

  package static var isActive: Bool { true }
  /// By tile.
  package private(set) var parts: [Part]

  package init(tiles: Int) { parts = Array(repeating: Part(), count: tiles) }

  /// Forgets what there was.
  package mutating func begin() { self = UpdateLog(tiles: parts.count) }

  package mutating func append(_ entry: LogEntry) {
    switch entry.body {
    case .access(let access) where access.kind == .write:
      for tile in parts.indices where access.address == MemoryMap.tile(tile) + TileRegister.unlock.offset() {
        parts[tile].note(isUnlocked: access.value == TileRegister.unlockKey, at: entry.cycle)
      }
    case .event(.started(let tile, let start)): parts[tile].note(start)
    case .access, .event: break
    }
  }
}

extension UpdateLog.Part {
  fileprivate mutating func note(isUnlocked: Bool, at cycle: UInt64) {
    if let begin = unlockedAt { cycles += cycle - begin }
    unlockedAt = isUnlocked ? cycle : nil
  }

  fileprivate mutating func note(_ start: OperationStart) {
    operations += 1
    guard unlockedAt != nil else { return }
    switch start.operation {
    case .programRow: writes.append(.init(place: operations, row: start.row, widths: start.pulseWidths))
    case .read: reads += 1
    default: break
    }
  }
}
