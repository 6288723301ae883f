/// A number held as a signed integer `raw`, with value `raw / 2^fractionBits`.
///
/// Formats are written `Qm.n` in the Arm convention: one sign bit, `m` integer bits, `n` fraction bits, so
/// that `m + n + 1` is the width of `Raw`. Nothing here wraps: narrowing saturates.
@frozen
public struct Fixed<Raw: FixedWidthInteger & SignedInteger & Sendable, let fractionBits: Int>: Sendable {
  public var raw: Raw

  @inlinable
  public init(raw: Raw) { self.raw = raw }
}

/// Gate pre-activations and the cell state: ±8 in steps of 2⁻¹².
public typealias Q3_12 = Fixed<Int16, 12>
/// Gate outputs, the hidden state, normalised inputs and weights: ±1 in steps of 2⁻¹⁵.
public typealias Q0_15 = Fixed<Int16, 15>
/// Byte-wide signals: ±1 in steps of 2⁻⁷.
public typealias Q0_7 = Fixed<Int8, 7>
/// Slopes of activation circuits and gain trims: ±2 in steps of 2⁻¹⁴.
public typealias Q1_14 = Fixed<Int16, 14>

extension Fixed: Equatable, Hashable, Comparable {
  @inlinable
  public static func == (left: Self, right: Self) -> Bool { left.raw == right.raw }
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
  @inlinable
  public func hash(into hasher: inout Hasher) { hasher.combine(raw) }
}

extension Fixed {
  @inlinable
  public static var zero: Self { Self(raw: 0) }
  /// The largest representable number, `1 − 2^−n` in a format without integer bits.
  @inlinable
  public static var max: Self { Self(raw: .max) }
  @inlinable
  public static var min: Self { Self(raw: .min) }

  /// The number `wide / 2^wideFractionBits` in this format, rounded and saturated: the one way to narrow.
  @inlinable
  public init(
    requantising wide: Int64, fractionBits wideFractionBits: Int, rounding: Rounding = .halfUp
  ) {
    let shift = wideFractionBits - fractionBits
    if shift >= 0 {
      raw = Raw(clamping: wide.shifted(rightBy: shift, rounding: rounding))
    } else if shift < -62 {
      raw = wide == 0 ? 0 : wide < 0 ? .min : .max
    } else {
      let (product, overflow) = wide.multipliedReportingOverflow(by: Int64(1) << Int64(-shift))
      raw = overflow ? (wide < 0 ? .min : .max) : Raw(clamping: product)
    }
  }

  @inlinable
  public func converted<Other, let bits: Int>(
    to _: Fixed<Other, bits>.Type, rounding: Rounding = .halfUp
  ) -> Fixed<Other, bits> {
    Fixed<Other, bits>(requantising: Int64(raw), fractionBits: fractionBits, rounding: rounding)
  }

  @inlinable
  public func addingSaturated(_ other: Self) -> Self {
    let (sum, overflow) = raw.addingReportingOverflow(other.raw)
    return Self(raw: overflow ? (raw < 0 ? .min : .max) : sum)
  }

  @inlinable
  public func subtractingSaturated(_ other: Self) -> Self {
    let (difference, overflow) = raw.subtractingReportingOverflow(other.raw)
    return Self(raw: overflow ? (raw < 0 ? .min : .max) : difference)
  }

  /// The exact product in the format `Result`, rounded once. Both factors have at most 32 bits.
  @inlinable
  public func multiplied<Other, let bits: Int, ResultRaw, let resultBits: Int>(
    by other: Fixed<Other, bits>, as _: Fixed<ResultRaw, resultBits>.Type, rounding: Rounding = .halfUp
  ) -> Fixed<ResultRaw, resultBits> {
    Fixed<ResultRaw, resultBits>(
      requantising: Int64(raw) * Int64(other.raw), fractionBits: fractionBits + bits, rounding: rounding)
  }
}
