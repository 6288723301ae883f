import Board
import Files
import Foundation
import Registers
import TestSupport
import Testing
import Trace

@Suite struct VCDMachineTests {
  private static let sizes = [
    TileSize(wordLines: 4, bitLines: 6, columns: 6), TileSize(wordLines: 8, bitLines: 2, columns: 2),
  ]

  private func machine<Log: LogSink>(_ log: Log) throws -> Machine<Log> {
    let tiles = Self.sizes.map { TileConfiguration(wordLines: $0.wordLines, bitLines: $0.bitLines) }
    return try Machine(ChipConfiguration(tiles: tiles), log: log)
  }

  /// Of tiles, now and then of the chip or of one that is not there.
  private func reset(_ word: UInt32) -> UInt32 {
    let tiles = ChipRegister.Reset.tiles(.writeOnly).encode(word % 16 == 0 ? 7 : word % 4)
    return tiles | (word % 32 == 1 ? ChipRegister.Reset.chip(.writeOnly).mask : 0)
  }

  /// An access that is likely to mean something.
  private func poke(_ machine: inout Machine<VCDLog<MemoryOutput>>, _ random: inout SeededRandom) {
    let tile = MemoryMap.tile(Int.random(in: 0...1, using: &random))
    let word = UInt32.random(in: 0 ... .max, using: &random)
    switch Int.random(in: 0...13, using: &random) {
    case 13: machine.write(MemoryMap.chip + ChipRegister.reset.rawValue, reset(word))
    case 0: machine.write(tile + TileRegister.unlock.rawValue, word % 4 == 0 ? word : TileRegister.unlockKey)
    case 1: machine.write(tile + TileRegister.error.rawValue, word >> (word % 4 == 0 ? 0 : 21))
    case 2: machine.write(tile + TileRegister.watchdog.rawValue, word % 3 == 0 ? word % 100 : 0)
    case 3: machine.write(tile + TileRegister.drive.offset(Int(word % 5)), word & 0x007f_003f)
    case 4: machine.write(tile + TileRegister.pulse.offset(Int(word % 8)), word & 0xff)
    case 5: machine.write(MemoryMap.chip + ChipRegister.error.rawValue, word >> 26)
    case 6: machine.write(MemoryMap.chip + ChipRegister.interruptPending.rawValue, word >> 23)
    case 7: machine.write(MemoryMap.chip + ChipRegister.interruptEnable.rawValue, word >> 23)
    case 8: _ = machine.read(word)
    case 9: _ = machine.read(tile + TileRegister.wait.rawValue)
    default: machine.write(tile + TileRegister.start.rawValue, word & 0x0007_0037)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func theWavesEndWhereTheChipDoes(seed: UInt64) throws {
    var machine = try machine(VCDLog(to: MemoryOutput(), tiles: Self.sizes, features: []))
    var random = SeededRandom(seed)
    for _ in 0..<400 { poke(&machine, &random) }
    try machine.log.close()
    let last = try VCDDocument(machine.log.output.text).last()
    func same(_ path: String, _ address: UInt32, _ field: Field) {
      #expect(last[path] == machine.peek(address).map { field.decode($0) }, "\(path)")
    }
    let whole = Field("ALL", .readOnly, bits: 0...31, "All bits.")
    same("MBX.ERROR", MemoryMap.chip + ChipRegister.error.rawValue, whole)
    same("MBX.IRQ_PENDING", MemoryMap.chip + ChipRegister.interruptPending.rawValue, whole)
    same("MBX.IRQ_ENABLE", MemoryMap.chip + ChipRegister.interruptEnable.rawValue, whole)
    #expect(last["MBX.IRQ"] == (machine.chip.interrupts ? 1 : 0))
    for (number, size) in Self.sizes.enumerated() {
      let tile = MemoryMap.tile(number)
      let status = tile + TileRegister.status.rawValue
      same("MBX\(number).ERROR", tile + TileRegister.error.rawValue, whole)
      same("MBX\(number).BUSY", status, TileRegister.Status.busy)
      same("MBX\(number).LOCKED", status, TileRegister.Status.locked)
      same("MBX\(number).SATURATED", status, TileRegister.Status.saturated)
      for line in 0..<max(size.wordLines, size.columns) {
        let half = Field("HALF", .readOnly, bits: line % 2 == 0 ? 0...15 : 16...31, "One line.")
        same("MBX\(number).SENSE_\(line)", tile + TileRegister.sense.offset(line / 2), half)
      }
    }
  }

  @Test("The cell unit's errors rise with refusals, fall with ones and resets, and are in no waves of a chip without")
  func cellUnit() throws {
    var chip = ChipConfiguration(tiles: Self.sizes.map { .init(wordLines: $0.wordLines, bitLines: $0.bitLines) })
    chip.features = .cell
    for seed: UInt64 in 1...8 {
      var machine = try Machine(
        chip, log: VCDLog(to: MemoryOutput(), tiles: Self.sizes, features: chip.features, analog: seed % 2 == 0))
      var random = SeededRandom(seed)
      func address(_ register: CellRegister) -> UInt32 { MemoryMap.cellUnit + register.offset() }
      for _ in 0..<40 {
        switch random.next() % 8 {
        case 0: machine.write(address(.error), random.word() % 32)
        case 1: machine.write(address(.cells), random.word() % 512)
        case 2: machine.write(address(.source), random.word() % 8)
        case 3 where random.next() % 4 == 0:
          machine.write(MemoryMap.chip + ChipRegister.reset.offset(), ChipRegister.Reset.chip(.writeOnly).mask)
        default: machine.write(address(.start), random.word() % 4)
        }
      }
      try machine.log.close()
      let document = try VCDDocument(machine.log.output.text)
      #expect(document.last()["CELL.ERROR"] == machine.peek(address(.error)), "seed \(seed)")
      #expect(document.changes.count { $0.path == "CELL.ERROR" } > 2)
    }
    var plain = try machine(VCDLog(to: MemoryOutput(), tiles: Self.sizes, features: []))
    try plain.log.close()
    #expect(!plain.log.output.text.contains("CELL"))
  }

  @Test func aResetLocksTheTilesThatItIsOf() throws {
    for (word, locked) in [
      (ChipRegister.Reset.chip(.writeOnly).encode(UInt32(1)), [1, 1]),
      (ChipRegister.Reset.tiles(.writeOnly).encode(UInt32(2)), [0, 1]),
    ] as [(UInt32, [UInt32])] {
      var machine = try machine(VCDLog(to: MemoryOutput(), tiles: Self.sizes, features: []))
      for tile in 0...1 { machine.write(MemoryMap.tile(tile) + TileRegister.unlock.rawValue, TileRegister.unlockKey) }
      machine.write(MemoryMap.chip + ChipRegister.reset.rawValue, word)
      try machine.log.close()
      let text = machine.log.output.text
      #expect(text.hasPrefix("$version mblstm register log $end\n"))
      let last = try VCDDocument(text).last()
      #expect([last["MBX0.LOCKED"], last["MBX1.LOCKED"]] == locked)
    }
  }

  @Test func theWatchdogEndsBusyInTheWaves() throws {
    var machine = try machine(VCDLog(to: MemoryOutput(), tiles: Self.sizes, features: []))
    let tile = MemoryMap.tile(1)
    machine.write(tile + TileRegister.unlock.rawValue, TileRegister.unlockKey)
    machine.write(tile + TileRegister.watchdog.rawValue, 10)
    machine.write(tile + TileRegister.start.rawValue, TileRegister.Start.operation.encode(UInt32(1)))
    let started = machine.cycle * 10
    machine.advance(to: machine.cycle + 20)
    try machine.log.close()
    let changes = try VCDDocument(machine.log.output.text).changes.filter { $0.path == "MBX1.BUSY" }
    #expect(changes.map(\.time) == [started, started + 100] && changes.map(\.value) == ["1", "0"])
  }

  /// Prints each signal with its last value, then the changes of two.
  private static let script = """
    import sys
    from vcdvcd import VCDVCD
    dump = VCDVCD(sys.argv[1])
    for name in dump.signals:
        print(name, dump[name].tv[-1][1])
    for name in ("MBX0.BUSY", "MBX0.DRIVE_1"):
        print(name, *(f"{time}={value}" for time, value in dump[name].tv))
    print("end", dump.endtime)
    """

  @Test(.needs(.python3, .vcdvcd)) func vcdvcdReadsTheWavesOfARun() throws {
    let scratch = try Scratch()
    var machine = try machine(VCDLog(to: try OutputFile(scratch.file("run.vcd")), tiles: Self.sizes, features: []))
    let tile = MemoryMap.tile(0)
    machine.write(tile + TileRegister.drive.rawValue, Lanes.pack(52, -3))
    machine.write(tile + TileRegister.start.rawValue, TileRegister.Start.operation.encode(UInt32(1)))
    let started = machine.cycle * 10
    _ = machine.read(tile + TileRegister.wait.rawValue)
    let ended = machine.cycle * 10
    let sensed = machine.read(tile + TileRegister.sense.rawValue)
    try machine.log.close()
    let lines = try run(Self.script, [scratch.file("run.vcd")])
    #expect(lines.count == 4 + 5 + 2 * 11 + (6 + 6 + 6) + (8 + 8 + 2) + 3 + 4)
    func binary(_ code: Int16) -> String {
      let digits = String(UInt16(bitPattern: code), radix: 2)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    #expect(lines.contains("MBX0.DRIVE_0 \(binary(52))"))
    #expect(lines.contains("MBX0.SENSE_0 \(binary(Lanes.even(sensed)))"))
    #expect(lines.contains("MBX0.SENSE_1 \(binary(Lanes.odd(sensed)))"))
    #expect(lines.contains("MBX0.BUSY 0=0 \(started)=1 \(ended)=0"))
    #expect(lines.contains("MBX0.DRIVE_1 0=\(binary(0)) \(started)=\(binary(-3))"))
    #expect(lines.last == "end \(machine.cycle * 10 + 10)")
  }

  /// The lines that a Python script printed.
  private func run(_ script: String, _ arguments: [String]) throws -> [String] {
    let (output, status) = try Shell.run("/usr/bin/env", ["python3", "-c", script] + arguments)
    #expect(status == 0, "\(output)")
    return output.split(separator: "\n").map(String.init)
  }
}
