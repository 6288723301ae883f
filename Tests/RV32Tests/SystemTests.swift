import RV32
import Testing

@Test("CSR instructions return the old value and write, set or clear, from a register or an immediate")
func csrReadModifyWrite() {
  let mscratch = 0x340
  let core = ran(
    [
      csrrw(a0, mscratch, t0), csrrs(a1, mscratch, t1), csr(3, a2, mscratch, t2), csr(5, a3, mscratch, 0x1F),
      csr(6, a4, mscratch, 0x10), csr(7, a5, mscratch, 0xF), csrrs(s0, mscratch, zero), csrrw(s0, mscratch, s0),
    ], [t0: 0xF0F0, t1: 0x0F00, t2: 0xF000])
  #expect(core[register: 10] == 0 && core[register: 11] == 0xF0F0 && core[register: 12] == 0xFFF0)
  #expect(core[register: 13] == 0x0FF0 && core[register: 14] == 0x1F && core[register: 15] == 0x1F)
  #expect(core[register: 8] == 0x10 && core.hart.mscratch == 0x10)
}

@Test("A read-only CSR may be read by what does not write, and traps on any write")
func csrReadOnly() {
  for number in [0xC00, 0xC01, 0xC02, 0xC80, 0xC81, 0xC82, 0xF11, 0xF12, 0xF13, 0xF14, 0xF15] {
    #expect(trap([csrrs(a0, number, zero)]) == nil)
    #expect(trap([csr(7, a0, number, 0)]) == nil)
    for writing in [csrrw(zero, number, zero), csrrs(a0, number, a1), csr(5, a0, number, 0), csr(6, a0, number, 1)] {
      #expect(trap([writing]) == Trap(.illegalInstruction, pc: base, tval: writing))
    }
  }
}

