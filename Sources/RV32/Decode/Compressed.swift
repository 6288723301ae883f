// 16-bit instructions (unprivileged manual, chapter "C" Extension). Each has a 32-bit equivalent, so that decoding one is
// expanding it; the equivalent is a legal word or nil. Hints expand to instructions that write x0 and do nothing.

extension Op {
  /// The operation of a 16-bit instruction.
  init(half: UInt16) {
    guard let word = expand(UInt32(half)) else {
      self = .illegal(UInt32(half), size: 2)
      return
    }
    self.init(word: word)
    size = 2
    // A CSR instruction or an illegal word never comes out of an expansion, so `imm` never shows the 32-bit form.
  }
}

/// The 32-bit equivalent of a 16-bit instruction, nil where it is illegal or reserved on RV32.
func expand(_ c: UInt32) -> UInt32? {
  switch c & 3 {
  case 0: expandQuadrant0(c)
  case 1: expandQuadrant1(c)
  case 2: expandQuadrant2(c)
  default: nil
  }
}

private func expandQuadrant0(_ c: UInt32) -> UInt32? {
  let rs1 = c >> 7 & 7 | 8
  let rd = c >> 2 & 7 | 8
  let word = bits(c, 10, 3) << 3 | bits(c, 6, 1) << 2 | bits(c, 5, 1) << 6
  switch c >> 13 {
  case 0:  // c.addi4spn
    let imm = bits(c, 11, 2) << 4 | bits(c, 7, 4) << 6 | bits(c, 6, 1) << 2 | bits(c, 5, 1) << 3
    return imm == 0 ? nil : typeI(0x13, 0, rd, 2, imm)
  case 2: return typeI(0x03, 2, rd, rs1, word)  // c.lw
  case 6: return typeS(rs1, rd, word)  // c.sw
  default: return nil
  }
}

private func expandQuadrant1(_ c: UInt32) -> UInt32? {
  let rd = c >> 7 & 31
  let imm = signed(bits(c, 12, 1) << 5 | bits(c, 2, 5), 6)
  let link: UInt32 = c >> 13 == 1 ? 1 : 0
  switch c >> 13 {
  case 0: return typeI(0x13, 0, rd, rd, imm)  // c.nop, c.addi
  case 1, 5: return typeJ(link, jumpOffset(c))  // c.jal, c.j
  case 2: return typeI(0x13, 0, rd, 0, imm)  // c.li
  case 3 where imm == 0: return nil
  case 3 where rd == 2:  // c.addi16sp
    let offset = bits(c, 12, 1) << 9 | bits(c, 6, 1) << 4 | bits(c, 5, 1) << 6 | bits(c, 3, 2) << 7 | bits(c, 2, 1) << 5
    return typeI(0x13, 0, 2, 2, signed(offset, 10))
  case 3: return 0x37 | rd << 7 | imm << 12  // c.lui
  case 4: return expandArithmetic(c, imm)
  default:  // c.beqz, c.bnez
    let offset =
      bits(c, 12, 1) << 8 | bits(c, 10, 2) << 3 | bits(c, 5, 2) << 6 | bits(c, 3, 2) << 1 | bits(c, 2, 1) << 5
    return typeB(c >> 13 & 1, c >> 7 & 7 | 8, signed(offset, 9))
  }
}

private func expandArithmetic(_ c: UInt32, _ imm: UInt32) -> UInt32? {
  let rd = c >> 7 & 7 | 8
  let rs2 = c >> 2 & 7 | 8
  switch bits(c, 10, 2) {
  case 0: return imm & 32 != 0 ? nil : typeI(0x13, 5, rd, rd, imm)  // c.srli
  case 1: return imm & 32 != 0 ? nil : typeI(0x13, 5, rd, rd, imm | 0x400)  // c.srai
  case 2: return typeI(0x13, 7, rd, rd, imm)  // c.andi
  default:
    switch bits(c, 12, 1) << 2 | bits(c, 5, 2) {
    case 0: return typeR(0x20, 0, rd, rd, rs2)  // c.sub
    case 1: return typeR(0, 4, rd, rd, rs2)  // c.xor
    case 2: return typeR(0, 6, rd, rd, rs2)  // c.or
    case 3: return typeR(0, 7, rd, rd, rs2)  // c.and
    default: return nil
    }
  }
}

private func expandQuadrant2(_ c: UInt32) -> UInt32? {
  let rd = c >> 7 & 31
  let rs2 = c >> 2 & 31
  let high = bits(c, 12, 1)
  switch c >> 13 {
  case 0: return high == 1 ? nil : typeI(0x13, 1, rd, rd, rs2)  // c.slli
  case 2:  // c.lwsp
    let offset = high << 5 | bits(c, 4, 3) << 2 | bits(c, 2, 2) << 6
    return rd == 0 ? nil : typeI(0x03, 2, rd, 2, offset)
  case 4 where high == 0 && rs2 == 0: return rd == 0 ? nil : typeI(0x67, 0, 0, rd, 0)  // c.jr
  case 4 where high == 0: return typeR(0, 0, rd, 0, rs2)  // c.mv
  case 4 where rs2 == 0: return rd == 0 ? 0x0010_0073 : typeI(0x67, 0, 1, rd, 0)  // c.ebreak, c.jalr
  case 4: return typeR(0, 0, rd, rd, rs2)  // c.add
  case 6: return typeS(2, rs2, bits(c, 9, 4) << 2 | bits(c, 7, 2) << 6)  // c.swsp
  default: return nil
  }
}

private func jumpOffset(_ c: UInt32) -> UInt32 {
  let high = bits(c, 12, 1) << 11 | bits(c, 11, 1) << 4 | bits(c, 9, 2) << 8 | bits(c, 8, 1) << 10
  let low = bits(c, 7, 1) << 6 | bits(c, 6, 1) << 7 | bits(c, 3, 3) << 1 | bits(c, 2, 1) << 5
  return signed(high | low, 12)
}

private func bits(_ c: UInt32, _ low: UInt32, _ count: UInt32) -> UInt32 { c >> low & (1 << count - 1) }

private func signed(_ value: UInt32, _ width: UInt32) -> UInt32 {
  UInt32(bitPattern: Int32(bitPattern: value << (32 - width)) >> Int32(32 - width))
}

private func typeR(_ funct7: UInt32, _ funct3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> UInt32 {
  0x33 | rd << 7 | funct3 << 12 | rs1 << 15 | rs2 << 20 | funct7 << 25
}

private func typeI(_ opcode: UInt32, _ funct3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ imm: UInt32) -> UInt32 {
  opcode | rd << 7 | funct3 << 12 | rs1 << 15 | imm << 20
}

private func typeS(_ rs1: UInt32, _ rs2: UInt32, _ imm: UInt32) -> UInt32 {
  0x2023 | (imm & 31) << 7 | rs1 << 15 | rs2 << 20 | (imm >> 5) << 25
}

private func typeB(_ funct3: UInt32, _ rs1: UInt32, _ imm: UInt32) -> UInt32 {
  0x63 | (imm >> 11 & 1) << 7 | (imm >> 1 & 15) << 8 | funct3 << 12 | rs1 << 15
    | (imm >> 5 & 0x3F) << 25 | (imm >> 12 & 1) << 31
}

private func typeJ(_ rd: UInt32, _ imm: UInt32) -> UInt32 {
  0x6F | rd << 7 | imm & 0xF_F000 | (imm >> 11 & 1) << 20 | (imm >> 1 & 0x3FF) << 21 | (imm >> 20 & 1) << 31
}
