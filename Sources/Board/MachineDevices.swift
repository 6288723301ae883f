import RV32
import Registers
import Trace

/// The machine as the hart reaches it: everything but RAM, which the core has.
///
/// One access of the hart is one transaction of the bus, made at the hart's cycle; what a `WAIT` stalls the bus stalls
/// the hart. Registers are reached in their own size only: another size is a bus error, as is an address without a
/// block. What a block itself refuses is none: it sets the block's error bits, as for every master. Interrupt lines:
/// timer and software from `CLINT`; external from `MBX`, `HOST` and
/// `UART` together.
extension Machine: DeviceBus {
  @specialized(where Log == NoLog)
  public mutating func load(_ access: RV32.Access) -> Reply {
    begin(access)
    guard isWrongSize(access.address, access.width) else {
      if !access.interruptible.isEmpty, let moment = interruption(of: access) {
        pc = nil
        return .interrupted(after: UInt32(clamping: moment &- access.cycle))
      }
      return reply(read(access.address), to: access, .read)
    }
    refuse(Transaction(.read, access.address, 0), size: access.width.size)
    return reply(0, to: access, .read)
  }

  @specialized(where Log == NoLog)
  public mutating func store(_ value: UInt32, _ access: RV32.Access) -> Reply {
    begin(access)
    if isWrongSize(access.address, access.width) {
      refuse(Transaction(.write, access.address, value), size: access.width.size)
    } else {
      write(access.address, value)
    }
    return reply(0, to: access, .write)
  }

  /// It is in the log and among the diagnostics as one of another size is.
  public mutating func refuse(_ access: RV32.Access, storing value: UInt32?) {
    begin(access)
    let kind: Transaction.Kind = value == nil ? .read : .write
    let transaction = Transaction(kind, access.address, value ?? 0)
    refuse(transaction, size: access.width.size)
    tell(access, kind, isFault: true)
    pc = nil
  }

  public func peek(_ address: UInt32, _ width: AccessWidth) -> UInt32? {
    registerBytes(at: address) == UInt32(width.rawValue) ? peek(address) : nil
  }

  public var deviceRanges: [Range<UInt32>] {
    maps.map { map in map.base..<map.base + UInt32(map.places.count) * map.registerBytes }
  }

  public func readsBack(_ address: UInt32) -> Bool {
    for map in maps {
      if let found = map.find(address &- map.base) { return found.entry.register.access == .readWrite }
    }
    return true
  }

  public mutating func catchUp(to cycle: UInt64) {
    if cycle > self.cycle { advance(to: cycle) }
  }

  public mutating func interrupts(at cycle: UInt64) -> Interrupts {
    finishOperations(by: cycle)
    var interrupts: Interrupts = []
    if isExternalRaised { interrupts.insert(.external) }
    if timer.softwareInterrupts { interrupts.insert(.software) }
    if cycle >= timer.compare { interrupts.insert(.timer) }
    return interrupts
  }

  public func raiseCycle(of lines: Interrupts, at cycle: UInt64) -> UInt64 {
    var raised = cycle
    if lines.contains(.timer) { raised = min(raised, timer.raiseCycle) }
    if lines.contains(.external) { raised = min(raised, chipRaised ?? .max, flashRaised ?? .max) }
    return raised
  }

  public func nextEvent(after cycle: UInt64) -> UInt64? {
    let event = min(nextOperationEnd ?? .max, timer.compare > cycle ? timer.compare : .max)
    return event == .max ? nil : max(event, cycle &+ 1)
  }

  public mutating func print(_ byte: UInt8) { uart.print(byte) }
  public var isConsoleFull: Bool { uart.output.count >= UART.roomForOutput }
  public mutating func takeTyped(_ count: Int) -> [UInt8]? { uart.take(count) }
}

extension Machine {
  /// The cycle at which the next operation of a tile or the flash ends, or a tile's references have settled, or a brown-out
  /// ends those of tiles; nil while none is under way.
  public var nextOperationEnd: UInt64? { nextEnd == .max ? nil : min(nextEnd, chip.brownOutCycle) }

