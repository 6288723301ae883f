import FixedPoint

/// Soft-max and cross-entropy in integers.
///
/// Powers of two by a table of 64 steps: `table[k] = 2^(−k/64)`, rounded, linear between; the largest error of a power
/// is 2⁻¹⁵ · 1.0.
public struct SoftMax: Sendable {
  /// A power of two from 0 to 1, a probability, or a sum of them.
  typealias Power = Fixed<Int32, 15>
  /// An exponent of two, or a logarithm: 10 bits of its fraction lie between two places of the table.
  typealias Exponent = Fixed<Int64, 16>
  private typealias BetweenPlaces = Fixed<Int32, 10>

  /// 65 values, 1 down to ½.
  private let table: [Power]

  /// Makes the table of powers.
  public init() {
    // The table by repeated multiplication with 2^(−1/64) in 30 fraction bits, rounded at the end.
    typealias Fine = Fixed<Int64, 30>
    let root = Fine(raw: 1_062_175_491)
    var power = Fine.one
    var table: [Power] = []
    for _ in 0...64 {
      table.append(Power(power))
      power = power * root
    }
    self.table = table
  }

  /// 2^−exponent.
  func power(_ exponent: Exponent) -> Power {
    let whole = exponent.raw >> Int64(Exponent.fractionBits)
    guard whole < 16 else { return .zero }
    let place = Int(exponent.raw >> Int64(BetweenPlaces.fractionBits)) & 63
    let fraction = BetweenPlaces(raw: Int32(exponent.raw & 1023))
    let mantissa = table[place] - (table[place] - table[place + 1]) * fraction
    return mantissa.shifted(rightBy: Int(whole))
  }

  private static var log2E: Fixed<Int64, 14> { Fixed(raw: 23_637) }
  private static var ln2: Fixed<Int64, 16> { Fixed(raw: 45_426) }

  /// - Parameters:
  ///   - outputs: logits · 2^−headroom.
  ///   - probabilities: receives one for each.
  /// - Returns: the cross-entropy of `label`.
  func callAsFunction(_ outputs: [Q3_12], headroom: Int, label: Int, into probabilities: inout [Power]) -> Cost {
    var largest = outputs[0]
    for output in outputs { largest = max(largest, output) }
    var sum = Power.zero
    for k in 0..<outputs.count {
      probabilities[k] = power(exponent(largest, outputs[k], headroom))
      sum += probabilities[k]
    }
    for k in 0..<outputs.count { probabilities[k] = probabilities[k] / sum }
    // −ln p = (ln 2) · (exponent of the label + log₂ of the sum).
    return (exponent(largest, outputs[label], headroom) + logarithm(sum)) × Self.ln2
  }

  /// (largest − output) · log₂ e.
  private func exponent(_ largest: Q3_12, _ output: Q3_12, _ headroom: Int) -> Exponent {
    Fixed<Int64, 12>(raw: Int64(Int32(largest.raw) - Int32(output.raw)) << Int64(headroom)) × Self.log2E
  }

  /// log₂ of a number that is at least 1.
  private func logarithm(_ value: Power) -> Exponent {
    var whole: Int64 = 0
    var mantissa = value
    while mantissa > .one {
      mantissa = mantissa.shifted(rightBy: 1)
      whole += 1
    }
    // mantissa is in (½, 1]: the place in the table from which it falls, linear between.
    var place = 0
    while place < 63 && table[place + 1] >= mantissa { place += 1 }
    let step = table[place] - table[place + 1]
    let below = (table[place] - mantissa).raw << Int32(BetweenPlaces.fractionBits) / step.raw
    let fall = Int64(place) << Int64(BetweenPlaces.fractionBits) + Int64(below)
    return Exponent(raw: whole << Int64(Exponent.fractionBits) - fall)
  }
}
