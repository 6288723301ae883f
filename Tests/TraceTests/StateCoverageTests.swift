import Files
import Registers
import Testing

@testable import Trace

@Suite("Coverage of registers and errors by state")
struct StateCoverageTests {
  private static let start = MemoryMap.tile(0) + TileRegister.start.offset()
  private static let wait = MemoryMap.tile(0) + TileRegister.wait.offset()
  private static let status = MemoryMap.tile(0) + TileRegister.status.offset()
  private static let errors = MemoryMap.tile(0) + TileRegister.error.offset()

  private static func read(_ cycle: UInt64, _ address: UInt32) -> LogEntry {
    LogEntry(cycle: cycle, .access(Transaction(.read, address, 0)))
  }

  private static func write(_ cycle: UInt64, _ address: UInt32, _ value: UInt32) -> LogEntry {
    LogEntry(cycle: cycle, .access(Transaction(.write, address, value)))
  }

  private static func event(_ cycle: UInt64, _ event: ChipEvent) -> LogEntry { LogEntry(cycle: cycle, .event(event)) }

  private static let started = ChipEvent.started(
    tile: 0,
    OperationStart(operation: .zero, gain: 0, isLinear: false, row: 0, driveCodes: [], pulseWidths: []))
  private static let finished = ChipEvent.finished(
    tile: 0, OperationEnd(operation: .zero, senseCodes: [], isSaturated: false))

  /// `MBXn.STATUS read busy`, of what is covered.
  private static func covered(_ entries: [LogEntry]) -> [String: UInt64] {
    let items = CoverageTable(of: entries).items.filter { $0.count > 0 }
    return Dictionary(
      uniqueKeysWithValues: items.map {
        ("\($0.item.block).\($0.item.name) \($0.item.kind) \($0.item.state)", $0.count)
      })
  }

