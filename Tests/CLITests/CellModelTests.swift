import Board
import Crossbar
import Registers
import Testing
import Trace

@testable import mblstm

@Suite("Cells and converters as a data sheet expects them")
struct CellModelTests {
  private static func chip(
    _ device: String = "soft-bounds", _ change: (inout ChipConfiguration) -> Void = { _ in }
  ) throws -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 2, bitLines: 2)])
    chip.device = try #require(Device(name: device))
    change(&chip)
    return chip
  }

  /// Where a chip's cell is after a pulse of a signed width.
  private static func pulsed(_ chip: ChipConfiguration, _ before: Int32, _ steps: Int32) throws -> Int32 {
    var machine = try Machine(chip, log: NoLog())
    machine.setConductance(before, tile: 0, wordLine: 0, bitLine: 0)
    let base = MemoryMap.tile(0)
    machine.write(base + TileRegister.unlock.offset(), TileRegister.unlockKey)
    machine.write(base + TileRegister.pulse.offset(), UInt32(UInt16(truncatingIfNeeded: steps)))
    machine.write(base + TileRegister.start.offset(), Operation.programRow.rawValue)
    _ = machine.read(base + TileRegister.wait.offset())
    return machine.chip.tiles[0].array.conductance[0]
  }

  @Test(
    "A pulse moves a cell as on the chip, also one that is a part of the published pulse",
    arguments: ["soft-bounds", "vteam"], [1, 2, 10, 49, 50, 51, 500, -1, -2, -10, -49, -51, -500] as [Int32])
  func pulses(_ device: String, _ steps: Int32) throws {
    let chip = try Self.chip(device)
    let before: Int32 = 40_000_000
    let after = CellModel(chip).conductance(before, after: steps)
    #expect(steps > 0 ? after > before : after < before)
    #expect(abs(after - (try Self.pulsed(chip, before, steps))) <= 1)
  }

  @Test("Half a published pulse halves the logarithm of the way that soft bounds leave; no pulse moves nothing")
  func parts() throws {
    let model = CellModel(try Self.chip())
    // From 10 µS, 90 µS below the bound: 90 · (63/64)^½ are left after 500 ns, 90 · 63/64 after 1 µs.
    #expect(abs(model.conductance(10_000_000, after: 25) - 10_705_893) <= 2)
    #expect(abs(model.conductance(10_000_000, after: 50) - 11_406_250) <= 1)
    #expect(abs(model.conductance(100_000_000, after: -25) - 99_294_107) <= 2)
    #expect(model.conductance(33_000_000, after: 0) == 33_000_000)
  }

  @Test(
    "A width is the shortest pulse that brings a cell to a share of its range, either way",
    arguments: [(10_000_000, 0.75), (10_000_000, 0.01), (60_000_000, 0.25), (100_000_000, 0.99)] as [(Int32, Double)])
  func widths(_ before: Int32, _ share: Double) throws {
    let model = CellModel(try Self.chip())
    let (width, goal) = (model.width(from: before, to: share), 10_000_000 + share * 90_000_000)
    let shorter = width - width.signum()
    #expect(width != 0 && (width > 0) == (goal > Double(before)))
    let (after, less) = (Double(model.conductance(before, after: width)), model.conductance(before, after: shorter))
    #expect(width > 0 ? after >= goal : after <= goal)
    #expect(width > 0 ? Double(less) < goal : Double(less) > goal)
  }

  @Test("What no pulse reaches has the longest that there is")
  func unreached() throws {
    let model = CellModel(try Self.chip { $0.amplitudes.set = 700 })
    #expect(model.width(from: 10_000_000, to: 0.5) == 32_767)
    #expect(model.conductance(10_000_000, after: 32_767) == 10_000_000)
  }

  @Test("Where pulses differ a cell is a 64th of its way from the beginning at least; where none do, at one place")
  func places() throws {
    let whole: [(inout ChipConfiguration) -> Void] = [
      { $0.variation.deviceToDevice = 0.01 }, { $0.variation.cycleToCycle = 0.01 },
      { $0.variation.thresholdSpread = 0.01 }, { $0.variation.programError = 0.01 },
    ]
    for change in whole {
      let model = CellModel(try Self.chip("soft-bounds", change))
      #expect(model.places(42_000_000, from: 10_000_000...10_000_000) == 10_500_000...100_000_000)
      #expect(model.places(42_000_000, from: 10_000_000...100_000_000) == 10_000_000...99_093_750)
      #expect(model.places(10_000_000, from: 10_000_000...10_000_000) == 10_000_000...100_000_000)
    }
    let exact = CellModel(try Self.chip { ($0.variation.stuckLRS, $0.variation.boundsSpread) = (0.1, 0.1) })
    #expect(exact.places(42_000_000, from: 10_000_000...10_000_000) == 42_000_000...42_000_000)
    let noisy = try Self.chip("umass")
    let range = noisy.device.conductanceRange
    #expect(CellModel(noisy).places(range.lowerBound + 5, from: range) == range)
    let quiet = CellModel(try Self.chip("umass") { $0.variation.deviceNoise = 0 })
    #expect(quiet.places(range.lowerBound + 5, from: range) == range.lowerBound + 5...range.lowerBound + 5)
  }

  @Test("Half of the amplitude moves no cell below its threshold, and by an unknown way where that varies")
  func disturbs() throws {
    // Half of 1.2 V is below the 0.7 V of the law; half of 1.6 V is not.
    #expect(CellModel(try Self.chip()).disturb(steps: 1000, .set) == 0)
    let strong = CellModel(try Self.chip { ($0.amplitudes.set, $0.amplitudes.reset) = (1600, 1600) })
    for polarity in [Polarity.set, .reset] {
      let (few, many) = (strong.disturb(steps: 50, polarity), strong.disturb(steps: 5000, polarity))
      // (0.1 V / 0.5 V)³ of a pulse from the bound: 90 µS · (1 − (63/64)^0.008); at most a 1024th of the range more.
      #expect((11_338...99_230).contains(few), "\(few)")
      #expect(few > 0 && many > few && many < 90_000_000)
    }
    for change in [{ $0.variation.thresholdSpread = 0.01 }, { $0.variation.programError = 0.01 }]
      as [(inout ChipConfiguration) -> Void]
    {
      #expect(CellModel(try Self.chip("soft-bounds", change)).disturb(steps: 1, .set) == 90_000_000)
    }
  }

  @Test("The resistor of the guide brings a cell at the end of its range to three quarters of the largest code")
  func feedback() throws {
    for synapse in [Synapse.reference, .differential] {
      let chip = try Self.chip { $0.synapse = synapse }
      let codes = ExpectedCodes(chip, tile: 0)
      #expect(codes.wordLines == 2 && codes.microvoltsPerCode == Double(25 << (16 - chip.adcBits)))
      let band = codes.column(
        100_000_000...100_000_000, partner: synapse == .differential ? 10_000_000...10_000_000 : nil)
      let code = 0.75 * Double(1 << (chip.adcBits - 1) - 1)
      #expect(band.contains(Int64(code)) && band.high - band.low < 16, "\(band)")
      let negative = codes.column(
        100_000_000...100_000_000, partner: synapse == .differential ? 10_000_000...10_000_000 : nil, sign: -1)
      #expect(negative.contains(-Int64(code)) && !negative.contains(Int64(code)))
      #expect(codes.nothing.contains(0) && codes.nothing.high < 8 && codes.nothing.low > -8)
      #expect(codes.same.low == -codes.same.high && codes.sameConverter.low == -codes.sameConverter.high)
      #expect(codes.sameConverter == Band(-1, 1))
    }
  }
}

