import FixedPoint
import TestSupport
import Testing

@Suite("Fixed")
struct FixedTests {
  typealias Byte = Fixed<Int8, 7>

  static let all: [Byte] = (Int8.min...Int8.max).map { Byte(raw: $0) }

  /// Runs `body` on every pair of byte-wide numbers and returns the first few pairs for which it is false.
  static func failures(_ body: (Byte, Byte) -> Bool) -> [String] {
    var wrong: [String] = []
    for left in all { for right in all where !body(left, right) { wrong.append("\(left.raw), \(right.raw)") } }
    return Array(wrong.prefix(3))
  }

  @Test("The formats have the steps and ranges of their names")
  func formats() {
    #expect(Q3_12(requantising: 1, fractionBits: 0).raw == 4096)
    #expect(Q0_15(requantising: 1, fractionBits: 1).raw == 16_384)
    #expect(Q0_7(requantising: 1, fractionBits: 1).raw == 64)
    #expect(Q1_14(requantising: 1, fractionBits: 0).raw == 16_384)
    #expect(
      Q3_12.zero.raw == 0 && Q3_12.one.raw == 4096 && Q1_14.one.raw == 16_384 && Fixed<UInt16, 15>.one.raw == 32_768)
  }

  @Test("A format that ends below 1 has no 1")
  func noOne() async {
    await #expect(processExitsWith: .failure) { _ = Q0_15.one }
    await #expect(processExitsWith: .failure) { _ = Q0_7.one }
  }

  @Test("Sums saturate for every pair of bytes")
  func sums() {
    #expect(
      Self.failures { left, right in
        Int128((left + right).raw) == clamped(Int128(left.raw) + Int128(right.raw), -128, 127)
      } == [])
  }

  @Test("Differences saturate for every pair of bytes, in the order of the operands")
  func differences() {
    #expect(
      Self.failures { left, right in
        Int128((left - right).raw) == clamped(Int128(left.raw) - Int128(right.raw), -128, 127)
      } == [])
  }

  @Test("Products into the same format round once for every pair of bytes", arguments: Rounding.allCases)
  func products(rule: Rounding) {
    #expect(
      Self.failures { left, right in
        let expected = clamped(rounded(Int128(left.raw) * Int128(right.raw), over: 128, rule), -128, 127)
        return Int128(left.multiplied(by: right, as: Byte.self, rounding: rule).raw) == expected
      } == [])
  }

  @Test("Products of bytes into 16 bits are exact but for −1 · −1")
  func widerProducts() {
    #expect(
      Self.failures { left, right in
        let expected = clamped(2 * Int128(left.raw) * Int128(right.raw), -32_768, 32_767)
        return Int128(left.multiplied(by: right, as: Q0_15.self).raw) == expected
      } == [])
  }

  @Test("Products of different formats use the fraction bits of both")
  func mixedProducts() {
    #expect(
      Self.failures { left, right in
        // Q3.4 · Q5.2 as Q6.1
        let product = Fixed<Int8, 4>(raw: left.raw).multiplied(
          by: Fixed<Int8, 2>(raw: right.raw), as: Fixed<Int8, 1>.self)
        let expected = clamped(rounded(Int128(left.raw) * Int128(right.raw), over: 32, .halfUp), -128, 127)
        return Int128(product.raw) == expected
      } == [])
  }

  @Test("* stays in the format of its left factor, × takes that of its place; both round once, for every pair of bytes")
  func productOperators() {
    #expect(
      Self.failures { left, right in
        let other = Fixed<Int8, 3>(raw: right.raw)
        let product = Int128(left.raw) * Int128(right.raw)
        let wide: Fixed<Int32, 12> = left × other
        let narrow: Fixed<Int8, 5> = left × other
        return Int128((left * other).raw) == clamped(rounded(product, over: 8, .halfUp), -128, 127)
          && Int128(wide.raw) == product * 4
          && Int128(narrow.raw) == clamped(rounded(product, over: 32, .halfUp), -128, 127)
      } == [])
  }

  @Test("Unsigned formats saturate at zero and at their top, for every pair of bytes")
  func unsigned() {
    typealias Unsigned = Fixed<UInt8, 5>
    var wrong: [String] = []
    for a in UInt8.min...UInt8.max {
      for b in UInt8.min...UInt8.max {
        let (left, right) = (Unsigned(raw: a), Unsigned(raw: b))
        let isRight =
          Int128((left + right).raw) == clamped(Int128(a) + Int128(b), 0, 255)
          && Int128((left - right).raw) == clamped(Int128(a) - Int128(b), 0, 255)
          && Int128((left * right).raw) == clamped(rounded(Int128(a) * Int128(b), over: 32, .halfUp), 0, 255)
        if !isRight { wrong.append("\(a), \(b)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    #expect(Unsigned(Byte(raw: -1)) == .zero && Unsigned(Fixed<Int16, 5>(raw: 256)).raw == .max)
  }

  @Test("Quotients by every positive byte are rounded half up and saturated")
  func quotients() {
    #expect(
      Self.failures { left, right in
        guard right > .zero else { return true }
        let quotient: Fixed<Int16, 10> = left / right
        let exact = rounded(Int128(left.raw) * 2048, over: 2 * Int128(right.raw), .halfUp)
        return Int128(quotient.raw) == clamped(exact, -32_768, 32_767)
      } == [])
  }

  @Test("Magnitudes saturate, and shifts round half up, for every byte")
  func magnitudesAndShifts() {
    #expect(
      Self.failures { left, right in
        let count = Int(right.raw & 7)
        return Int128(left.magnitude.raw) == min(Int128(left.raw.magnitude), 127)
          && Int128(left.shifted(rightBy: count).raw) == rounded(Int128(left.raw), over: 1 << Int128(count), .halfUp)
      } == [])
  }

  @Test("Products of 32-bit extremes do not overflow on the way")
  func extremeProducts() {
    typealias Word = Fixed<Int32, 31>
    let (low, high) = (Word(raw: .min), Word(raw: .max))
    #expect(low.multiplied(by: low, as: Word.self) == high)
    #expect(low.multiplied(by: high, as: Word.self).raw == -Int32.max)
    #expect(high.multiplied(by: high, as: Word.self).raw == Int32.max - 1)
  }

  @Test("Products that leave 64 bits saturate, by their sign, whichever factor is the wide one")
  func wideProducts() {
    typealias Wide = Fixed<Int64, 40>
    typealias Narrow = Fixed<Int16, 8>
    let large = Wide(raw: 1 << 60)
    for (left, right, raw) in [
      (large, large, Int64.max), (large, Wide(raw: -(1 << 60)), .min), (Wide(raw: -(1 << 60)), large, .min),
      (Wide(raw: .min), Wide(raw: .min), .max),
    ] { #expect(left.multiplied(by: right, as: Fixed<Int64, 80>.self).raw == raw, "\(left) \(right)") }
    for sign in [1, -1] as [Int16] {
      let expected: Int64 = sign > 0 ? .max : .min
      #expect(large.multiplied(by: Narrow(raw: sign * 256), as: Fixed<Int64, 48>.self).raw == expected)
      #expect(Narrow(raw: sign * 256).multiplied(by: large, as: Fixed<Int64, 48>.self).raw == expected)
    }
  }

  @Test("Order and equality are those of the raw numbers")
  func order() {
    #expect(Self.failures { ($0 < $1) == ($0.raw < $1.raw) && ($0 == $1) == ($0.raw == $1.raw) } == [])
  }

  @Test("Every Q3.12 converts to Q0.15 with saturation, and every Q0.15 to Q3.12 and to Q0.7 by rounding half up")
  func conversions() {
    var wrong: [String] = []
    for raw in Int16.min...Int16.max {
      let wide = Int128(raw)
      if Int128(Q0_15(Q3_12(raw: raw)).raw) != clamped(wide * 8, -32_768, 32_767) {
        wrong.append("Q3.12 \(raw) to Q0.15")
      }
      if Int128(Q3_12(Q0_15(raw: raw)).raw) != rounded(wide, over: 8, .halfUp) {
        wrong.append("Q0.15 \(raw) to Q3.12")
      }
      if Int128(Q0_7(Q0_15(raw: raw)).raw)
        != clamped(rounded(wide, over: 256, .halfUp), -128, 127)
      {
        wrong.append("Q0.15 \(raw) to Q0.7")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  /// The exact answer of `init(requantising:fractionBits:)` in a format of `bits` bits.
  static func requantised(_ wide: Int64, from: Int, to: Int, bits: Int128, _ rule: Rounding) -> Int128 {
    let limit: Int128 = 1 << (bits - 1)
    let shift = from - to
    let exact = shift >= 0 ? rounded(Int128(wide), over: 1 << Int128(shift), rule) : Int128(wide) << Int128(-shift)
    return clamped(exact, -limit, limit - 1)
  }

  @Test("Requantising rounds and saturates in both directions", arguments: Rounding.allCases)
  func requantising(rule: Rounding) {
    var random = SeededRandom(4)
    var wrong: [String] = []
    for _ in 0..<5_000 {
      let wide = random.int64()
      let from = Int(random.next() % 60) - 20
      func check(_ name: String, _ raw: some BinaryInteger, to: Int, bits: Int128) {
        if Int128(raw) != Self.requantised(wide, from: from, to: to, bits: bits, rule) {
          wrong.append("\(wide) with \(from) fraction bits to \(name)")
        }
      }
      check("Q0.7", Q0_7(requantising: wide, fractionBits: from, rounding: rule).raw, to: 7, bits: 8)
      check("Q3.12", Q3_12(requantising: wide, fractionBits: from, rounding: rule).raw, to: 12, bits: 16)
      let word = Fixed<Int32, 16>(requantising: wide, fractionBits: from, rounding: rule)
      check("Q15.16", word.raw, to: 16, bits: 32)
      let long = Fixed<Int64, 40>(requantising: wide, fractionBits: from, rounding: rule)
      check("Q23.40", long.raw, to: 40, bits: 64)
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Requantising saturates with the sign of the number at every left shift of an Int64")
  func leftShifts() {
    var wrong: [Int] = []
    for shift in 1...62 {
      for wide: Int64 in [1, -1, 2, -2, 3, -3, .max, .min, 0] {
        let result = Q0_7(requantising: wide, fractionBits: 7 - shift)
        if Int128(result.raw) != Self.requantised(wide, from: 7 - shift, to: 7, bits: 8, .halfUp) {
          wrong.append(shift)
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test("Requantising saturates with the sign of the number when the left shift leaves the 64-bit word")
  func overlongLeftShifts() {
    for shift in [63, 64, 1000] {
      #expect(Q0_7(requantising: 1, fractionBits: 7 - shift).raw == .max)
      #expect(Q0_7(requantising: -1, fractionBits: 7 - shift).raw == .min)
      #expect(Q0_7(requantising: 0, fractionBits: 7 - shift) == .zero)
    }
  }
}
