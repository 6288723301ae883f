// CSR instructions, calls, returns and sleep.

extension Core {
  /// A CSR instruction. Returns whether the engine has to leave.
  mutating func csr<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) -> Bool {
    let instruction = ip.pointee.imm
    let number = Int(instruction >> 20)
    let source = ip.pointee.rs1
    // `csrrw` always writes; `csrrs` and `csrrc` do not write when their source is x0 or the immediate 0.
    let writes = ip.pointee.function & 3 == 1 || source != 0
    if number == CSR.mip { state.mip = bus.interrupts(at: state.cycle) }
    let time = number & ~0x80 == CSR.time ? bus.time(at: state.cycle) : 0
    guard let old = state.csr(number, time: time), !(writes && number >> 10 == 3) else {
      trap(.illegalInstruction, tval: instruction)
      return true
    }
    let operand = ip.pointee.function & 4 != 0 ? UInt32(source) : x[Int(source)]
    x[Int(ip.pointee.rd)] = old
    if !writes { return false }
    let new =
      switch ip.pointee.function & 3 {
      case 1: operand
      case 2: old | operand
      default: old & ~operand
      }
    let cost = UInt64(configuration.cycles.cost(of: .csr))
    if number == CSR.mie { interruptResponse.enabled = state.cycle }
    state.setCSR(number, new, cycle: state.cycle &+ cost, retired: state.retired &+ 1)
    // An interrupt may have become enabled.
    guard number == CSR.mstatus || number == CSR.mie else { return false }
    retire(ip)
    return true
  }

  /// The instructions after which the engine always leaves.
  mutating func system<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) -> Bool {
    switch ip.pointee.code {
    case .illegal: trap(.illegalInstruction, tval: ip.pointee.imm)
    case .fetchFault: trap(.fetchFault, tval: ip.pointee.imm)
    case .ecall: trap(.machineCall, tval: 0)
    case .ebreak:
      if host.semihosting && ip.pointee.size == 4 && isSemihostingCall(at: state.pc) {
        if semihost(&bus) { retire(ip) }
      } else if stopsAtEbreak {
        // The run that follows the stop goes on behind it.
        if passed == state.retired { retire(ip) } else { stop = .breakpoint }
      } else {
        trap(.breakpoint, tval: state.pc)
      }
    case .mret:
      retire(ip)
      state.returnFromTrap()
    case .wfi: sleep(ip, &bus)
    default: stop = .breakpoint
    }
    return true
  }

  /// `wfi`: time passes up to the event that raises an enabled line, whether or not `mstatus.MIE` lets it interrupt.
  private mutating func sleep<Bus: DeviceBus & ~Copyable>(_ ip: OpPointer, _ bus: inout Bus) {
    while true {
      state.mip = bus.interrupts(at: state.cycle)
      let lines = state.mip.intersection(state.mie)
      if !lines.isEmpty {
        retire(ip)
        interruptResponse.noteWake(raised: bus.raiseCycle(of: lines, at: state.cycle), at: state.cycle)
        return
      }
      guard let event = bus.eventToCome(after: state.cycle) else {
        stop = .waitingForever
        return
      }
      guard event < sleepLimit else {
        sleep(until: max(state.cycle, sleepLimit))
        return
      }
      sleep(until: max(event, state.cycle &+ 1))
    }
  }

  private mutating func sleep(until moment: UInt64) {
    sleptCycles &+= moment &- state.cycle
    state.cycle = moment
  }
}
