/// Energy as an exact integer: microvolt² · picosiemens · nanosecond, that is 10⁻³³ J.
public struct Energy: Sendable, Equatable {
  /// How many 10⁻³³ J.
  public var raw: UInt128

  /// No energy.
  public static let zero = Energy(raw: 0)

  /// An energy of so many 10⁻³³ J.
  public init(raw: UInt128) { self.raw = raw }

  /// `microvolts² · load`, with `load` in picosiemens · nanoseconds.
  public init(microvolts: Int64, load: UInt128) {
    raw = UInt128(UInt64(microvolts * microvolts)) * load
  }

  /// 10⁻¹⁸ J, rounded down.
  public var attojoules: UInt64 { UInt64(truncatingIfNeeded: raw / 1_000_000_000_000_000) }

  /// Adds, exactly.
  public static func += (left: inout Energy, right: Energy) { left.raw += right.raw }
}
