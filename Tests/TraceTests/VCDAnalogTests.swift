import Board
import Crossbar
import Files
import Registers
import TestSupport
import Testing
import Trace

/// Volts and amperes of the waves, held against the codes by what the registers say of the converters.
@Suite("Volts and amperes in waves")
struct VCDAnalogTests {
  private typealias Waves = VCDLog<MemoryOutput>
  private static let wordLines = 7
  private static let bitLines = 6
  private let register = MemoryMap.tile(0)

  private func machine(
    _ chip: ChipConfiguration = ChipConfiguration(tiles: []), analog: Bool = true
  ) throws -> Machine<Waves> {
    var chip = chip
    chip.tiles = [TileConfiguration(wordLines: Self.wordLines, bitLines: Self.bitLines)]
    let columns = chip.synapse == .differential ? Self.bitLines / 2 : Self.bitLines
    let size = TileSize(wordLines: Self.wordLines, bitLines: Self.bitLines, columns: columns)
    return try Machine(chip, log: VCDLog(to: MemoryOutput(), tiles: [size], features: [], analog: analog))
  }

  private func start(_ machine: inout Machine<Waves>, _ operation: Registers.Operation, gain: Int = 0, row: Int = 0) {
    let linear: UInt32 = 1
    machine.write(
      register + TileRegister.start.rawValue,
      operation.rawValue | TileRegister.Start.gain.encode(UInt32(gain)) | TileRegister.Start.linear.encode(linear)
        | TileRegister.Start.row.encode(UInt32(row)))
  }

  private func wait(_ machine: inout Machine<Waves>) { _ = machine.read(register + TileRegister.wait.rawValue) }

  private func closed(_ machine: inout Machine<Waves>) throws -> VCDDocument {
    try machine.log.close()
    return try VCDDocument(machine.log.output.text)
  }

  /// A conversion under way: when it was begun, when it ended, what it converted.
  private struct Conversion {
    let started: UInt64
    let ended: UInt64
    let isTransposed: Bool
    let ohms: Double
    let drive: [Int16]
    let sense: [Int16]
  }

  private func convert(_ machine: inout Machine<Waves>, _ random: inout SeededRandom) -> Conversion {
    let isTransposed = Bool.random(using: &random)
    let gain = Int.random(in: 0...1, using: &random)
    let codes = (0..<8).map { _ in Int16.random(in: -127...127, using: &random) }
    for pair in 0..<4 {
      machine.write(register + TileRegister.drive.offset(pair), Lanes.pack(codes[2 * pair], codes[2 * pair + 1]))
    }
    let ohms = machine.read(register + TileRegister.feedback.offset(gain))
    start(&machine, isTransposed ? .readTransposed : .read, gain: gain)
    let started = machine.cycle * 10
    wait(&machine)
    let ended = machine.cycle * 10
    let words = (0..<4).map { machine.read(register + TileRegister.sense.offset($0)) }
    return Conversion(
      started: started, ended: ended, isTransposed: isTransposed, ohms: Double(ohms), drive: codes,
      sense: words.flatMap { [Lanes.even($0), Lanes.odd($0)] })
  }

