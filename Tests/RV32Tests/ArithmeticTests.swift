import RV32
import Testing

/// A register-register instruction and what the manual says it computes, in 64-bit arithmetic.
struct Arithmetic: CustomTestStringConvertible, Sendable {
  var name: String
  var funct3: UInt32
  var funct7: UInt32
  var oracle: @Sendable (Int64, Int64) -> Int64

  var testDescription: String { name }

  static let all: [Arithmetic] = [
    Arithmetic(name: "add", funct3: 0, funct7: 0) { $0 + $1 },
    Arithmetic(name: "sub", funct3: 0, funct7: 0x20) { $0 - $1 },
    Arithmetic(name: "sll", funct3: 1, funct7: 0) { $0 << ($1 & 31) },
    Arithmetic(name: "slt", funct3: 2, funct7: 0) { $0 < $1 ? 1 : 0 },
    Arithmetic(name: "sltu", funct3: 3, funct7: 0) { unsigned($0) < unsigned($1) ? 1 : 0 },
    Arithmetic(name: "xor", funct3: 4, funct7: 0) { $0 ^ $1 },
    Arithmetic(name: "srl", funct3: 5, funct7: 0) { unsigned($0) >> ($1 & 31) },
    Arithmetic(name: "sra", funct3: 5, funct7: 0x20) { $0 >> ($1 & 31) },
    Arithmetic(name: "or", funct3: 6, funct7: 0) { $0 | $1 },
    Arithmetic(name: "and", funct3: 7, funct7: 0) { $0 & $1 },
    Arithmetic(name: "mul", funct3: 0, funct7: 1) { $0 &* $1 },
    Arithmetic(name: "mulh", funct3: 1, funct7: 1) { ($0 * $1) >> 32 },
    Arithmetic(name: "mulhsu", funct3: 2, funct7: 1) { ($0 * unsigned($1)) >> 32 },
    Arithmetic(name: "mulhu", funct3: 3, funct7: 1) {
      Int64(UInt64(unsigned($0)).multipliedFullWidth(by: UInt64(unsigned($1))).low >> 32)
    },
    Arithmetic(name: "div", funct3: 4, funct7: 1) { $1 == 0 ? -1 : $0 / $1 },
    Arithmetic(name: "divu", funct3: 5, funct7: 1) { $1 == 0 ? -1 : unsigned($0) / unsigned($1) },
    Arithmetic(name: "rem", funct3: 6, funct7: 1) { $1 == 0 ? $0 : $0 % $1 },
    Arithmetic(name: "remu", funct3: 7, funct7: 1) { $1 == 0 ? $0 : unsigned($0) % unsigned($1) },
  ]
}

private func unsigned(_ value: Int64) -> Int64 { value & 0xFFFF_FFFF }

private func signed(_ value: UInt32) -> Int64 { Int64(Int32(bitPattern: value)) }

@Test(
  "A register instruction computes what the manual says, at the edges of arithmetic, in place and into x0",
  arguments: Arithmetic.all)
func registerForm(_ instruction: Arithmetic) {
  // Two different registers, one register for all, and x0 as destination.
  let word = rType(0x33, instruction.funct3, instruction.funct7, a0, a1, a2)
  let inPlace = rType(0x33, instruction.funct3, instruction.funct7, a1, a1, a2)
  let dropped = rType(0x33, instruction.funct3, instruction.funct7, zero, a1, a2)
  for left in corners {
    for right in corners {
      let expected = UInt32(truncatingIfNeeded: instruction.oracle(signed(left), signed(right)))
      let core = ran([word, inPlace, dropped], [a1: left, a2: right])
      #expect(core[register: 10] == expected, "\(left) \(right)")
      #expect(core[register: 11] == expected)
      #expect(core[register: 0] == 0)
    }
  }
}

@Test(
  "An immediate instruction computes what its register form does with the sign-extended immediate",
  arguments: [("add", 0), ("slt", 2), ("sltu", 3), ("xor", 4), ("or", 6), ("and", 7)])
