/// A number held as an integer `raw`, with value `raw / 2^fractionBits`.
///
/// Formats are written `Qm.n` in the Arm convention: one sign bit, `m` integer bits, `n` fraction bits, so
/// that `m + n + 1` is the width of `Raw`; `UQm.n` are the unsigned ones. Nothing here wraps: sums saturate, and
/// narrowing rounds half up once and saturates.
@frozen
public struct Fixed<Raw: FixedWidthInteger & Sendable, let fractionBits: Int>: Sendable {
  /// The integer: 2^fractionBits of it are one.
  public var raw: Raw

  /// The number `raw / 2^fractionBits`.
  @inlinable @inline(__always)
  public init(raw: Raw) { self.raw = raw }
}

/// Gate pre-activations and the cell state: ±8 in steps of 2⁻¹².
public typealias Q3_12 = Fixed<Int16, 12>
/// Gate outputs, the hidden state, normalised inputs and weights: ±1 in steps of 2⁻¹⁵.
public typealias Q0_15 = Fixed<Int16, 15>
/// Byte-wide signals: ±1 in steps of 2⁻⁷.
public typealias Q0_7 = Fixed<Int8, 7>
/// Slopes of activation circuits, and weights as they are read back: ±2 in steps of 2⁻¹⁴.
public typealias Q1_14 = Fixed<Int16, 14>

infix operator × : MultiplicationPrecedence

extension Fixed: Equatable, Comparable {
  /// Whether both are the same number.
  @inlinable @inline(__always)
  public static func == (left: Self, right: Self) -> Bool { left.raw == right.raw }
  /// Whether the left number is the smaller one.
  @inlinable @inline(__always)
  public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

extension Fixed {
  /// 0.
  @inlinable @inline(__always)
  public static var zero: Self { Self(raw: 0) }
  /// Only in formats with integer bits.
  @inlinable @inline(__always)
  public static var one: Self {
    precondition(fractionBits < (Raw.isSigned ? Raw.bitWidth - 1 : Raw.bitWidth), "the format ends below 1")
    return Self(raw: 1 << Raw(truncatingIfNeeded: fractionBits))
  }

  /// The number `wide / 2^wideFractionBits` in this format, rounded and saturated: the one way to narrow.
  @inlinable @inline(__always)
  public init(
    requantising wide: Int64, fractionBits wideFractionBits: Int, rounding: Rounding = .halfUp
  ) {
    let shift = wideFractionBits - fractionBits
    if shift >= 0 {
      raw = Raw(clamping: wide.shifted(rightBy: shift, rounding: rounding))
    } else if shift < -62 {
      raw = wide == 0 ? 0 : wide < 0 ? .min : .max
    } else {
      let moved = wide << Int64(truncatingIfNeeded: -shift)
      let isWhole = moved >> Int64(truncatingIfNeeded: -shift) == wide
      raw = isWhole ? Raw(clamping: moved) : wide < 0 ? .min : .max
    }
  }

  /// The same number in another format, rounded and saturated.
  @inlinable @inline(__always)
  public init<Other, let bits: Int>(_ other: Fixed<Other, bits>) {
    self.init(requantising: Int64(other.raw), fractionBits: bits)
  }

  /// The sum, saturated.
  @inlinable @inline(__always)
  public static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.raw.addingReportingOverflow(right.raw)
    return Self(raw: overflow ? (left.raw < 0 ? .min : .max) : sum)
  }

  /// The difference, saturated.
  @inlinable @inline(__always)
  public static func - (left: Self, right: Self) -> Self {
    let (difference, overflow) = left.raw.subtractingReportingOverflow(right.raw)
    return Self(raw: overflow ? (left.raw < 0 || !Raw.isSigned ? .min : .max) : difference)
  }

  /// Adds, saturating.
  @inlinable @inline(__always)
  public static func += (left: inout Self, right: Self) { left = left + right }

  /// The product in the format `Result`, rounded once: exact where both factors have at most 64 bits together; a longer
  /// product that leaves 64 bits saturates.
  @inlinable @inline(__always)
  public func multiplied<Other, let bits: Int, ResultRaw, let resultBits: Int>(
    by other: Fixed<Other, bits>, as _: Fixed<ResultRaw, resultBits>.Type, rounding: Rounding = .halfUp
  ) -> Fixed<ResultRaw, resultBits> {
    let product: Int64
    if Raw.bitWidth + Other.bitWidth > 64 {
      let (low, overflow) = Int64(raw).multipliedReportingOverflow(by: Int64(other.raw))
      product = overflow ? ((raw < 0) != (other.raw < 0) ? .min : .max) : low
    } else {
      product = Int64(raw) &* Int64(other.raw)
    }
    return Fixed<ResultRaw, resultBits>(
      requantising: product, fractionBits: fractionBits + bits, rounding: rounding)
  }

  /// The product in the format that the place asks for, where `*` stays in that of the left factor.
  @inlinable @inline(__always)
  public static func × <Other, let bits: Int, ResultRaw, let resultBits: Int>(
    left: Self, right: Fixed<Other, bits>
  ) -> Fixed<ResultRaw, resultBits> {
    left.multiplied(by: right, as: Fixed<ResultRaw, resultBits>.self)
  }

  /// The product in the format of the left factor, which a chain of factors keeps from one to the next.
  @inlinable @inline(__always)
  public static func * <Other, let bits: Int>(left: Self, right: Fixed<Other, bits>) -> Self {
    // Two signed 16-bit numbers need no 64-bit product.
    if Raw.isSigned && Other.isSigned && Raw.bitWidth + Other.bitWidth <= Int32.bitWidth && (1...30).contains(bits) {
      let product = Int32(left.raw) &* Int32(right.raw)
      // Of at most 2³⁰, so that the half can be added before the shift.
      let half: Int32 = 1 << Int32(truncatingIfNeeded: bits - 1)
      return Self(raw: Raw(clamping: (product &+ half) >> Int32(truncatingIfNeeded: bits)))
    }
    return left.multiplied(by: right, as: Self.self)
  }

  /// The quotient of two numbers of at most 32 bits, the divisor positive, rounded once, in the format that the place asks
  /// for.
  @inlinable
  public static func / <ResultRaw, let resultBits: Int>(left: Self, right: Self) -> Fixed<ResultRaw, resultBits> {
    let dividend = Int64(left.raw) << Int64(resultBits)
    // Where 32 bits will do, a processor of 32 bits divides at once.
    if let short = Int32(exactly: dividend), let divisor = Int32(exactly: right.raw) {
      return Fixed<ResultRaw, resultBits>(raw: ResultRaw(clamping: short.dividedHalfUp(by: divisor)))
    }
    return Fixed<ResultRaw, resultBits>(raw: ResultRaw(clamping: dividend.dividedHalfUp(by: Int64(right.raw))))
  }
}

extension Fixed where Raw: SignedInteger {
  /// The distance from zero, saturated.
  @inlinable @inline(__always)
  public var magnitude: Self { raw < 0 ? Self.zero - self : self }

  /// Divided by 2^count, rounded half up.
  @inlinable @inline(__always)
  public func shifted(rightBy count: Int) -> Self { Self(raw: raw.shifted(rightBy: count)) }
}
