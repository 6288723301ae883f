import Board
import Crossbar
import Registers
import TestSupport
import Testing

@testable import Tasks

/// What accesses say of conversions, kept in dictionaries by the registers' addresses.
private struct Followed {
  let chip: ChipConfiguration
  var words: [UInt32: UInt32] = [:]
  var latest: [Int: Conversion] = [:]
  var numbers: [Int: Int] = [:]
  var seen: Set<UInt32> = []

  mutating func write(_ address: UInt32, _ value: UInt32) {
    words[address] = value
    if address == MemoryMap.chip + ChipRegister.reset.rawValue { reset(value) }
    for tile in chip.tiles.indices where address == MemoryMap.tile(tile) + TileRegister.start.rawValue {
      start(tile, value)
    }
  }

  private mutating func reset(_ value: UInt32) {
    let isWhole = value >> 1 & 1 == 1
    for tile in 0..<MemoryMap.maximumTiles where isWhole || value >> UInt32(8 + tile) & 1 == 1 {
      let range = MemoryMap.tile(tile)..<MemoryMap.tile(tile) + MemoryMap.tileStride
      words = words.filter { !range.contains($0.key) }
      seen = seen.filter { !range.contains($0) }
      (latest[tile], numbers[tile]) = (nil, nil)
    }
    if isWhole { words = words.filter { $0.key >= MemoryMap.firstTile } }
  }

  /// The steepest of a circuit's first lines: Q1.14 slopes, an output of 2¹⁵ for an input of 2¹².
  private func steepest(_ line: ChipRegister, _ count: ChipRegister) -> Double {
    let lines = Int(words[MemoryMap.chip + count.offset()] ?? 1)
    return (0..<lines).map { number in
      let word = words[MemoryMap.chip + line.offset(number)] ?? line.register.reset
      return abs(Double(Int16(truncatingIfNeeded: word))) / 2048
    }.max() ?? 0
  }

  private mutating func start(_ tile: Int, _ word: UInt32) {
    guard let operation = Operation(rawValue: word & 15) else { return }
    let (lines, columns) = (chip.tiles[tile].wordLines, chip.tiles[tile].bitLines / chip.synapse.bitLinesPerColumn)
    let driven: Int
    let sensed: Int
    switch operation {
    case .read: (driven, sensed) = (lines, columns)
    case .readTransposed: (driven, sensed) = (columns, lines)
    case .zero, .reference: (driven, sensed) = (0, max(lines, columns))
    case .programRow, .erase: return
    }
    let (gain, base) = (Int(word >> 4 & 1), MemoryMap.tile(tile))
    let isLinear = operation != .read || word >> 5 & 1 == 1
    latest[tile] = Conversion(
      operation: operation, gain: gain, sensed: sensed, isLinear: isLinear,
      ohms: words[base + TileRegister.feedback.offset(gain)] ?? UInt32(chip.feedback),
      drive: (0..<(driven + 1) / 2).map { words[base + TileRegister.drive.offset($0)] ?? 0 },
      slope: isLinear
        ? 1 : max(1, steepest(.sigmoidLine, .sigmoidCount), steepest(.tanhLine, .tanhCount)))
    numbers[tile, default: 0] += 1
    seen = seen.filter { $0 < base || $0 >= base + MemoryMap.tileStride }
  }

  mutating func sensed(_ address: UInt32) -> (Int, Int, Conversion, Int)? {
    for tile in chip.tiles.indices {
      let place = address &- MemoryMap.tile(tile) &- TileRegister.sense.offset()
      guard place < 4 * TileRegister.sense.register.count, place % 4 == 0 else { continue }
      guard let conversion = latest[tile], seen.insert(address).inserted else { return nil }
      return (tile, Int(place) / 4, conversion, numbers[tile] ?? 0)
    }
    return nil
  }

  func isTrimmed(_ tile: Int, _ line: Int) -> Bool {
    words[MemoryMap.tile(tile) + TileRegister.trim.offset(line)].map { $0 != TileRegister.Trim.unit } ?? false
  }
}

