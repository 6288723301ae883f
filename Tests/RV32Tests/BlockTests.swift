import RV32
import Testing

@Test("A budget of N instructions retires exactly N, in blocks of every length and at every phase of fused pairs")
func budgetIsExact() {
  let body = (0..<11).map { addi(a0, a0, $0) }
  let program = body + [addi(a1, a1, 1), branch(1, a1, zero, -48)]
  var bus = EmptyBus()
  var one = core(program)
  for count in 0..<200 as Range<UInt64> {
    var whole = core(program)
    #expect(whole.run(on: &bus, instructions: count) == .instructionLimit)
    #expect(whole.retired == count)
    #expect(whole.hart == one.hart)
    #expect(one.run(on: &bus, instructions: 1) == .instructionLimit)
  }
}

@Test("A trap behind the last instruction of the budget is not taken")
func budgetBeforeATrap() {
  var bus = EmptyBus()
  var core = core([nop, nop, ecall])
  core.hart.mtvec = base + 0x1000
  #expect(core.run(on: &bus, instructions: 2) == .instructionLimit)
  #expect(core.pc == base + 8)  // the trap is beyond the budget
}

@Test("A run ends at the first instruction boundary at or after its cycle limit")
func cycleLimitIsExact() {
  let program = [rType(0x33, 4, 1, a0, a0, a1), addi(a0, a0, 1), lw(a2, 0, s0), branch(0, 0, 0, -12)]  // 37 1 2 3
  for limit in 1...200 as ClosedRange<UInt64> {
    var core = core(program)
    core[register: 8] = base + 0x800
    var bus = EmptyBus()
    #expect(core.run(on: &bus, untilCycle: limit) == .cycleLimit)
    var boundary: UInt64 = 0
    var index = 0
    while boundary < limit {
      boundary += [37, 1, 2, 3][index % 4]
      index += 1
    }
    #expect(core.cycle == boundary && core.retired == UInt64(index))
  }
}

/// The next instruction in a block, an earlier one, the same one, and one in another block are rewritten; the new
/// instructions execute, with and without `fence.i`.
@Test(
  "A store into code acts on the next instruction, with and without fence.i",
  arguments: [true, false])
func selfModifyingCode(_ fenced: Bool) {
  let fence = fenced ? fenceI : nop
  let replacement = addi(a0, a0, 100)
  // The word after the fence becomes the replacement.
  let core1 = ran([sw(a1, 8, a2), fence, addi(a0, a0, 1), addi(a0, a0, 1)], [a1: replacement, a2: base])
  #expect(core1[register: 10] == 101)
  // A loop that rewrites its first instruction on each turn.
  let core2 = ran(
    [addi(a0, a0, 1), sw(a1, 0, a2), fence, jal(0, -12)], count: 12, [a1: replacement, a2: base])
  #expect(core2[register: 10] == 201)
  // A subroutine that was executed before.
  let program = [
    jal(ra, 20), sw(a1, 20, a2), fence, jal(ra, 8), branch(0, 0, 0, 0), addi(a0, a0, 1), jalr(zero, ra, 0),
  ]
  let core3 = ran(program, count: 8, [a1: replacement, a2: base])
  #expect(core3[register: 10] == 101)
}

@Test("A store into any part of an instruction is seen when it executes next, across granules too")
func partialModification() {
  let core = ran(
    [addi(a0, a0, 1), store(1, a1, 10, a2), addi(a0, a0, 1)], [a1: addi(a0, a0, 100) >> 16, a2: base])
  #expect(core[register: 10] == 101)
  for offset in 13...19 {
    // The loop at base + 16 runs once, then a store that overlaps its first instruction replaces a part of it.
    var one = RV32Tests.core([jal(0, 16), nop, nop, nop, addi(a0, a0, 1), nop])
    one.setBytes(code([addi(a0, a0, 1), store(2, a1, 0, a2), addi(a0, a0, 1), branch(0, 0, 0, -8)]), at: base + 16)
    one[register: 11] = 0x1234_5678
    one[register: 12] = base + UInt32(offset)
    var bus = EmptyBus()
    let expected = one.bytes(at: base + 16, count: 4) ?? []
    _ = one.run(on: &bus, instructions: 3)
    #expect(one.bytes(at: base + 16, count: 4) != expected)
    one.pc = base + 16
    var fresh = RV32Tests.core([])
    fresh.setBytes(one.memory(64), at: base)
    fresh.hart = one.hart
    #expect(one.run(on: &bus, instructions: 1) == fresh.run(on: &bus, instructions: 1))
    #expect(one.hart == fresh.hart)
  }
}