  @Test(
    "Volts are the code's, and amperes through FEEDBACK and the ADC are the code",
    arguments: 1...4 as ClosedRange<UInt64>)
  func codes(_ seed: UInt64) throws {
    var chip = ChipConfiguration(tiles: [])
    chip.synapse = seed % 2 == 0 ? .differential : .reference
    var machine = try machine(chip)
    let columns = seed % 2 == 0 ? Self.bitLines / 2 : Self.bitLines
    var random = SeededRandom(seed)
    for wordLine in 0..<Self.wordLines {
      for bitLine in 0..<Self.bitLines {
        let conductance = Int32.random(in: 1_000_000...100_000_000, using: &random)
        machine.setConductance(conductance, tile: 0, wordLine: wordLine, bitLine: bitLine)
      }
    }
    machine.write(register + TileRegister.unlock.rawValue, TileRegister.unlockKey)
    machine.write(register + TileRegister.feedback.offset(1), 1234)
    let microvoltsPerCode = Double(machine.read(register + TileRegister.readVoltage.rawValue))
    let bits = TileRegister.Converters.adcBits.decode(machine.read(register + TileRegister.converters.rawValue))
    let conversions = (0..<40).map { _ in convert(&machine, &random) }
    let document = try closed(&machine)
    var isAnyLarge = false
    for conversion in conversions {
      let (driven, sensed) = conversion.isTransposed ? ("column", "wordline") : ("wordline", "column")
      let counts = conversion.isTransposed ? (columns, Self.wordLines) : (Self.wordLines, columns)
      for line in 0..<counts.0 {
        let path = "MBX0.\(driven)_volts_\(line)"
        let volts = try #require(document.real(path, at: conversion.started))
        #expect(volts == Double(conversion.drive[line]) * microvoltsPerCode / 1e6)
        #expect(document.real(path, at: conversion.ended - 1) == volts)
        #expect(document.real(path, at: conversion.ended) == 0)
      }
      for line in 0..<counts.1 {
        let amperes = try #require(document.real("MBX0.\(sensed)_amperes_\(line)", at: conversion.ended))
        let steps = min(max((amperes * conversion.ohms / 25e-6 + 0.5).rounded(.down), -32768), 32767)
        let step = Double(1 << (16 - bits))
        let code = min((steps / step + 0.5).rounded(.down), 32768 / step - 1)
        #expect(Double(conversion.sense[line]) == code, "\(amperes) A")
        if abs(code) > 100 { isAnyLarge = true }
      }
    }
    #expect(isAnyLarge)
  }

  @Test("The current of a column is Ohm's law over its word lines")
  func current() throws {
    var chip = ChipConfiguration(tiles: [])
    chip.synapse = .differential
    var machine = try machine(chip)
    for wordLine in 0..<Self.wordLines {
      for (bitLine, siemens) in [40_000_000, 20_000_000].enumerated() {
        machine.setConductance(Int32(siemens), tile: 0, wordLine: wordLine, bitLine: bitLine)
      }
    }
    machine.write(register + TileRegister.drive.offset(0), Lanes.pack(100, -40))
    start(&machine, .read)
    wait(&machine)
    let ended = machine.cycle * 10
    let document = try closed(&machine)
    let volts = (0..<2).map { document.real("MBX0.wordline_volts_\($0)", at: ended - 1) ?? 0 }
    let amperes = try #require(document.real("MBX0.column_amperes_0", at: ended))
    let expected = (volts[0] + volts[1]) * 20e-6
    #expect(volts[0] > 0.05 && abs(amperes - expected) < 1e-3 * expected, "\(amperes) A, \(expected) A")
  }

  @Test("Each phase of PROGRAM_ROW has its amplitude for its longest pulse; an end before its time ends it")
  func pulses() throws {
    var machine = try machine()
    machine.write(register + TileRegister.unlock.rawValue, TileRegister.unlockKey)
    machine.write(register + TileRegister.amplitude.rawValue, TileRegister.Amplitude.word(set: 900, reset: 850))
    var expected = [VCDDocument.Change(time: 0, path: "MBX0.pulse_volts", value: "0")]
    func expect(_ time: UInt64, _ value: String) {
      expected.append(VCDDocument.Change(time: time, path: "MBX0.pulse_volts", value: value))
    }
    for isCut in [false, true] {
      for (bitLine, width) in [3, -5, 0, 2].enumerated() {
        machine.write(register + TileRegister.pulse.offset(bitLine), TileRegister.Pulse.width.encode(Int32(width)))
      }
      machine.write(register + TileRegister.watchdog.rawValue, isCut ? 60 : 0)
      start(&machine, .programRow, row: 4)
      let started = machine.cycle * 10
      wait(&machine)
      expect(started, "0.9")
      expect(started + 3 * 20, "0")
      // The rest of the first phase is 50 cycles.
      expect(started + 560, "-0.85")
      expect(started + (isCut ? 600 : 560 + 5 * 20), "0")
    }
    machine.write(register + TileRegister.watchdog.rawValue, 0)
    machine.write(register + TileRegister.eraseWidth.rawValue, 4)
    start(&machine, .erase)
    let started = machine.cycle * 10
    wait(&machine)
    for row in 0..<UInt64(Self.wordLines) {
      expect(started + row * 580, "-0.85")
      expect(started + row * 580 + 80, "0")
    }
    #expect(try closed(&machine).history("MBX0.pulse_volts") == expected)
  }

