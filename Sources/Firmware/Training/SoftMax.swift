import FixedPoint

/// Soft-max and cross-entropy in integers.
///
/// Powers of two by a table of 64 steps: `table[k] = round(2¹⁵ · 2^(−k/64))`, linear between; the largest error of a
/// power is 2⁻¹⁵ · 1.0.
public struct SoftMax: Sendable {
  /// 65 values, 32 768 down to 16 384.
  private let table: [Int32]

  public init() {
    // 2^(−1/64) in 2⁻³⁰; the table by repeated multiplication in 30 fraction bits, rounded at the end.
    var power: Int64 = 1 << 30
    var table: [Int32] = []
    for _ in 0...64 {
      table.append(Int32(power.shifted(rightBy: 15)))
      power = (power * 1_062_175_491).shifted(rightBy: 30)
    }
    self.table = table
  }

  /// 2^−exponent for an exponent in 2⁻¹⁶, as a number in 2⁻¹⁵.
  func power(_ exponent: Int64) -> Int32 {
    let whole = exponent >> 16
    guard whole < 16 else { return 0 }
    let place = Int(exponent >> 10) & 63
    let fraction = Int32(exponent & 1023)
    let mantissa = table[place] - ((table[place] - table[place + 1]) * fraction).shifted(rightBy: 10)
    return mantissa.shifted(rightBy: Int(whole))
  }

  /// log₂(e) in 2⁻¹⁴: an exponent in 2⁻¹² times this is one of two in 2⁻²⁶.
  private static let log2E: Int64 = 23_637

  /// - Parameters:
  ///   - outputs: logits, 2⁻¹² · 2^headroom.
  ///   - probabilities: receives one for each, 2⁻¹⁵.
  /// - Returns: the cross-entropy of `label`, in 2⁻¹⁶.
  public func callAsFunction(
    _ outputs: [Int16], headroom: Int, label: Int, into probabilities: inout [Int32]
  ) -> UInt32 {
    var largest = outputs[0]
    for output in outputs { largest = max(largest, output) }
    var sum: Int32 = 0
    for k in 0..<outputs.count {
      probabilities[k] = power(exponent(largest, outputs[k], headroom))
      sum += probabilities[k]
    }
    for k in 0..<outputs.count { probabilities[k] = (probabilities[k] << 15).dividedHalfUp32(by: sum) }
    // −ln p = (ln 2) · (exponent of the label + log₂ of the sum).
    let bits = exponent(largest, outputs[label], headroom) + logarithm(sum)
    return UInt32(clamping: (bits * 45_426).shifted(rightBy: 16))
  }

  /// (largest − output) · log₂ e, in 2⁻¹⁶.
  private func exponent(_ largest: Int16, _ output: Int16, _ headroom: Int) -> Int64 {
    let difference = Int64(Int32(largest) - Int32(output)) << Int64(headroom)
    return (difference * Self.log2E).shifted(rightBy: 10)
  }

  /// log₂ of a number in 2⁻¹⁵ that is at least 1, in 2⁻¹⁶.
  private func logarithm(_ value: Int32) -> Int64 {
    var whole: Int64 = 0
    var mantissa = value
    while mantissa > 32_768 {
      mantissa = mantissa.shifted(rightBy: 1)
      whole += 1
    }
    // mantissa is in (½, 1]: the place in the table from which it falls, linear between.
    var place = 0
    while place < 63 && table[place + 1] >= mantissa { place += 1 }
    let step = table[place] - table[place + 1]
    let below = ((table[place] - mantissa) << 10) / step
    return whole << 16 - (Int64(place) << 10 + Int64(below))
  }
}

extension Int32 {
  /// As `dividedHalfUp`, for a dividend that may use all bits.
  fileprivate func dividedHalfUp32(by divisor: Int32) -> Int32 {
    Int32(truncatingIfNeeded: Int64(self).dividedHalfUp(by: Int64(divisor)))
  }
}
