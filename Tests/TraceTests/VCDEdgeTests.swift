import Files
import Registers
import Testing

@testable import Trace

@Suite("Waves at resets, at the end of power and of time")
struct VCDEdgeTests {
  private static let tiles = [randomTileSize, randomTileSize]

  private static func event(_ cycle: UInt64, _ event: ChipEvent) -> LogEntry { LogEntry(cycle: cycle, .event(event)) }

  private static func write(_ cycle: UInt64, _ address: UInt32, _ value: UInt32) -> LogEntry {
    LogEntry(cycle: cycle, .access(Transaction(.write, address, value)))
  }

  private static func start(_ tile: Int, _ operation: Operation, drive: [Int16] = [], pulse: [Int16] = []) -> ChipEvent
  {
    .started(
      tile: tile,
      OperationStart(
        operation: operation, gain: 0, isLinear: false, row: 0, driveCodes: drive, pulseWidths: pulse))
  }

  /// Both tiles with codes, widths and errors, unlocked; then a word to RESET.
  private static func last(resetting word: UInt32) throws -> [String: UInt32?] {
    var log = VCDLog(to: MemoryOutput(), tiles: tiles, features: [])
    for tile in 0...1 {
      let end = OperationEnd(operation: .read, senseCodes: [5, 4, 3, -2, 1], isSaturated: true)
      for event in [
        start(tile, .read, drive: [1, 2, -3, 4, 5]), .finished(tile: tile, end),
        start(tile, .programRow, pulse: [-2, 1, 2, 3, 4, 5, 6, 7]), .aborted(tile: tile, .programRow),
        .tileError(tile: tile, .code),
      ] { log.append(Self.event(3, event)) }
      log.append(Self.write(4, MemoryMap.tile(tile) + TileRegister.unlock.rawValue, TileRegister.unlockKey))
    }
    for event in [ChipEvent.chipError(.access), .flash(.error(.ones))] { log.append(Self.event(5, event)) }
    log.append(Self.write(6, MemoryMap.chip + ChipRegister.interruptEnable.rawValue, 1))
    log.append(Self.write(7, MemoryMap.chip + ChipRegister.reset.rawValue, word))
    try log.close()
    return try VCDDocument(log.output.text).last()
  }

  private static func codes(_ values: [String: UInt32?], _ name: String, _ tile: Int, _ count: Int) -> [UInt32?] {
    (0..<count).map { values["MBX\(tile).\(name)_\($0)"] ?? nil }
  }

