import RV32
import Testing

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

@Test(
  "A breakpoint that is passed by a trap leaves the one at the handler's first instruction", arguments: [true, false])
func breakpointAtTheHandler(_ isStepped: Bool) {
  var core = core([ecall, nop, nop, nop, addi(a0, a0, 1), ebreak])
  core.hart.mtvec = base + 16
  core.breakpoints = [base, base + 16]
  var bus = EmptyBus()
  #expect(core.run(on: &bus) == .breakpoint && core.pc == base)
  if isStepped { #expect(core.step(on: &bus) == nil && core.pc == base + 16) }
  #expect(core.run(on: &bus) == .breakpoint && core.pc == base + 16 && core[register: 10] == 0)
}

@Test("A watchpoint stops at each access of its kind that touches its bytes, and at no other")
func watchpoints() {
  let program = [sw(a0, 0, a1), lw(a0, 0, a1), amo(0, a0, a0, a1), load(0, a0, 3, a1), store(0, a0, 4, a1), nop]
  func stops(_ kind: Watchpoint.Kind, _ offset: UInt32 = 0, beside others: Watchpoint...) -> [UInt32] {
    var core = core(program)
    core[register: 11] = base + 0x800
    core.watchpoints = [Watchpoint(kind, address: base + 0x800 + offset, count: 4)] + others
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
  // Another that nothing touches has all accesses of its kind looked at.
  for other in [Watchpoint.Kind.write, .read, .access].map({ Watchpoint($0, address: base + 0x808, count: 4) }) {
    #expect(stops(.write, beside: other) == [0, 8] && stops(.read, beside: other) == [4, 8, 12])
    #expect(stops(.write, 4, beside: other) == [16] && stops(.read, 4, beside: other) == [])
  }
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
