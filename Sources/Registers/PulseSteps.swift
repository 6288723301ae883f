/// The length of a pulse in the steps that `PULSE` and `ERASE_WIDTH` count; with a sign in `PULSE`: positive SET,
/// negative RESET.
@frozen
public struct PulseSteps: Sendable, Equatable, Comparable {
  public var count: Int32

  @inlinable @inline(__always)
  public init(_ count: Int32) { self.count = count }

  @inlinable
  public static var none: PulseSteps { PulseSteps(0) }
  /// The longest that `PULSE` holds.
  @inlinable
  public static var longest: PulseSteps { PulseSteps(Int32(Int16.max)) }

  @inlinable @inline(__always)
  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
  @inlinable @inline(__always)
  public static prefix func - (steps: Self) -> Self { Self(-steps.count) }
}
