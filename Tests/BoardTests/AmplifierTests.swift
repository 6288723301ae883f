import Crossbar
import Foundation
import Registers
import TestSupport
import Testing

@testable import Board

@Suite("Amplifiers on their way")
struct AmplifierTests {
  @Test("An amplifier comes to 1 − e^(−2π·GBW·t/NG) of its output, by the noise gain of its whole line")
  func onePole() {
    var random = SeededRandom(3)
    for _ in 0..<20_000 {
      let kilohertz = Int(1 + random.next() % 10_000_000)
      let cycles = Int64(1 + random.next() % 255)
      let ohms = Int64(1 + random.next() % (1 << (1 + random.next() % 32)))
      let load = Int64(random.next() % (1 << (1 + random.next() % 38)))
      let current = Int64(bitPattern: random.next()) >> Int64(1 + random.next() % 40)
      let noiseGain = 1 + Double(ohms) * Double(load) * 1e-12
      let time = Double(cycles) * 10e-9
      let share = 1 - Foundation.exp(-2 * .pi * Double(kilohertz) * 1000 * time / noiseGain)
      let settled = Amplifiers(kilohertz: kilohertz)
        .settled(current, picosiemens: load, ohms: ohms, cycles: cycles)
      #expect(
        abs(Double(settled) - Double(current) * share) <= abs(Double(current)) * 1e-9 + 1,
        "\(kilohertz) kHz, \(cycles) cycles, \(ohms) Ω, \(load) pS, \(current) aA")
    }
  }

  @Test("25 rows of 110 µS behind 11.38 kΩ settle to 12 bits in 463 ns at 100 MHz and 93 ns at 500 MHz")
  func publishedTimes() {
    // 5-fold faster amplifiers take a fifth; 64 and 128 rows at 500 MHz 233 and 462 ns, rounded up to cycles.
    for (kilohertz, rows, nanoseconds) in [
      (100_000, 25, 463), (500_000, 25, 93), (500_000, 64, 233), (500_000, 128, 462),
    ] {
      let cycles = Amplifiers(kilohertz: kilohertz).settlingCycles(
        bits: 12, picosiemens: Int64(rows) * 110_000_000, ohms: 11_380)
      #expect(cycles == Int((Double(nanoseconds) / 10).rounded(.up)))
    }
  }

  @Test(
    "At the cycle that a line needs, and not one before, its output misses half an ADC step at most",
    arguments: [8, 12, 16])
  func halfAStep(bits: Int) {
    for (kilohertz, load, ohms) in [(100_000, Int64(2_750_000_000), Int64(11_380)), (37_000, 900_000_000, 10_000)] {
      let amplifiers = Amplifiers(kilohertz: kilohertz)
      let needed = Int64(amplifiers.settlingCycles(bits: bits, picosiemens: load, ohms: ohms))
      let full = Int64(1) << 60
      func missing(_ cycles: Int64) -> Double {
        Double(full - amplifiers.settled(full, picosiemens: load, ohms: ohms, cycles: cycles)) / Double(full)
      }
      let half = Double(sign: .plus, exponent: -bits - 1, significand: 1)
      #expect(missing(needed) <= half && missing(needed - 1) > half)
    }
  }

  @Test("Amplifiers of no bandwidth given are settled at once, whatever the time")
  func ideal() throws {
    var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 3, bitLines: 4)])
    chip.adcBits = 16
    func codes(settle: Int32, bandwidth: Int) throws -> [Int16] {
      chip.amplifierBandwidth = bandwidth
      var tile = try AnalogTile(chip)
      try tile.setFeedback(ohms: 20_000)
      try tile.setSettle(cycles: Int(settle))
      return try tile.convert(.read, drive: [127, -60, 9]).codes
    }
    let settled = try codes(settle: 255, bandwidth: 0)
    #expect(try codes(settle: 1, bandwidth: 0) == settled)
    #expect(try codes(settle: 255, bandwidth: 10_000_000) == settled)
    #expect(try codes(settle: 1, bandwidth: 20_000) != settled)
  }

  @Test("A tile's time to settle is 1 to 255 cycles, and lengthens its conversions by as much")
  func bounds() throws {
    var tile = try AnalogTile(ChipConfiguration(tiles: [TileConfiguration(wordLines: 1, bitLines: 1)]))
    for cycles in [-1, 0, 256, .max] {
      #expect(throws: AnalogTile.Problem.range("\(cycles) cycles to settle, expected 1 to 255")) {
        try tile.setSettle(cycles: cycles)
      }
    }
    #expect(try tile.convert(.zero, drive: []).cycles == 30)
    try tile.setSettle(cycles: 255)
    #expect(try tile.convert(.zero, drive: []).cycles == 275)
  }
}
