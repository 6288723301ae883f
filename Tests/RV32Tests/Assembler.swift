// Instruction words, written after the tables of the unprivileged manual and not after the decoder under test.

typealias Reg = UInt32

let zero: Reg = 0
let ra: Reg = 1
let sp: Reg = 2
let t0: Reg = 5
let t1: Reg = 6
let t2: Reg = 7
let s0: Reg = 8
let s1: Reg = 9
let a0: Reg = 10
let a1: Reg = 11
let a2: Reg = 12
let a3: Reg = 13
let a4: Reg = 14
let a5: Reg = 15

func field(_ value: Int, _ high: Int, _ low: Int) -> UInt32 {
  UInt32(truncatingIfNeeded: value >> low) & (1 << UInt32(high - low + 1) - 1)
}

func rType(_ opcode: UInt32, _ funct3: UInt32, _ funct7: UInt32, _ rd: Reg, _ rs1: Reg, _ rs2: Reg) -> UInt32 {
  funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode
}

func iType(_ opcode: UInt32, _ funct3: UInt32, _ rd: Reg, _ rs1: Reg, _ imm: Int) -> UInt32 {
  field(imm, 11, 0) << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode
}

func load(_ funct3: UInt32, _ rd: Reg, _ imm: Int, _ rs1: Reg) -> UInt32 { iType(0x03, funct3, rd, rs1, imm) }

func store(_ funct3: UInt32, _ rs2: Reg, _ imm: Int, _ rs1: Reg) -> UInt32 {
  field(imm, 11, 5) << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | field(imm, 4, 0) << 7 | 0x23
}

func branch(_ funct3: UInt32, _ rs1: Reg, _ rs2: Reg, _ imm: Int) -> UInt32 {
  let high = field(imm, 12, 12) << 31 | field(imm, 10, 5) << 25
  return high | rs2 << 20 | rs1 << 15 | funct3 << 12 | field(imm, 4, 1) << 8 | field(imm, 11, 11) << 7 | 0x63
}

func jal(_ rd: Reg, _ imm: Int) -> UInt32 {
  let high = field(imm, 20, 20) << 31 | field(imm, 10, 1) << 21 | field(imm, 11, 11) << 20
  return high | field(imm, 19, 12) << 12 | rd << 7 | 0x6F
}

func addi(_ rd: Reg, _ rs1: Reg, _ imm: Int) -> UInt32 { iType(0x13, 0, rd, rs1, imm) }
func jalr(_ rd: Reg, _ rs1: Reg, _ imm: Int) -> UInt32 { iType(0x67, 0, rd, rs1, imm) }
func lui(_ rd: Reg, _ imm20: UInt32) -> UInt32 { imm20 << 12 | rd << 7 | 0x37 }
func auipc(_ rd: Reg, _ imm20: UInt32) -> UInt32 { imm20 << 12 | rd << 7 | 0x17 }
func lw(_ rd: Reg, _ imm: Int, _ rs1: Reg) -> UInt32 { load(2, rd, imm, rs1) }
func sw(_ rs2: Reg, _ imm: Int, _ rs1: Reg) -> UInt32 { store(2, rs2, imm, rs1) }
func add(_ rd: Reg, _ rs1: Reg, _ rs2: Reg) -> UInt32 { rType(0x33, 0, 0, rd, rs1, rs2) }
func csr(_ funct3: UInt32, _ rd: Reg, _ number: Int, _ source: Reg) -> UInt32 {
  UInt32(number) << 20 | source << 15 | funct3 << 12 | rd << 7 | 0x73
}
func csrrw(_ rd: Reg, _ number: Int, _ rs1: Reg) -> UInt32 { csr(1, rd, number, rs1) }
func csrrs(_ rd: Reg, _ number: Int, _ rs1: Reg) -> UInt32 { csr(2, rd, number, rs1) }
func amo(_ funct5: UInt32, _ rd: Reg, _ rs2: Reg, _ rs1: Reg) -> UInt32 { rType(0x2F, 2, funct5 << 2, rd, rs1, rs2) }
func lr(_ rd: Reg, _ rs1: Reg) -> UInt32 { amo(2, rd, 0, rs1) }
func sc(_ rd: Reg, _ rs2: Reg, _ rs1: Reg) -> UInt32 { amo(3, rd, rs2, rs1) }

let nop = addi(0, 0, 0)
let ecall: UInt32 = 0x0000_0073
let ebreak: UInt32 = 0x0010_0073
let mret: UInt32 = 0x3020_0073
let wfi: UInt32 = 0x1050_0073
let fenceI: UInt32 = 0x0000_100F

/// `lui` and `addi` that leave a constant.
func li(_ rd: Reg, _ value: UInt32) -> [UInt32] {
  let low = Int(Int32(bitPattern: value << 20) >> 20)
  return [lui(rd, (value &- UInt32(bitPattern: Int32(low))) >> 12), addi(rd, rd, low)]
}

