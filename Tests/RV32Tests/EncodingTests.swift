import Testing

@testable import RV32

/// The unprivileged manual's listings of RV32I, M, A, Zicsr and Zifencei.
@Suite("Encodings of 32 bits")
struct EncodingTests {
  /// The instruction of an opcode, `funct3` and `funct7`, where it is one whatever the registers are.
  private static func listed(_ opcode: UInt32, _ funct3: Int, _ funct7: UInt32) -> Op.Code? {
    func one(_ codes: [Op.Code?]) -> Op.Code? { codes[funct3] }
    switch opcode {
    case 0x03: return one([.lb, .lh, .lw, nil, .lbu, .lhu, nil, nil])
    case 0x0F: return one([.fence, .fence, nil, nil, nil, nil, nil, nil])
    case 0x13:
      let right: Op.Code? = funct7 == 0 ? .srl : funct7 == 0x20 ? .sra : nil
      return one([.add, funct7 == 0 ? .sll : nil, .slt, .sltu, .xor, right, .or, .and])
    case 0x17: return .auipc
    case 0x23: return one([.sb, .sh, .sw, nil, nil, nil, nil, nil])
    case 0x2F:
      guard funct3 == 2 else { return nil }
      if funct7 >> 2 == 3 { return .sc }
      return [0, 1, 4, 8, 12, 16, 20, 24, 28].contains(funct7 >> 2) ? .amo : nil
    case 0x33:
      switch funct7 {
      case 0: return one([.add, .sll, .slt, .sltu, .xor, .srl, .or, .and])
      case 1: return one([.mul, .mulh, .mulhsu, .mulhu, .div, .divu, .rem, .remu])
      case 0x20: return one([.sub, nil, nil, nil, nil, .sra, nil, nil])
      default: return nil
      }
    case 0x37: return .li
    case 0x63: return one([.beq, .bne, nil, nil, .blt, .bge, .bltu, .bgeu])
    case 0x67: return one([.jalr, nil, nil, nil, nil, nil, nil, nil])
    case 0x6F: return .jal
    case 0x73: return one([nil, .csr, .csr, .csr, nil, .csr, .csr, .csr])
    default: return nil
    }
  }

  @Test("Of each opcode those are instructions that the manual lists; all others are illegal, whole in mtval")
  func listings() {
    for opcode in stride(from: 3 as UInt32, to: 128, by: 4) {
      for funct3 in 0..<8 {
        for funct7 in 0..<128 as Range<UInt32> {
          let word = rType(opcode, UInt32(funct3), funct7, 7, 9, 11)
          let op = Op(word: word)
          let expected = Self.listed(opcode, funct3, funct7) ?? .illegal
          guard op.code == expected, op.size == 4, expected != .illegal || op.imm == word else {
            Issue.record("\(String(word, radix: 16)): \(op.code), not \(expected)")
            continue
          }
        }
      }
    }
  }

