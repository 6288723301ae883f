import FixedPoint
import TestSupport
import Testing

@Suite("Requantizer")
struct RequantizerTests {
  /// A scale between 2⁻³⁰ and 2³⁰ whose terms stay below 2⁶¹.
  static func scale(_ random: inout SeededRandom) -> (numerator: Int64, denominator: Int64) {
    while true {
      let numerator = Int64(random.next() >> (3 + random.next() % 60)) + 1
      let denominator = Int64(random.next() >> (3 + random.next() % 60)) + 1
      if Int128(numerator) << 30 >= Int128(denominator), Int128(denominator) << 30 >= Int128(numerator) {
        return (numerator, denominator)
      }
    }
  }

  @Test("The multiplier is the nearest one in 2^30 ..< 2^31, with a relative error below 2^-31")
  func nearestMultiplier() {
    var random = SeededRandom(5)
    var wrong: [String] = []
    for _ in 0..<5_000 {
      let (numerator, denominator) = Self.scale(&random)
      let requantizer = Requantizer(numerator: numerator, denominator: denominator)
      let exact = Int128(numerator) << Int128(requantizer.shift)
      let error = (Int128(requantizer.multiplier) * Int128(denominator) - exact).magnitude
      let isNearest = 2 * error <= denominator.magnitude && error << 31 <= exact.magnitude
      if !isNearest || requantizer.multiplier < 1 << 30 { wrong.append("\(numerator) / \(denominator)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("A scale that rounds up to the next power of two is that power of two")
  func carry() {
    // (2^33 − 1) / 2^33 needs 33 bits and rounds to 1.
    let scale = Requantizer(numerator: 1 << 33 - 1, denominator: 1 << 33)
    #expect(scale == Requantizer(numerator: 1, denominator: 1))
    #expect(scale.multiplier == 1 << 30 && scale.shift == 30)
    // A tie in the multiplier's last bit goes up: 2^30 + ½.
    #expect(Requantizer(numerator: 1 << 31 + 1, denominator: 1 << 31).multiplier == 1 << 30 + 1)
  }

  @Test("Powers of two from 2^-30 to 2^30 are exact, with one rounding half up")
  func powersOfTwo() {
    var random = SeededRandom(6)
    var wrong: [String] = []
    for power in -30...30 {
      let scale = Requantizer(
        numerator: power >= 0 ? 3 << Int64(power) : 3, denominator: power >= 0 ? 3 : 3 << Int64(-power))
      if scale.multiplier != 1 << 30 { wrong.append("2^\(power): multiplier \(scale.multiplier)") }
      let values =
        [Int32.min, -3, -2, -1, 0, 1, 2, 3, .max] + (0..<200).map { _ in Int32(truncatingIfNeeded: random.int64()) }
      for value in values {
        let exact =
          power >= 0 ? Int128(value) << Int128(power) : rounded(Int128(value), over: 1 << Int128(-power), .halfUp)
        if Int128(scale(value)) != clamped(exact, Int128(Int32.min), Int128(Int32.max)) {
          wrong.append("\(value) · 2^\(power)")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Any value times any scale is within half a step and 2^-31 of the exact product")
  func products() {
    var random = SeededRandom(7)
    var wrong: [String] = []
    for _ in 0..<10_000 {
      let (numerator, denominator) = Self.scale(&random)
      let scale = Requantizer(numerator: numerator, denominator: denominator)
      let value = Int32(truncatingIfNeeded: random.int64())
      let product = Int128(value) * Int128(scale.multiplier)
      let once = clamped(
        rounded(product, over: 1 << Int128(scale.shift), .halfUp), Int128(Int32.min), Int128(Int32.max))
      if Int128(scale(value)) != once { wrong.append("\(value) by \(scale)") }
      // |result − v·n/d| ≤ ½ + |v·n/d|·2⁻³¹, times 2·d, unless the result is at the limits.
      guard once > Int128(Int32.min), once < Int128(Int32.max) else { continue }
      let exact = Int128(value) * Int128(numerator)
      let error = (once * Int128(denominator) - exact).magnitude
      if 2 * error > UInt128(denominator.magnitude) + (exact.magnitude >> 30) + 1 {
        wrong.append("\(value) · \(numerator)/\(denominator)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Results saturate at both ends of Int32")
  func saturation() {
    let scale = Requantizer(numerator: 1 << 30, denominator: 1)
    #expect(scale(.max) == .max && scale(.min) == .min && scale(2) == .max && scale(-3) == .min && scale(0) == 0)
    #expect(scale(1) == 1 << 30 && scale(-2) == .min)
  }

  @Test("Terms just below 2^62 make a scale as small terms do")
  func largeTerms() {
    let most = Int64(1) << 62 - 1
    #expect(Requantizer(numerator: most, denominator: most) == Requantizer(numerator: 1, denominator: 1))
    #expect(Requantizer(numerator: most / 3, denominator: most / 3 * 2) == Requantizer(numerator: 1, denominator: 2))
  }

  @Test("A scale that is not positive, or far outside 2^-30 … 2^30, is a programmer's mistake")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = Requantizer(numerator: 0, denominator: 1) }
    await #expect(processExitsWith: .failure) { _ = Requantizer(numerator: 1, denominator: 0) }
    await #expect(processExitsWith: .failure) { _ = Requantizer(numerator: 1 << 31, denominator: 1) }
    await #expect(processExitsWith: .failure) { _ = Requantizer(numerator: 1 << 62, denominator: 1 << 62) }
    await #expect(processExitsWith: .failure) { _ = Requantizer(numerator: 1, denominator: 1 << 40) }
  }
}