  /// Whether the hart's external interrupt line is raised: by `MBX`, `HOST`, `FLASH` or `UART`.
  @inline(__always)
  package var isExternalRaised: Bool {
    chip.interrupts || uart.interrupts || flash.interrupts || isHostRaised
  }

  @inline(__always)
  var isHostRaised: Bool { host[.interruptEnable] != 0 && mailbox.waiting > 0 }

  /// The cycle at which a line that the hart would take interrupts a load that stalls, so that it is not made; time has
  /// passed until then.
  private mutating func interruption(of access: RV32.Access) -> UInt64? {
    guard let waited = Waited(access.address, tile(at: access.address)) else { return nil }
    var moment = cycle &+ 1
    finishOperations(by: moment)
    guard let end = stallEnd(of: waited, from: moment) else { return nil }
    while moment < end {
      let raised = interrupts(at: moment)
      if powerLoss != nil { return nil }
      if !raised.isDisjoint(with: access.interruptible) {
        timePassed.held &+= moment - cycle
        cycle = moment
        longestStall = max(longestStall, moment - access.cycle - 1)
        return moment
      }
      guard let event = nextEvent(after: moment) else { return nil }
      moment = event
    }
    return nil
  }

  /// Keeps when the chip's line went up.
  @inline(__always)
  mutating func noteChipLine(at cycle: UInt64) {
    guard chip.interrupts else { return chipRaised = nil }
    if chipRaised == nil { chipRaised = cycle }
  }

  /// When a load stops to stall; nil if it does not.
  private func stallEnd(of waited: Waited, from moment: UInt64) -> UInt64? {
    switch waited {
    case .tile(let tile): chip.tiles[tile].isBusy ? stallEnd(of: tile, from: moment) : nil
    case .flash: flash.isBusy ? flash.endCycle : nil
    }
  }

  @inline(__always)
  private mutating func begin(_ access: RV32.Access) {
    isDisturbed = false
    // What another master's reset left.
    hartEnd = nil
    if access.cycle > cycle { advance(to: access.cycle) }
    pc = access.pc
    if MemoryMap.isOfChip(access.address) { mailbox.noteWork() }
  }

  @inline(__always)
  private mutating func reply(_ value: UInt32, to access: RV32.Access, _ kind: Transaction.Kind) -> Reply {
    pc = nil
    if isDisturbed { noteChipLine(at: cycle) }
    // The access itself is part of what the instruction costs.
    var reply = Reply(value: value, stall: UInt32(clamping: cycle &- access.cycle &- 1), reschedule: isDisturbed)
    if exitStatus != nil || refusal != nil || hartEnd != nil || mailbox.waitsForHost {
      complete(&reply, to: access, kind)
    }
    return reply
  }

  /// Adds what is out of the ordinary.
  @inline(never)
  private mutating func complete(_ reply: inout Reply, to access: RV32.Access, _ kind: Transaction.Kind) {
    reply.exit = exitStatus.map { .status(UInt32(bitPattern: $0)) } ?? hartEnd
    reply.waits = mailbox.waitsForHost
    if powerLoss != nil { reply.stall = 0 }
    hartEnd = nil
    guard refusal != nil else { return }
    reply.fault = registerBytes(at: access.address) != UInt32(access.width.rawValue)
    tell(access, kind, isFault: reply.fault)
  }

  private mutating func tell(_ access: RV32.Access, _ kind: Transaction.Kind, isFault: Bool) {
    guard let refusal else { return }
    diagnostics.append(
      Diagnostic(
        cycle: cycle, pc: access.pc, kind: kind, address: access.address, refusal: refusal.event, isFault: isFault))
  }
}

/// What a load of `WAIT` stalls for.
private enum Waited {
  case tile(Int)
  case flash

  /// - Parameter tile: the one that the address belongs to.
  init?(_ address: UInt32, _ tile: Int?) {
    if let tile {
      guard address & (MemoryMap.tileStride - 1) == TileRegister.wait.rawValue else { return nil }
      self = .tile(tile)
    } else {
      guard address == MemoryMap.flash + FlashRegister.wait.rawValue else { return nil }
      self = .flash
    }
  }
}
