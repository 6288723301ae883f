import RV32

/// A bus with nothing on it but a console.
struct ConsoleBus: DeviceBus {
  var output: [UInt8] = []
  var typed: [UInt8] = []
  var isInputOpen = false
  var room = Int.max

  mutating func load(_ access: Access) -> Reply { .fault }
  mutating func store(_ value: UInt32, _ access: Access) -> Reply { .fault }
  mutating func print(_ byte: UInt8) { output.append(byte) }
  var isConsoleFull: Bool { output.count >= room }

  mutating func takeTyped(_ count: Int) -> [UInt8]? {
    if typed.isEmpty && isInputOpen { return nil }
    defer { typed.removeFirst(min(count, typed.count)) }
    return Array(typed.prefix(count))
  }
}
