import RV32
import Testing

@Test(
  "A branch is taken when its condition holds, alone and fused behind an addition",
  arguments: [0, 1, 4, 5, 6, 7])
func conditionalBranch(_ funct3: Int) {
  for left in corners {
    for right in corners {
      let signedLeft = Int64(Int32(bitPattern: left))
      let signedRight = Int64(Int32(bitPattern: right))
      let isTaken =
        switch funct3 {
        case 0: left == right
        case 1: left != right
        case 4: signedLeft < signedRight
        case 5: signedLeft >= signedRight
        case 6: UInt64(left) < UInt64(right)
        default: UInt64(left) >= UInt64(right)
        }
      let core = ran([branch(UInt32(funct3), a1, a2, 64)], [a1: left, a2: right])
      #expect(core.pc == base + (isTaken ? 64 : 4))
      // The same behind an addition, where it is fused.
      let fused = ran([addi(a1, a1, 1), branch(UInt32(funct3), a1, a2, 64)], [a1: left &- 1, a2: right])
      #expect(fused.pc == base + (isTaken ? 68 : 8) && fused.retired == 2)
    }
  }
}

@Test("A branch reaches both ends of its range", arguments: [-4096, -2, 2, 4, 2046, 2048, 4094])
func branchReach(_ offset: Int) {
  let start = base + 0x4000
  var core = core([branch(0, 0, 0, offset)], at: start)
  var bus = EmptyBus()
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
  #expect(core.pc == start &+ UInt32(bitPattern: Int32(offset)))
}

@Test(
  "jal reaches both ends of its range and links to the next instruction",
  arguments: [-0x10_0000, -4096, -2, 2, 2048, 4096, 0x7FFE, 0xF_FFFE])
func jumpReach(_ offset: Int) {
  let start = base + 0x4000
  var core = core([jal(ra, offset)], at: start)
  var bus = EmptyBus()
  #expect(core.run(on: &bus, instructions: 1) == .instructionLimit)
  #expect(core.pc == start &+ UInt32(bitPattern: Int32(offset)))
  #expect(core[register: 1] == start + 4)
}

@Test("jalr clears bit 0 of its target and reads it before it writes the link")
func indirectJump() {
  let core = ran([jalr(ra, a0, -3)], [a0: base + 0x104])
  #expect(core.pc == base + 0x100 && core[register: 1] == base + 4)  // bit 0 of the target is cleared
  let same = ran([jalr(a0, a0, 8)], [a0: base + 0x100])
  #expect(same.pc == base + 0x108 && same[register: 10] == base + 4)  // the target is read before the link is written
  let dropped = ran([jalr(zero, a0, 0)], [a0: base + 0x100])
  #expect(dropped[register: 0] == 0)
  // Other encodings with the opcode are illegal.
  #expect(trap([iType(0x67, 1, ra, a0, 0)])?.cause == .illegalInstruction)
}

@Test("A loop of calls through one register returns every time")
func calls() {
  let program = [
    addi(a1, zero, 100), auipc(t0, 0), jalr(ra, t0, 16), addi(a1, a1, -1), branch(1, a1, zero, -8),
    addi(a0, a0, 3), jalr(zero, ra, 0),
  ]
  let core = ran(program, count: 1 + 1 + 100 * 5 - 0)
  #expect(core[register: 10] == 300 && core[register: 11] == 0)
}

@Test("A jump out of RAM retires, and the fetch there traps")
func leavingRAM() {
  #expect(trap([jalr(zero, a0, 0)], [a0: 0x1000_0000]) == nil)  // the jump itself retires
  #expect(trap([jalr(zero, a0, 0), nop], [a0: 0x1000_0000]) == Trap(.fetchFault, pc: 0x1000_0000, tval: 0x1000_0000))
  #expect(trap([jal(zero, -8), nop]) == Trap(.fetchFault, pc: base - 8, tval: base - 8))
  #expect(trap([branch(0, 0, 0, -8), nop]) == Trap(.fetchFault, pc: base - 8, tval: base - 8))
}

@Test("A 32-bit instruction whose second half lies past RAM traps at that half; a compressed one fits")
func straddlingTheEnd() {
  let last = base + 0xFFFE
  var core = core([nop])
  core.setBytes([0x13, 0x05], at: last)
  core.pc = last
  core.hart.mtvec = base
  var bus = EmptyBus()
  #expect(core.step(on: &bus) == nil)
  #expect(core.hart.mcause == 1 && core.hart.mepc == last && core.hart.mtval == last + 2)
  // A compressed one fits.
  core.setBytes(code([cLi(a0, 9)]), at: last)
  core.pc = last
  #expect(core.step(on: &bus) == nil)
  #expect(core[register: 10] == 9)
  #expect(core.step(on: &bus) == nil)
  #expect(core.hart.mepc == base + 0x1_0000)
}