@Test("The CSRs of a machine-mode hart exist, those of what it has not trap")
func csrPresence() {
  let present = [
    0x300, 0x301, 0x304, 0x305, 0x310, 0x320, 0x323, 0x33F, 0x340, 0x341, 0x342, 0x343, 0x344, 0x3A0, 0x3A3, 0x3B0,
    0x3BF,
    0x7A0, 0x7A1, 0x7A2, 0xB00, 0xB02, 0xB03, 0xB1F, 0xB80, 0xB82, 0xB83, 0xB9F,
  ]
  for number in present { #expect(trap([csrrw(a0, number, zero)]) == nil, "\(number)") }
  // S and U mode, floating point, vectors, hypervisor, NMI, environment and delegation registers do not exist.
  for number in [0, 1, 3, 8, 0x100, 0x105, 0x141, 0x180, 0x302, 0x303, 0x306, 0x30A, 0x34A, 0x600, 0x744, 0x7B0, 0xC03]
  {
    #expect(trap([csrrs(a0, number, zero)])?.cause == .illegalInstruction, "\(number)")
  }
}

@Test("A CSR keeps the legal part of what is written")
func csrLegalValues() {
  func after(_ number: Int, _ value: UInt32 = .max) -> UInt32 {
    ran([csrrw(zero, number, a1), csrrs(a0, number, zero)], [a1: value])[register: 10]
  }
  #expect(after(0x300) == 0x1888 && after(0x300, 0) == 0x1800)
  #expect(after(0x301, 0) == 0x4000_1105)
  #expect(after(0x304) == 0x888)
  #expect(after(0x305) == 0xFFFF_FFFD)
  #expect(after(0x310) == 0)
  #expect(after(0x320) == 5)
  #expect(after(0x340) == .max)
  #expect(after(0x341) == 0xFFFF_FFFE)
  #expect(after(0x343) == .max)
  #expect(after(0x344) == 0)
  #expect(after(0x3A0) == 0x1F1F_1F1F && after(0x3A0, 0x0203_0107) == 0x0003_0107 && after(0x3B0) == .max)
  #expect(after(0x7A0) == 0)
}

@Test("instret and cycle count what came before the instruction that reads them")
func counters() {
  let core = ran([
    nop, nop, csrrs(a0, 0xB02, zero), csrrs(a1, 0xC02, zero), csrrs(a2, 0xC00, zero), csrrs(a3, 0xC01, zero),
  ])
  #expect(core[register: 10] == 2 && core[register: 11] == 3)
  #expect(core[register: 12] == 4 && core[register: 13] == 5)
}

@Test("The value written to a counter is what the next instruction reads")
func counterWrites() {
  for (low, high) in [(0xB02, 0xB82), (0xB00, 0xB80)] {
    let core = ran(
      [
        csrrw(zero, low, a1), csrrs(a0, low, zero), csrrw(zero, low, a2), csrrw(zero, high, a2), nop,
        csrrs(a3, low, zero), csrrs(a4, high, zero),
      ], [a1: 77, a2: .max], smallConfiguration(cycles: .unit))
    #expect(core[register: 10] == 77)
    #expect(core[register: 13] == 0 && core[register: 14] == 0)
  }
}

@Test("mcountinhibit stops the counters of the guest, not those of the core")
func counterInhibit() {
  let core = ran(
    [
      csr(5, zero, 0x320, 5), csrrs(a0, 0xB02, zero), nop, csrrs(a1, 0xB02, zero), csrrs(a2, 0xB00, zero),
      csrrw(zero, 0xB02, a5), csrrs(a3, 0xB02, zero), csr(5, zero, 0x320, 0), csrrs(a4, 0xB02, zero),
    ], [a5: 500],
    smallConfiguration(cycles: .unit))
  #expect(core[register: 10] == core[register: 11] && core[register: 12] == 1)
  #expect(core[register: 13] == 500 && core[register: 14] == 500)
  #expect(core.retired == 9 && core.cycle == 9)
}

@Test("Each kind of instruction costs the cycles of the table")
func cycleTable() {
  let program = [
    nop, lw(a0, 0, s0), sw(a0, 0, s0), rType(0x33, 0, 1, a0, a0, a0), rType(0x33, 1, 1, a0, a0, a0),
    rType(0x33, 4, 1, a0, a0, a0), branch(1, 0, 0, 8), branch(0, 0, 0, 4), jal(0, 4), csrrs(a0, 0x340, zero), fenceI,
    amo(0, a0, a0, s0),
  ]
  let core = ran(program, [s0: base + 0x800])
  #expect(core.cycle == 1 + 2 + 2 + 3 + 4 + 37 + 1 + 3 + 2 + 1 + 2 + 4)
  #expect(ran(program, [s0: base + 0x800], smallConfiguration(cycles: .unit)).cycle == UInt64(program.count))
}

@Test("ecall, ebreak and illegal instructions trap with cause, place and value")
func traps() {
  #expect(trap([nop, ecall]) == Trap(.machineCall, pc: base + 4, tval: 0))
  #expect(trap([nop, ebreak]) == Trap(.breakpoint, pc: base + 4, tval: base + 4))
  for illegal: UInt32 in [
    0xFFFF_FFFF, 0x0020_0073, 0x1020_0073, 0x1200_0073, 0x7B20_0073, 0x0000_4073, 0x0000_200F, 0x0000_007F,
  ] {
    #expect(trap([illegal]) == Trap(.illegalInstruction, pc: base, tval: illegal))
  }
  #expect(trap([0]) == Trap(.illegalInstruction, pc: base, tval: 0))
}

@Test("A trap stacks the interrupt enable, and mret restores it")
func trapAndReturn() {
  var core = core([ecall, nop])
  var bus = EmptyBus()
  core.setBytes(code([mret]), at: base + 0x1000)
  core.hart.mtvec = base + 0x1000
  core.hart.interruptsEnabled = true
  #expect(core.step(on: &bus) == nil)
  #expect(core.retired == 0 && !core.hart.interruptsEnabled && core.hart.previousInterruptsEnabled)
  core.hart.mepc = base + 4
  #expect(core.step(on: &bus) == nil)
  #expect(core.pc == base + 4 && core.retired == 1)
  #expect(core.hart.interruptsEnabled && core.hart.previousInterruptsEnabled)
}

@Test("A trap that can only lead to another one ends the run instead of looping")
func hopelessTraps() {
  var bus = EmptyBus()
  var core = core([ecall])
  #expect(core.run(on: &bus) == .unhandled(Trap(.machineCall, pc: base, tval: 0)))
  #expect(core.run(on: &bus) == .unhandled(Trap(.machineCall, pc: base, tval: 0)))
  core.hart.mtvec = base + 0x1000
  #expect(core.run(on: &bus) == .unhandled(Trap(.illegalInstruction, pc: base + 0x1000, tval: 0)))
  #expect(core.retired == 0)
}
