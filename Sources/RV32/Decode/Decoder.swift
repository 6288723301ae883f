// 32-bit instructions (unprivileged manual, chapter "RV32/64G Instruction Set Listings").

extension Op {
  /// The operation of a 32-bit instruction word. Everything not in the instruction set is `illegal`.
  init(word: UInt32) {
    self.init(code: .illegal, size: 4)
    rd = Op.destination(word >> 7 & 31)
    rs1 = UInt8(word >> 15 & 31)
    rs2 = UInt8(word >> 20 & 31)
    let funct3 = UInt8(word >> 12 & 7)
    function = funct3
    switch word & 0x7F {
    case 0x03: decodeLoad(word, funct3)
    case 0x0F: decodeFence(word, funct3)
    case 0x13: decodeImmediate(word, funct3)
    case 0x17: constant(.auipc, word & 0xFFFF_F000)
    case 0x23: decodeStore(word, funct3)
    case 0x2F: decodeAtomic(word, funct3)
    case 0x33: decodeRegister(word, funct3)
    case 0x37: constant(.li, word & 0xFFFF_F000)
    case 0x63: decodeBranch(word, funct3)
    case 0x67 where funct3 == 0: immediate(.jalr, immediateI(word))
    case 0x6F: constant(.jal, immediateJ(word))
    case 0x73: decodeSystem(word, funct3)
    default: break
    }
    if code == .illegal { self = .illegal(word, size: 4) }
  }

  static func illegal(_ instruction: UInt32, size: UInt8) -> Op {
    var op = Op(code: .illegal, size: size)
    op.imm = instruction
    return op
  }

  private static func destination(_ rd: UInt32) -> UInt8 { rd == 0 ? sink : UInt8(rd) }

  private mutating func immediate(_ code: Code, _ imm: UInt32) {
    self.code = code
    self.imm = imm
    rs2 = 0
  }

  private mutating func constant(_ code: Code, _ imm: UInt32) {
    immediate(code, imm)
    rs1 = 0
  }

  private mutating func decodeLoad(_ word: UInt32, _ funct3: UInt8) {
    switch funct3 {
    case 0: immediate(.lb, immediateI(word))
    case 1: immediate(.lh, immediateI(word))
    case 2: immediate(.lw, immediateI(word))
    case 4: immediate(.lbu, immediateI(word))
    case 5: immediate(.lhu, immediateI(word))
    default: break
    }
  }

  private mutating func decodeStore(_ word: UInt32, _ funct3: UInt8) {
    imm = UInt32(bitPattern: (Int32(bitPattern: word) >> 25) << 5) | word >> 7 & 31
    switch funct3 {
    case 0: code = .sb
    case 1: code = .sh
    case 2: code = .sw
    default: break
    }
  }

  /// Unused fields of `fence` and `fence.i` are reserved and ignored, as the manual asks.
  private mutating func decodeFence(_ word: UInt32, _ funct3: UInt8) {
    if funct3 <= 1 { code = .fence }
  }

  private mutating func decodeImmediate(_ word: UInt32, _ funct3: UInt8) {
    let value = immediateI(word)
    switch (funct3, word >> 25) {
    case (0, _): immediate(.add, value)
    case (1, 0): immediate(.sll, value)
    case (2, _): immediate(.slt, value)
    case (3, _): immediate(.sltu, value)
    case (4, _): immediate(.xor, value)
    case (5, 0): immediate(.srl, value)
    case (5, 0x20): immediate(.sra, value & 31)
    case (6, _): immediate(.or, value)
    case (7, _): immediate(.and, value)
    default: break
    }
  }

  private mutating func decodeRegister(_ word: UInt32, _ funct3: UInt8) {
    switch (word >> 25, funct3) {
    case (0, 0): code = .add
    case (0, 1): code = .sll
    case (0, 2): code = .slt
    case (0, 3): code = .sltu
    case (0, 4): code = .xor
    case (0, 5): code = .srl
    case (0, 6): code = .or
    case (0, 7): code = .and
    case (0x20, 0): code = .sub
    case (0x20, 5): code = .sra
    case (1, 0): code = .mul
    case (1, 1): code = .mulh
    case (1, 2): code = .mulhsu
    case (1, 3): code = .mulhu
    case (1, 4): code = .div
    case (1, 5): code = .divu
    case (1, 6): code = .rem
    case (1, 7): code = .remu
    default: break
    }
  }

  private mutating func decodeBranch(_ word: UInt32, _ funct3: UInt8) {
    imm = immediateB(word)
    switch funct3 {
    case 0: code = .beq
    case 1: code = .bne
    case 4: code = .blt
    case 5: code = .bge
    case 6: code = .bltu
    case 7: code = .bgeu
    default: break
    }
  }

  /// `imm` is `funct5`; the ordering bits say nothing to a single hart.
  private mutating func decodeAtomic(_ word: UInt32, _ funct3: UInt8) {
    guard funct3 == 2 else { return }
    imm = word >> 27
    switch imm {
    case 2: if rs2 == 0 { code = .lr }
    case 3: code = .sc
    case 0, 1, 4, 8, 12, 16, 20, 24, 28: code = .amo
    default: break
    }
  }

  /// For a CSR instruction `imm` is the register number.
  private mutating func decodeSystem(_ word: UInt32, _ funct3: UInt8) {
    switch word {
    case 0x0000_0073: code = .ecall
    case 0x0010_0073: code = .ebreak
    case 0x3020_0073: code = .mret
    case 0x1050_0073: code = .wfi
    default:
      // The whole word is kept for `mtval`: a missing register makes the instruction illegal when it executes.
      if funct3 & 3 != 0 { immediate(.csr, word) }
    }
  }
}

private func immediateI(_ word: UInt32) -> UInt32 { UInt32(bitPattern: Int32(bitPattern: word) >> 20) }

private func immediateB(_ word: UInt32) -> UInt32 {
  UInt32(bitPattern: (Int32(bitPattern: word) >> 31) << 12)
    | (word >> 7 & 1) << 11 | (word >> 25 & 0x3F) << 5 | (word >> 8 & 0xF) << 1
}

private func immediateJ(_ word: UInt32) -> UInt32 {
  UInt32(bitPattern: (Int32(bitPattern: word) >> 31) << 20)
    | word & 0xF_F000 | (word >> 20 & 1) << 11 | (word >> 21 & 0x3FF) << 1
}
