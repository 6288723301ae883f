import Board
import Crossbar
import Registers

/// One conversion of a tile, as far as the accesses of its firmware tell.
struct Conversion: Equatable {
  let operation: Operation
  let gain: Int
  /// Lines that it converts; those behind keep older codes.
  let sensed: Int
  /// Whether the amplifier's output is converted as it is.
  let isLinear: Bool
  /// Of the resistor chosen.
  let ohms: UInt32
  /// Of the driven lines' registers, two codes a word.
  let drive: [UInt32]
  /// The steepest slope of the circuits that may be behind a column, steps of their outputs a step of their inputs;
  /// 1 for a linear one.
  let slope: Double
  /// Whether the chip's cell unit has driven lines of it, with outputs that no access tells.
  var isDrivenByUnit = false
}

/// Follows the accesses of a log so far that it knows what a code in `SENSE` is of.
struct ConversionTracker {
  private struct Tile {
    var drive: [UInt32]
    var feedback: [UInt32]
    var trims: [UInt32]
    /// Whether a cell unit may have written a word of `DRIVE` last.
    var isOfUnit: [Bool]
    var conversion: Conversion?
    /// How many there have been.
    var number = 0
    /// Words of `SENSE` that were read of the conversion.
    var seen: [Bool]
  }

  private struct Bank {
    var count = 1
    var lines: [UInt32]

    /// Of Q1.14 slopes; an input of 2¹² steps gives an output of 2¹⁵.
    var steepest: Double {
      lines.prefix(count).map { 8 * abs(Double(Lanes.even($0))) / 16_384 }.max() ?? 0
    }
  }

  private let chip: ChipConfiguration
  private let drivers: LineDrivers
  private var tiles: [Tile] = []
  private var sigmoid = Self.bank(.sigmoidLine)
  private var tanh = Self.bank(.tanhLine)

  init(_ chip: ChipConfiguration) {
    self.chip = chip
    drivers = LineDrivers(chip)
    tiles = chip.tiles.map { _ in Self.tile(of: chip) }
  }

  private static func tile(of chip: ChipConfiguration) -> Tile {
    Tile(
      drive: Array(repeating: 0, count: Int(TileRegister.drive.register.count)),
      feedback: Array(repeating: UInt32(chip.feedback), count: 2),
      trims: Array(repeating: TileRegister.Trim.unit, count: Int(TileRegister.trim.register.count)),
      isOfUnit: Array(repeating: false, count: Int(TileRegister.drive.register.count)),
      seen: Array(repeating: false, count: Int(TileRegister.sense.register.count)))
  }

  private static func bank(_ line: ChipRegister) -> Bank {
    Bank(lines: Array(repeating: line.register.reset, count: Int(line.register.count)))
  }

  /// The tile, and the byte offset there, of an address.
  static func place(_ address: UInt32) -> (tile: Int, offset: UInt32)? {
    let offset = address &- MemoryMap.firstTile
    let tile = Int(offset / MemoryMap.tileStride)
    return tile < MemoryMap.maximumTiles ? (tile, offset % MemoryMap.tileStride) : nil
  }

  /// The element of a register's array at an offset.
  static func element(_ register: TileRegister, _ offset: UInt32) -> Int? {
    let place = (offset &- register.rawValue) / TileRegister.registerBytes
    return offset >= register.rawValue && place < register.register.count && offset % 4 == 0 ? Int(place) : nil
  }

  /// Takes over what a write changes.
  mutating func follow(_ access: Transaction) {
    guard access.kind == .write else { return }
    let access = behindWindow(access)
    guard let (tile, offset) = Self.place(access.address) else { return followChip(access) }
    guard tile < tiles.count else { return }
    if let word = Self.element(.drive, offset) {
      tiles[tile].drive[word] = access.value
      tiles[tile].isOfUnit[word] = false
    }
    if let gain = Self.element(.feedback, offset) { tiles[tile].feedback[gain] = access.value }
    if let line = Self.element(.trim, offset) { tiles[tile].trims[line] = access.value }
    if offset == TileRegister.start.rawValue { start(tile, access.value) }
  }

