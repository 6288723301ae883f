import RV32
import Testing

/// A timer that raises its line from a cycle on, until a store to it moves the cycle.
struct TimerBus: DeviceBus {
  var compare: UInt64 = .max
  var lines: Interrupts = []

  mutating func load(_ access: Access) -> Reply { .fault }

  mutating func store(_ value: UInt32, _ access: Access) -> Reply {
    compare = value == 0 ? .max : access.cycle + UInt64(value)
    return Reply(reschedule: true)
  }

  mutating func interrupts(at cycle: UInt64) -> Interrupts { cycle >= compare ? lines.union(.timer) : lines }
  func nextEvent(after cycle: UInt64) -> UInt64? { compare != .max && compare > cycle ? compare : nil }
}

private func interruptible(_ program: [UInt32], _ mie: Interrupts = .all) -> Core {
  var core = core(program, smallConfiguration(cycles: .unit))
  core.hart.mtvec = base + 0x1000
  core.hart.mie = mie
  core.hart.interruptsEnabled = true
  core[register: 8] = 0x200_0000
  return core
}

@Test(
  "The timer interrupts before the very instruction at its cycle, in the middle of blocks and pairs",
  arguments: 1...40)
func timerIsExact(_ cycle: UInt64) {
  // In the middle of blocks, fused pairs and a loop.
  var core = interruptible([addi(a0, a0, 1), addi(a1, a1, 1), addi(a0, a0, 1), addi(a2, a2, 1), branch(0, 0, 0, -16)])
  var bus = TimerBus(compare: cycle)
  #expect(core.run(on: &bus, instructions: cycle) == .instructionLimit)
  #expect(core.step(on: &bus) == nil)
  #expect(core.pc == base + 0x1000 && core.retired == cycle && core.hart.mcause == 0x8000_0007)
  #expect(core.hart.mepc == base + 4 * UInt32(cycle % 5) && core.hart.mtval == 0)
  #expect(core.hart.mip == .timer)
}

@Test("A breakpoint that is passed by an interrupt leaves the one at the handler's first instruction")
func breakpointAtTheHandlerOfAnInterrupt() {
  var core = interruptible([nop, nop])
  core.breakpoints = [base, base + 0x1000]
  var bus = TimerBus()
  #expect(core.run(on: &bus) == .breakpoint && core.pc == base)
  bus.lines = .external
  #expect(core.run(on: &bus) == .breakpoint && core.pc == base + 0x1000 && core.retired == 0)
}

@Test("External goes before software before timer, each to its own vector; exceptions go to the base")
func priorityAndVectors() {
  let lines: [(Interrupts, UInt32)] = [
    ([.external, .software, .timer], 11), ([.software, .timer], 3), ([.timer], 7), ([.external], 11),
  ]
  for (pending, number) in lines {
    var core = interruptible([nop])
    core.hart.mtvec |= 1
    var bus = TimerBus(lines: pending)
    #expect(core.step(on: &bus) == nil)
    #expect(core.hart.mcause == 0x8000_0000 | number && core.pc == base + 0x1000 + 4 * number)
  }
  // Exceptions go to the base even then.
  #expect(trap([ecall])?.cause == .machineCall)
  var core = interruptible([ecall])
  core.hart.mtvec |= 1
  var bus = TimerBus()
  #expect(core.step(on: &bus) == nil)
  #expect(core.pc == base + 0x1000)
}

@Test("A masked interrupt stays pending and is not taken")
func maskedInterrupts() {
  var core = interruptible([nop, nop], [])
  var bus = TimerBus(lines: .all)
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
  core.hart.mie = .all
  core.hart.interruptsEnabled = false
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
  #expect(core.pc == base + 8 && core.hart.mip == .all)
}

@Test(
  "With interrupts off nothing comes between instructions, and mip tells what the lines are when it is read",
  arguments: 20...30 as ClosedRange<UInt64>)
