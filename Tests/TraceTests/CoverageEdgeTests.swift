import Files
import Registers
import Testing

@testable import Trace

@Suite("Coverage of every block's states")
struct CoverageEdgeTests {
  private static let reset = MemoryMap.chip + ChipRegister.reset.offset()

  private static func flash(_ register: FlashRegister) -> UInt32 { MemoryMap.flash + register.offset() }

  private static func read(_ cycle: UInt64, _ address: UInt32) -> LogEntry {
    LogEntry(cycle: cycle, .access(Transaction(.read, address, 0)))
  }

  private static func write(_ cycle: UInt64, _ address: UInt32, _ value: UInt32) -> LogEntry {
    LogEntry(cycle: cycle, .access(Transaction(.write, address, value)))
  }

  private static func event(_ cycle: UInt64, _ event: ChipEvent) -> LogEntry { LogEntry(cycle: cycle, .event(event)) }

  private static func start(_ tile: Int) -> ChipEvent {
    .started(
      tile: tile,
      OperationStart(operation: .zero, gain: 0, isLinear: false, row: 0, driveCodes: [], pulseWidths: []))
  }

  /// `STATUS read busy`, of what is covered of a block.
  private static func covered(_ block: String, _ entries: [LogEntry]) -> [String: UInt64] {
    let items = CoverageTable(of: entries).items.filter { $0.count > 0 && $0.item.block == block }
    return Dictionary(
      uniqueKeysWithValues: items.map { ("\($0.item.name) \($0.item.kind) \($0.item.state)", $0.count) })
  }