// Compressed instructions: the fields in the order of the manual's format diagrams. Registers with a prime are 8 to 15.

func ci(_ funct3: UInt32, _ op: UInt32, _ rd: Reg, _ imm: Int) -> UInt32 {
  funct3 << 13 | field(imm, 5, 5) << 12 | rd << 7 | field(imm, 4, 0) << 2 | op
}

func cAddi(_ rd: Reg, _ imm: Int) -> UInt32 { ci(0, 1, rd, imm) }
func cLi(_ rd: Reg, _ imm: Int) -> UInt32 { ci(2, 1, rd, imm) }
func cLui(_ rd: Reg, _ imm: Int) -> UInt32 { ci(3, 1, rd, imm) }
func cSlli(_ rd: Reg, _ shamt: Int) -> UInt32 { ci(0, 2, rd, shamt) }

func cAddi16sp(_ imm: Int) -> UInt32 {
  let low = field(imm, 4, 4) << 6 | field(imm, 6, 6) << 5 | field(imm, 8, 7) << 3 | field(imm, 5, 5) << 2
  return 3 << 13 | field(imm, 9, 9) << 12 | 2 << 7 | low | 1
}

func cAddi4spn(_ rd: Reg, _ imm: Int) -> UInt32 {
  let bits = field(imm, 5, 4) << 11 | field(imm, 9, 6) << 7 | field(imm, 2, 2) << 6 | field(imm, 3, 3) << 5
  return bits | (rd - 8) << 2
}

private func clBits(_ imm: Int) -> UInt32 { field(imm, 5, 3) << 10 | field(imm, 2, 2) << 6 | field(imm, 6, 6) << 5 }
func cLw(_ rd: Reg, _ imm: Int, _ rs1: Reg) -> UInt32 { 2 << 13 | clBits(imm) | (rs1 - 8) << 7 | (rd - 8) << 2 }
func cSw(_ rs2: Reg, _ imm: Int, _ rs1: Reg) -> UInt32 { 6 << 13 | clBits(imm) | (rs1 - 8) << 7 | (rs2 - 8) << 2 }

func cLwsp(_ rd: Reg, _ imm: Int) -> UInt32 {
  2 << 13 | field(imm, 5, 5) << 12 | rd << 7 | field(imm, 4, 2) << 4 | field(imm, 7, 6) << 2 | 2
}

func cSwsp(_ rs2: Reg, _ imm: Int) -> UInt32 {
  6 << 13 | field(imm, 5, 2) << 9 | field(imm, 7, 6) << 7 | rs2 << 2 | 2
}

func cj(_ funct3: UInt32, _ imm: Int) -> UInt32 {
  let high = field(imm, 11, 11) << 12 | field(imm, 4, 4) << 11 | field(imm, 9, 8) << 9 | field(imm, 10, 10) << 8
  let low = field(imm, 6, 6) << 7 | field(imm, 7, 7) << 6 | field(imm, 3, 1) << 3 | field(imm, 5, 5) << 2
  return funct3 << 13 | high | low | 1
}

func cBranch(_ funct3: UInt32, _ rs1: Reg, _ imm: Int) -> UInt32 {
  let high = field(imm, 8, 8) << 12 | field(imm, 4, 3) << 10 | (rs1 - 8) << 7
  return funct3 << 13 | high | field(imm, 7, 6) << 5 | field(imm, 2, 1) << 3 | field(imm, 5, 5) << 2 | 1
}

/// c.srli 0, c.srai 1, c.andi 2.
func cImmediate(_ funct2: UInt32, _ rd: Reg, _ imm: Int) -> UInt32 {
  4 << 13 | field(imm, 5, 5) << 12 | funct2 << 10 | (rd - 8) << 7 | field(imm, 4, 0) << 2 | 1
}

/// c.sub 0, c.xor 1, c.or 2, c.and 3.
func cArithmetic(_ funct2: UInt32, _ rd: Reg, _ rs2: Reg) -> UInt32 {
  4 << 13 | 3 << 10 | (rd - 8) << 7 | funct2 << 5 | (rs2 - 8) << 2 | 1
}

func cr(_ funct4: UInt32, _ rd: Reg, _ rs2: Reg) -> UInt32 { funct4 << 12 | rd << 7 | rs2 << 2 | 2 }
func cJr(_ rs1: Reg) -> UInt32 { cr(8, rs1, 0) }
func cMv(_ rd: Reg, _ rs2: Reg) -> UInt32 { cr(8, rd, rs2) }
func cJalr(_ rs1: Reg) -> UInt32 { cr(9, rs1, 0) }
func cAdd(_ rd: Reg, _ rs2: Reg) -> UInt32 { cr(9, rd, rs2) }
let cEbreak: UInt32 = 0x9002
let cNop: UInt32 = 0x0001
