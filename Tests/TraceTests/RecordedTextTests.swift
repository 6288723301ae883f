import Board
import Crossbar
import Files
import Registers
import TestSupport
import Testing

@testable import Trace

/// Texts to the last byte, as they were recorded: that nothing has changed, not that it is right. A change that was meant
/// records the checksums anew that the failures say.
@Suite("Recorded texts")
struct RecordedTextTests {
  private static let maps = BlockMap.board(tiles: 2)
  private static let sizes = [
    TileSize(wordLines: 4, bitLines: 6, columns: 6), TileSize(wordLines: 8, bitLines: 2, columns: 2),
  ]

  /// A run of two tiles in which everything happens that is logged.
  private static func run<Log: ClosingLog>(
    _ log: Log, seed: UInt64, _ between: (inout Log, Int, UInt64) -> Void = { _, _, _ in }
  )
    throws -> Log
  {
    let tiles = sizes.map { TileConfiguration(wordLines: $0.wordLines, bitLines: $0.bitLines) }
    var machine = try Machine(ChipConfiguration(tiles: tiles), log: log)
    var random = SeededRandom(seed)
    for round in 0..<600 {
      let cycle = machine.cycle
      between(&machine.log, round, cycle)
      let tile = MemoryMap.tile(Int(random.next() % 2))
      let word = random.word()
      switch random.next() % 14 {
      case 0: machine.write(tile + TileRegister.unlock.rawValue, word % 4 == 0 ? word : TileRegister.unlockKey)
      case 1: machine.write(tile + TileRegister.error.rawValue, word >> 21)
      case 2: machine.write(tile + TileRegister.watchdog.rawValue, word % 3 == 0 ? word % 100 : 0)
      case 3: machine.write(tile + TileRegister.drive.offset(Int(word % 5)), word & 0x007f_003f)
      case 4: machine.write(tile + TileRegister.pulse.offset(Int(word % 8)), word & 0xff)
      case 5: machine.write(MemoryMap.chip + ChipRegister.interruptPending.rawValue, word >> 23)
      case 6: machine.write(MemoryMap.chip + ChipRegister.interruptEnable.rawValue, word >> 23)
      case 7: _ = machine.read(word)
      case 8: _ = machine.read(tile + TileRegister.wait.rawValue)
      case 9: machine.write(tile + TileRegister.supply.rawValue, word % 4)
      case 10: machine.write(MemoryMap.flash + FlashRegister.start.rawValue, word % 8)
      case 11: machine.write(MemoryMap.chip + ChipRegister.reset.rawValue, word % 8 == 0 ? 2 : 1 << (8 + word % 3))
      default: machine.write(tile + TileRegister.start.rawValue, word & 0x0007_0037)
      }
      if round == 500 { machine.brownOut() }
    }
    try machine.log.close()
    return machine.log
  }

  private static func csv(_ symbols: ProgramSymbols? = nil) -> CSVLog<MemoryOutput> {
    CSVLog(
      to: MemoryOutput(), description: "one\ntwo", names: RegisterNames(maps), symbols: symbols,
      origin: LogOrigin(state: Array(0...70), filter: "MBX0"))
  }

  private static func selection(_ names: [String]? = nil, errors: Bool = false) throws -> LogSelection {
    var selection = LogSelection()
    selection.only = try names.map { try RegisterPatterns($0, among: maps) }
    selection.onlyErrors = errors
    return selection
  }

  @Test("Logs as CSV: of a run, of any entries, of a program, of parts")
  func logs() throws {
    let recorded: [String: String] = [
      "run": "76f1d7b90acc28e1",
      "any": "300e96434521c062",
      "program": "3128704a4662278b",
      "tile": "f5bfc9dacad0738e",
      "some": "6d2c89038aeb9b4a",
      "errors": "42679d6aaef8ffff",
      "errors of a tile": "295abc7e7b041c9d",
    ]
    func expect(_ name: String, _ text: String) { #expect(checksum(of: text) == recorded[name], "\(name)") }
    expect("run", try Self.run(Self.csv(), seed: 1).output.text)
    var any = Self.csv()
    for entry in randomEntries(3000, seed: 5) { any.append(entry) }
    expect("any", any.output.text)
    var program = Self.csv { $0 % 3 == 0 ? nil : "f\($0 / 8)+0x\($0 % 8)" }
    for (number, var entry) in randomEntries(1000, seed: 6).enumerated() {
      entry.pc = number % 5 == 0 ? nil : UInt32(number % 40)
      program.append(entry)
    }
    expect("program", program.output.text)
    for (name, names, errors) in [
      ("tile", ["MBX0"], false), ("some", ["MBX1.SENSE", "MBX.*", "FLASH"], false), ("errors", nil, true),
      ("errors of a tile", ["MBX1"], true),
    ] as [(String, [String]?, Bool)] {
      let log = SelectedLog(Self.csv(), try Self.selection(names, errors: errors), Self.maps)
      expect(name, try Self.run(log, seed: 2).base.output.text)
    }
  }

  @Test("Waves: whole, with volts and amperes, of parts of the registers and of the time, of errors")
  func waves() throws {
    let recorded: [String: String] = [
      "whole false": "066edc6230dc7baa",
      "all false": "af6b4786c0d29eda",
      "tile false": "d2278677305cc285",
      "some false": "8ef50b1d78050633",
      "errors false": "29351f741685b7a3",
      "whole true": "db5db0f03235541b",
      "all true": "d46a8c680fcd4ed8",
      "tile true": "077986fa611fa928",
      "some true": "a7245ba13574ee00",
      "errors true": "29351f741685b7a3",
    ]
    func expect(_ name: String, _ text: String) { #expect(checksum(of: text) == recorded[name], "\(name)") }
    for analog in [false, true] {
      expect(
        "whole \(analog)",
        try Self.run(
          VCDLog(to: MemoryOutput(), tiles: Self.sizes, features: [], pulseStep: 20, analog: analog), seed: 3
        ).output.text)
      for (name, names, errors) in [
        ("all", nil, false), ("tile", ["MBX0"], false), ("some", ["MBX1.SENSE", "MBX.ERROR", "FLASH"], false),
        ("errors", nil, true),
      ] as [(String, [String]?, Bool)] {
        let log = PartialVCDLog(
          to: MemoryOutput(), tiles: Self.sizes, features: [], pulseStep: 20, analog: analog,
          try Self.selection(names, errors: errors), Self.maps)
        let text = try Self.run(log, seed: 4) { log, round, cycle in
          if [50, 300, 450].contains(round) { log.turnOn(at: cycle) }
          if [200, 400].contains(round) { log.turnOff() }
        }.output.text
        expect("\(name) \(analog)", text)
      }
    }
  }

  @Test("What was accessed in which state")
  func coverage() throws {
    let recorded = "7d9a02c5c603cca4"
    let table = CoverageTable(of: randomEntries(4000, seed: 8))
    #expect(checksum(of: "\(table)") == recorded)
  }
}
