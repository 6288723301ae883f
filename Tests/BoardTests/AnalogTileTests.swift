import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("A tile alone")
struct AnalogTileTests {
  private static let chips: [ChipConfiguration] = {
    var noisy = ChipConfiguration.small(
      .differential, variation: .init(deviceToDevice: 0.1, cycleToCycle: 0.05), adcBits: 9,
      mismatch: .init(adcOffset: 900, adcGain: 5000, dacNonlinearity: 700), seed: 7)
    noisy.readNoiseShare = 0.004
    return [.small(), noisy]
  }()

  @Test("A bank of a circuit has all of its sixteen segments", arguments: [Circuit.sigmoid, .tanh])
  func banks(_ circuit: Circuit) throws {
    var tile = try AnalogTile(Self.chips[0])
    try tile.setBank(circuit, [16, 0x7fff_8000] + (0..<16).map { 0x100 + $0 } + (0..<16).map { 0x200 + $0 })
    let (breakpoint, line): (ChipRegister, ChipRegister) =
      circuit == .tanh ? (.tanhBreakpoint, .tanhLine) : (.sigmoidBreakpoint, .sigmoidLine)
    for segment in 0..<16 {
      #expect(
        tile.banks[breakpoint, segment] == UInt32(0x100 + segment)
          && tile.banks[line, segment] == UInt32(0x200 + segment))
    }
  }

  /// A tile, and the chip whose tile 0 it is.
  private struct Both {
    var tile: AnalogTile
    var chip: Bench
    var random: SeededRandom

    init(_ configuration: ChipConfiguration) throws {
      tile = try AnalogTile(configuration)
      chip = try .unlocked(configuration)
      random = SeededRandom(11)
    }

    mutating func cycles(of operation: Registers.Operation, row: Int = 0) -> UInt64 {
      chip.start(operation, row: row, linear: true)
      let begin = chip.cycle
      _ = chip.read(.wait)
      return chip.cycle - begin
    }

    mutating func convert(_ operation: Registers.Operation) throws {
      let lines = tile.lines(of: operation)
      let drive = (0..<lines.driven).map { _ in Int32.random(in: -127...127, using: &random) }
      chip.drive(drive.map { Int16($0) })
      let got = try tile.convert(operation, drive: drive)
      #expect(got.cycles == cycles(of: operation))
      #expect(got.codes == chip.sense(lines.sensed), "\(operation)")
      for line in 0..<lines.sensed {
        #expect(got.saturated[line] == (chip.read(.saturated, line / 32) >> UInt32(line % 32) & 1 == 1))
      }
      if lines.driven > 0 {
        #expect(tile.currents == chip.chip.tiles[0].attoamperes(of: operation == .read ? .columns : .wordLines))
      }
    }

    mutating func program() throws {
      let row = Int.random(in: 0..<6, using: &random)
      let widths = (0..<4).map { _ in Int32.random(in: -900...900, using: &random) }
      chip.pulses(widths.map { Int16($0) })
      #expect(try tile.programRow(row, widths: widths) == cycles(of: .programRow, row: row))
    }

    mutating func erase() throws {
      let width = Int.random(in: 1...400, using: &random)
      chip.write(.eraseWidth, UInt32(width))
      #expect(try tile.erase(width: width) == cycles(of: .erase))
    }

    mutating func set() throws {
      let (set, reset) = (Int.random(in: 900...1300, using: &random), Int.random(in: 900...1300, using: &random))
      let ohms = UInt32.random(in: 5000...200_000, using: &random)
      chip.write(.amplitude, TileRegister.Amplitude.word(set: set, reset: reset))
      chip.write(.feedback, ohms)
      try tile.setAmplitudes(set: set, reset: reset)
      try tile.setFeedback(ohms: ohms)
    }
  }

  @Test(
    "Gives the bits of tile 0 of its chip, operation for operation: codes, currents, time, cells, account",
    arguments: [0, 1])
  func alike(number: Int) throws {
    var both = try Both(Self.chips[number])
    for _ in 0..<200 {
      switch both.random.next() % 7 {
      case 0: try both.set()
      case 1: try both.erase()
      case 2: try both.convert(.zero)
      case 3: try both.convert(.reference)
      case 4: try both.convert(.readTransposed)
      case 5: try both.convert(.read)
      default: try both.program()
      }
      #expect(both.tile.array.conductance == both.chip.chip.tiles[0].array.conductance)
      #expect(both.tile.counters == both.chip.chip.tiles[0].counters)
    }
    #expect(both.tile.counters.reads > 50 && both.tile.counters.pulses > 50)
  }

  @Test("Its time is that of its operations and of what it is let pass")
  func time() throws {
    var tile = try AnalogTile(.small())
    let first = try tile.convert(.zero, drive: [])
    #expect(first.cycles == 30 && tile.cycle == 30)
    tile.advance(to: 500)
    #expect(try tile.erase(width: 1) == 6 * 52 && tile.cycle == 500 + 6 * 52)
    #expect(tile.largestDrive == 127 && tile.largestSense == 2047 && tile.microvoltsPerCode == 1575)
    #expect(first.codes.count == 6 && tile.currents.isEmpty)
  }

  @Test("Supplies come up in their order, references settle, and what comes too early is refused and takes no time")
  func supplies() throws {
    var tile = try AnalogTile(.small())
    let drive = Array(repeating: Int32(5), count: 6)
    #expect(tile.supplies == (true, true, true))
    #expect(throws: AnalogTile.Problem.refused(.supply)) { try tile.switchSupplies(analog: false, drivers: true) }
    #expect(throws: AnalogTile.Problem.refused(.supply)) { try tile.switchSupplies(analog: false, drivers: false) }
    try tile.switchSupplies(analog: true, drivers: false)
    #expect(throws: AnalogTile.Problem.refused(.supply)) { try tile.programRow(0, widths: [1, 0, 0, 0]) }
    #expect(throws: AnalogTile.Problem.refused(.supply)) { try tile.erase(width: 3) }
    try tile.switchSupplies(analog: false, drivers: false)
    #expect(throws: AnalogTile.Problem.unsettled) { try tile.convert(.read, drive: drive) }
    tile.advance(to: 10)
    try tile.switchSupplies(analog: true, drivers: false)
    #expect(tile.supplies == (true, false, false))
    tile.advance(to: 1009)
    #expect(throws: AnalogTile.Problem.unsettled) { try tile.convert(.read, drive: drive) }
    #expect(throws: AnalogTile.Problem.refused(.supply)) { try tile.switchSupplies(analog: true, drivers: true) }
    #expect(tile.cycle == 1009 && tile.counters == .zero)
    tile.advance(to: 1010)
    #expect(tile.supplies == (true, false, true))
    _ = try tile.convert(.read, drive: drive)
    try tile.switchSupplies(analog: true, drivers: true)
    #expect(try tile.programRow(0, widths: [1, 0, 0, 0]) == 52)
  }

  @Test("What it cannot have is refused in words, and nothing changes")
  func refusals() throws {
    var tile = try AnalogTile(.small())
    let before = tile.array.conductance
    func words(_ body: (inout AnalogTile) throws -> Void) -> String {
      do { try body(&tile) } catch { return "\(error)" }
      return "none"
    }
    #expect(words { _ = try $0.convert(.erase, drive: []) } == "ERASE converts nothing")
    #expect(words { _ = try $0.convert(.read, drive: [1]) } == "1 drive codes, expected 6")
    #expect(
      words { _ = try $0.convert(.read, drive: [0, 0, 128, 0, 0, 0]) }
        == "drive code 128 of line 2, expected -127 to 127")
    #expect(words { _ = try $0.programRow(6, widths: [1, 1, 1, 1]) } == "word line 6, expected 0 to 5")
    #expect(words { _ = try $0.programRow(-1, widths: [1, 1, 1, 1]) } == "word line -1, expected 0 to 5")
    #expect(words { _ = try $0.programRow(0, widths: [1]) } == "1 widths, expected 4")
    #expect(
      words { _ = try $0.programRow(0, widths: [0, 40_000, 0, 0]) }
        == "width 40000 of bit line 1, expected -32768 to 32767 steps")
    #expect(words { _ = try $0.erase(width: 65_536) } == "width 65536, expected 0 to 65535 steps")
    #expect(words { try $0.setAmplitudes(set: 1, reset: 4096) } == "an amplitude of 4096 mV, expected 0 to 4095")
    #expect(words { try $0.setFeedback(ohms: 0) } == "the tile refuses it with CODE")
    #expect(tile.array.conductance == before && tile.cycle == 0 && tile.counters == .zero)
    let none = ChipConfiguration(tiles: [])
    #expect(throws: ConfigurationProblem.self) { try AnalogTile(none) }
  }

  @Test("A cell is where it is put")
  func cells() throws {
    var tile = try AnalogTile(.small())
    tile.setConductance(50_000_000, wordLine: 2, bitLine: 3)
    #expect(tile.array.conductance[2 * 4 + 3] == 50_000_000)
  }
}