func pollingTheLines(_ cycle: UInt64) {
  var core = interruptible([csrrs(a0, 0x344, zero), branch(0, a0, zero, -4), addi(a1, a1, 1), jal(0, 0)])
  core.hart.interruptsEnabled = false
  var bus = TimerBus(compare: cycle)
  #expect(core.run(on: &bus, instructions: cycle) == .instructionLimit)
  #expect(core[register: 11] == 0)
  #expect(core.run(on: &bus, instructions: 4) == .instructionLimit)
  #expect(core[register: 10] == 0x80 && core[register: 11] == 1 && core.hart.mip == .timer)
}

@Test(
  "Setting mstatus.MIE or a bit of mie lets a pending interrupt in before the next instruction",
  arguments: [0x300, 0x304])
func enablingInTheMiddle(_ number: Int) {
  var core = interruptible([addi(a0, a0, 1), csrrs(zero, number, a1), addi(a0, a0, 1), addi(a0, a0, 1)])
  core[register: 11] = number == 0x300 ? 8 : 0x80
  if number == 0x300 { core.hart.interruptsEnabled = false } else { core.hart.mie = [] }
  core.setBytes(code([branch(0, 0, 0, 0)]), at: base + 0x1000)
  var bus = TimerBus(lines: .timer)
  #expect(core.run(on: &bus, instructions: 10) == .instructionLimit)
  #expect(core[register: 10] == 1 && core.hart.mepc == base + 8)
}

@Test("A store that raises a line interrupts before the next instruction, in the middle of a block too")
func deviceRaisesLine() {
  var core = interruptible([addi(a1, zero, 1), sw(a1, 0, s0), addi(a0, a0, 1), addi(a0, a0, 1)])
  core.setBytes(code([branch(0, 0, 0, 0)]), at: base + 0x1000)
  var bus = TimerBus()
  #expect(core.run(on: &bus, instructions: 10) == .instructionLimit)
  #expect(core[register: 10] == 0 && core.hart.mepc == base + 8)
}

@Test("wfi sleeps to the next event; with interrupts enabled the trap comes behind it")
func sleeping() {
  var core = interruptible([addi(a1, zero, 1000), sw(a1, 0, s0), wfi, addi(a0, a0, 1)])
  core.hart.interruptsEnabled = false
  var bus = TimerBus()
  #expect(core.run(on: &bus, instructions: 3) == .instructionLimit)
  #expect(core.cycle == 1002 && core.pc == base + 12)  // the store was at cycle 1
  #expect(core.sleptCycles == 1002 - 3, "three instructions took a cycle each")
  // With interrupts enabled the trap comes after the instruction.
  core = interruptible([addi(a1, zero, 1000), sw(a1, 0, s0), wfi, addi(a0, a0, 1)])
  bus = TimerBus()
  #expect(core.run(on: &bus, instructions: 3) == .instructionLimit)
  #expect(core.step(on: &bus) == nil)
  #expect(core.hart.mepc == base + 12 && core.pc == base + 0x1000)
}

@Test("wfi that nothing can end ends the run, before it")
func sleepingForever() {
  var core = interruptible([nop, wfi])
  core.hart.interruptsEnabled = false
  var bus = TimerBus()
  #expect(core.run(on: &bus) == .waitingForever)
  #expect(core.pc == base + 4 && core.retired == 1)
  // An event that raises no enabled line does not help.
  bus.compare = 500
  core.hart.mie = .external
  #expect(core.run(on: &bus) == .waitingForever)
  bus.lines = .external
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
}

@Test(
  "A comparator at the end of time neither overflows nor wakes",
  arguments: [UInt64.max - 1, UInt64.max - 50, 3 << 62, 1 << 61] as [UInt64])
func comparatorAtTheEndOfTime(_ compare: UInt64) {
  var core = interruptible([wfi, nop])
  var bus = TimerBus(compare: compare)
  #expect(core.run(on: &bus) == .waitingForever)
  core.hart.cycle = .max - 3
  #expect(core.run(on: &bus, instructions: 1) != .cycleLimit)
}

@Test("wfi sleeps no longer than the cycle limit, and goes on from there")
func sleepingUpToALimit() {
  var core = interruptible([wfi])
  var bus = TimerBus(compare: 1000)
  #expect(core.run(on: &bus, untilCycle: 400) == .cycleLimit)
  #expect(core.cycle == 400 && core.retired == 0)
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
  #expect(core.cycle == 1001)
}
