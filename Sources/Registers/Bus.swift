/// The one seam between firmware and hardware: 32-bit words at byte addresses.
///
/// The emulated board, a memory-mapped chip under a cross-compiled binary, and a replayed log all answer these two
/// verbs; firmware is generic over which.
public protocol Bus: ~Copyable {
  mutating func read(_ address: UInt32) -> UInt32
  mutating func write(_ address: UInt32, _ value: UInt32)
}

/// One access as seen on the bus.
@frozen
public struct Transaction: Sendable, Hashable {
  @frozen
  public enum Kind: UInt8, Sendable { case read, write }

  public var kind: Kind
  public var address: UInt32
  /// The value written, or the value the read returned.
  public var value: UInt32

  @inlinable
  public init(_ kind: Kind, _ address: UInt32, _ value: UInt32) {
    self.kind = kind
    self.address = address
    self.value = value
  }
}