  @Test("An lr has no second register, and a system instruction is one of four words")
  func wholeWords() {
    for register in 0..<32 as Range<UInt32> {
      #expect(Op(word: amo(2, 7, register, 9)).code == (register == 0 ? .lr : .illegal), "\(register)")
    }
    for (word, code) in [
      (ecall, .ecall), (ebreak, .ebreak), (mret, .mret), (wfi, .wfi), (0x0020_0073, .illegal), (0x1020_0073, .illegal),
      (0x1200_0073, .illegal), (0x0000_00F3, .illegal), (0x0000_8073, .illegal), (0x3020_00F3, .illegal),
      (0x1050_8073, .illegal), (0x7B20_0073, .illegal),
    ] as [(UInt32, Op.Code)] { #expect(Op(word: word).code == code, "\(String(word, radix: 16))") }
  }

  @Test("Each bit of an immediate has its place, the highest is the sign")
  func immediates() {
    for bit in 0..<12 {
      let value = bit == 11 ? -2048 : 1 << bit
      let expected = UInt32(bitPattern: Int32(value))
      #expect(Op(word: addi(7, 9, value)).imm == expected && Op(word: lw(7, value, 9)).imm == expected, "\(bit)")
      #expect(Op(word: sw(7, value, 9)).imm == expected && Op(word: jalr(7, 9, value)).imm == expected, "\(bit)")
      let far = UInt32(bitPattern: Int32(2 * value))
      #expect(Op(word: branch(1, 7, 9, 2 * value)).imm == far, "\(bit)")
    }
    for bit in 1...20 {
      let value = bit == 20 ? -(1 << 20) : 1 << bit
      #expect(Op(word: jal(7, value)).imm == UInt32(bitPattern: Int32(value)), "\(bit)")
    }
    for bit in 0..<20 as Range<UInt32> {
      for op in [Op(word: lui(7, 1 << bit)), Op(word: auipc(7, 1 << bit))] {
        #expect(op.imm == 1 << (bit + 12), "\(bit)")
      }
    }
  }

  @Test("Registers have their five bits each, and a destination of 0 is written nowhere")
  func registers() {
    for number in 0..<32 as Range<UInt32> {
      let destination = number == 0 ? 32 : UInt8(number)
      for (word, rd, rs1, rs2) in [
        (add(number, 9, 11), destination, 9, 11), (add(7, number, 11), 7, UInt8(number), 11),
        (add(7, 9, number), 7, 9, UInt8(number)), (lw(number, 4, 9), destination, 9, 0),
        (jal(number, 4), destination, 0, 0), (lui(number, 4), destination, 0, 0),
      ] as [(UInt32, UInt8, UInt8, UInt8)] {
        let op = Op(word: word)
        #expect(op.rd == rd && op.rs1 == rs1 && op.rs2 == rs2, "\(number)")
      }
      let stored = Op(word: sw(number, 4, 9))
      let compared = Op(word: branch(0, number, 31 - number, 4))
      #expect(stored.rs1 == 9 && stored.rs2 == UInt8(number))
      #expect(compared.rs1 == UInt8(number) && compared.rs2 == UInt8(31 - number))
    }
  }

  @Test("The smallest RAM is 64 bytes, and a program runs in it to its end")
  func smallestRAM() {
    var configuration = smallConfiguration()
    configuration.ramSize = 64
    for address in [base, base + 16, base + 48, base + 60] {
      var core = core([sw(a0, -4, a1)], at: address, configuration)
      core[register: 10] = 0x1234_5678
      core[register: 11] = address == base + 60 ? base + 4 : base + 64
      var bus = EmptyBus()
      _ = core.run(on: &bus, instructions: 1)
      #expect(core.retired == 1 && core.peekWord(core[register: 11] - 4) == 0x1234_5678, "\(address)")
      #expect(core.bytes(at: base, count: 64) != nil && core.bytes(at: base, count: 65) == nil)
    }
    var core = core([addi(a0, a0, 1)], at: base + 60, configuration)
    var bus = EmptyBus()
    #expect(core.run(on: &bus) == .unhandled(Trap(.fetchFault, pc: base + 64, tval: base + 64)))
    #expect(core[register: 10] == 1 && core.configuration == configuration)
  }

  @Test("A hart is as it was made: by default of 16 MiB, at 0x8000_0000, with Ibex's cycles, and all zero")
  func defaults() {
    let configuration = Core.Configuration()
    #expect(configuration.ramBase == 0x8000_0000 && configuration.ramSize == 16_777_216)
    #expect(configuration.cycles == .ibex && !configuration.trapsMisaligned && configuration.fuses)
    #expect(configuration.hartID == 0 && HostInterface().finisher == 0x10_0000 && !HostInterface().semihosting)
    #expect(HostInterface().cyclesPerSecond == 100_000_000 && HostInterface().tohost == nil)
    #expect(HostInterface.Word(address: 4).bytes == 8 && HostInterface.Word(address: 4, bytes: 4).bytes == 4)
    var other = smallConfiguration()
    other.hartID = 9
    other.ramBase = 0x1000_0000
    var core = Core(other)
    #expect(core.hart.hartID == 9 && core.pc == 0x1000_0000 && core.hart.csr(0xF14, time: 0) == 9)
    #expect((0..<32).allSatisfy { core[register: $0] == 0 } && core.cycle == 0 && core.retired == 0)
    #expect(core.bytes(at: 0x1000_0000, count: 1 << 16)?.allSatisfy { $0 == 0 } == true && core.sleptCycles == 0)
    #expect(!core.stopsAtEbreak && core.breakpoints.isEmpty && core.watchpoints.isEmpty && core.stackGuard == nil)
    #expect(core.recorder == nil && core.profiler == nil && core.interruptResponse == InterruptResponse())
    core.hart.mstatus = 0
    #expect(core.hart.csr(0x300, time: 0) == 0x1800 && Hart(pc: 8).pc == 8 && Hart().pc == 0)
  }
}