  @Test("A reset clears the codes of all lines of the tiles it is of, and no width, and locks them")
  func resets() throws {
    let low = ChipRegister.Reset.tiles(.writeOnly).lowBit
    let chip = ChipRegister.Reset.chip(.writeOnly).mask
    for (word, isReset) in [
      (0, [false, false]), (1 << low, [true, false]), (2 << low, [false, true]), (3 << low, [true, true]),
      (chip, [true, true]), (chip | 1 << low, [true, true]), (4 << low, [false, false]), (7 << low, [false, false]),
    ] as [(UInt32, [Bool])] {
      let values = try Self.last(resetting: word)
      for tile in 0...1 {
        let none = [UInt32?](repeating: 0, count: 5)
        #expect(Self.codes(values, "DRIVE", tile, 5) == (isReset[tile] ? none : [1, 2, 0xFFFD, 4, 5]), "\(word)")
        #expect(Self.codes(values, "SENSE", tile, 5) == (isReset[tile] ? none : [5, 4, 3, 0xFFFE, 1]), "\(word)")
        #expect(Self.codes(values, "PULSE", tile, 8) == [0xFFFE, 1, 2, 3, 4, 5, 6, 7], "\(word)")
        let flags = ["LOCKED", "SATURATED", "ERROR"].map { values["MBX\(tile).\($0)"] ?? nil }
        #expect(flags == (isReset[tile] ? [1, 0, 0] : [0, 1, TileError.code.field.mask]), "\(word)")
      }
      let isWhole = word & chip != 0
      let others = ["MBX.ERROR", "MBX.IRQ_ENABLE", "FLASH.ERROR"].map { values[$0] ?? nil }
      #expect(
        others == (isWhole ? [0, 0, 0] : [ChipError.access.field.mask, 1, FlashError.ones.field.mask]), "\(word)")
      #expect((values["MBX.IRQ_PENDING"] == 0) == isWhole && (values["MBX.IRQ"] == 0) == isWhole, "\(word)")
      let isRefused = word >> low >= 4
      #expect(values["MBX.RESET_CAUSE"] == 4 | (isRefused ? 0 : word), "\(word)")
    }
  }

  @Test("A reset with a bit that none of its fields has does nothing")
  func refusedReset() throws {
    let reserved = ChipRegister.reset.register.masks.reserved
    #expect(reserved != 0)
    let bit = UInt32(1) << UInt32(reserved.trailingZeroBitCount)
    func inside(_ word: UInt32) throws -> [String: UInt32?] {
      try Self.last(resetting: word).filter { !$0.key.hasPrefix("bus.") }
    }
    #expect(try inside(bit | ChipRegister.Reset.chip(.writeOnly).mask) == inside(0))
  }

  @Test("From the end of power on nothing changes: no signal falls, no pulse ends, no entry and no level counts")
  func powerOff() throws {
    var log = VCDLog(to: MemoryOutput(), tiles: Self.tiles, features: [], analog: true)
    log.append(Self.event(5, Self.start(0, .programRow, pulse: [1])))
    log.append(
      .pulsed([PulseLevel(microvolts: 900_000, cycles: 1), PulseLevel(microvolts: 0, cycles: 1)]), ofTile: 0)
    log.append(Self.write(5, MemoryMap.tile(0), 0))
    log.append(Self.event(5, .powerOff))
    log.append(Self.write(7, MemoryMap.tile(0), 0))
    log.append(Self.event(7, .chipError(.code)))
    log.append(.driven(.wordLines, microvolts: [1, 2]), ofTile: 1)
    try log.close()
    let document = try VCDDocument(log.output.text)
    #expect(document.history("bus.valid").map(\.value) == ["0", "1", "x"])
    #expect(document.history("MBX0.pulse_volts").map(\.value) == ["0", "0.9", "NaN"])
    #expect(document.changes.allSatisfy { $0.time == 50 } && document.times == [50, 80])
    #expect(document.changes.filter { $0.path.hasSuffix("volts_0") }.allSatisfy { $0.value == "NaN" })
  }

  @Test("Pulses of several tiles change at their own times; one without an end lasts")
  func pulses() throws {
    var log = VCDLog(to: MemoryOutput(), tiles: Self.tiles + Self.tiles, features: [], analog: true)
    func level(_ microvolts: Int64, _ cycles: UInt64) -> PulseLevel {
      PulseLevel(microvolts: microvolts, cycles: cycles)
    }
    for tile in 0..<4 { log.append(Self.event(1, Self.start(tile, .programRow, pulse: [1]))) }
    log.append(.pulsed([level(900_000, 3), level(0, 1)]), ofTile: 0)
    log.append(.pulsed([level(800_000, 1), level(-100_000, 1), level(0, 1)]), ofTile: 1)
    log.append(.pulsed([level(700_000, .max), level(0, 1)]), ofTile: 2)
    log.append(.pulsed([level(0, 2), level(600_000, 0), level(500_000, 5), level(0, 1)]), ofTile: 3)
    log.append(Self.event(4, .brownOut))
    try log.close()
    let document = try VCDDocument(log.output.text)
    func history(_ tile: Int) -> [String] {
      document.history("MBX\(tile).pulse_volts").dropFirst().map { "\($0.time) \($0.value)" }
    }
    #expect(history(0) == ["10 0.9", "40 0"] && history(1) == ["10 0.8", "20 -0.1", "30 0"])
    #expect(history(2) == ["10 0.7"] && history(3).last == "30 0.5")
    #expect(document.times == [10, 20, 30, 40, 50])
  }

  @Test("The latest time that there is has room for the cycle behind it")
  func latest() throws {
    for cycle in [UInt64.max / 10 - 2, .max / 10 - 1, .max / 10, .max] {
      var log = VCDLog(to: MemoryOutput(), tiles: Self.tiles, features: [])
      log.append(Self.event(cycle, .chipError(.code)))
      log.append(Self.write(cycle, MemoryMap.chip, 0))
      try log.close()
      let latest = min(cycle, .max / 10 - 1) * 10
      #expect(try VCDDocument(log.output.text).times == [latest, latest + 5, latest + 10], "\(cycle)")
    }
  }

  @Test("Levels are taken where volts and amperes are shown, and stay until the operation ends")
  func levels() throws {
    #expect(!VCDLog(to: MemoryOutput(), tiles: Self.tiles, features: []).takesLevels)
    var log = VCDLog(to: MemoryOutput(), tiles: Self.tiles, features: [], analog: true)
    #expect(log.takesLevels)
    log.append(Self.event(1, Self.start(1, .read, drive: [1])))
    log.append(.driven(.wordLines, microvolts: [1, -2, 3, 4, 5_000_000]), ofTile: 1)
    log.append(.driven(.columns, microvolts: [10, 20, 30, 40]), ofTile: 1)
    log.append(.sensed(.columns, attoamperes: [7, 8, 9, 10]), ofTile: 1)
    log.append(.sensed(.wordLines, attoamperes: [1, 2, 3, 4, 5]), ofTile: 1)
    let end = OperationEnd(operation: .read, senseCodes: [1], isSaturated: false)
    log.append(Self.event(4, .finished(tile: 1, end)))
    try log.close()
    let document = try VCDDocument(log.output.text)
    for (line, value) in [1e-6, -2e-6, 3e-6, 4e-6, 5].enumerated() {
      #expect(document.real("MBX1.wordline_volts_\(line)", at: 39) == value)
      #expect(document.real("MBX1.wordline_volts_\(line)", at: 40) == 0)
      #expect(document.real("MBX1.wordline_amperes_\(line)", at: 50) == Double("\(line + 1)e-18"))
    }
    for line in 0..<4 {
      #expect(document.real("MBX1.column_volts_\(line)", at: 39) == Double("\(10 * (line + 1))e-6"))
      #expect(document.real("MBX1.column_volts_\(line)", at: 40) == 0)
      #expect(document.real("MBX1.column_amperes_\(line)", at: 50) == Double("\(line + 7)e-18"))
    }
    #expect(document.changes.allSatisfy { $0.path.hasPrefix("MBX1.") || $0.path.hasPrefix("MBX.IRQ") })
  }
}
