import FixedPoint
import TestSupport
import Testing

@Suite("Quotients")
struct QuotientTests {
  /// `left · 2^(fraction bits) / right`, rounded half up.
  private func exact(_ left: Int64, _ bits: Int128, _ right: Int64) -> Int128 {
    let numerator = Int128(left) << bits
    return rounded(right < 0 ? -numerator : numerator, over: Int128(right.magnitude), .halfUp)
  }

  @Test("Are rounded half up and saturated where 32 bits do not hold the dividend, or the divisor")
  func wide() {
    var random = SeededRandom(61)
    for _ in 0..<20_000 {
      let left = Int32(truncatingIfNeeded: random.int64())
      let right = max(Int32(truncatingIfNeeded: random.int64()) & .max, 1)
      let quotient: Fixed<Int32, 20> = Fixed<Int32, 12>(raw: left) / Fixed<Int32, 12>(raw: right)
      let expected = clamped(exact(Int64(left), 20, Int64(right)), Int128(Int32.min), Int128(Int32.max))
      #expect(Int128(quotient.raw) == expected, "\(left) / \(right), seed 61")
      let short: Fixed<Int16, 4> = Fixed<Int32, 12>(raw: left) / Fixed<Int32, 12>(raw: right)
      let least = clamped(exact(Int64(left), 4, Int64(right)), Int128(Int16.min), Int128(Int16.max))
      #expect(Int128(short.raw) == least, "\(left) / \(right), seed 61")
    }
  }

  @Test("Of the same numbers are 1, at the ends of 32 bits too")
  func ones() {
    for raw in [1, 2, 3, 1 << 11, (1 << 11) + 1, .max - 1, .max] as [Int32] {
      let quotient: Fixed<Int32, 20> = Fixed<Int32, 12>(raw: raw) / Fixed<Int32, 12>(raw: raw)
      #expect(quotient.raw == 1 << 20, "\(raw)")
    }
    let half: Fixed<Int32, 20> = Fixed<Int32, 12>(raw: .max) / Fixed<Int32, 12>(raw: 2)
    #expect(half.raw == .max)
    let least: Fixed<Int32, 20> = Fixed<Int32, 12>(raw: .min) / Fixed<Int32, 12>(raw: .max)
    #expect(least.raw == -(1 << 20))
  }
}
