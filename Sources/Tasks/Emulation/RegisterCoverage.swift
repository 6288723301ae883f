import Registers
import Trace

/// Which registers and fields a run touched.
package struct RegisterCoverage: ClosingLog, Sendable {
  package static var isActive: Bool { true }

  /// What was seen of one register, all elements of an array together.
  package struct Seen: Sendable, Equatable {
    package var reads = 0
    package var writes = 0
    /// Bits that were read as 1, written as 1.
    package var readBits: UInt32 = 0
    package var writtenBits: UInt32 = 0
  }

  package let maps: [BlockMap]
  /// For each block, for each of its registers.
  package private(set) var seen: [[Seen]]

  package init(_ maps: [BlockMap]) {
    self.maps = maps
    seen = maps.map { Array(repeating: Seen(), count: $0.entries.count) }
  }

  package mutating func append(_ entry: LogEntry) {
    guard case .access(let transaction) = entry.body else { return }
    for (block, map) in maps.enumerated() {
      let place = (transaction.address &- map.base) / map.registerBytes
      guard place < map.places.count else { continue }
      let register = Int(map.places[Int(place)])
      guard register != Int(BlockMap.nowhere) else { return }
      note(transaction, in: &seen[block][register])
      return
    }
  }

  private func note(_ transaction: Transaction, in seen: inout Seen) {
    switch transaction.kind {
    case .read:
      seen.reads += 1
      seen.readBits |= transaction.value
    case .write:
      seen.writes += 1
      seen.writtenBits |= transaction.value
    }
  }

  package mutating func close() {}

  /// A line a register: reads, writes, and the fields that nothing but 0 went through. What was not touched comes last,
  /// by name only.
  package var report: String {
    var lines: [String] = []
    var untouched: [String] = []
    for (map, seen) in zip(maps, seen) {
      let block = map.fullName
      let names = map.entries.map { "\(block).\($0.register.name)" }
      let idle = zip(names, seen).filter { $0.1 == Seen() }.map(\.0)
      untouched += idle.count == names.count ? ["\(block) (all \(names.count))"] : idle
      for (entry, (name, seen)) in zip(map.entries, zip(names, seen)) where seen != Seen() {
        lines.append(line(name, seen, entry.register))
      }
    }
    let count = seen.reduce(0) { $0 + $1.count }
    return
      (["\(lines.count) of \(count) registers touched"] + lines
      + ["not touched: \(untouched.joined(separator: " "))"]).joined(separator: "\n")
  }

  private func line(_ name: String, _ seen: Seen, _ register: Register) -> String {
    let idle = register.fields.filter { $0.mask & (seen.readBits | seen.writtenBits) == 0 }.map { "\($0.name)" }
    return "\(name): \(seen.reads) reads, \(seen.writes) writes"
      + (idle.isEmpty ? "" : "; always 0: \(idle.joined(separator: " "))")
  }
}
