/// One block as data: what its registers are and where, checked once for overlaps.
///
/// Everything that speaks of registers by name derives from it: the listing, the log, the waves, the tests.
public struct BlockMap: Sendable {
  /// A register, or an array of equal ones, and where it begins.
  public struct Entry: Sendable {
    /// Its description.
    public let register: Register
    /// Bytes from the base.
    public let offset: UInt32
    /// What the hardware behind it does.
    public let hardwareSide: HardwareSide

    /// What a chip has to have for it.
    public let needs: ChipFeatures

    /// What accesses do to its bits.
    public var masks: AccessMasks { register.masks }
  }

  /// As listings and logs call it, without the number: `MBX`.
  public let name: StaticString
  /// Number behind the name (`MBX0`), where the block is one of several.
  public let number: Int?
  /// Address of its first byte.
  public let base: UInt32
  /// Bytes from one register to the next: 4, or 1 where the hardware is byte-wide.
  public let registerBytes: UInt32
  /// What a chip has to have for it.
  public let needs: ChipFeatures
  /// The lines of hart 0 that it can raise.
  public let interrupts: [HartInterrupt]
  /// One for each case of the block that a chip has, in the order of the cases.
  public let entries: [Entry]
  /// For each register-sized place of the block: the entry there, or `nowhere`.
  public let places: [UInt8]
  /// For each register-sized place: the value after reset.
  public private(set) var resets: [UInt32]

  /// Stands in `places` where there is no register.
  public static let nowhere: UInt8 = .max

  /// The map of a block at the address `base`.
  /// - Precondition: registers do not overlap, fields fit their register, reset values fit the fields.
  public init<Block: RegisterBlock>(
    _ name: StaticString, number: Int? = nil, at base: UInt32, of _: Block.Type, features: ChipFeatures = .all
  ) {
    self.name = name
    self.number = number
    self.base = base
    registerBytes = Block.registerBytes
    needs = Block.needs
    interrupts = number == nil ? Block.interrupts : []
    entries = Block.allCases.compactMap { block in
      let register = block.register
      guard features.isSuperset(of: register.needs) else { return nil }
      precondition(block.rawValue % Block.registerBytes == 0, "a register begins at a multiple of its size")
      Self.checkFields(of: register, bits: 8 * Block.registerBytes)
      return Entry(
        register: register, offset: block.rawValue, hardwareSide: block.hardwareSide,
        needs: register.needs.union(Block.needs))
    }
    let end = entries.map { $0.offset / Block.registerBytes + $0.register.count }.max() ?? 0
    var places = [UInt8](repeating: Self.nowhere, count: Int(end))
    for (number, entry) in entries.enumerated() {
      for place in Int(
        entry.offset / Block.registerBytes)..<Int(entry.offset / Block.registerBytes + entry.register.count)
      {
        precondition(places[place] == Self.nowhere, "two registers at one address")
        places[place] = UInt8(number)
      }
    }
    self.places = places
    let entries = entries
    resets = places.map { $0 == Self.nowhere ? 0 : entries[Int($0)].register.reset }
  }

  /// Gives an element of a register another value after reset: that of a certain chip.
  public mutating func setReset<Block: RegisterBlock>(_ register: Block, _ index: Int = 0, to value: UInt32) {
    let place = Int(register.offset(index) / registerBytes)
    let description = entries[Int(places[place])].register
    precondition(description.resetOrigin == .chip, "a reset value that the map has")
    precondition(value & ~description.mask == 0, "a reset value outside the fields")
    resets[place] = value
  }

  private static func checkFields(of register: Register, bits: UInt32) {
    var seen: UInt32 = 0
    for field in register.fields {
      precondition(field.lowBit + field.width <= bits && seen & field.mask == 0, "fields overlap or leave the word")
      seen |= field.mask
    }
    precondition(register.mask & ~(UInt32.max >> (32 - bits)) == 0, "a register is wider than its place")
    precondition(register.count > 1 || register.extent == .whole, "only an array has an extent")
    precondition(register.reset & ~register.mask == 0, "a reset value outside the fields")
  }

  /// The entry and array index at a byte offset, or nil where there is no register.
  public func find(_ offset: UInt32) -> (entry: Entry, index: Int)? {
    let place = offset / registerBytes
    guard place < places.count, places[Int(place)] != Self.nowhere else { return nil }
    let entry = entries[Int(places[Int(place)])]
    return (entry, Int(place - entry.offset / registerBytes))
  }

  /// The blocks of a board whose chip has `tiles` tiles, in order of address: all that there may be, or those of a chip with
  /// certain features.
  public static func board(tiles: Int, features: ChipFeatures = .all) -> [BlockMap] {
    let blocks =
      [
        BlockMap("FINISHER", at: MemoryMap.finisher, of: FinisherRegister.self),
        BlockMap("CLINT", at: MemoryMap.timer, of: TimerRegister.self),
        BlockMap("UART", at: MemoryMap.uart, of: UARTRegister.self),
        BlockMap("MBX", at: MemoryMap.chip, of: ChipRegister.self),
      ]
      + (0..<tiles).map {
        BlockMap("MBX", number: $0, at: MemoryMap.tile($0), of: TileRegister.self, features: features)
      }
      + [
        BlockMap("HOST", at: MemoryMap.host, of: HostRegister.self),
        BlockMap("FLASH", at: MemoryMap.flash, of: FlashRegister.self),
        BlockMap("CELL", at: MemoryMap.cellUnit, of: CellRegister.self),
      ]
    return blocks.filter { features.isSuperset(of: $0.needs) }
  }
}
