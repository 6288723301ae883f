/// The length of a pulse in the steps that `PULSE` and `ERASE_WIDTH` count; with a sign in `PULSE`: positive SET,
/// negative RESET.
@frozen
public struct PulseSteps: Sendable, Equatable, Comparable {
  /// How many: −32 768 … 32 767 in `PULSE`, 0 … 65 535 in `ERASE_WIDTH`.
  public var count: Int32

  /// So many steps, with a sign for `PULSE`.
  @inlinable @inline(__always)
  public init(_ count: Int32) { self.count = count }

  /// No pulse.
  @inlinable
  public static var none: PulseSteps { PulseSteps(0) }
  /// The longest that `PULSE` holds.
  @inlinable
  public static var longest: PulseSteps { PulseSteps(Int32(Int16.max)) }

  @inlinable @inline(__always)
  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
  /// The steps without their sign.
  @inlinable
  public var magnitude: PulseSteps { PulseSteps(abs(count)) }

  /// The same length with the other polarity.
  @inlinable @inline(__always)
  public static prefix func - (steps: Self) -> Self { Self(-steps.count) }
}
