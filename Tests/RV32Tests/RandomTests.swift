import RV32
import TestSupport
import Testing

/// Programs of RV32IM instructions that stay in their 4 KiB of RAM for a while: short branches, loads and stores around
/// s0, rare constants. A store can hit the program itself.
private func program(_ random: inout SeededRandom, count: Int) -> [UInt32] {
  (0..<count).map { _ in
    let rd = random.word() % 16
    let rs1 = random.word() % 16
    let rs2 = random.word() % 16
    let imm = Int(random.word() % 4096) - 2048
    switch random.word() % 20 {
    case 0...3: return rType(0x33, random.word() % 8, random.word() % 4 == 0 ? 1 : 0, rd, rs1, rs2)
    case 4: return rType(0x33, random.pick([0, 5]), 0x20, rd, rs1, rs2)
    case 5...9: return addi(rd == 8 ? 0 : rd, rs1, imm)
    case 10: return rType(0x13, random.pick([1, 5]), 0, rd == 8 ? 0 : rd, rs1, rs2)
    case 11: return iType(0x13, random.pick([2, 3, 4, 6, 7]), rd == 8 ? 0 : rd, rs1, imm)
    case 12: return random.word() % 2 == 0 ? lui(rd == 8 ? 0 : rd, random.word() >> 12) : auipc(rd == 8 ? 0 : rd, 0)
    case 13, 14: return load(random.pick([0, 1, 2, 4, 5]), rd == 8 ? 0 : rd, imm, s0)
    case 15: return store(random.word() % 3, rs2, imm, s0)
    case 16, 17:
      return branch(random.pick([0, 1, 4, 5, 6, 7]), rs1, rs2, 4 * (Int(random.word() % 24) - 8))
    case 18: return jal(rd == 8 ? 0 : rd, 4 * (Int(random.word() % 16) - 4))
    default: return jalr(zero, rs1, 0)
    }
  }
}

private func start(_ seed: UInt64, fuses: Bool) -> Core {
  var random = SeededRandom(seed)
  var configuration = smallConfiguration(fuses: fuses)
  configuration.ramSize = 8192
  var core = core(program(&random, count: 1000), configuration)
  for register in 1..<32 { core[register: register] = random.pick(corners) }
  core[register: 8] = base + 4096
  core[register: 1] = base + 4 * (random.word() % 1000)
  core.pc = base + 4 * (random.word() % 900)
  core.hart.mtvec = base + 8188
  return core
}

@Test("Engine, engine without fusing, single steps and the oracle agree on registers, memory and place")
func randomPrograms() {
  for seed in 1...(isOptimised ? 20_000 : 500) as ClosedRange<UInt64> {
    var fused = start(seed, fuses: true)
    var plain = start(seed, fuses: false)
    var stepped = start(seed, fuses: true)
    let hart = fused.hart
    var reference = Reference(pc: hart.pc, memory: fused.memory(8192))
    for register in 0..<32 { reference.x[register] = Int64(Int32(bitPattern: hart.x[register])) }
    var executed: UInt64 = 0
    while executed < 300, reference.step() { executed += 1 }
    var bus = EmptyBus()
    _ = fused.run(on: &bus, instructions: executed)
    _ = plain.run(on: &bus, instructions: executed)
    for _ in 0..<executed { _ = stepped.step(on: &bus) }
    #expect(fused.hart == plain.hart && fused.hart == stepped.hart, "seed \(seed)")
    #expect(fused.pc == reference.pc && fused.retired == executed, "seed \(seed)")
    #expect((0..<32).allSatisfy { fused[register: $0] == UInt32(truncatingIfNeeded: reference.x[$0]) }, "seed \(seed)")
    #expect(fused.bytes(at: base, count: 8192) == reference.memory, "seed \(seed)")
    #expect(
      plain.bytes(at: base, count: 8192) == reference.memory && stepped.bytes(at: base, count: 8192) == reference.memory
    )
  }
}

/// A device page and a timer that fires every 97 cycles, for streams that are not well-behaved.
private struct NoisyBus: DeviceBus {
  mutating func load(_ access: Access) -> Reply {
    if access.address >> 28 != 4 { return .fault }
    return Reply(value: access.address &* 0x9E37_79B9, stall: access.address & 3, reschedule: access.address & 4 == 0)
  }

  mutating func store(_ value: UInt32, _ access: Access) -> Reply {
    access.address >> 28 == 4 ? Reply(stall: value & 7) : .fault
  }

  mutating func interrupts(at cycle: UInt64) -> Interrupts { cycle / 97 % 2 == 1 ? .timer : [] }
  func nextEvent(after cycle: UInt64) -> UInt64? { (cycle / 97 + 1) * 97 }
}

private func noise(_ seed: UInt64, fuses: Bool = true) -> Core {
  var random = SeededRandom(seed)
  var configuration = smallConfiguration(fuses: fuses, cycles: seed % 2 == 0 ? .ibex : .unit)
  configuration.ramSize = 4096
  configuration.trapsMisaligned = seed % 3 == 0
  var core = Core(configuration)
  core.setBytes((0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }, at: base)
  // Opcodes of instructions everywhere, or next to nothing would execute.
  for offset in stride(from: 0 as UInt32, to: 4096, by: 4) where random.word() % 8 != 0 {
    let opcode = random.pick([0x03, 0x13, 0x13, 0x17, 0x23, 0x2F, 0x33, 0x33, 0x37, 0x63, 0x63, 0x67, 0x6F, 0x73, 0x0F])
    core.pokeWord(random.word() & ~0x7F | UInt32(opcode), base + offset)
  }
  for register in 1..<32 {
    core[register: register] = random.pick([base, 0x4000_0000]) + random.word() % 4096
  }
  core.hart.mtvec = base + (random.word() % 4096 & ~2)
  core.hart.mie = .all
  core.hart.interruptsEnabled = true
  return core
}

@Test("Arbitrary bits never crash or hang, and the state does not depend on fusing or on how a run is split")
func randomBits() {
  var total: UInt64 = 0
  for seed in 1...(isOptimised ? 4000 : 250) as ClosedRange<UInt64> {
    var whole = noise(seed)
    var split = noise(seed, fuses: false)
    var bus = NoisyBus()
    let reason = whole.run(on: &bus, instructions: 2000, untilCycle: 100_000)
    total += whole.retired
    var random = SeededRandom(seed)
    var last = StopReason.instructionLimit
    while last == .instructionLimit && split.retired < 2000 {
      let part = min(1 + random.next() % 40, 2000 - split.retired)
      last = split.run(on: &bus, instructions: part, untilCycle: 100_000)
    }
    let isSame = whole.hart == split.hart && reason == last
    #expect(isSame, "seed \(seed) \(reason) \(last)")
    #expect(whole.bytes(at: base, count: 4096) == split.bytes(at: base, count: 4096), "seed \(seed)")
    if reason == .instructionLimit { #expect(whole.retired == 2000) }
  }
  print("random bits: \(total) instructions retired, seeds from 1")
}

@Test("A million instructions at random addresses of random memory end in no crash")
func aMillionRandomInstructions() {
  var random = SeededRandom(2026)
  var executed: UInt64 = 0
  var seed: UInt64 = 1 << 32
  while executed < 1_000_000 {
    seed += 1
    var core = noise(seed)
    var bus = NoisyBus()
    for _ in 0..<20 {
      let before = core.retired
      _ = core.run(on: &bus, instructions: 5000, untilCycle: core.cycle + 200_000)
      executed += core.retired - before + 1
      core.pc = base + random.word() % 4096
    }
  }
}