  @Test("A tile is busy from its start to its end, and a load of WAIT that stalled was made while it was")
  func busy() {
    let found = Self.covered([
      Self.read(1, Self.status), Self.write(2, Self.start, 5), Self.event(2, Self.started), Self.read(3, Self.status),
      Self.event(32, Self.finished), Self.read(32, Self.wait), Self.read(33, Self.wait),
    ])
    #expect(
      found == [
        "MBXn.STATUS read idle": 1, "MBXn.START write idle": 1, "MBXn.STATUS read busy": 1, "MBXn.WAIT read busy": 1,
        "MBXn.WAIT read idle": 1,
      ])
  }

  @Test(
    "A write that is refused does nothing; what ends in its cycle is no refusal, and one of another cycle not its own")
  func otherEvents() {
    let references = MemoryMap.tile(0) + TileRegister.supply.offset()
    func state(_ event: LogEntry) -> String? {
      let found = Self.covered([
        Self.event(1, .tileError(tile: 0, .operation)), Self.write(5, Self.errors, .max), event,
        Self.read(9, references),
      ])
      return found.keys.first { $0.hasPrefix("MBXn.SUPPLY read") }
    }
    // What a write of ERROR clears shows unless it was refused.
    #expect(state(Self.event(5, Self.finished)) == "MBXn.SUPPLY read idle")
    #expect(state(Self.event(6, .tileError(tile: 0, .busy))) == "MBXn.SUPPLY read fault")
    #expect(state(Self.event(5, .tileError(tile: 0, .busy))) == "MBXn.SUPPLY read fault")
  }

  @Test("A reset of some tiles takes their errors away, and no other's")
  func tileReset() {
    let other = MemoryMap.tile(1) + TileRegister.status.offset()
    let low = ChipRegister.Reset.tiles(.writeOnly).lowBit
    func counts(resetting tiles: UInt32) -> [UInt64?] {
      let found = Self.covered([
        Self.event(1, .tileError(tile: 0, .operation)), Self.event(1, .tileError(tile: 1, .operation)),
        Self.write(2, MemoryMap.chip + ChipRegister.reset.offset(), tiles << low),
        Self.read(3, Self.status), Self.read(4, Self.status), Self.read(5, Self.status), Self.read(6, other),
      ])
      return ["fault", "idle"].map { found["MBXn.STATUS read \($0)"] }
    }
    #expect(counts(resetting: 0) == [4, nil] && counts(resetting: 1) == [1, 3])
    #expect(counts(resetting: 2) == [3, 1] && counts(resetting: 3) == [nil, 4])
  }

  @Test("A refusal is an error in the state of its access, and a fault until ERROR is cleared")
  func fault() {
    let found = Self.covered([
      Self.write(1, Self.start, 0), Self.event(1, .tileError(tile: 0, .operation)), Self.read(2, Self.status),
      Self.write(3, Self.errors, 0), Self.read(4, Self.status), Self.write(5, Self.errors, 2),
      Self.read(6, Self.status),
    ])
    #expect(
      found == [
        "MBXn.START write idle": 1, "MBXn.OPERATION error idle": 1, "MBXn.STATUS read fault": 2,
        "MBXn.ERROR write fault": 2, "MBXn.STATUS read idle": 1,
      ])
  }

  @Test("A write of ERROR that is refused clears nothing; one before the watchdog's error does")
  func refused() {
    let refused = Self.covered([
      Self.event(1, .tileError(tile: 0, .code)), Self.write(2, Self.errors, 0x3fff),
      Self.event(2, .tileError(tile: 0, .reserved)), Self.read(3, Self.status),
    ])
    #expect(refused["MBXn.STATUS read fault"] == 1)
    let later = Self.covered([
      Self.event(1, .tileError(tile: 0, .code)), Self.event(1, Self.started), Self.write(2, Self.errors, 0x3fff),
      Self.event(9, .aborted(tile: 0, .zero)), Self.event(9, .tileError(tile: 0, .watchdog)),
      Self.write(10, Self.errors, 1 << 6), Self.read(11, Self.status),
    ])
    #expect(later["MBXn.WATCHDOG error busy"] == 1 && later["MBXn.STATUS read idle"] == 1)
  }

  @Test("Without references or drivers a tile is unpowered, and unsettled until references have settled")
  func supplies() {
    let found = Self.covered([
      Self.event(1, .supply(tile: 0, analog: true, drivers: false)), Self.read(2, Self.status),
      Self.event(3, .supply(tile: 0, analog: false, drivers: false)),
      Self.event(4, .supply(tile: 0, analog: true, drivers: false)), Self.read(5, Self.status),
      Self.event(6, .supply(tile: 0, analog: true, drivers: true)), Self.read(7, Self.status),
      Self.event(8, .settled(tile: 0)), Self.read(9, Self.status),
    ])
    #expect(
      found == ["MBXn.STATUS read unpowered": 2, "MBXn.STATUS read unsettled": 1, "MBXn.STATUS read idle": 1])
  }

  @Test("A reset of the chip leaves no block in fault, one of a tile that tile alone")
  func resets() {
    let reset = MemoryMap.chip + ChipRegister.reset.offset()
    let other = MemoryMap.tile(1) + TileRegister.status.offset()
    let faults = [Self.event(1, .tileError(tile: 0, .code)), Self.event(1, .tileError(tile: 1, .code))]
    let one = Self.covered(faults + [Self.write(2, reset, 0x100), Self.read(3, Self.status), Self.read(4, other)])
    #expect(one["MBXn.STATUS read idle"] == 1 && one["MBXn.STATUS read fault"] == 1)
    let all = Self.covered(faults + [Self.write(2, reset, 2), Self.read(3, Self.status), Self.read(4, other)])
    #expect(all["MBXn.STATUS read idle"] == 2)
  }

  @Test("All tiles count as one, elements of an array too; places without a register count for nothing")
  func blocks() {
    let found = Self.covered([
      Self.read(1, MemoryMap.tile(7) + TileRegister.sense.offset(3)),
      Self.read(2, MemoryMap.tile(2) + TileRegister.sense.offset()),
      Self.read(3, MemoryMap.chip + 0xfff0), Self.read(4, MemoryMap.ram),
      Self.read(5, MemoryMap.host + HostRegister.level.offset()),
      Self.event(6, .flash(.started(.read, page: 0))),
      Self.write(7, MemoryMap.flash + FlashRegister.buffer.offset(), 0),
      Self.event(7, .flash(.error(.busy))), Self.event(8, .chipError(.unmapped)),
    ])
    #expect(
      found == [
        "MBXn.SENSE read idle": 2, "HOST.LEVEL read idle": 1, "FLASH.BUFFER write busy": 1, "FLASH.BUSY error busy": 1,
        "MBX.UNMAPPED error idle": 1,
      ])
  }

  @Test("A file holds what was covered, files of parts merge to that of the whole")
  func files() throws {
    let first = [Self.write(1, Self.start, 5), Self.event(1, Self.started)]
    let second = [Self.event(1, .tileError(tile: 0, .access)), Self.read(2, Self.status), Self.read(3, Self.status)]
    var table = CoverageTable(of: first)
    table.merge(CoverageTable(of: second))
    #expect(
      table.text == """
        # mblstm coverage 1
        block,name,kind,state,count
        MBXn,ACCESS,error,idle,1
        MBXn,START,write,idle,1
        MBXn,STATUS,read,fault,2

        """)
    #expect(try CoverageTable(TextFile(Array(table.text.utf8), named: "a.csv")) == table)
  }

  @Test("A file with another head, an unknown row or a count that is none is refused with its line")
  func refusals() {
    let head = "# mblstm coverage 1\nblock,name,kind,state,count\n"
    for (text, line) in [
      ("# mblstm coverage 2\n", 1), ("# mblstm coverage 1\nname\n", 2), (head + "MBXn,START,write,sleepy,1\n", 3),
      (head + "MBXn,OPERATION,error,busy,1\n", 3), (head + "MBXn,START,write,idle,0\n", 3),
      (head + "MBXn,START,write,idle,18446744073709551616\n", 3), (head + "nothing\n", 3),
    ] {
      let error = #expect(throws: InputError.self) {
        _ = try CoverageTable(TextFile(Array(text.utf8), named: "a.csv"))
      }
      #expect(error?.description.hasPrefix("a.csv:\(line): ") == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("Counts end at the largest there is")
  func largest() throws {
    let text = "# mblstm coverage 1\nblock,name,kind,state,count\nMBXn,START,write,idle,18446744073709551615\n"
    var table = try CoverageTable(TextFile(Array(text.utf8), named: "a.csv"))
    table.merge(table)
    #expect(table.text == text)
  }
}
