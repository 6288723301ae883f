import FixedPoint

/// A row of errors with a common exponent (block floating point): error `k` is `mantissas[k] · 2^exponent` in 2⁻²⁴.
struct BlockErrors: Sendable {
  private(set) var mantissas: [Int16]
  private(set) var exponent = 0
  /// Whether any error is other than zero.
  private(set) var isWorth = false

  init(capacity: Int) { mantissas = Array(repeating: 0, count: capacity) }

  /// Takes over the first `count` errors, with the smallest exponent that brings every mantissa, rounded, within
  /// ±`largest`.
  mutating func take(_ errors: [Delta], count: Int, within largest: Int32) {
    var peak: UInt32 = 0
    for k in 0..<count { peak = max(peak, errors[k].raw.magnitude) }
    exponent = 0
    isWorth = peak > 0
    while Int64(peak).shifted(rightBy: exponent) > Int64(largest) { exponent += 1 }
    for k in 0..<count { mantissas[k] = Int16(truncatingIfNeeded: errors[k].raw.shifted(rightBy: exponent)) }
  }
}