@Suite("Which conversion a code is of")
struct ConversionTrackerTests {
  private static let chips = Synapse.allCases.map { synapse in
    var chip = ChipConfiguration(
      tiles: [.init(wordLines: 5, bitLines: 4), .init(wordLines: 2, bitLines: 6), .init(wordLines: 3, bitLines: 2)])
    chip.synapse = synapse
    return chip
  }

  private static func write(_ random: inout SeededRandom) -> (UInt32, UInt32) {
    let tile = MemoryMap.tile(Int(random.next() % 4))
    switch random.next() % 12 {
    case 0, 1, 2: return (tile + TileRegister.drive.offset(Int(random.next() % 4)), random.word())
    case 3, 4: return (tile + TileRegister.feedback.offset(Int(random.next() % 2)), 1 + random.word() % 50_000)
    case 5: return (tile + TileRegister.trim.offset(Int(random.next() % 6)), TileRegister.Trim.unit + random.word() % 2)
    case 6: return (MemoryMap.chip + ChipRegister.sigmoidLine.offset(Int(random.next() % 16)), random.word())
    case 7: return (MemoryMap.chip + ChipRegister.tanhLine.offset(Int(random.next() % 16)), random.word())
    case 8:
      let count = random.pick([ChipRegister.sigmoidCount, .tanhCount])
      return (MemoryMap.chip + count.offset(), 1 + random.word() % 15)
    case 9 where random.next() % 4 == 0:
      return (MemoryMap.chip + ChipRegister.reset.offset(), random.pick([2, 0x100, 0x200, 0x500, 0x800, 1]))
    case 9: return (random.pick([MemoryMap.host, MemoryMap.ram, MemoryMap.uart]) + random.word() % 64, random.word())
    default: return (tile + TileRegister.start.offset(), random.word() % 8 | random.word() % 4 << 4)
    }
  }

  @Test("What goes through windows is followed in codes, and lines that a cell unit drives are not taken for known")
  func features() throws {
    var chip = Self.chips[0]
    chip.features = .all
    var tracker = ConversionTracker(chip)
    let tile = MemoryMap.tile(1)
    func write(_ address: UInt32, _ value: UInt32) { tracker.follow(Transaction(.write, address, value)) }
    func sensed(_ word: Int) -> Conversion? {
      write(tile + TileRegister.start.offset(), 1)
      return tracker.sensed(Transaction(.read, tile + TileRegister.senseSignals.offset(word), 0))?.conversion
    }
    write(tile + TileRegister.driveSignals.offset(), Lanes.pack(.max, .min))
    #expect(sensed(0)?.drive == [Lanes.pack(127, -127)] && sensed(1)?.isDrivenByUnit == false)
    let codes = tracker.behindWindow(
      Transaction(.read, tile + TileRegister.senseSignals.offset(1), Lanes.pack(-5 << 4, 7 << 4)))
    #expect(codes == Transaction(.read, tile + TileRegister.sense.offset(1), Lanes.pack(-5, 7)))
    write(MemoryMap.cellUnit + CellRegister.start.offset(), CellOperation.step.rawValue)
    #expect(sensed(0)?.isDrivenByUnit == true)
    write(tile + TileRegister.drive.offset(), 0)
    #expect(sensed(0)?.isDrivenByUnit == false)
  }

  @Test("Codes are of the latest conversion of their tile, with what was driven then, each the first time it is read")
  func conversions() {
    for (chip, seed) in zip(Self.chips, UInt64(1)...) {
      var random = SeededRandom(seed)
      var tracker = ConversionTracker(chip)
      var followed = Followed(chip: chip)
      var found = 0
      for step in 0..<20_000 {
        let (address, value) = Self.write(&random)
        tracker.follow(Transaction(.write, address, value))
        followed.write(address, value)
        tracker.follow(Transaction(.read, Self.write(&random).0, random.word()))
        let word = MemoryMap.tile(Int(random.next() % 4)) + TileRegister.sense.offset(Int(random.next() % 4))
        let place = word + (random.next() % 8 == 0 ? 2 : 0)
        #expect(tracker.sensed(Transaction(.write, place, 0)) == nil)
        let (got, expected) = (tracker.sensed(Transaction(.read, place, 0)), followed.sensed(place))
        let isSame =
          got.map { got in expected.map { $0 == (got.tile, got.word, got.conversion, got.number) } ?? false }
          ?? (expected == nil)
        guard isSame else {
          Issue.record("seed \(seed), step \(step): \(String(describing: got)), not \(String(describing: expected))")
          return
        }
        found += got == nil ? 0 : 1
        let (tile, line) = (Int(random.next() % 3), Int(random.next() % 6))
        #expect(tracker.isTrimmed(tile, line: line) == followed.isTrimmed(tile, line), "seed \(seed), step \(step)")
      }
      #expect(found > 1000)
    }
  }

