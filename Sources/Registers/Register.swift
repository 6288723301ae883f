/// What a bus master may do with a register.
public enum Access: UInt8, Sendable, CaseIterable {
  case readOnly, readWrite
  /// Reads as zero, with an error.
  case writeOnly
  /// A written 1 clears its bit.
  case writeOneToClear
  /// The two ends of a queue: a read takes the next item, a write appends one.
  case port

  public var abbreviation: StaticString {
    switch self {
    case .readOnly: "ro"
    case .readWrite: "rw"
    case .writeOnly: "wo"
    case .writeOneToClear: "w1c"
    case .port: "port"
    }
  }

  public var isReadable: Bool { self != .writeOnly }
  public var isWritable: Bool { self != .readOnly }
  /// Whether reading changes nothing, so that a tool may look at any time.
  public var isReadPure: Bool { self != .port }
}

/// The description of one register, or of an array of equal ones at successive addresses.
public struct Register: Sendable {
  public let name: StaticString
  public let access: Access
  /// 1, or the length of the array.
  public let count: UInt32
  /// The value of every element after reset.
  public let reset: UInt32
  public let fields: [Field]
  /// One sentence.
  public let meaning: StaticString

  public init(
    _ name: StaticString, _ access: Access, count: UInt32 = 1, reset: UInt32 = 0, _ meaning: StaticString,
    fields: [Field] = []
  ) {
    self.name = name
    self.access = access
    self.count = count
    self.reset = reset
    self.fields = fields
    self.meaning = meaning
  }

  /// The bits that fields account for; a register without fields is one field of 32 bits.
  public var mask: UInt32 { fields.isEmpty ? .max : fields.reduce(0) { $0 | $1.mask } }
}

/// A block of registers: one case each, whose raw value is the byte offset from the block's base.
public protocol RegisterBlock: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == UInt32 {
  /// Bytes from one register to the next: 4, or 1 where the hardware is byte-wide.
  static var registerBytes: UInt32 { get }
  var register: Register { get }
}

extension RegisterBlock {
  public static var registerBytes: UInt32 { 4 }

  /// Byte offset of element `index` of the register's array.
  @inlinable
  public func offset(_ index: Int = 0) -> UInt32 { rawValue &+ UInt32(truncatingIfNeeded: index) &* Self.registerBytes }
}