@Suite("Words of the bring-up guide")
struct GuideWordTests {
  @Test("A band holds both of its ends and what is between, whichever comes first")
  func bands() {
    for band in [Band(-3, 5), Band(5, -3)] {
      #expect(band.low == -3 && band.high == 5 && band.contains(-3) && band.contains(5) && band.contains(0))
      #expect(!band.contains(-4) && !band.contains(6) && band.description == "-3 to 5" && band.c.text == "-3, 5")
    }
    #expect(Band(1, 2).joined(Band(7, 9)) == Band(1, 9) && Band(1, 8).joined(Band(-2, 3)) == Band(-2, 8))
    #expect(Band.any.contains(4_294_967_295) && !Band.any.contains(4_294_967_296) && !Band.any.contains(-1))
    #expect(Band.any.description == "anything" && Band(0, 4_294_967_294).description == "0 to 4294967294")
  }

  @Test("Words from 65536 on are written by their digits")
  func digits() {
    #expect(Band(65_535).description == "65535" && Band(65_535).c.text == "65535, 65535")
    #expect(Band(65_536).description == "0x00010000" && Band(65_536).c.text == "0x00010000u, 0x00010000u")
    #expect(Band(0, 65_536).description == "0 to 65536" && Band(0, 65_536).c.text == "0, 65536")
    #expect(Band(-70_000).description == "-70000")
  }

