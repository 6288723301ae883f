import RV32
import Testing

private let exitCall: [UInt32] = [0x01F0_1013, 0x0010_0073, 0x4070_5013]

private struct Ended: ~Copyable {
  var reason: StopReason
  var output: [UInt8]
  var core: Core
}

private func run(_ program: [UInt32], _ setUp: [Reg: UInt32] = [:], semihosting: Bool = false) -> Ended {
  var core = core(program)
  for (register, value) in setUp { core[register: Int(register)] = value }
  core.host.semihosting = semihosting
  core.host.tohost = base + 0x800
  core.setBytes(Array("hello\0".utf8), at: base + 0x900)
  core.setBytes([0x26, 0x00, 0x02, 0x00, 42, 0, 0, 0], at: base + 0x910)
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
      sw(a2, 0, a0), sw(a3, 8, a0), sw(a4, 16, a0), sw(a5, 24, a0), sw(a0, 0, a1), lw(t0, 64, a1), lw(t1, 0, a1),
      jal(0, 0),
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

@Test("The semihosting sequence calls the host when enabled, and is a breakpoint otherwise")
func semihosting() {
  let exit: [Reg: UInt32] = [a0: 0x18, a1: 0x20026]
  #expect(run(exitCall, exit, semihosting: true).reason == .exited(.status(0)))
  #expect(run(exitCall, [a0: 0x18, a1: 0x20023], semihosting: true).reason == .exited(.status(1)))
  #expect(run(exitCall, [a0: 0x20, a1: base + 0x910], semihosting: true).reason == .exited(.status(42)))
  #expect(run(exitCall + [jal(0, 0)], [a0: 4, a1: base + 0x900], semihosting: true).output == Array("hello".utf8))
  #expect(run(exitCall + [jal(0, 0)], [a0: 3, a1: base + 0x901], semihosting: true).output == Array("e".utf8))
  let unknown = run(exitCall + [jal(0, 0)], [a0: 0x99], semihosting: true)
  #expect(unknown.reason == .instructionLimit && unknown.core[register: 10] == .max)
  // Switched off, or without the exact sequence, it is a breakpoint.
  let trap = Trap(.breakpoint, pc: base + 4, tval: base + 4)
  #expect(run(exitCall, exit).reason == .unhandled(trap))
  #expect(run([exitCall[0], exitCall[1], nop], exit, semihosting: true).reason == .unhandled(trap))
  #expect(run([nop, exitCall[1], exitCall[2]], exit, semihosting: true).reason == .unhandled(trap))
  // A bad pointer prints nothing.
  #expect(run(exitCall + [jal(0, 0)], [a0: 4, a1: 0x1000], semihosting: true).output == [])
}

@Test("A breakpoint stops before its instruction on each turn, in the middle of a block too")
func breakpoints() {
  var core = core([addi(a0, a0, 1), cAddi(a0, 1), cAddi(a0, 1), jal(0, -8)])
  var bus = EmptyBus()
  core.breakpoints = [base + 6]
  for turn in 0..<5 as Range<UInt32> {
    #expect(core.run(on: &bus) == .breakpoint)
    #expect(core.pc == base + 6 && core[register: 10] == 2 + 3 * turn)
    #expect(core.bytes(at: base + 6, count: 2) == code([cAddi(a0, 1)]))
  }
  #expect(core.step(on: &bus) == nil)
  #expect(core.pc == base + 8)
  core.breakpoints = []
  #expect(core.run(on: &bus, instructions: 10) == .instructionLimit)
  // At the first instruction of a run that did not stop there.
  core.breakpoints = [core.pc]
  #expect(core.run(on: &bus) == .breakpoint)
}

@Test("A watchpoint stops at each access of its kind that touches its bytes, and at no other")
func watchpoints() {
  let program = [sw(a0, 0, a1), lw(a0, 0, a1), amo(0, a0, a0, a1), load(0, a0, 3, a1), store(0, a0, 4, a1), nop]
  func stops(_ kind: Watchpoint.Kind, _ offset: UInt32 = 0) -> [UInt32] {
    var core = core(program)
    core[register: 11] = base + 0x800
    core.watchpoints = [Watchpoint(kind, address: base + 0x800 + offset, count: 4)]
    var bus = EmptyBus()
    var places: [UInt32] = []
    while core.run(on: &bus, instructions: UInt64(6 - core.retired)) != .instructionLimit {
      places.append(core.pc - base)
    }
    #expect(core.retired == 6)
    return places
  }
  #expect(stops(.write) == [0, 8] && stops(.read) == [4, 8, 12] && stops(.access) == [0, 4, 8, 12])
  #expect(stops(.write, 4) == [16] && stops(.read, 4) == [] && stops(.write, 2) == [0, 8, 16])
}

@Test("A store below the stack stops the run, with its address, before it is made")
func stackGuard() {
  // A recursion that never ends.
  var core = core([addi(sp, sp, -16), sw(ra, 12, sp), jal(ra, -8)])
  core[register: 2] = base + 0x4000
  core.stackGuard = base + 0x2000..<base + 0x2100
  var bus = EmptyBus()
  #expect(core.run(on: &bus) == .stackOverflow(address: base + 0x20FC))
  #expect(core[register: 2] == base + 0x20F0 && core.pc == base + 4)
}

@Test("The recorder keeps the last instructions with what they read and wrote, as a commit log has them")
func recording() {
  var core = core(
    [
      addi(a0, zero, 5), cLi(a1, -1), sw(a0, 0, s0), load(5, a2, 0, s0), csrrw(zero, 0x340, a0), branch(0, 0, 0, 8),
      nop,
      amo(0, a3, a0, s0),
    ])
  core[register: 8] = base + 0x800
  core.recorder = Recorder(capacity: 4)
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: 3)
  #expect(
    core.recorder?.entries.map(\.commitLogLine) == [
      "core   0: 3 0x80000000 (0x00500513) x10 0x00000005",
      "core   0: 3 0x80000004 (0x55fd) x11 0xffffffff",
      "core   0: 3 0x80000006 (0x00a42023) mem 0x80000800 0x00000005",
    ])
  _ = core.run(on: &bus, instructions: 4)
  #expect(
    core.recorder?.entries.map(\.commitLogLine) == [
      "core   0: 3 0x8000000a (0x00045603) x12 0x00000005 mem 0x80000800",
      "core   0: 3 0x8000000e (0x34051073) c832_mscratch 0x00000005",
      "core   0: 3 0x80000012 (0x00000463)",
      "core   0: 3 0x8000001a (0x00a426af) x13 0x00000005 mem 0x80000800 mem 0x80000800 0x0000000a",
    ])
  #expect(core.recorder?.count == 7)
}

