import RV32
import Registers

/// All that a binary reaches beside its RAM, in a shadow.
struct CaptureDevices: DeviceBus {
  var capture: Capture

  init(_ capture: Capture) { self.capture = capture }

  mutating func load(_ access: RV32.Access) -> Reply {
    var reply = Reply(value: capture.access(.read, access.address))
    reply.waits = capture.isOver
    return reply
  }

  mutating func store(_ value: UInt32, _ access: RV32.Access) -> Reply {
    _ = capture.access(.write, access.address, value)
    var reply = Reply()
    reply.waits = capture.isOver
    return reply
  }

  mutating func refuse(_ access: RV32.Access, storing value: UInt32?) {
    _ = capture.access(value == nil ? .read : .write, access.address, value ?? 0)
  }

  func readsBack(_ address: UInt32) -> Bool { false }
  /// A program that sleeps is woken at once: the log goes on behind it.
  mutating func interrupts(at cycle: UInt64) -> Interrupts { capture.isOver ? [] : .external }
}
