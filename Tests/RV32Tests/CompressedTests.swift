import RV32
import Testing

@Test("c.addi4spn and c.addi16sp add every immediate of theirs to sp")
func stackImmediates() {
  for imm in stride(from: 4, through: 1020, by: 4) {
    #expect(result(cAddi4spn(a0, imm), [sp: 0x1234]) == 0x1234 + UInt32(imm))
  }
  for imm in stride(from: -512, through: 496, by: 16) where imm != 0 {
    #expect(result(cAddi16sp(imm), [sp: 0x1234], in: sp) == 0x1234 &+ UInt32(bitPattern: Int32(imm)))
  }
}

@Test("Compressed immediates and shift amounts are read as the manual lays them out, every one")
func smallImmediates() {
  for imm in -32...31 {
    let word = UInt32(bitPattern: Int32(imm))
    #expect(result(cLi(a0, imm)) == word)
    #expect(result(cAddi(a0, imm), [a0: 100]) == 100 &+ word)
    #expect(result(cImmediate(2, a0, imm), [a0: 0x5A5A_5A5A]) == 0x5A5A_5A5A & word)
    if imm != 0 { #expect(result(cLui(a0, imm)) == word << 12) }
  }
  for shamt in 0..<32 {
    #expect(result(cSlli(a0, shamt), [a0: 0x8000_0001]) == 0x8000_0001 << UInt32(shamt))
    #expect(result(cImmediate(0, a0, shamt), [a0: 0x8000_0001]) == 0x8000_0001 >> UInt32(shamt))
    let shifted = UInt32(bitPattern: Int32(bitPattern: 0x8000_0001) >> Int32(shamt))
    #expect(result(cImmediate(1, a0, shamt), [a0: 0x8000_0001]) == shifted)
  }
}

@Test("Compressed register forms compute what their 32-bit forms do, at the edges of arithmetic")
func registerForms() {
  for left in corners {
    for right in corners {
      #expect(result(cArithmetic(0, a0, a1), [a0: left, a1: right]) == left &- right)
      #expect(result(cArithmetic(1, a0, a1), [a0: left, a1: right]) == left ^ right)
      #expect(result(cArithmetic(2, a0, a1), [a0: left, a1: right]) == left | right)
      #expect(result(cArithmetic(3, a0, a1), [a0: left, a1: right]) == left & right)
      #expect(result(cAdd(a0, a1), [a0: left, a1: right]) == left &+ right)
    }
    #expect(result(cMv(a0, a1), [a1: left]) == left)
  }
}

@Test("Compressed loads and stores reach every offset of theirs")
func compressedMemory() {
  for imm in stride(from: 0, through: 124, by: 4) {
    let core = ran([cSw(a0, imm, s0), cLw(a1, imm, s0)], [a0: 0xDEAD_BEEF, s0: base + 0x800])
    #expect(core[register: 11] == 0xDEAD_BEEF && core.peekWord(base + 0x800 + UInt32(imm)) == 0xDEAD_BEEF)
  }
  for imm in stride(from: 0, through: 252, by: 4) {
    let core = ran([cSwsp(a0, imm), cLwsp(t0, imm)], [a0: 0xDEAD_BEEF, sp: base + 0x800])
    #expect(core[register: 5] == 0xDEAD_BEEF && core.peekWord(base + 0x800 + UInt32(imm)) == 0xDEAD_BEEF)
  }
}

@Test("Compressed jumps and branches reach every offset, and link to the halfword behind them")
func compressedJumps() {
  let start = base + 0x4000
  func landing(_ instruction: UInt32, _ a0: UInt32 = 0) -> (UInt32, UInt32) {
    var core = core([instruction], at: start)
    core[register: 10] = a0
    core[register: 1] = 1
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: 1)
    return (core.pc, core[register: 1])
  }
  for imm in stride(from: -2048, through: 2046, by: 2) {
    let target = start &+ UInt32(bitPattern: Int32(imm))
    #expect(landing(cj(5, imm)) == (target, 1))
    #expect(landing(cj(1, imm)) == (target, start + 2))
  }
  for imm in stride(from: -256, through: 254, by: 2) {
    let target = start &+ UInt32(bitPattern: Int32(imm))
    #expect(landing(cBranch(6, a0, imm), 0) == (target, 1))
    #expect(landing(cBranch(6, a0, imm), 1) == (start + 2, 1))
    #expect(landing(cBranch(7, a0, imm), 1) == (target, 1))
    #expect(landing(cBranch(7, a0, imm), 0) == (start + 2, 1))
  }
  #expect(landing(cJr(a0), base + 0x101) == (base + 0x100, 1))
  #expect(landing(cJalr(a0), base + 0x101) == (base + 0x100, start + 2))
  #expect(ran([cJalr(ra)], [ra: base + 0x100]).pc == base + 0x100)
}

@Test("Of all 49 152 halfwords the illegal and reserved ones trap with the halfword in mtval, the others execute")
func everyCompressedInstruction() {
  var core = core([])
  var bus = EmptyBus()
  for half in UInt32(0)...0xFFFF where half & 3 != 3 {
    var hart = Hart(pc: base + 0x2000)
    hart.mtvec = base + 0x1000
    for register in 1..<32 { hart.x[register] = base + 0x8000 }
    core.hart = hart
    core.pokeWord(half, base + 0x2000)
    #expect(core.step(on: &bus) == nil)
    let isIllegal = core.hart.mcause == 2 && core.pc == base + 0x1000
    #expect(isIllegal == isReserved(half), "\(half)")
    if isIllegal { #expect(core.hart.mtval == half && core.hart.mepc == base + 0x2000) }
  }
}

private func isReserved(_ c: UInt32) -> Bool {
  let rd = c >> 7 & 31
  let bit12 = c >> 12 & 1
  switch (c & 3, c >> 13) {
  case (0, 0): return c >> 5 & 0xFF == 0  // c.addi4spn with immediate 0, among them the all-zero instruction
  case (0, 2), (0, 6): return false
  case (0, _): return true  // floating point
  case (1, 3): return bit12 == 0 && c >> 2 & 31 == 0  // c.lui and c.addi16sp with immediate 0
  case (1, 4):
    let kind = c >> 10 & 3
    return kind < 2 && bit12 == 1 || kind == 3 && bit12 == 1  // shift by 32 or more; RV64 arithmetic
  case (1, _): return false
  case (2, 0): return bit12 == 1
  case (2, 2): return rd == 0
  case (2, 4): return bit12 == 0 && rd == 0 && c >> 2 & 31 == 0  // c.jr x0
  case (2, 6): return false
  default: return true  // floating point
  }
}

@Test("32-bit instructions at odd halfwords execute across pages and blocks")
func mixedSizes() {
  // 32-bit instructions at odd halfwords, across a page and across block boundaries.
  var program: [UInt32] = [cLi(a0, 0)]
  for _ in 0..<1500 { program += [addi(a0, a0, 1), cAddi(a0, 1)] }
  let core = ran(program)
  #expect(core[register: 10] == 3000 && core.retired == 3001)
}

@Test("c.ebreak traps with its own address")
func compressedBreakpoint() {
  #expect(trap([cNop, cEbreak]) == Trap(.breakpoint, pc: base + 2, tval: base + 2))
}