@Test("The trail of the engine is what a recorder of the same run has seen")
func trail() {
  let program = [
    addi(a0, a0, 1), cAddi(a1, 2), sw(a0, 0, s0), cNop, branch(1, a0, a2, -12), jal(ra, 8), nop, lw(a3, 0, s0), wfi,
  ]
  for count in [0, 1, 2, 7, 33, 60, 100] as [UInt64] {
    for budget in [1, 3, 1000] as [UInt64] {
      var fast = core(program)
      fast[register: 12] = 11
      fast[register: 8] = base + 0x800
      var slow = core(program)
      slow.hart = fast.hart
      slow.recorder = Recorder(capacity: 20)
      var bus = EmptyBus()
      while fast.retired < count,
        fast.run(on: &bus, instructions: min(budget, count - fast.retired)) == .instructionLimit
      {}
      _ = slow.run(on: &bus, instructions: count)
      #expect(fast.lastInstructions(20).map(\.pc) == slow.recorder?.entries.map(\.pc), "\(count) \(budget)")
      #expect(fast.lastInstructions(20).map(\.instruction) == slow.recorder?.entries.map(\.instruction))
    }
  }
  // A trap ends it at the instruction that trapped.
  let trapped = ran([nop, cNop, lw(a0, 0, zero), nop])
  #expect(trapped.lastInstructions(8).map(\.pc) == [base, base + 4])
  #expect(trapped.lastInstructions(0).isEmpty)
}
