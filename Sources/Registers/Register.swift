/// Where a register's value after reset comes from.
public enum ResetOrigin: Sendable {
  /// It is the map's.
  case map
  /// It is set as the chip is made; the map has a usual one, or 0.
  case chip
  /// Time, or what waits outside: there is none to rely on.
  case outside
}

/// Which elements of an array of registers a tile has: one for each so many lines.
public enum Extent: Sendable, Equatable {
  /// All.
  case whole
  /// Lines that are driven and sensed: as many as the longer of the array's word lines and columns.
  case lines(perElement: Int)
  /// Bit lines of the array.
  case bitLines(perElement: Int)
  /// Columns of the array: bit lines, or pairs of them.
  case columns(perElement: Int)

  /// Elements that a tile has; all for `whole`.
  public func elements(wordLines: Int, bitLines: Int, columns: Int) -> Int {
    switch self {
    case .whole: .max
    case .lines(let share): (max(wordLines, columns) + share - 1) / share
    case .bitLines(let share): (bitLines + share - 1) / share
    case .columns(let share): (columns + share - 1) / share
    }
  }
}

/// The description of one register, or of an array of equal ones at successive addresses.
public struct Register: Sendable {
  /// As listings and logs call it, without the block: `DRIVE`.
  public let name: StaticString
  /// 1, or the length of the array.
  public let count: UInt32
  /// Which elements of the array a tile has.
  public let extent: Extent
  /// The value of every element after reset, as far as the map says it.
  public let reset: UInt32
  /// Where the value after reset comes from.
  public let resetOrigin: ResetOrigin
  /// Whether a tile takes a write while an operation is under way.
  public let isWritableWhileBusy: Bool
  /// Whether a tile takes a write only while programming is allowed.
  public let isGuarded: Bool
  /// What a chip has to have for it beside its block; empty where every one has it.
  public let needs: ChipFeatures
  /// Empty for a register that is one number of 32 bits.
  public let fields: [Field]
  /// What a number of 32 bits is made of, where that is many of the same.
  public let packed: PackedFields?
  /// One sentence.
  public let meaning: StaticString
  /// What accesses do to its bits.
  public let masks: AccessMasks
  /// That of all its fields; nil where they differ.
  public let access: Access?

  /// A register of fields, each with its own access.
  public init(
    _ name: StaticString, count: UInt32 = 1, extent: Extent = .whole, reset: UInt32 = 0,
    from origin: ResetOrigin = .map, whileBusy: Bool = false, guarded: Bool = false, needs: ChipFeatures = [],
    _ meaning: StaticString, fields: [Field]
  ) {
    precondition(!fields.isEmpty, "a register of fields has one")
    let isUniform = fields.allSatisfy { $0.access == fields[0].access }
    self.init(
      name, count, extent, reset, origin, whileBusy, guarded, needs, meaning, fields, AccessMasks(fields),
      isUniform ? fields[0].access : nil)
  }

  /// A register that is one number of 32 bits.
  public init(
    _ name: StaticString, _ access: Access, count: UInt32 = 1, extent: Extent = .whole, reset: UInt32 = 0,
    from origin: ResetOrigin = .map, whileBusy: Bool = false, guarded: Bool = false, packed: PackedFields? = nil,
    _ meaning: StaticString
  ) {
    self.init(
      name, count, extent, reset, origin, whileBusy, guarded, [], meaning, [], AccessMasks(access, .max), access,
      packed)
  }

  private init(
    _ name: StaticString, _ count: UInt32, _ extent: Extent, _ reset: UInt32, _ origin: ResetOrigin, _ whileBusy: Bool,
    _ guarded: Bool, _ needs: ChipFeatures, _ meaning: StaticString, _ fields: [Field], _ masks: AccessMasks,
    _ access: Access?, _ packed: PackedFields? = nil
  ) {
    self.name = name
    self.count = count
    self.extent = extent
    self.reset = reset
    resetOrigin = origin
    isWritableWhileBusy = whileBusy
    isGuarded = guarded
    self.needs = needs
    self.meaning = meaning
    self.fields = fields
    self.masks = masks
    self.access = access
    self.packed = packed
  }

  /// The bits that fields account for.
  public var mask: UInt32 { masks.readable | masks.writable }
}

/// A block of registers: one case each, whose raw value is the byte offset from the block's base.
public protocol RegisterBlock: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == UInt32 {
  /// Bytes from one register to the next: 4, or 1 where the hardware is byte-wide.
  static var registerBytes: UInt32 { get }
  /// The lines of hart 0 that the block can raise.
  static var interrupts: [HartInterrupt] { get }
  /// What a chip has to have for the block.
  static var needs: ChipFeatures { get }
  var register: Register { get }
  /// What the hardware behind the register does.
  var hardwareSide: HardwareSide { get }
}

extension RegisterBlock {
  public static var registerBytes: UInt32 { 4 }
  public static var interrupts: [HartInterrupt] { [] }
  public static var needs: ChipFeatures { [] }

  /// Byte offset of element `index` of the register's array.
  @inlinable
  public func offset(_ index: Int = 0) -> UInt32 { rawValue &+ UInt32(truncatingIfNeeded: index) &* Self.registerBytes }
}
