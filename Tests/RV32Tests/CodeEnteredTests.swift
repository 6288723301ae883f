import RV32
import Testing

@Test("Code that was entered is told in its runs, without targets that nothing went to and without what is no RAM")
func enteredCode() {
  // Two instructions, a branch that is never taken, a jump over two, one more, and a jump out of RAM.
  let program = [
    addi(a0, a0, 1), addi(a0, a0, 1), branch(1, zero, zero, 24), jal(zero, 12), nop, nop, addi(a1, a1, 1),
    jalr(zero, s0, 0), nop,
  ]
  var core = core(program)
  core[register: 8] = 0x4000_0000
  core.hart.mtvec = base + 0x100
  core.setBytes(code([jal(zero, 0)]), at: base + 0x100)
  #expect(core.enteredCode.isEmpty)
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: 20)
  #expect(core.enteredCode == [base..<base + 16, base + 24..<base + 32, base + 0x100..<base + 0x104])
}

@Test("Code is entered up to the last byte of RAM, compressed or not, and no run is told twice")
func enteredAtTheEnd() {
  let end = base + 0x1_0000
  for (instruction, length) in [(0x0001 as UInt32, 2 as UInt32), (nop, 4)] {
    var core = core([])
    core.setBytes(code([instruction]), at: end - length)
    core.hart.mtvec = base
    core.setBytes(code([jal(zero, 0)]), at: base)
    for _ in 0..<3 {
      core.pc = end - length
      var bus = EmptyBus()
      _ = core.run(on: &bus, instructions: 3)
    }
    #expect(core.enteredCode == [base..<base + 4, end - length..<end])
  }
}

/// A device that notes which lines may interrupt the load.
private struct AskingBus: DeviceBus {
  var asked: [Interrupts] = []
  mutating func load(_ access: Access) -> Reply {
    asked.append(access.interruptible)
    return Reply()
  }
  mutating func store(_ value: UInt32, _ access: Access) -> Reply { Reply() }
}

@Test("A load of a device can be interrupted by the enabled lines while interrupts are enabled, and by none otherwise")
func interruptibleLoads() {
  let lines: [Interrupts] = [[], [.external], [.timer], [.software], [.external, .timer, .software]]
  for isEnabled in [false, true] {
    for enabled in lines {
      var core = core([lw(a0, 0, s0)])
      core[register: 8] = 0x4000_0000
      core.hart.interruptsEnabled = isEnabled
      core.hart.mie = enabled
      var bus = AskingBus()
      #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
      #expect(bus.asked == [isEnabled ? enabled : []], "\(isEnabled) \(enabled)")
    }
  }
}
