// Loads and stores that are not plain accesses to RAM, and atomics. Each returns whether the engine has to leave.

extension Core {
  @inline(always)
  mutating func load<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) -> Bool {
    let offset = x[Int(ip.pointee.rs1)] &+ ip.pointee.imm
    let address = offset &+ configuration.ramBase
    let width = AccessWidth(function: ip.pointee.function)
    let misaligned = address & (UInt32(width.rawValue) - 1) != 0
    if forestalled(address, width, loads: true) { return true }
    if contains(offset, width) {
      if misaligned && configuration.trapsMisaligned { return raise(.loadMisaligned, address) }
      x[Int(ip.pointee.rd)] = ip.pointee.extend(ramValue(offset, width))
      return false
    }
    if misaligned { return refuse(.loadMisaligned, address, width, &bus) }
    let reply = bus.load(
      Access(
        address: address, width: width, cycle: state.cycle, pc: state.pc,
        interruptible: state.canBeInterrupted ? state.mie : []))
    if reply.fault { return raise(.loadFault, address) }
    if reply.isInterrupted {
      state.cycle &+= UInt64(reply.stall)
      return true
    }
    x[Int(ip.pointee.rd)] = ip.pointee.extend(reply.value)
    return conclude(ip, reply)
  }

  @inline(always)
  mutating func store<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) -> Bool {
    let offset = x[Int(ip.pointee.rs1)] &+ ip.pointee.imm
    let address = offset &+ configuration.ramBase
    let width = AccessWidth(function: ip.pointee.function)
    let value = x[Int(ip.pointee.rs2)] & width.mask
    let misaligned = address & (UInt32(width.rawValue) - 1) != 0
    if forestalled(address, width, stores: true) { return true }
    if contains(offset, width) {
      if misaligned && configuration.trapsMisaligned { return raise(.storeMisaligned, address) }
      return storeToRAM(value, offset, width, ip, &bus)
    }
    if misaligned { return refuse(.storeMisaligned, address, width, storing: value, &bus) }
    if address == host.finisher {
      retire(ip)
      return finish(value)
    }
    let reply = bus.store(value, Access(address: address, width: width, cycle: state.cycle, pc: state.pc))
    if reply.fault { return raise(.storeFault, address) }
    return conclude(ip, reply)
  }

  /// `lr.w`, `sc.w` and the read-modify-write instructions. Only RAM supports them; they must be aligned.
  mutating func atomic<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) -> Bool {
    let address = x[Int(ip.pointee.rs1)]
    let offset = address &- configuration.ramBase
    let code = ip.pointee.code
    guard contains(offset, .word), address & 3 == 0 else {
      let cause: Cause =
        if address & 3 != 0 { code == .lr ? .loadMisaligned : .storeMisaligned } else {
          code == .lr ? .loadFault : .storeFault
        }
      if contains(offset, .word) { return raise(cause, address) }
      return refuse(cause, address, .word, storing: code == .lr ? nil : x[Int(ip.pointee.rs2)], &bus)
    }
    if forestalled(address, .word, loads: code != .sc, stores: code != .lr) { return true }
    if code == .sc {
      let succeeds = state.reservation == address
      state.reservation = nil
      let value = x[Int(ip.pointee.rs2)]
      let leaves = succeeds && storeToRAM(value, offset, .word, ip, &bus)
      x[Int(ip.pointee.rd)] = succeeds ? 0 : 1
      return leaves
    }
    let old = ramValue(offset, .word)
    if code == .lr {
      state.reservation = address
      x[Int(ip.pointee.rd)] = old
      return false
    }
    let new = amo(ip.pointee.imm, old, x[Int(ip.pointee.rs2)])
    let leaves = storeToRAM(new, offset, .word, ip, &bus)
    x[Int(ip.pointee.rd)] = old
    return leaves
  }

  /// Stores to RAM with everything a mark may stand for.
  private mutating func storeToRAM<Bus: DeviceBus & ~Copyable>(
    _ value: UInt32, _ offset: UInt32, _ width: AccessWidth, _ ip: OpPointer, _ bus: inout Bus
  ) -> Bool {
    let mark = BlockCache.Mark(rawValue: cache.marks[Int(offset >> BlockCache.granuleShift)])
    let address = offset &+ configuration.ramBase
    setRAM(value, offset, width)
    let forgot = mark.contains(.code) && cache.forget(from: offset, count: UInt32(width.rawValue))
    let speaks = isMailbox(address, width)
    if !forgot && !speaks { return false }
    let pc = state.pc
    retire(ip)
    if speaks { storedToMailbox(address, width, pc: pc, &bus) }
    return true
  }

  /// Ends a device access: the engine leaves if the program ends, or an interrupt or a limit may come before the end
  /// of the block.
  @inline(always)
  private mutating func conclude(_ ip: OpPointer, _ reply: Reply) -> Bool {
    if reply.isPlain { return false }
    let interrupts = reply.reschedule && state.canBeInterrupted
    if reply.exit == nil && !reply.waits && !interrupts && (reply.stall == 0 || stall(reply.stall)) { return false }
    retire(ip)
    state.cycle &+= UInt64(reply.stall)
    stop = reply.exit.map { .exited($0) } ?? (reply.waits ? .deviceWaits : nil)
    return true
  }

  private mutating func raise(_ cause: Cause, _ tval: UInt32) -> Bool {
    trap(cause, tval: tval)
    return true
  }

  /// A trap instead of an access to a device, which is told of it.
  private mutating func refuse<Bus: DeviceBus & ~Copyable>(
    _ cause: Cause, _ address: UInt32, _ width: AccessWidth, storing value: UInt32? = nil, _ bus: inout Bus
  ) -> Bool {
    bus.refuse(Access(address: address, width: width, cycle: state.cycle, pc: state.pc), storing: value)
    return raise(cause, address)
  }

  /// Whether an access is watched or runs over the stack, unless that was reported already: it is not made then.
  @inline(always)
  private mutating func forestalled(
    _ address: UInt32, _ width: AccessWidth, loads: Bool = false, stores: Bool = false
  ) -> Bool {
    if watchpoints.isEmpty && stackGuard == nil || passed == state.retired { return false }
    if stores, let stackGuard, stackGuard.contains(address) {
      stop = .stackOverflow(address: address)
    } else if let hit = watchpoints.first(where: {
      (loads && $0.kind != .write || stores && $0.kind != .read) && $0.overlaps(address, UInt32(width.rawValue))
    }) {
      stop = .watchpoint(hit, address: address)
    }
    return stop != nil
  }
}

/// The nine read-modify-write operations by `funct5`.
private func amo(_ function: UInt32, _ old: UInt32, _ operand: UInt32) -> UInt32 {
  switch function {
  case 0: old &+ operand
  case 1: operand
  case 4: old ^ operand
  case 8: old | operand
  case 12: old & operand
  case 16: UInt32(bitPattern: min(Int32(bitPattern: old), Int32(bitPattern: operand)))
  case 20: UInt32(bitPattern: max(Int32(bitPattern: old), Int32(bitPattern: operand)))
  case 24: min(old, operand)
  default: max(old, operand)
  }
}

extension AccessWidth {
  /// From `funct3` of a load or store.
  init(function: UInt8) {
    switch function & 3 {
    case 0: self = .byte
    case 1: self = .half
    default: self = .word
    }
  }

  var mask: UInt32 { .max >> (32 - 8 * UInt32(rawValue)) }
}

extension Op {
  /// What a load leaves in its register.
  func extend(_ value: UInt32) -> UInt32 {
    switch function {
    case 0: UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: value)))
    case 1: UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: value)))
    case 4: value & 0xFF
    case 5: value & 0xFFFF
    default: value
    }
  }
}
