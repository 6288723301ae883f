import Board
import Crossbar
import Files
import Registers
import Tasks
import Trace

/// What a run of the emulated chip did to its signals, as a VCD has them.
struct Waves {
  /// From a cycle on, a value; nil where it is unknown.
  struct Change {
    let cycle: Double
    let value: Int?
  }
  /// An access on the bus, in words.
  struct Access {
    let cycle: Double
    let isWrite: Bool
    let text: String
  }

  private let changes: [String: [Change]]
  let accesses: [Access]
  /// Cycle of the last entry.
  let end: Double

  init(_ entries: [LogEntry], of chip: ChipConfiguration) {
    var log = VCDLog(
      to: MemoryOutput(), tiles: chip.tileSizes, features: chip.features, pulseStep: chip.timing.stepNanoseconds)
    for entry in entries { log.append(entry) }
    try? log.close()
    changes = Self.changes(log.output.text)
    let names = RegisterNames(chip.maps)
    accesses = entries.compactMap { entry in
      guard case .access(let transaction) = entry.body else { return nil }
      let text = names.text(of: entry)
      let isWrite = transaction.kind == .write
      return Access(
        cycle: Double(entry.cycle), isWrite: isWrite,
        text: "\(isWrite ? "write" : "read") \(text.register) = \(Self.words(text.detail, transaction.value))")
    }
    end = Double(entries.last?.cycle ?? 0)
  }

  /// The fields that are not 0, or the word.
  private static func words(_ detail: String, _ value: UInt32) -> String {
    let fields = detail.split(separator: " ").filter { !$0.hasSuffix("=0") }
    return fields.isEmpty ? (value < 10 ? "\(value)" : hex(value)) : fields.joined(separator: " ")
  }

  /// The changes of a signal: `MBX0.BUSY`.
  subscript(_ name: String) -> [Change] {
    guard let found = changes[name] else { preconditionFailure("no signal \(name)") }
    return found
  }

  private static func changes(_ text: String) -> [String: [Change]] {
    var names: [Substring: String] = [:]
    var changes: [String: [Change]] = [:]
    var (scope, cycle) = ("", 0.0)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words[0] {
      case "$scope": scope = String(words[2])
      case "$var": names[words[3]] = "\(scope).\(words[4])"
      case let word where word.hasPrefix("#"):
        cycle = (Double(word.dropFirst()) ?? 0) / Double(Electrical.nanosecondsPerCycle)
      case let word where "01bx".contains(word.first ?? " "):
        let isVector = word.hasPrefix("b")
        guard let name = names[isVector ? words[1] : word.dropFirst()] else { continue }
        let digits = isVector ? word.dropFirst() : word.prefix(1)
        changes[name, default: []].append(Change(cycle: cycle, value: Int(digits, radix: 2)))
      default: continue
      }
    }
    return changes
  }
}
