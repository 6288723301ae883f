/// What a number in a field counts, where that is no unit of its own.
public enum FieldUnit: Sendable {
  /// Of `Electrical.nanosecondsPerPulseStep`.
  case pulseSteps
  /// Of `AnalogScale.microvoltsPerStep`.
  case analogSteps
}

/// Bits of a register, seen as one number.
@frozen
public struct Field: Sendable {
  /// As listings and logs call it: `WORD_LINES`.
  public let name: StaticString
  /// Its least significant bit, 0 … 31.
  public let lowBit: UInt32
  /// 1 … 32.
  public let width: UInt32
  /// What a bus master may do with it.
  public let access: Access
  /// Whether the number is in two's complement.
  public let isSigned: Bool
  /// Nil where the meaning says it.
  public let unit: FieldUnit?
  /// Numbers that have names, or bounds; nil where every number is one.
  public let values: FieldValues?
  /// One sentence.
  public let meaning: StaticString

  /// A number in several bits.
  /// - `bits`: its lowest and its highest bit, 0 … 31.
  @inlinable
  public init(
    _ name: StaticString, _ access: Access, bits: ClosedRange<UInt32>, signed: Bool = false,
    in unit: FieldUnit? = nil, of values: FieldValues? = nil, _ meaning: StaticString
  ) {
    self.name = name
    lowBit = bits.lowerBound
    width = bits.upperBound - bits.lowerBound + 1
    self.access = access
    isSigned = signed
    self.unit = unit
    self.values = values
    self.meaning = meaning
  }

  /// A flag.
  /// - `bit`: its place, 0 … 31.
  @inlinable
  public init(
    _ name: StaticString, _ access: Access, bit: UInt32, of values: FieldValues? = nil, _ meaning: StaticString
  ) {
    self.init(name, access, bits: bit...bit, of: values, meaning)
  }

  /// The same bits where software can only look at them.
  public var readOnly: Field {
    Field(name, .readOnly, bits: lowBit...lowBit + width - 1, signed: isSigned, in: unit, of: values, meaning)
  }

  /// 1 in each of its bits.
  @inlinable @inline(__always)
  public var mask: UInt32 { (UInt32.max >> (32 - width)) << lowBit }

  /// `value` moved to the field's place; bits that do not fit are dropped.
  @inlinable @inline(__always)
  public func encode(_ value: UInt32) -> UInt32 { (value << lowBit) & mask }
  /// The same of a number in two's complement.
  @inlinable @inline(__always)
  public func encode(_ value: Int32) -> UInt32 { encode(UInt32(bitPattern: value)) }
  /// The same of 1 for true and 0 for false.
  @inlinable @inline(__always)
  public func encode(_ value: Bool) -> UInt32 { encode(value ? UInt32(1) : 0) }

  /// The number that a word has in the field, without a sign.
  @inlinable @inline(__always)
  public func decode(_ word: UInt32) -> UInt32 { (word & mask) >> lowBit }
  /// As `decode`, with the sign bit of the field extended.
  @inlinable
  public func decodeSigned(_ word: UInt32) -> Int32 {
    Int32(bitPattern: word << (32 - lowBit - width)) >> Int32(32 - width)
  }
}

/// Two signed 16-bit numbers in one word: number `2i` in the low half, `2i + 1` in the high half.
@frozen
public enum Lanes {
  /// The word of two numbers.
  @inlinable
  public static func pack(_ even: Int16, _ odd: Int16) -> UInt32 {
    UInt32(UInt16(bitPattern: even)) | UInt32(UInt16(bitPattern: odd)) << 16
  }
  /// The number of an even or an odd place in a word of two.
  @inlinable
  public static func at(_ place: Int, of word: UInt32) -> Int16 { place & 1 == 0 ? even(word) : odd(word) }
  /// A word of two with the number of an even or an odd place replaced.
  @inlinable
  public static func put(_ value: Int16, _ place: Int, in word: UInt32) -> UInt32 {
    place & 1 == 0 ? pack(value, odd(word)) : pack(even(word), value)
  }
  /// The number in the low half.
  @inlinable
  public static func even(_ word: UInt32) -> Int16 { Int16(truncatingIfNeeded: word) }
  /// The number in the high half.
  @inlinable
  public static func odd(_ word: UInt32) -> Int16 { Int16(truncatingIfNeeded: word >> 16) }
}