  @Test(
    "The flash is busy from its start to its end, however that comes, and a load of WAIT that stalled was made then")
  func flashBusy() {
    for end in [FlashEvent.finished(.erase), .aborted(.erase)] {
      let found = Self.covered(
        "FLASH",
        [
          Self.read(1, Self.flash(.status)), Self.event(2, .flash(.started(.erase, page: 3))),
          Self.read(3, Self.flash(.status)), Self.event(9, .flash(end)), Self.read(9, Self.flash(.wait)),
          Self.write(9, Self.flash(.wait), 0), Self.read(9, Self.flash(.status)), Self.read(10, Self.flash(.wait)),
        ])
      #expect(
        found == [
          "STATUS read idle": 2, "STATUS read busy": 1, "WAIT read busy": 1, "WAIT write idle": 1, "WAIT read idle": 1,
        ])
    }
  }

  @Test("What a tile's end leaves is no stall of the flash's, nor of another tile's, nor of another register")
  func otherStalls() {
    let ends = [Self.event(1, Self.start(0)), Self.event(5, .aborted(tile: 0, .zero))]
    let tile = Self.covered(
      "MBXn",
      ends + [
        Self.read(5, MemoryMap.tile(0) + TileRegister.wait.offset()),
        Self.read(5, MemoryMap.tile(1) + TileRegister.wait.offset()),
        Self.read(5, MemoryMap.tile(0) + TileRegister.status.offset()),
      ])
    #expect(tile == ["WAIT read busy": 1, "WAIT read idle": 1, "STATUS read idle": 1])
    #expect(Self.covered("FLASH", ends + [Self.read(5, Self.flash(.wait))]) == ["WAIT read idle": 1])
  }

  @Test("An erase beyond endurance is an error of the busy flash, all others of its state; each leaves a fault")
  func flashErrors() {
    for error in FlashError.allCases {
      let found = Self.covered(
        "FLASH",
        [
          Self.write(1, Self.flash(.start), 0), Self.event(1, .flash(.error(error))),
          Self.read(2, Self.flash(.status)), Self.write(3, Self.flash(.error), ~error.field.mask),
          Self.read(4, Self.flash(.status)), Self.write(5, Self.flash(.error), error.field.mask),
          Self.read(6, Self.flash(.status)),
        ])
      let state = error == .worn ? "busy" : "idle"
      let isTold = !(error == .busy)
      #expect((found["\(error.field.name) error \(state)"] == 1) == isTold, "\(error)")
      #expect(found["STATUS read fault"] == 2 && found["STATUS read idle"] == 1, "\(error)")
      #expect(found["ERROR write fault"] == 2 && found["START write idle"] == 1, "\(error)")
    }
  }

  @Test(
    "A write of ERROR clears nothing where it was refused in its cycle, of whichever block, and clears it otherwise")
  func refusals() {
    let unit = MemoryMap.cellUnit + CellRegister.error.offset()
    let chip = MemoryMap.chip + ChipRegister.error.offset()
    let tile = MemoryMap.tile(3) + TileRegister.error.offset()
    let cases: [(block: String, first: ChipEvent, error: UInt32, refusal: ChipEvent, other: ChipEvent)] = [
      ("CELL", .cellError(.code), unit, .cellError(.index), .settled(tile: 0)),
      ("MBX", .chipError(.code), chip, .chipError(.reserved), .brownOut),
      ("FLASH", .flash(.error(.ones)), Self.flash(.error), .flash(.error(.locked)), .flash(.finished(.read))),
      ("FLASH", .flash(.error(.ones)), Self.flash(.error), .chipError(.misaligned), .aborted(tile: 1, .read)),
      (
        "MBXn", .tileError(tile: 3, .code), tile, .tileError(tile: 3, .reserved),
        .supply(tile: 1, analog: true, drivers: true)
      ),
    ]
    for (block, first, address, refusal, other) in cases {
      func faults(_ event: ChipEvent, at cycle: UInt64) -> UInt64? {
        let found = Self.covered(
          block, [Self.event(1, first), Self.write(4, address, .max), Self.event(cycle, event), Self.read(9, address)])
        return found["ERROR read fault"]
      }
      #expect(faults(refusal, at: 4) == 1, "\(block)")
      #expect(faults(other, at: 4) == nil && faults(other, at: 5) == nil, "\(block)")
    }
  }

  @Test("Only a reset of the chip clears the errors of chip, flash and cell unit; that of tiles clears theirs")
  func resets() {
    let faults: [ChipEvent] = [
      .chipError(.code), .flash(.error(.index)), .cellError(.stale), .tileError(tile: 0, .code),
      .tileError(tile: 7, .code),
    ]
    let reads = [
      MemoryMap.chip + ChipRegister.error.offset(), Self.flash(.error),
      MemoryMap.cellUnit + CellRegister.error.offset(),
      MemoryMap.tile(0) + TileRegister.error.offset(), MemoryMap.tile(7) + TileRegister.error.offset(),
    ]
    func faulty(_ word: UInt32) -> [UInt64] {
      let entries =
        faults.map { Self.event(1, $0) } + [Self.write(2, Self.reset, word)] + reads.map { Self.read(3, $0) }
      return ["MBX", "FLASH", "CELL", "MBXn"].map { Self.covered($0, entries)["ERROR read fault"] ?? 0 }
    }
    let whole = ChipRegister.Reset.chip(.writeOnly).mask
    let low = ChipRegister.Reset.tiles(.writeOnly).lowBit
    #expect(faulty(0) == [1, 1, 1, 2] && faulty(whole) == [0, 0, 0, 0])
    #expect(faulty(1 << low) == [1, 1, 1, 1] && faulty(0x80 << low) == [1, 1, 1, 1])
    #expect(faulty(0x81 << low) == [1, 1, 1, 0] && faulty(0x7E << low) == [1, 1, 1, 2])
  }

  @Test("A tile is unpowered without either supply and unsettled after its references came up; busy is before all")
  func supplies() {
    let status = MemoryMap.tile(2) + TileRegister.status.offset()
    func state(_ events: [ChipEvent]) -> String? {
      Self.covered("MBXn", events.map { Self.event(1, $0) } + [Self.read(2, status)]).keys
        .first { $0.hasPrefix("STATUS") }
    }
    func supply(_ analog: Bool, _ drivers: Bool) -> ChipEvent { .supply(tile: 2, analog: analog, drivers: drivers) }
    #expect(state([]) == "STATUS read idle" && state([supply(true, true)]) == "STATUS read idle")
    #expect(state([supply(true, false)]) == "STATUS read unpowered")
    #expect(state([supply(false, true)]) == "STATUS read unpowered")
    #expect(state([supply(false, true), supply(true, true)]) == "STATUS read unsettled")
    #expect(state([supply(true, false), supply(true, true)]) == "STATUS read idle")
    let settled = [supply(false, false), supply(true, true), .settled(tile: 2)]
    #expect(state(settled) == "STATUS read idle" && state(settled + [supply(true, true)]) == "STATUS read idle")
    #expect(state(settled + [supply(false, true), supply(true, true)]) == "STATUS read unsettled")
    #expect(state([supply(false, false), Self.start(2)]) == "STATUS read busy")
    let fault = ChipEvent.tileError(tile: 2, .code)
    #expect(state([fault]) == "STATUS read fault" && state([fault, supply(true, false)]) == "STATUS read unpowered")
    #expect(state([fault, supply(false, true), supply(true, true)]) == "STATUS read unsettled")
  }

  @Test("The watchdog's error is one of the busy tile; it refuses nothing")
  func watchdog() {
    let errors = MemoryMap.tile(0) + TileRegister.error.offset()
    let found = Self.covered(
      "MBXn",
      [
        Self.event(1, .tileError(tile: 0, .code)), Self.write(4, errors, .max),
        Self.event(4, .tileError(tile: 0, .watchdog)), Self.write(5, errors, TileError.watchdog.field.mask),
        Self.read(6, errors),
      ])
    #expect(found["WATCHDOG error busy"] == 1 && found["ERROR read idle"] == 1)
  }

  @Test("What only some chips have can be covered where something of it was, and is no gap elsewhere")
  func features() {
    let plain = CoverageTable(of: [Self.read(1, MemoryMap.chip)]).items
    #expect(plain.allSatisfy { $0.item.block != "CELL" && $0.item.name != "DRIVE_SIGNALS" })
    let cell = CoverageTable(of: [Self.read(1, MemoryMap.cellUnit)]).items
    #expect(cell.contains { $0.item.block == "CELL" && $0.item.kind == .error && $0.count == 0 })
    #expect(cell.count > plain.count && cell.allSatisfy { $0.item.name != "DRIVE_SIGNALS" })
    let states = { (block: String) in Set(cell.filter { $0.item.block == block }.map(\.item.state)) }
    #expect(states("CELL") == [.idle, .fault] && states("MBX") == [.idle, .fault] && states("HOST") == [.idle])
    #expect(states("FLASH") == [.idle, .busy, .fault] && states("MBXn") == Set(BlockState.allCases))
  }

  @Test("Counts of files add up, to the largest there is and no further; rows stand in their order")
  func sums() throws {
    let head = "# mblstm coverage 1\nblock,name,kind,state,count\n"
    func table(_ rows: String) throws -> CoverageTable {
      try CoverageTable(TextFile(Array((head + rows).utf8), named: "a.csv"))
    }
    let row = "MBXn,START,write,idle,"
    var sum = try table(row + "5\n" + row + "7\n")
    #expect(sum.text == head + row + "12\n")
    sum.merge(try table("MBX,CODE,error,fault,2\nMBXn,START,read,idle,1\n"))
    #expect(sum.text == head + "MBX,CODE,error,fault,2\nMBXn,START,read,idle,1\n" + row + "12\n")
    let most = UInt64.max
    #expect(try table(row + "\(most - 1)\n" + row + "1\n").text == head + row + "\(most)\n")
    #expect(try table(row + "\(most - 1)\n" + row + "2\n").text == head + row + "\(most)\n")
    var large = try table(row + "\(most - 1)\n")
    large.merge(try table(row + "1\n"))
    #expect(large.text == head + row + "\(most)\n")
    let error = #expect(throws: InputError.self) { try table(row + "1\nMBXn,START,write,idle\n") }
    #expect(
      "\(error?.description ?? "")"
        == "a.csv:4: is 'MBXn,START,write,idle', expected block,name,kind,state,count and a count from 1 on")
    let unknown = #expect(throws: InputError.self) { try table("MBX9,START,write,idle,1\n") }
    #expect(unknown?.description == "a.csv:3: 'MBX9,START,write,idle' is nothing that can be covered")
    #expect(
      #expect(throws: InputError.self) { try CoverageTable(TextFile([], named: "a.csv")) }?.description
        == "a.csv:1: expected '# mblstm coverage 1'")
    #expect(try CoverageTable().text == head && table("") == CoverageTable())
  }
}
