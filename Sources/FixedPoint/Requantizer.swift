/// Multiplication by a positive rational scale as an integer multiplier and one rounding shift.
///
/// `value · multiplier / 2^shift`, with `multiplier` in 2³⁰ ..< 2³¹ so that the relative error of the scale is below
/// 2⁻³¹. Single rounding, half up (the `SINGLE_ROUNDING` convention of CMSIS-NN).
@frozen
public struct Requantizer: Sendable, Equatable {
  /// 2³⁰ ..< 2³¹.
  public let multiplier: Int32
  /// 0 … 62: the scale is `multiplier / 2^shift`.
  public let shift: Int32

  /// The scale `numerator / denominator`; both positive and below 2⁶², the ratio between 2⁻³⁰ and 2³⁰.
  public init(numerator: Int64, denominator: Int64) {
    precondition(numerator > 0 && denominator > 0, "the scale is positive")
    precondition(numerator < 1 << 62 && denominator < 1 << 62, "the terms of the scale are below 2^62")
    var numerator = numerator
    var denominator = denominator
    var shift: Int32 = 30
    while numerator >= 2 * denominator {
      denominator <<= 1
      shift -= 1
    }
    while numerator < denominator {
      numerator <<= 1
      shift += 1
    }
    // numerator / denominator is in 1 ..< 2: thirty more quotient bits by restoring division, then the half.
    var quotient: Int64 = 0
    var remainder = numerator
    for _ in 0...30 {
      quotient = quotient << 1
      if remainder >= denominator {
        remainder -= denominator
        quotient += 1
      }
      remainder <<= 1
    }
    if remainder >= denominator { quotient += 1 }
    if quotient == 1 << 31 {
      quotient >>= 1
      shift -= 1
    }
    multiplier = Int32(quotient)
    self.shift = shift
    precondition((0...62).contains(shift), "the scale is outside 2^-30 ... 2^30")
  }

  /// Whether a result can have more than 32 bits before it is saturated, which takes 32-bit controllers longer.
  public var isWide: Bool { shift < 32 }

  /// `value` times the scale, rounded half up once, saturated to 32 bits.
  @inlinable
  public func callAsFunction(_ value: Int32) -> Int32 {
    let product = Int64(value) &* Int64(multiplier)
    guard shift >= 32 else { return product.shifted(rightBy: Int(shift)).saturated(to: Int32.self) }
    // Below 2⁶², so that the half can be added before the shift; of what is left the high word is all that counts.
    let rounded = product &+ 1 &<< Int64(shift &- 1)
    return Int32(truncatingIfNeeded: rounded &>> 32) &>> (shift &- 32)
  }
}
