// The outer loop: interrupts, limits, and which block comes next. It looks at the world at instruction boundaries only
// and at the first one that matters, so that nothing depends on how instructions are grouped into blocks.

extension Core {
  /// Runs until something stops it: at the latest after retiring `instructions`, or at the first instruction boundary
  /// at or after `cycleLimit`.
  public mutating func run<Bus: DeviceBus & ~Copyable>(
    on bus: inout Bus, instructions: UInt64 = .max, untilCycle cycleLimit: UInt64 = .max
  ) -> StopReason {
    stop = nil
    profiler?.resume(at: state.cycle)
    let (sum, overflow) = state.retired.addingReportingOverflow(instructions)
    let limit = overflow ? UInt64.max : sum
    defer { sample(&bus) }
    while true {
      if isMailboxDue { attendMailbox(&bus) }
      if let stop { return ended(stop) }
      if state.retired >= limit { return .instructionLimit }
      if state.cycle >= cycleLimit { return .cycleLimit }
      if takeInterrupt(on: &bus) { continue }
      // Where no interrupt can be taken nothing the bus does by itself is seen but through the bus.
      let event = state.canBeInterrupted ? bus.nextEvent(after: state.cycle) : nil
      let horizon = min(cycleLimit, event ?? .max)
      let cycles = horizon > state.cycle ? horizon - state.cycle : 1
      advance(on: &bus, instructions: min(limit, htif.due ?? .max) - state.retired, cycles: cycles, cycleLimit)
    }
  }

  /// Executes one instruction, or takes one trap instead. Passes breakpoints; nil if nothing out of the ordinary happened.
  public mutating func step<Bus: DeviceBus & ~Copyable>(on bus: inout Bus) -> StopReason? {
    stop = nil
    profiler?.resume(at: state.cycle)
    passed = state.retired
    defer { sample(&bus) }
    if isMailboxDue { attendMailbox(&bus) }
    if stop == nil && !takeInterrupt(on: &bus) { executeSingle(on: &bus, .max) }
    return stop.map { ended($0) }
  }

  /// Whether the host is to look at what the program told it: in time, and before a program is given up.
  private var isMailboxDue: Bool {
    guard let due = htif.due else { return false }
    return switch stop {
    case nil: state.retired >= due
    case .waitingForever, .unhandled: true
    default: false
    }
  }

  private mutating func ended(_ reason: StopReason) -> StopReason {
    switch reason {
    case .breakpoint, .watchpoint, .stackOverflow: passed = state.retired
    default: passed = nil
    }
    return reason
  }

  mutating func sample<Bus: DeviceBus & ~Copyable>(_ bus: inout Bus) {
    state.mip = bus.interrupts(at: state.cycle)
  }

  /// Samples the lines and enters the handler of the most urgent enabled interrupt.
  private mutating func takeInterrupt<Bus: DeviceBus & ~Copyable>(on bus: inout Bus) -> Bool {
    sample(&bus)
    let lines = state.mip.intersection(state.mie)
    guard state.interruptsEnabled, let cause = lines.mostUrgent else { return false }
    let raised = bus.raiseCycle(of: Interrupts(rawValue: 1 << (cause.rawValue & 31)), at: state.cycle)
    trap(cause, tval: 0)
    interruptResponse.noteInterrupt(raised: raised, at: state.cycle)
    return true
  }

  /// Executes blocks within the budget, or single instructions where a block would exceed it.
  private mutating func advance<Bus: DeviceBus & ~Copyable>(
    on bus: inout Bus, instructions: UInt64, cycles: UInt64, _ cycleLimit: UInt64
  ) {
    // The budget of the engine stays below `Block.undecoded`.
    let budget = Budget(instructions: Int64(min(instructions, 1 << 30)), cycles: Int64(min(cycles, 1 << 30)))
    let offset = state.pc &- configuration.ramBase
    guard offset < configuration.ramSize else { return trap(.fetchFault, tval: state.pc) }
    if recorder != nil || profiler != nil || passed == state.retired { return executeSingle(on: &bus, cycleLimit) }
    if cache.isCrowded { cache.dropAll() }
    let block = cache.block(at: offset, pc: state.pc)
    if !block.pointee.isDecoded { decode(block) }
    if !budget.covers(block.pointee.cost) {
      return executeSingle(on: &bus, cycleLimit)
    }
    setEnds(budget, cycleLimit)
    execute(block, budget, on: &bus)
  }

  /// Executes the instruction at `pc`, unless a breakpoint that is not just being passed is on it.
  @inline(never)
  private mutating func executeSingle<Bus: DeviceBus & ~Copyable>(on bus: inout Bus, _ cycleLimit: UInt64) {
    guard state.pc &- configuration.ramBase < configuration.ramSize else { return trap(.fetchFault, tval: state.pc) }
    if passed != state.retired && breakpoints.contains(state.pc) {
      stop = .breakpoint
      return
    }
    // Enough for any instruction: the boundary after it is the next one to look at.
    let budget = Budget(instructions: 1, cycles: 1 << 30)
    setEnds(budget, cycleLimit)
    let block = decodeSingle(at: state.pc)
    if profiler == nil { return observe(block, budget, on: &bus) }
    profile(on: &bus) { core, bus in core.observe(block, budget, on: &bus) }
  }

  private mutating func observe<Bus: DeviceBus & ~Copyable>(
    _ block: BlockPointer, _ budget: Budget, on bus: inout Bus
  ) {
    if recorder == nil {
      execute(block, budget, on: &bus)
    } else {
      record(block, budget, on: &bus)
    }
  }

  private mutating func setEnds(_ budget: Budget, _ cycleLimit: UInt64) {
    retiredEnd = state.retired &+ UInt64(budget.instructions)
    cycleEnd = state.cycle &+ UInt64(budget.cycles)
    sleepLimit = cycleLimit
  }

  /// Enters the handler of a trap at `pc`, or stops if that could never make progress.
  mutating func trap(_ cause: Cause, tval: UInt32) {
    let trap = Trap(cause, pc: state.pc, tval: tval)
    let handler = state.handler(of: cause)
    if handler &- configuration.ramBase >= configuration.ramSize || handler == state.pc && !cause.isInterrupt {
      stop = .unhandled(trap)
      return
    }
    state.enter(trap)
    state.cycle &+= UInt64(configuration.cycles.trap)
    profiler?.trap(trap, stackPointer: x[2], at: state.cycle)
    passed = nil
  }
}
