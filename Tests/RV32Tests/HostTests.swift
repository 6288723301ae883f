import RV32
import Testing

private struct Ended: ~Copyable {
  var reason: StopReason
  var output: [UInt8]
  var core: Core
}

private func run(_ program: [UInt32], _ setUp: [Reg: UInt32] = [:]) -> Ended {
  var core = core(program)
  for (register, value) in setUp { core[register: Int(register)] = value }
  core.host.tohost = HostInterface.Word(address: base + 0x800)
  core.host.fromhost = HostInterface.Word(address: base + 0x840)
  core.setBytes(Array("hello\0".utf8), at: base + 0x900)
  var bus = EmptyBus()
  let reason = core.run(on: &bus, instructions: 1000)
  return Ended(reason: reason, output: bus.output, core: core)
}

@Test("A word stored to tohost exits or prints as HTIF says, and one beside it is memory")
func tohost() {
  #expect(run([sw(a0, 0, a1)], [a0: 1, a1: base + 0x800]).reason == .exited(.status(0)))
  #expect(run([sw(a0, 0, a1)], [a0: 7, a1: base + 0x800]).reason == .exited(.status(3)))
  // Beside it is ordinary memory, and zero says nothing.
  let beside = run([sw(a0, 4, a1), sw(zero, 0, a1), sw(a0, -4, a1), jal(0, 0)], [a0: 1, a1: base + 0x800])
  #expect(beside.reason == .instructionLimit)
  // write(1, base + 0x900, 5)
  let print = run(
    [
      sw(a2, 0, a0), sw(a3, 8, a0), sw(a4, 16, a0), sw(a5, 24, a0), sw(a0, 0, a1), sw(zero, 4, a1), lw(t0, 64, a1),
      lw(t1, 0, a1), jal(0, 0),
    ],
    [a0: base + 0xA00, a1: base + 0x800, a2: 64, a3: 1, a4: base + 0x900, a5: 5])
  #expect(print.output == Array("hello".utf8))
  #expect(print.core[register: 5] == 1 && print.core[register: 6] == 0 && print.core.peekWord(base + 0xA00) == 5)
}

@Test("A word stored to the finisher passes, fails with a status, or resets; without a finisher it faults")
func finisher() {
  for (value, reason) in [
    (0x5555, .exited(.status(0))), (0x2A_3333, .exited(.status(42))), (0x7777, .exited(.reset)),
  ] as [(UInt32, StopReason)] {
    let ended = run([sw(a0, 0, a1), nop], [a0: value, a1: 0x10_0000])
    #expect(ended.reason == reason && ended.core.retired == 1 && ended.core.pc == base + 4)
  }
  var core = core([sw(a0, 0, a1)])
  core[register: 11] = 0x10_0000
  core.host.finisher = nil
  var bus = EmptyBus()
  #expect(core.run(on: &bus) == .unhandled(Trap(.storeFault, pc: base, tval: 0x10_0000)))
}
