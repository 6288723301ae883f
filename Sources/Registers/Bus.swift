/// The one seam between firmware and hardware: 32-bit words at byte addresses.
///
/// The emulated board, a memory-mapped chip under a cross-compiled binary, and a replayed log all answer these two
/// verbs; firmware is generic over which.
public protocol Bus: ~Copyable {
  /// The word at a byte address; may change what is there, as the end of a queue.
  mutating func read(_ address: UInt32) -> UInt32
  /// Writes a word to a byte address.
  mutating func write(_ address: UInt32, _ value: UInt32)
}

/// One access as seen on the bus.
@frozen
public struct Transaction: Sendable, Hashable {
  /// Which of the two verbs of a `Bus`.
  @frozen
  public enum Kind: UInt8, Sendable {
    /// A word came from the bus.
    case read
    /// A word went to the bus.
    case write
  }

  /// Whether it read or wrote.
  public var kind: Kind
  /// A byte address.
  public var address: UInt32
  /// The value written, or the value the read returned.
  public var value: UInt32

  /// An access by its kind, its byte address and its value.
  @inlinable
  public init(_ kind: Kind, _ address: UInt32, _ value: UInt32) {
    self.kind = kind
    self.address = address
    self.value = value
  }
}