  @Test("Places, sources and operations are called in C what the header calls them")
  func names() {
    let drive = Place(.drive, 3, tile: 1)
    #expect(drive.name == "MBX1.DRIVE[3]" && drive.c.text == "MBX_TILE_DRIVE(1, 3)")
    #expect(drive.address == MemoryMap.tile(1) + 0x1000 + 12)
    let start = Place(.start, tile: 0)
    #expect(start.name == "MBX0.START" && start.c.text == "MBX_TILE_START(0)")
    let tiles = Place(ChipRegister.tiles)
    #expect(tiles.name == "MBX.TILES" && tiles.c.text == "MBX_TILES")
    let nowhere = Place(nowhereAt: 0x4001_9998)
    #expect(nowhere.name == "0x40019998" && nowhere.c.text == "MBLSTM_WORD(0x40019998u)")
    #expect(Source.word(drive).name == "MBX1.DRIVE[3]" && Source.sense(line: 5, tile: 2).c.text == "sense(2, 5)")
    #expect(Source.sense(line: 5, tile: 2).name == "line 5 of MBX2.SENSE")
    let operation = "MBX_TILE_START_OPERATION(MBX_OPERATION_"
    let read = OperationCall(operation: .read, gain: 1)
    #expect(read.word == 0x31 && read.c.text == "\(operation)READ) | MBX_TILE_START_GAIN(1) | MBX_TILE_START_LINEAR(1)")
    let row = OperationCall(operation: .programRow, row: 3)
    #expect(row.word == 0x3_0003 && row.c.text == "\(operation)PROGRAM_ROW) | MBX_TILE_START_ROW(3)")
    #expect(OperationCall(operation: .read).word == 0x21 && OperationCall(operation: .erase).word & 0x20 == 0)
  }

  @Test("A word of an answer is one number, or two with signs")
  func answers() {
    let lanes = AnswerWord.lanes(Band(1), Band(-1))
    #expect(lanes.numbers(0xffff_0001).map(\.value) == [1, -1] && lanes.numbers(0).map(\.band) == [Band(1), Band(-1)])
    #expect(lanes.description == "1 in the low half and -1 in the high half")
    let word = AnswerWord.word(Band(2, 3))
    #expect(word.numbers(0xffff_ffff).map(\.value) == [4_294_967_295] && word.description == "2 to 3")
  }

  @Test("Statements differ by steps where only numbers do")
  func steps() {
    let (one, two) = (CStatement("a(" + CText.number(1) + ");"), CStatement("a(" + CText.number(5) + ");"))
    #expect(one.steps(to: two) == [4] && two.steps(to: one) == [-4] && one.steps(to: one) == [0])
    #expect(one.steps(to: CStatement("b(" + CText.number(5) + ");")) == nil)
    #expect(one.steps(to: CStatement(lines: [one.lines[0], one.lines[0]])) == nil)
    #expect(CStatement("a();").steps(to: one) == nil && CStatement("a();").steps(to: CStatement("a();")) == [])
    #expect(one.counted([4], by: "i").lines[0].text == "a(1 + 4 * i);")
    #expect(one.counted([1], by: "k").lines[0].text == "a(1 + k);" && one.counted([0], by: "k") == one)
    #expect(CStatement("a(" + CText.number(0) + ");").counted([-2], by: "i").lines[0].text == "a(-2 * i);")
  }
}