  @Test("Without power there is no level")
  func power() throws {
    var log = VCDLog(
      to: MemoryOutput(), tiles: [TileSize(wordLines: 1, bitLines: 1, columns: 1)], features: [], analog: true)
    let start = OperationStart(
      operation: .programRow, gain: 0, isLinear: false, row: 0, driveCodes: [], pulseWidths: [5])
    log.append(LogEntry(cycle: 1, .event(.started(tile: 0, start))))
    log.append(.pulsed([PulseLevel(microvolts: 1_100_000, cycles: 10)]), ofTile: 0)
    log.append(LogEntry(cycle: 4, .event(.powerOff)))
    log.append(LogEntry(cycle: 4, .event(.aborted(tile: 0, .programRow))))
    try log.close()
    let history = try VCDDocument(log.output.text).history("MBX0.pulse_volts")
    #expect(history.map(\.time) == [0, 10, 40] && history.map(\.value) == ["0", "1.1", "NaN"])
  }

  @Test("A reset clears currents with their codes")
  func reset() throws {
    var machine = try machine()
    machine.write(register + TileRegister.drive.offset(0), Lanes.pack(100, -40))
    start(&machine, .read)
    wait(&machine)
    let ended = machine.cycle * 10
    machine.write(
      MemoryMap.chip + ChipRegister.reset.rawValue, ChipRegister.Reset.tiles(.writeOnly).encode(UInt32(1)))
    let document = try closed(&machine)
    #expect(document.real("MBX0.column_amperes_0", at: ended) != 0)
    #expect(document.real("MBX0.column_amperes_0", at: ended + 10) == 0)
  }

  @Test("The rest of the waves is as it is without", arguments: 1...4 as ClosedRange<UInt64>)
  func rest(_ seed: UInt64) throws {
    var chip = ChipConfiguration(tiles: [])
    chip.readNoiseShare = 0.01
    chip.mismatch.dacOffset = 300
    func run(analog: Bool) throws -> String {
      var machine = try machine(chip, analog: analog)
      var random = SeededRandom(seed)
      machine.write(register + TileRegister.unlock.rawValue, TileRegister.unlockKey)
      for _ in 0..<200 {
        let word = UInt32.random(in: 0 ... .max, using: &random)
        switch word % 5 {
        case 0: machine.write(register + TileRegister.drive.offset(Int(word >> 8 % 4)), word & 0x003f_003f)
        case 1: machine.write(register + TileRegister.pulse.offset(Int(word >> 8 % 6)), word & 0xff)
        case 2: machine.write(register + TileRegister.watchdog.rawValue, word >> 8 % 5 == 0 ? word >> 24 : 0)
        default:
          machine.write(register + TileRegister.start.rawValue, word & 0x0007_0037)
          if word >> 30 != 0 { wait(&machine) }
        }
      }
      try machine.log.close()
      return machine.log.output.text
    }
    let (with, without) = (try run(analog: true), try run(analog: false))
    #expect(with.contains("$var real 64 ") && with.split(separator: "\n").filter { $0.hasPrefix("r") }.count > 200)
    #expect(!without.contains("real") && VCDDocument.withoutReals(with) == without)
    _ = try VCDDocument(with)
  }
}
