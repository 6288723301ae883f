import Foundation
import TestSupport
import Testing

@testable import Crossbar

@Suite("Exponential and logarithm without a library")
struct ExponentialTests {
  @Test("The exponential is that of fourteen terms, added in one order, to the last bit")
  func terms() {
    var random = SeededRandom(14)
    let (high, low, inverse) = (0x1.62e42feep-1, 0x1.a39ef35793c76p-33, 0x1.71547652b82fep+0)
    for _ in 0..<20_000 {
      let x = Double.random(in: -60...60, using: &random)
      let k = (x * inverse).rounded()
      let r = (x - k * high) - k * low
      var (sum, factorial) = (0.0, (1...14).reduce(1.0) { $0 * Double($1) })
      for term in (1...14).reversed() {
        sum = sum * r + 1 / factorial
        factorial /= Double(term)
      }
      #expect(Exponential.exp(x) == Double(sign: .plus, exponent: Int(k), significand: 1 + r * sum), "\(x)")
    }
  }

  @Test("The exponential is that of the C library within 2e-15")
  func exponential() {
    var random = SeededRandom(1)
    for _ in 0..<20_000 {
      let x = Double.random(in: -700...700, using: &random)
      #expect(abs(Exponential.exp(x) / Foundation.exp(x) - 1) < 2e-15, "at \(x), seed 1")
    }
    #expect(Exponential.exp(0) == 1 && Exponential.exp(-709) == 0 && Exponential.exp(710) == .infinity)
  }

  @Test("Growth is (eˣ − 1)/x, without a seam where its method changes")
  func growth() {
    for x in stride(from: -40.0, through: 5, by: 0.013) where x != 0 {
      #expect(abs(Exponential.growth(x) / (expm1(x) / x) - 1) < 4e-15, "at \(x)")
    }
    #expect(Exponential.growth(0) == 1)
    #expect(abs(Exponential.growth(0.35) - Exponential.growth(0.35.nextDown)) < 1e-14)
  }

  @Test("The logarithm's ratio is ln(1 + x)/x")
  func logarithm() {
    for x in stride(from: -0.9, through: 1, by: 0.007) where abs(x) > 1e-9 {
      #expect(abs(Exponential.logarithmRatio(x) / (log1p(x) / x) - 1) < 1e-14, "at \(x)")
    }
    #expect(Exponential.logarithmRatio(0) == 1)
  }

  @Test("The logarithm is that of the C library within 2e-15 of itself, and within 2e-16 about 1")
  func logarithms() {
    var random = SeededRandom(2)
    for _ in 0..<20_000 {
      let x = Foundation.exp(Double.random(in: -700...700, using: &random))
      #expect(
        abs(Exponential.logarithm(x) - Foundation.log(x)) <= 2e-15 * abs(Foundation.log(x)) + 2e-16, "at \(x), seed 2")
      let near = Double.random(in: 0.5...2, using: &random)
      #expect(abs(Exponential.logarithm(near) - Foundation.log(near)) < 5e-16, "at \(near), seed 2")
    }
    #expect(Exponential.logarithm(1) == 0)
    // Where the power of two changes.
    for x in [0.75, 1.5, 3, 1e-100, 1e100] {
      for x in [x, x.nextDown, x.nextUp] {
        #expect(abs(Exponential.logarithm(x) / Foundation.log(x) - 1) < 2e-15, "at \(x)")
      }
    }
  }

  @Test("Known bits, the same on every machine")
  func bits() {
    #expect(Exponential.exp(1).bitPattern == 0x4005_bf0a_8b14_576a)
    #expect(Exponential.exp(-10).bitPattern == 0x3f07_cd79_b564_7c9a)
    #expect(Exponential.logarithm(10).bitPattern == 0x4002_6bb1_bbb5_5516)
    #expect(Exponential.logarithm(118.0 / 112).bitPattern == 0x3faa_b817_4e5e_949c)
  }

  @Test("The exponential is a number from −708 to 709, both in, and beyond 0 or infinite")
  func ends() {
    #expect(Exponential.exp(709).isFinite && Exponential.exp(709.0.nextUp) == .infinity)
    #expect(Exponential.exp(-708) > 0 && Exponential.exp((-708.0).nextDown) == 0)
    #expect(abs(Exponential.exp(709) / Foundation.exp(709) - 1) < 2e-15)
    #expect(abs(Exponential.exp(-708) / Foundation.exp(-708) - 1) < 2e-15)
  }
}
