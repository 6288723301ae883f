/// How a shift or a division treats the bits it drops.
///
/// | rule                | −1.5 | −0.5 | 0.5 | 1.5 | 2.5 |
/// |---------------------|------|------|-----|-----|-----|
/// | `halfUp`            |  −1  |   0  |  1  |  2  |  3  |
/// | `halfToEven`        |  −2  |   0  |  0  |  2  |  2  |
/// | `halfAwayFromZero`  |  −2  |  −1  |  1  |  2  |  3  |
/// | `down`              |  −2  |  −1  |  0  |  1  |  2  |
/// | `towardZero`        |  −1  |   0  |  0  |  1  |  2  |
///
/// `halfUp` is the rule of the product: one shift, one added half, no special case for negative numbers.
public enum Rounding: Sendable, CaseIterable {
  /// To the nearest, a half towards +∞.
  case halfUp
  /// To the nearest, a half to the even one.
  case halfToEven
  /// To the nearest, a half away from zero.
  case halfAwayFromZero
  /// Towards −∞.
  case down
  /// Towards zero.
  case towardZero
}

extension FixedWidthInteger where Self: SignedInteger {
  /// `self / 2^count`, rounded. Exact for every value and every `count` from 0 to `bitWidth − 1`.
  @inlinable @inline(__always)
  public func shifted(rightBy count: Int, rounding: Rounding = .halfUp) -> Self {
    precondition(count >= 0 && count < Self.bitWidth, "shift count outside 0 ..< bitWidth")
    guard count > 0 else { return self }
    // The first dropped bit is added after the shift, so the sum cannot overflow.
    let floor = self >> Self(truncatingIfNeeded: count)
    let half = (self >> Self(truncatingIfNeeded: count - 1)) & 1
    let dropped = self & ((1 << Self(truncatingIfNeeded: count)) &- 1)
    let isTie = half == 1 && dropped & ((1 << Self(truncatingIfNeeded: count - 1)) &- 1) == 0
    switch rounding {
    case .halfUp: return floor &+ half
    case .halfToEven: return floor &+ (isTie ? floor & 1 : half)
    case .halfAwayFromZero: return floor &+ (isTie && self < 0 ? 0 : half)
    case .down: return floor
    case .towardZero: return floor &+ (self < 0 && dropped != 0 ? 1 : 0)
    }
  }

  /// `self / divisor`, rounded half up; `divisor` is positive. The result is exact: no intermediate can overflow.
  @inlinable
  public func dividedHalfUp(by divisor: Self) -> Self {
    precondition(divisor > 0, "the divisor is positive")
    var (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
    if remainder < 0 {
      quotient &-= 1
      remainder &+= divisor
    }
    return remainder >= divisor &- remainder ? quotient &+ 1 : quotient
  }

  /// The nearest value that `Narrow` can hold.
  @inlinable
  public func saturated<Narrow: FixedWidthInteger & SignedInteger>(to _: Narrow.Type) -> Narrow {
    Narrow(clamping: self)
  }
}
