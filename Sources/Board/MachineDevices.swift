import RV32
import Registers
import Trace

/// The machine as the hart reaches it: everything but RAM, which the core has.
///
/// One access of the hart is one transaction of the bus, made at the hart's cycle; what a `WAIT` stalls the bus stalls
/// the hart. Registers are reached in their own size only: another size is a bus error, as is an address without a
/// block. What a block itself refuses is none: it sets the block's error bits, as for every master. Interrupt lines:
/// timer and software from `CLINT`; external from `MBX` and `HOST` together.
extension Machine: DeviceBus {
  @specialized(where Log == NoLog)
  public mutating func load(_ access: RV32.Access) -> Reply {
    let before = begin(access)
    guard isWrongSize(access) else { return reply(read(access.address), to: access, .read, before) }
    refuse(Transaction(.read, access.address, 0))
    return reply(0, to: access, .read, before)
  }

  @specialized(where Log == NoLog)
  public mutating func store(_ value: UInt32, _ access: RV32.Access) -> Reply {
    let before = begin(access)
    if isWrongSize(access) {
      refuse(Transaction(.write, access.address, value))
    } else {
      write(access.address, value)
    }
    return reply(0, to: access, .write, before)
  }

  public func peek(_ address: UInt32, _ width: AccessWidth) -> UInt32? {
    registerBytes(at: address) == UInt32(width.rawValue) ? peek(address) : nil
  }

  public mutating func interrupts(at cycle: UInt64) -> Interrupts {
    finishOperations(by: cycle)
    var interrupts = lines.levels
    if cycle >= timer.compare { interrupts.insert(.timer) }
    return interrupts
  }

  public func nextEvent(after cycle: UInt64) -> UInt64? {
    let event = min(chip.nextEnd, timer.compare > cycle ? timer.compare : .max)
    return event == .max ? nil : max(event, cycle &+ 1)
  }

  public mutating func print(_ byte: UInt8) { uart.print(byte) }
}

/// What the hart has to look at again when an access changes it.
private struct Lines: Equatable {
  var levels: Interrupts
  var nextEnd: UInt64
  var compare: UInt64
}

extension Machine {
  @inline(__always)
  private var lines: Lines {
    var levels: Interrupts = []
    if chip.interrupts || isHostWaiting { levels.insert(.external) }
    if timer.softwareInterrupts { levels.insert(.software) }
    return Lines(levels: levels, nextEnd: chip.nextEnd, compare: timer.compare)
  }

  @inline(__always)
  private var isHostWaiting: Bool { host[.interruptEnable] != 0 && mailbox.waiting > 0 }

  @inline(__always)
  private mutating func begin(_ access: RV32.Access) -> Lines {
    if access.cycle > cycle { advance(to: access.cycle) }
    pc = access.pc
    if refusal != nil { refusal = nil }
    return lines
  }

  @inline(__always)
  private func isWrongSize(_ access: RV32.Access) -> Bool {
    guard let bytes = registerBytes(at: access.address) else { return false }
    return bytes != UInt32(access.width.rawValue)
  }

  @inline(__always)
  private mutating func reply(
    _ value: UInt32, to access: RV32.Access, _ kind: Transaction.Kind, _ before: Lines
  ) -> Reply {
    // The access itself is part of what the instruction costs.
    let stall = UInt32(clamping: cycle &- access.cycle &- 1)
    var reply = Reply(value: value, stall: stall, reschedule: lines != before)
    reply.exit = exitStatus.map { .status(UInt32(bitPattern: $0)) }
    if let refusal {
      reply.fault = registerBytes(at: access.address) != UInt32(access.width.rawValue)
      diagnostics.append(
        Diagnostic(
          cycle: cycle, pc: access.pc, kind: kind, address: access.address, refusal: refusal, isFault: reply.fault))
    }
    return reply
  }
}
