import Crossbar
import FixedPoint
import Registers
import TestSupport
import Trace

@testable import Board

/// A machine that keeps its log in memory.
typealias Bench = Machine<MemoryLog>

extension ChipConfiguration {
  /// Two small tiles: 6 × 4 and 3 × 10.
  static func small(
    _ synapse: Synapse = .reference, variation: Variation = .none, dacBits: Int = 8, adcBits: Int = 12,
    mismatch: ConverterMismatch = .init(), seed: UInt64 = 1
  ) -> ChipConfiguration {
    ChipConfiguration(
      tiles: [.init(wordLines: 6, bitLines: 4), .init(wordLines: 3, bitLines: 10)], synapse: synapse,
      variation: variation, dacBits: dacBits, adcBits: adcBits, mismatch: mismatch, seed: seed)
  }
}

/// One register, or one element of an array of them, at its address.
struct Site: Sendable {
  let map: BlockMap
  let register: Register
  let index: Int
  let address: UInt32

  var isInTile: Bool { map.number != nil }
  var label: String { "\(map.name)\(map.number.map(String.init) ?? "").\(register.name)[\(index)]" }
  var isClock: Bool { map.base == MemoryMap.timer && register.name.description == "MTIME" }

  /// Whether the element belongs to no line of the small reference machine: 6 × 4 and 3 × 10.
  var isOutside: Bool {
    guard let tile = map.number else { return false }
    let (wordLines, bitLines) = tile == 0 ? (6, 4) : (3, 10)
    return index >= register.extent.elements(wordLines: wordLines, bitLines: bitLines, columns: bitLines)
  }

  /// All registers of a machine with two tiles.
  static let all: [Site] = BlockMap.board(tiles: 2, features: []).flatMap { map in
    map.entries.flatMap { entry in
      (0..<Int(entry.register.count)).map { index in
        Site(
          map: map, register: entry.register, index: index,
          address: map.base + entry.offset + UInt32(index) * map.registerBytes)
      }
    }
  }
}

extension Machine where Log == MemoryLog {
  static func small(_ configuration: ChipConfiguration = .small()) throws -> Bench {
    try Bench(configuration, log: MemoryLog(), ramBytes: 64)
  }

  /// The small machine with programming allowed on both tiles.
  static func unlocked(_ configuration: ChipConfiguration = .small()) throws -> Bench {
    var machine = try small(configuration)
    for tile in 0..<2 { machine.write(.unlock, tile: tile, TileRegister.unlockKey) }
    return machine
  }

  mutating func read(_ register: TileRegister, _ index: Int = 0, tile: Int = 0) -> UInt32 {
    read(MemoryMap.tile(tile) + register.offset(index))
  }

  mutating func write(_ register: TileRegister, _ index: Int = 0, tile: Int = 0, _ value: UInt32) {
    write(MemoryMap.tile(tile) + register.offset(index), value)
  }

  mutating func write(_ register: TileRegister, _ value: UInt32) { write(register, 0, tile: 0, value) }

  func peek(_ register: TileRegister, _ index: Int = 0, tile: Int = 0) -> UInt32? {
    peek(MemoryMap.tile(tile) + register.offset(index))
  }

  mutating func read(chip register: ChipRegister, _ index: Int = 0) -> UInt32 {
    read(MemoryMap.chip + register.offset(index))
  }

  mutating func write(chip register: ChipRegister, _ value: UInt32) {
    write(MemoryMap.chip + register.offset(), value)
  }

  func peek(chip register: ChipRegister, _ index: Int = 0) -> UInt32? { peek(MemoryMap.chip + register.offset(index)) }

  /// Every register but the clock, as a tool sees it.
  func dump() -> [UInt32: UInt32] {
    var dump: [UInt32: UInt32] = [:]
    for site in Site.all where !site.isClock { dump[site.address] = peek(site.address) }
    return dump
  }

  /// Sets bits of a register of the chip or of a tile, as the hardware does.
  mutating func set(_ bits: UInt32, at site: Site) {
    let place = Int((site.address - site.map.base) / site.map.registerBytes)
    if let tile = site.map.number {
      chip.tiles[tile].registers.words[place] |= bits
      chip.tiles[tile].refreshStatus()
    } else if site.map.base == MemoryMap.flash {
      flash.registers.words[place] |= bits
    } else {
      chip.registers.words[place] |= bits
    }
  }

  /// Conductances of all tiles.
  var conductances: [[Int32]] { chip.tiles.map(\.array.conductance) }

  mutating func drive(_ codes: [Int16], tile: Int = 0) {
    for line in stride(from: 0, to: codes.count, by: 2) {
      write(.drive, line / 2, tile: tile, Lanes.pack(codes[line], line + 1 < codes.count ? codes[line + 1] : 0))
    }
  }

  mutating func pulses(_ widths: [Int16], tile: Int = 0) {
    for (line, width) in widths.enumerated() { write(.pulse, line, tile: tile, UInt32(UInt16(bitPattern: width))) }
  }

  mutating func start(_ operation: Operation, row: Int = 0, gain: UInt32 = 0, linear: Bool = false, tile: Int = 0) {
    write(
      .start, tile: tile,
      operation.rawValue | gain << 4 | (linear ? 32 : 0) | TileRegister.Start.row.encode(UInt32(row)))
  }

  /// Starts an operation and returns `STATUS` at its end.
  @discardableResult
  mutating func run(
    _ operation: Operation, row: Int = 0, gain: UInt32 = 0, linear: Bool = false, tile: Int = 0
  ) -> UInt32 {
    start(operation, row: row, gain: gain, linear: linear, tile: tile)
    return read(.wait, tile: tile)
  }

  mutating func sense(_ count: Int, tile: Int = 0) -> [Int16] {
    var codes: [Int16] = []
    for word in 0..<(count + 1) / 2 {
      let lanes = read(.sense, word, tile: tile)
      codes += [Lanes.even(lanes), Lanes.odd(lanes)]
    }
    return Array(codes.prefix(count))
  }

  mutating func count(_ register: TileRegister, tile: Int = 0) -> UInt64 {
    UInt64(read(register, 0, tile: tile)) | UInt64(read(register, 1, tile: tile)) << 32
  }

  /// Random conductances in every cell.
  mutating func scatter(_ seed: UInt64 = 1) {
    var random = SeededRandom(seed)
    for tile in chip.tiles.indices {
      let array = chip.tiles[tile].array
      for wordLine in 0..<array.wordLines {
        for bitLine in 0..<array.bitLines {
          chip.tiles[tile].array.setConductance(
            Int32.random(in: 10_000_000...100_000_000, using: &random), wordLine: wordLine, bitLine: bitLine)
        }
      }
    }
  }

  var events: [(cycle: UInt64, event: ChipEvent)] {
    log.entries.compactMap { entry in
      if case .event(let event) = entry.body { (entry.cycle, event) } else { nil }
    }
  }
}

/// `numerator / denominator` rounded half up, for a positive denominator.
func halfUp(_ numerator: Int128, over denominator: Int128) -> Int128 {
  let doubled = 2 * numerator + denominator
  let quotient = doubled / (2 * denominator)
  return quotient * 2 * denominator > doubled ? quotient - 1 : quotient
}

func clamped(_ value: Int128, _ low: Int128, _ high: Int128) -> Int128 { min(max(value, low), high) }
