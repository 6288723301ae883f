/// What a bus master may do with a field.
public enum Access: UInt8, Sendable, CaseIterable {
  /// A read returns it; a write cannot change it.
  case readOnly
  /// A read returns it; a write replaces it.
  case readWrite
  /// Acts when it is written and holds nothing: reads as 0, with an error where the whole register is such.
  case writeOnly
  /// A written 1 clears its bit.
  case writeOneToClear
  /// A written 1 sets its bit.
  case writeOneToSet
  /// A read clears what it returns.
  case readToClear
  /// The two ends of a queue: a read takes the next item, a write appends one.
  case port

  /// As listings call it: `w1c`.
  public var abbreviation: StaticString {
    switch self {
    case .readOnly: "ro"
    case .readWrite: "rw"
    case .writeOnly: "wo"
    case .writeOneToClear: "w1c"
    case .writeOneToSet: "w1s"
    case .readToClear: "rc"
    case .port: "port"
    }
  }

  /// A few words.
  public var meaning: StaticString {
    switch self {
    case .readOnly: "read only"
    case .readWrite: "read and write"
    case .writeOnly: "write only"
    case .writeOneToClear: "a written 1 clears its bit"
    case .writeOneToSet: "a written 1 sets its bit"
    case .readToClear: "a read clears it"
    case .port: "the two ends of a queue"
    }
  }

  /// Whether reading changes nothing, so that a tool may look at any time.
  public var isReadPure: Bool { self != .port && self != .readToClear }
}

/// What accesses do to the bits of a register, folded from its fields.
@frozen
public struct AccessMasks: Sendable, Equatable {
  /// Bits that a read returns.
  public private(set) var readable: UInt32 = 0
  /// Bits that may be written as 1.
  public private(set) var writable: UInt32 = 0
  /// Bits that a write replaces.
  public private(set) var replaced: UInt32 = 0
  /// Bits that a written 1 sets.
  public private(set) var setByOnes: UInt32 = 0
  /// Bits that a written 1 clears.
  public private(set) var clearedByOnes: UInt32 = 0
  /// Bits that a read returns and clears.
  public private(set) var clearedByRead: UInt32 = 0

  init(_ access: Access, _ bits: UInt32) { add(access, bits) }

  init(_ fields: [Field]) {
    for field in fields { add(field.access, field.mask) }
  }

  private mutating func add(_ access: Access, _ bits: UInt32) {
    switch access {
    case .readOnly: readable |= bits
    case .readWrite:
      readable |= bits
      writable |= bits
      replaced |= bits
    case .writeOnly: writable |= bits
    case .writeOneToClear:
      readable |= bits
      writable |= bits
      clearedByOnes |= bits
    case .writeOneToSet:
      readable |= bits
      writable |= bits
      setByOnes |= bits
    case .readToClear:
      readable |= bits
      clearedByRead |= bits
    case .port:
      readable |= bits
      writable |= bits
    }
  }

  /// Bits that stay as they are until an access of software changes them: what a flag is.
  public var latched: UInt32 { setByOnes | clearedByOnes | clearedByRead }

  /// Bits that a write is refused for: those that cannot be written. Where ones do nothing but clear, every word is
  /// taken, so that all ones clear all there is.
  @inlinable
  public var reserved: UInt32 { writable == clearedByOnes ? 0 : ~writable }

  /// A register's word after a write of `value`.
  @inlinable
  public func written(_ value: UInt32, over word: UInt32) -> UInt32 {
    word & ~(replaced | value & clearedByOnes) | value & (replaced | setByOnes)
  }

  /// A register's word after a read.
  @inlinable
  public func afterRead(_ word: UInt32) -> UInt32 { word & ~clearedByRead }
}
