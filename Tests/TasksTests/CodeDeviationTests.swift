import Board
import Crossbar
import Foundation
import Registers
import Testing
import Trace

@testable import Tasks

/// The equations of the docstring, in volts, siemens and amperes.
@Suite("How far codes of two dies may be apart")
struct CodeDeviationTests {
  /// 200 mV for code 127, 10 to 100 µS, codes of 400 µV.
  private static func chip(noise: Double = 0, offset: Int = 0, gain: Int = 0) -> ChipConfiguration {
    var chip = ChipConfiguration(
      tiles: [.init(wordLines: 4, bitLines: 6)], mismatch: ConverterMismatch(adcOffset: offset, adcGain: gain))
    chip.readNoiseShare = noise
    return chip
  }

  private static let codes: [Int16] = [127, -60, 0, 9]
  private static let ohms = 20_000.0
  private static let voltsPerCode = 400e-6
  private static let volts = codes.map { Double($0) * 1575e-6 }

  private static func conversion(slope: Double = 1) -> Conversion {
    Conversion(
      operation: .read, gain: 1, sensed: 6, isLinear: slope == 1, ohms: UInt32(ohms),
      drive: [Lanes.pack(codes[0], codes[1]), Lanes.pack(codes[2], codes[3])], slope: slope)
  }

  private static func isNear(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-4 * abs(expected)
  }

  @Test(
    "Read noise is that of all driven cells, and rounding adds a quarter; both for each die", arguments: [1.0, 0.25])
  func noise(_ slope: Double) {
    let model = DeviationModel(Self.chip(noise: 0.001))
    let deviation = model.deviation(of: Self.conversion(slope: slope), tile: 0, isTrimmed: false)
    let siemens = 0.001 * 100e-6
    let spread = siemens * Self.ohms * Self.volts.reduce(0) { $0 + $1 * $1 }.squareRoot() * slope / Self.voltsPerCode
    #expect(Self.isNear(deviation.noise, spread * spread))
    #expect(Self.isNear(deviation.drawn, 2 * (spread * spread + 0.25)))
    let sawtooth = exp(-2 * Double.pi * Double.pi * spread * spread) / Double.pi
    // π² has five digits there.
    #expect(abs(deviation.bias - 2 * min(0.5, sawtooth)) <= 1e-4 * sawtooth + 1e-12)
    #expect(deviation.offset == 0 && deviation.gain == 0 && deviation.cells.isEmpty && !deviation.isCertain)
  }

  @Test("Offset and gain are those of the ADC; behind a trim half a code, and half a code of the reference's")
  func mismatch() {
    let model = DeviationModel(Self.chip(offset: 1000, gain: 300))
    let own = model.deviation(of: Self.conversion(), tile: 0, isTrimmed: false)
    #expect(Self.isNear(own.offset, 2 * pow(1e-3 / Self.voltsPerCode, 2)))
    #expect(Self.isNear(own.gain, 2 * 300e-6 * 300e-6))
    #expect(own.drawn == 0.5 && own.noise == 0)
    #expect(Self.isNear(own.fixed(at: 1000), own.offset + own.gain * 1e6))
    #expect(Self.isNear(own.bias, 2 / Double.pi))
    let trimmed = model.deviation(of: Self.conversion(), tile: 0, isTrimmed: true)
    let reference = Double(AnalogScale.reference * AnalogScale.microvoltsPerStep) / 1e6 / Self.voltsPerCode
    #expect(trimmed.offset == 0.5 && Self.isNear(trimmed.gain, 2 * pow(0.5 / reference, 2)))
  }

  @Test("What nothing makes unlike is the same")
  func certain() {
    let deviation = DeviationModel(Self.chip()).deviation(of: Self.conversion(), tile: 0, isTrimmed: true)
    #expect(deviation.isCertain && deviation.bias == 0 && deviation.fixed(at: 2000) == 0)
  }

  @Test("Cells that were written are within two tolerances and what sixteen noisy reads say, on each die")
  func cells() {
    var model = DeviationModel(Self.chip(noise: 0.002))
    let before = model.deviation(of: Self.conversion(), tile: 0, isTrimmed: false)
    #expect(before.cells.isEmpty)
    let start = MemoryMap.tile(0) + TileRegister.start.rawValue
    model.follow(Transaction(.write, start, TileRegister.Start.operation.encode(Operation.programRow.rawValue)))
    let cells = model.deviation(of: Self.conversion(), tile: 0, isTrimmed: false).cells
    let window = (100e-6 - 10e-6) / 2
    let (written, verified) = (2 * model.tolerance * window, 0.002 * 100e-6)
    let siemens = (2 * (written * written + verified * verified / 16)).squareRoot()
    #expect(cells.count == Self.codes.count)
    for (cell, volts) in zip(cells, Self.volts) {
      #expect(
        abs(cell - siemens * volts * Self.ohms / Self.voltsPerCode) < 1e-4 * siemens * Self.ohms / Self.voltsPerCode)
    }
  }
}
