import RV32
import TestSupport
import Testing

/// An instruction that the engine executes itself, with operands drawn at random.
private struct Instruction: CustomTestStringConvertible, Sendable {
  let name: String
  let draw: @Sendable (inout SeededRandom) -> UInt32

  var testDescription: String { name }

  static let all = arithmetic + [lui] + loads + stores + branches + [jal, jalr]

  /// Few registers, so that the second instruction often depends on the first, and x0.
  private static func register(_ random: inout SeededRandom) -> Reg { random.pick([zero, s0, s1, a0, a1, a2]) }

  private static let arithmetic = Arithmetic.all.map { operation in
    Instruction(name: operation.name) { random in
      let (rd, rs1, rs2) = (register(&random), register(&random), register(&random))
      let hasImmediate = operation.funct7 != 1 && operation.name != "sub"
      if hasImmediate && random.word() % 2 == 0 {
        let isShift = operation.funct3 & 3 == 1
        let imm = isShift ? operation.funct7 << 5 | random.word() % 32 : random.word() % 4096
        return iType(0x13, operation.funct3, rd, rs1, Int(imm))
      }
      return rType(0x33, operation.funct3, operation.funct7, rd, rs1, rs2)
    }
  }

  private static let lui = Instruction(name: "lui") { RV32Tests.lui(register(&$0), $0.word() >> 12) }

  private static let loads = ([0, 1, 2, 4, 5] as [UInt32]).map { funct3 in
    Instruction(name: "load \(funct3)") { load(funct3, register(&$0), Int($0.word() % 64) - 32, s0) }
  }

  private static let stores = ([0, 1, 2] as [UInt32]).map { funct3 in
    Instruction(name: "store \(funct3)") { store(funct3, register(&$0), Int($0.word() % 64) - 32, s0) }
  }

  private static let branches = ([0, 1, 4, 5, 6, 7] as [UInt32]).map { funct3 in
    Instruction(name: "branch \(funct3)") { branch(funct3, register(&$0), register(&$0), target(&$0)) }
  }

  private static let jal = Instruction(name: "jal") { RV32Tests.jal(register(&$0), target(&$0)) }
  private static let jalr = Instruction(name: "jalr") { RV32Tests.jalr(register(&$0), s1, target(&$0)) }

  private static func target(_ random: inout SeededRandom) -> Int { 4 * (Int(random.word() % 32) - 8) }
}

/// Two instructions in the middle of 64 jumps to themselves, data behind them. Stores may hit the two, or leave RAM.
private func start(_ first: Instruction, _ second: Instruction, _ seed: UInt64, fuses: Bool) -> Core {
  var random = SeededRandom(seed)
  var configuration = smallConfiguration(fuses: fuses)
  configuration.ramSize = 512
  var core = Core(configuration)
  core.setBytes(code(Array(repeating: jal(zero, 0), count: 64)), at: base)
  core.setBytes(code([first.draw(&random), second.draw(&random)]), at: base + 128)
  core.setBytes((0..<256).map { _ in UInt8(truncatingIfNeeded: random.word()) }, at: base + 256)
  for register in [a0, a1, a2] { core[register: Int(register)] = random.pick(corners + [random.word()]) }
  core[register: Int(s0)] = base + random.pick([384, 384, 384, 387, 128, 512, 0x1000_0000])
  core[register: Int(s1)] = base + 128
  core.pc = base + 128
  core.hart.mtvec = base
  return core
}

@Test(
  "Any two instructions in a row, fused or not, do what they do one after the other, as the oracle says",
  arguments: Instruction.all)
private func pairs(_ first: Instruction) {
  // More than the block of the two and a jump, or the engine would not enter it as a whole.
  let budget: UInt64 = 10
  for second in Instruction.all {
    for seed in 1...(isOptimised ? 200 : 8) as ClosedRange<UInt64> {
      var fused = start(first, second, seed, fuses: true)
      var plain = start(first, second, seed, fuses: false)
      var reference = Reference(pc: fused.pc, memory: fused.memory(512))
      for register in 0..<32 { reference.x[register] = Int64(Int32(bitPattern: fused[register: register])) }
      var steps: UInt64 = 0
      while steps < budget, reference.step() { steps += 1 }
      var bus = EmptyBus()
      // Where the oracle stops there is a trap, behind which the fused and the plain core have to agree.
      let reasons = (fused.run(on: &bus, instructions: budget), plain.run(on: &bus, instructions: budget))
      let isSame = fused.hart == plain.hart && reasons.0 == reasons.1 && fused.memory(512) == plain.memory(512)
      #expect(isSame, "\(first.name), \(second.name), seed \(seed)")
      guard steps == budget else { continue }
      let isRight = (0..<32).allSatisfy { fused[register: $0] == UInt32(truncatingIfNeeded: reference.x[$0]) }
      #expect(
        isRight && fused.pc == reference.pc && fused.memory(512) == reference.memory,
        "\(first.name), \(second.name), seed \(seed)")
    }
  }
}
