/// How long a voltage lasts.
@frozen
public struct Nanoseconds: Sendable, Equatable, Comparable, ExpressibleByIntegerLiteral {
  /// How many.
  public var count: Int32

  /// So many nanoseconds.
  @inlinable @inline(__always)
  public init(_ count: Int32) { self.count = count }
  @inlinable @inline(__always)
  public init(integerLiteral count: Int32) { self.count = count }

  @inlinable @inline(__always)
  public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
  /// The difference, negative where the right one is longer.
  @inlinable @inline(__always)
  public static func - (left: Self, right: Self) -> Self { Self(left.count - right.count) }
}