func immediateForm(_ name: String, _ funct3: Int) throws {
  let oracle = try #require(Arithmetic.all.first { $0.name == name }).oracle
  for left in corners {
    for imm in [-2048, -2047, -1, 0, 1, 5, 0x555, 2047] {
      let expected = UInt32(truncatingIfNeeded: oracle(signed(left), Int64(imm)))
      #expect(result(iType(0x13, UInt32(funct3), a0, a1, imm), [a1: left]) == expected)
    }
  }
}

@Test(
  "A shift by an immediate computes what its register form does",
  arguments: [("sll", 1, 0), ("srl", 5, 0), ("sra", 5, 0x20)])
func shiftByImmediate(_ name: String, _ funct3: Int, _ funct7: Int) throws {
  let oracle = try #require(Arithmetic.all.first { $0.name == name }).oracle
  for left in corners {
    for shamt in 0..<32 {
      let word = rType(0x13, UInt32(funct3), UInt32(funct7), a0, a1, UInt32(shamt))
      #expect(result(word, [a1: left]) == UInt32(truncatingIfNeeded: oracle(signed(left), Int64(shamt))))
    }
  }
}

@Test("Shifts take five bits of a register, and a sixth bit in an immediate is illegal")
func shiftAmounts() {
  #expect(result(rType(0x33, 1, 0, a0, a1, a2), [a1: 1, a2: 33]) == 2)
  #expect(result(rType(0x33, 5, 0x20, a0, a1, a2), [a1: 0x8000_0000, a2: 0xFFFF_FFE1]) == 0xC000_0000)
  for (funct3, funct7) in [(1, 1), (5, 1), (5, 0x21), (1, 0x20)] as [(UInt32, UInt32)] {
    let word = rType(0x13, funct3, funct7, a0, a1, 0)
    #expect(trap([word]) == Trap(.illegalInstruction, pc: base, tval: word))
  }
}

@Test("Division by zero and the signed overflow give what the manual's table says")
func divisionCorners() {
  let minimum: UInt32 = 0x8000_0000
  #expect(result(rType(0x33, 4, 1, a0, a1, a2), [a1: minimum, a2: .max]) == minimum)
  #expect(result(rType(0x33, 6, 1, a0, a1, a2), [a1: minimum, a2: .max]) == 0)
  #expect(result(rType(0x33, 4, 1, a0, a1, a2), [a1: 7, a2: 0]) == .max)
  #expect(result(rType(0x33, 6, 1, a0, a1, a2), [a1: UInt32(bitPattern: -7), a2: 2]) == UInt32(bitPattern: -1))
}

@Test("lui and auipc make upper immediates, and one folded with an addition hides no register")
func upperImmediates() {
  #expect(result(lui(a0, 0xFFFFF)) == 0xFFFF_F000)
  #expect(result(auipc(a0, 0)) == base)
  #expect(ran([nop, auipc(a0, 0x80000)])[register: 10] == 4)
  #expect(ran(li(a0, 0x1234_5FFF))[register: 10] == 0x1234_5FFF)
  // A folded constant must not hide the first register when the second is another.
  let core = ran([lui(a0, 5), addi(a1, a0, -1)])
  #expect(core[register: 10] == 0x5000 && core[register: 11] == 0x4FFF)
}

@Test("Hints write x0 and change nothing")
func hints() {
  let hints = [
    lui(0, 5), auipc(0, 1), addi(0, a1, 7), add(0, a1, a1), rType(0x13, 1, 0, 0, a1, 3), rType(0x13, 5, 0x20, 0, 0, 7),
    cLi(0, 5), cLui(0, 3), cMv(0, a1), cAdd(0, a1), cSlli(0, 3), cSlli(a1, 0), cAddi(a1, 0), cImmediate(0, s0, 0), cNop,
    cAddi(0, 5), 0x0FF0_000F,
  ]
  let core = ran(hints, [a1: 77])
  #expect(core.retired == UInt64(hints.count))
  #expect(core.pc == base + UInt32(code(hints).count))
  for register in 0..<32 { #expect(core[register: register] == (register == 11 ? 77 : 0)) }
}