  /// An access through a window as one of the register behind it, with codes in place of signals; others as they are.
  func behindWindow(_ access: Transaction) -> Transaction {
    guard chip.features.contains(.windows), let (tile, offset) = Self.place(access.address) else { return access }
    func behind(_ register: TileRegister, _ word: Int, _ code: (Int16) -> Int16) -> Transaction {
      let codes = Lanes.pack(code(Lanes.even(access.value)), code(Lanes.odd(access.value)))
      return Transaction(access.kind, MemoryMap.tile(tile) + register.offset(word), codes)
    }
    if let word = Self.element(.driveSignals, offset) {
      return behind(.drive, word) { drivers.code($0) }
    }
    guard let word = Self.element(.senseSignals, offset) else { return access }
    return behind(.sense, word) { $0 >> Int16(16 - chip.adcBits) }
  }

  private mutating func followChip(_ access: Transaction) {
    if access.address == MemoryMap.cellUnit + CellRegister.start.rawValue {
      for tile in tiles.indices {
        for word in tiles[tile].isOfUnit.indices { tiles[tile].isOfUnit[word] = true }
      }
    }
    let offset = access.address &- MemoryMap.chip
    func element(_ register: ChipRegister) -> Int? {
      let place = (offset &- register.rawValue) / ChipRegister.registerBytes
      return offset >= register.rawValue && place < register.register.count ? Int(place) : nil
    }
    if let line = element(.sigmoidLine) { sigmoid.lines[line] = access.value }
    if let line = element(.tanhLine) { tanh.lines[line] = access.value }
    if offset == ChipRegister.sigmoidCount.rawValue { sigmoid.count = Int(access.value) }
    if offset == ChipRegister.tanhCount.rawValue { tanh.count = Int(access.value) }
    guard offset == ChipRegister.reset.rawValue else { return }
    let isWhole = ChipRegister.Reset.chip(.writeOnly).decode(access.value) == 1
    let some = ChipRegister.Reset.tiles(.writeOnly).decode(access.value)
    for tile in tiles.indices where isWhole || some >> UInt32(tile) & 1 == 1 { tiles[tile] = Self.tile(of: chip) }
    if isWhole { (sigmoid, tanh) = (Self.bank(.sigmoidLine), Self.bank(.tanhLine)) }
  }

  private mutating func start(_ number: Int, _ word: UInt32) {
    guard let operation = Operation(rawValue: TileRegister.Start.operation.decode(word)) else { return }
    let configuration = chip.tiles[number]
    let columns = configuration.bitLines / chip.synapse.bitLinesPerColumn
    let (driven, sensed): (Int, Int)
    switch operation {
    case .read: (driven, sensed) = (configuration.wordLines, columns)
    case .readTransposed: (driven, sensed) = (columns, configuration.wordLines)
    case .zero, .reference: (driven, sensed) = (0, max(configuration.wordLines, columns))
    case .programRow, .erase: return
    }
    let gain = Int(TileRegister.Start.gain.decode(word))
    let isLinear = operation != .read || TileRegister.Start.linear.decode(word) == 1
    tiles[number].conversion = Conversion(
      operation: operation, gain: gain, sensed: sensed, isLinear: isLinear, ohms: tiles[number].feedback[gain],
      drive: Array(tiles[number].drive.prefix((driven + 1) / 2)),
      slope: isLinear ? 1 : max(1, sigmoid.steepest, tanh.steepest),
      isDrivenByUnit: tiles[number].isOfUnit.prefix((driven + 1) / 2).contains(true))
    tiles[number].number += 1
    for word in tiles[number].seen.indices { tiles[number].seen[word] = false }
  }

  /// What a word of `SENSE` is of, the first time that it is read; nil later, and for every other access.
  /// - Returns: with how many conversions of the tile there have been.
  mutating func sensed(_ access: Transaction) -> (tile: Int, word: Int, conversion: Conversion, number: Int)? {
    let access = behindWindow(access)
    guard access.kind == .read, let (tile, offset) = Self.place(access.address), tile < tiles.count,
      let word = Self.element(.sense, offset), !tiles[tile].seen[word], let conversion = tiles[tile].conversion
    else { return nil }
    tiles[tile].seen[word] = true
    return (tile, word, conversion, tiles[tile].number)
  }

  /// Whether the converter of a line was trimmed.
  func isTrimmed(_ tile: Int, line: Int) -> Bool { tiles[tile].trims[line] != TileRegister.Trim.unit }
}