@Test("Data beside code in one granule does not disturb it")
func dataBesideCode() {
  let program = [sw(a0, 20, a2), lw(a3, 20, a2), addi(a0, a0, 1), jal(0, -12), nop, 0]
  let core = ran(program, count: 4000, [a2: base])
  #expect(core[register: 10] == 1000 && core[register: 13] == 999)
}

@Test("Code that the debugger writes is what executes")
func pokedCode() {
  var core = core([addi(a0, a0, 1), jal(0, -4)])
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: 10)
  core.pokeWord(addi(a0, a0, 10), base)
  _ = core.run(on: &bus, instructions: 10)
  #expect(core[register: 10] == 55)
  core.setBytes(code([addi(a0, a0, 100)]), at: base)
  _ = core.run(on: &bus, instructions: 10)
  #expect(core[register: 10] == 555)
  let isCleared = core.clear(base, count: 4)
  #expect(isCleared)
  #expect(core.run(on: &bus, instructions: 10) == .unhandled(Trap(.illegalInstruction, pc: base, tval: 0)))
}

@Test("More code than the caches hold gives the same result")
func cacheOverflow() {
  var configuration = smallConfiguration(fuses: false)
  configuration.ramSize = 4 << 20
  var core = Core(configuration)
  // Long blocks: more operations than fit.
  let count = 300_000
  core.setBytes(Array(repeatElement(code([addi(a0, a0, 1)]), count: count).joined()), at: base)
  var bus = EmptyBus()
  #expect(core.run(on: &bus, instructions: UInt64(count)) == .instructionLimit)
  #expect(core[register: 10] == UInt32(count))
  // A jump to every other instruction: more blocks than are kept.
  core.setBytes(Array(repeatElement(code([addi(a1, a1, 1), jal(0, 4)]), count: count).joined()), at: base)
  core.pc = base
  #expect(core.run(on: &bus, instructions: UInt64(2 * count)) == .instructionLimit)
  #expect(core[register: 11] == UInt32(count))
}

@Test("What was jumped to before the caches were full is what stands there afterwards")
func jumpsBehindOverflow() {
  var configuration = smallConfiguration()
  configuration.ramSize = 4 << 20
  // The function's address is one whose low bits are 0.
  let function = base + 0x30_0000
  let step = [addi(a1, a1, 1), jal(0, 4)]
  let call = jalr(ra, a5, 0)
  // Nearly as many blocks as are kept, the function, and some more.
  let chains = (before: 1 << 18 - 50, behind: 200)
  var core = core(
    Array(repeatElement(step, count: chains.before).joined()) + [call]
      + Array(repeatElement(step, count: chains.behind).joined()) + [call, sw(a3, 0, a5), call, ebreak], configuration)
  core.setBytes(code([addi(a2, a2, 1), jalr(0, ra, 0)]), at: function)
  core[register: 15] = function
  core[register: 13] = addi(a2, a2, 10)
  core.hart.mtvec = function + 0x1000
  core.breakpoints = [function + 0x1000]
  var bus = EmptyBus()
  #expect(core.run(on: &bus) == .breakpoint)
  #expect(core[register: 11] == UInt32(chains.before + chains.behind) && core[register: 12] == 12)
}

@Test("Hart and memory put back go on to the same state")
func snapshot() {
  let program = [addi(a0, a0, 1), sw(a0, 64, a2), lr(a3, a2), jal(0, -12)]
  var core = core(program)
  core[register: 12] = base + 0x800
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: 103)
  let hart = core.hart
  let memory = core.memory(0x1_0000)
  _ = core.run(on: &bus, instructions: 500)
  let later = core.hart
  core.hart = hart
  core.setBytes(memory, at: base)
  _ = core.run(on: &bus, instructions: 500)
  #expect(core.hart == later)
}