  /// Codes that differ behind write–verify with a tolerance that the host asked for.
  private static func isAccepted(_ difference: Int16, tolerance: UInt32, isProgrammed: Bool = true) -> Bool {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 4, bitLines: 4)])
    chip.variation.cycleToCycle = 0.1
    var judge = AgreementJudge(.sigmas(1), of: chip)
    func take(_ kind: Transaction.Kind, _ address: UInt32, _ value: UInt32, _ other: UInt32? = nil) -> UInt32 {
      judge.disagreement(
        expected: Transaction(kind, address, value), got: Transaction(kind, address, other ?? value))
    }
    let (tile, data) = (MemoryMap.tile(0), MemoryMap.host + HostRegister.data.offset())
    _ = take(.read, MemoryMap.host + HostRegister.level.offset(), 5)
    for word in [6, 20, 0, tolerance, 30] { _ = take(.read, data, word) }
    if isProgrammed { _ = take(.write, tile + TileRegister.start.offset(), 3) }
    for word in 0..<2 { _ = take(.write, tile + TileRegister.drive.offset(word), Lanes.pack(100, 100)) }
    _ = take(.write, tile + TileRegister.start.offset(), 0x21)
    let codes = Lanes.pack(500, 500)
    return take(.read, tile + TileRegister.sense.offset(), codes, Lanes.pack(500 + difference, 500)) == 0
  }

  @Test("Cells that were written may differ by the tolerance that the host asked for, others not at all")
  func tolerances() {
    #expect(!Self.isAccepted(1, tolerance: 3000, isProgrammed: false))
    let most = [30, 300, 3000].map { tolerance in
      (0...2000).prefix { Self.isAccepted($0, tolerance: tolerance) }.last ?? 0
    }
    #expect(most[0] > 0 && most[1] > 3 * most[0] && most[2] > 5 * most[1] && most[2] < 2000, "\(most)")
  }

  @Test("Codes are judged by what their own conversion may differ by, whatever was converted before it")
  func ownDeviation() {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 4, bitLines: 4)])
    chip.readNoiseShare = 0.02
    var judge = AgreementJudge(.sigmas(3), of: chip)
    let tile = MemoryMap.tile(0)
    /// Of a conversion with all lines driven alike, with codes that differ.
    func isAccepted(_ drive: Int16, _ difference: Int16) -> Bool {
      func take(_ kind: Transaction.Kind, _ offset: UInt32, _ value: UInt32, _ other: UInt32? = nil) -> UInt32 {
        judge.disagreement(
          expected: Transaction(kind, tile + offset, value), got: Transaction(kind, tile + offset, other ?? value))
      }
      for word in 0..<2 { _ = take(.write, TileRegister.drive.offset(word), Lanes.pack(drive, drive)) }
      _ = take(.write, TileRegister.start.offset(), 0x21)
      let codes = (0..<2).map { Lanes.pack(500 + difference * Int16($0), 500) }
      return take(.read, TileRegister.sense.offset(), codes[0], codes[1]) == 0
    }
    #expect([0, 120, 120, 0, 0, 120].map { isAccepted($0, 12) } == [false, true, true, false, false, true])
  }

  @Test("An address has a tile's number and place where the map has tiles, and none before and behind them")
  func places() {
    for tile in 0..<MemoryMap.maximumTiles {
      let place = ConversionTracker.place(MemoryMap.tile(tile) + 0x10)
      #expect(place?.tile == tile && place?.offset == 0x10)
    }
    let end = MemoryMap.firstTile + UInt32(MemoryMap.maximumTiles) * MemoryMap.tileStride
    for address in [MemoryMap.firstTile - 4, end, end + 0x10, 0, .max] {
      #expect(ConversionTracker.place(address) == nil)
    }
  }
}
