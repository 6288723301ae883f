import FixedPoint

/// A Q format known at run time; numbers go in and out as 64-bit raws.
protocol NumberFormat: Sendable {
  static var fraction: Int { get }
  static var rawRange: ClosedRange<Int64> { get }
  static func converted(_ wide: Int64, fraction: Int, _ rounding: Rounding) -> Int64
  static func sum(_ a: Int64, _ b: Int64) -> Int64
  static func difference(_ a: Int64, _ b: Int64) -> Int64

  /// `a` in this format times `b` in the second, in the format of the result.
  static func product(
    _ a: Int64, _ second: any NumberFormat.Type, _ b: Int64, _ result: any NumberFormat.Type, _ rounding: Rounding
  ) -> Int64
  // Its parts: one format at a time becomes known to the compiler.
  static func product<Raw, let bits: Int>(
    _ a: Fixed<Raw, bits>, by b: Int64, _ result: any NumberFormat.Type, _ rounding: Rounding
  ) -> Int64
  static func product<RawA, let bitsA: Int, RawB, let bitsB: Int>(
    _ a: Fixed<RawA, bitsA>, _ b: Fixed<RawB, bitsB>, _ rounding: Rounding
  ) -> Int64
}

extension Fixed: NumberFormat {
  static var fraction: Int { fractionBits }
  static var rawRange: ClosedRange<Int64> { Int64(Raw.min)...Int64(Raw.max) }

  private static func of(_ raw: Int64) -> Self { Self(raw: Raw(truncatingIfNeeded: raw)) }

  static func converted(_ wide: Int64, fraction: Int, _ rounding: Rounding) -> Int64 {
    Int64(Self(requantising: wide, fractionBits: fraction, rounding: rounding).raw)
  }

  static func sum(_ a: Int64, _ b: Int64) -> Int64 { Int64((of(a) + of(b)).raw) }
  static func difference(_ a: Int64, _ b: Int64) -> Int64 { Int64((of(a) - of(b)).raw) }

  static func product(
    _ a: Int64, _ second: any NumberFormat.Type, _ b: Int64, _ result: any NumberFormat.Type, _ rounding: Rounding
  ) -> Int64 {
    second.product(of(a), by: b, result, rounding)
  }

  static func product<RawA, let bitsA: Int>(
    _ a: Fixed<RawA, bitsA>, by b: Int64, _ result: any NumberFormat.Type, _ rounding: Rounding
  ) -> Int64 {
    result.product(a, of(b), rounding)
  }

  static func product<RawA, let bitsA: Int, RawB, let bitsB: Int>(
    _ a: Fixed<RawA, bitsA>, _ b: Fixed<RawB, bitsB>, _ rounding: Rounding
  ) -> Int64 {
    Int64(a.multiplied(by: b, as: Self.self, rounding: rounding).raw)
  }
}
