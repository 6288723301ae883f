/// Exponential and logarithm from + − × ÷ in a fixed order, so that every platform gives the same bits.
package enum Exponential {
  /// ln 2 in two parts: the first has 32 bits, so that its product with a whole number below 2¹¹ is exact.
  private static let log2High = 0x1.62e42feep-1
  private static let log2Low = 0x1.a39ef35793c76p-33
  private static let log2Inverse = 0x1.71547652b82fep+0

  /// 1/(k+1)! for k = 0 … 13.
  private static let growthCoefficients: [Double] = {
    var coefficients: [Double] = []
    var factorial = 1.0
    for k in 1...14 {
      factorial *= Double(k)
      coefficients.append(1 / factorial)
    }
    return coefficients
  }()

  /// eˣ within 2·10⁻¹⁵; 0 below −708 and infinite above 709.
  ///
  /// x = k·ln 2 + r with |r| ≤ 0.347, then 2ᵏ·(1 + r·growth(r)).
  package static func exp(_ x: Double) -> Double {
    guard x >= -708 else { return 0 }
    guard x <= 709 else { return .infinity }
    let k = (x * log2Inverse).rounded()
    let r = (x - k * log2High) - k * log2Low
    return Double(sign: .plus, exponent: Int(k), significand: 1 + r * series(r))
  }

  /// (eˣ − 1)/x, 1 at zero: how much further a step goes that grows with where it has come to.
  static func growth(_ x: Double) -> Double { abs(x) < 0.35 ? series(x) : (exp(x) - 1) / x }

  /// Σ xᵏ/(k+1)!; what is left out is below 10⁻¹⁸ for |x| ≤ 0.35.
  private static func series(_ x: Double) -> Double {
    var sum = 0.0
    for coefficient in growthCoefficients.reversed() { sum = sum * x + coefficient }
    return sum
  }

  /// ln(1 + x)/x, 1 at zero, for −0.9 ≤ x ≤ 1: 2/(2 + x)·Σ s²ᵏ/(2k + 1) with s = x/(2 + x).
  package static func logarithmRatio(_ x: Double) -> Double {
    let s = x / (2 + x)
    let square = s * s
    var sum = 0.0
    for k in (0...100).reversed() { sum = sum * square + 1 / Double(2 * k + 1) }
    return 2 / (2 + x) * sum
  }

  /// ln x of a positive number that is not subnormal: k·ln 2 + ln m, where x = 2ᵏ·m with ¾ ≤ m < 3/2.
  package static func logarithm(_ x: Double) -> Double {
    let isUpper = x.significand >= 1.5
    let k = Double(Int(x.exponent) + (isUpper ? 1 : 0))
    let beyondOne = (isUpper ? x.significand / 2 : x.significand) - 1
    return k * log2High + (k * log2Low + beyondOne * logarithmRatio(beyondOne))
  }
}
