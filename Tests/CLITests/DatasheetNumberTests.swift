import Board
import Crossbar
import Testing

@testable import mblstm

@Suite("Numbers of a data sheet of an unusual chip")
struct DatasheetNumberTests {
  private static func chip(_ settings: [(String, PropertyValue)]) throws -> ChipConfiguration {
    var chip = ChipConfiguration(tiles: [.init(wordLines: 4, bitLines: 4)])
    for (name, value) in settings {
      try #require(ChipConfiguration.properties.named(name)).set(value, of: &chip)
    }
    return chip
  }

  @Test("Ends are three deviations away, codes and steps those of the bits")
  func ends() throws {
    let chip = try Self.chip([
      ("dac-bits", .whole(6)), ("adc-bits", .whole(9)), ("adc-offset", .whole(500)), ("adc-gain", .whole(2000)),
      ("bounds-spread", .real(0.05)),
    ])
    let text = try Characteristics(chip).text()
    for row in [
      "| DAC code | -31 |  | 31 |  | exact | 6 bits |", "| ADC code | -256 |  | 255 |  | exact | 9 bits |",
      "| ADC step |  | 3200 |  | µV |", "| ADC range | -819200 |  | 816000 | µV |",
      "| ADC offset before TRIM | -1500 | 0 | 1500 | µV |", "| ADC gain error before TRIM | -6000 | 0 | 6000 | ppm |",
      "| Lowest conductance of a cell | 8500 | 10000 | 11500 | nS |",
      "| Highest conductance of a cell | 85000 | 100000 | 115000 | nS |",
    ] { #expect(text.contains("\n\(row)"), "\(row)") }
  }

  @Test("What no pulse reaches takes longer than the longest; half of a high amplitude moves cells")
  func amplitudes() throws {
    let chip = try Self.chip([("set-amplitude", .whole(3000)), ("reset-amplitude", .whole(600))])
    let text = try Characteristics(chip).text()
    for row in [
      "| RESET through 99 % of the range |  | > 655.34 |  | µs |",
      "| SET amplitude after reset |  | 3000 |  | mV | assumed | AMPLITUDE; half of it moves cells |",
      "| RESET amplitude after reset |  | 600 |  | mV | assumed | AMPLITUDE; half of it moves no cell |",
    ] { #expect(text.contains("\n\(row)"), "\(row)") }
    #expect(!text.contains("| SET through 99 % of the range |  | > "))
  }

  @Test("Operations take what their times say: settling, sampling, bits; steps and rests")
  func times() throws {
    let usual = try Characteristics(Self.chip([])).text()
    #expect(usual.contains("| typical |") && usual.contains("| 300 |  | ns | computed | SETTLE after reset"))
    // 7 + 21 + 12 bits in place of 10 + 8 + 12; a step is 3 cycles, a phase has 9 behind it.
    let chip = try Self.chip([
      ("settle", .whole(7)), ("sample", .whole(21)), ("pulse-step", .whole(3)), ("relax", .whole(9)),
    ])
    let text = try Characteristics(chip).text()
    for row in [
      "| Conversion: READ, READ_T, ZERO, REFERENCE |  | 400 |  | ns |", "| Pulse width | 30 |  | 983010 | ns |",
      "| PROGRAM_ROW | 120 |  | 1966200 | ns | computed | one phase of a step to two of the longest pulse (one: 983100 ns)",
    ] { #expect(text.contains("\n\(row)"), "\(row)") }
    #expect(Maxima.text(chip).contains("| Width in PULSE | -32768 | 32767 | steps of 30 ns | LIMIT |"))
  }

  @Test("Absolute maxima are those of the chip, and what is beyond sets the error named")
  func maxima() throws {
    let text = Maxima.text(try Self.chip([("dac-bits", .whole(12)), ("max-amplitude", .whole(2000))]))
    for row in [
      "| AMPLITUDE.SET_MV | 0 | 2000 | mV | LIMIT |", "| AMPLITUDE.RESET_MV | 0 | 2000 | mV | LIMIT |",
      "| Code in DRIVE | -2047 | 2047 | DAC steps | CODE |",
    ] { #expect(text.contains("\n\(row)"), "\(row)") }
    let power = PowerText.text(try Self.chip([("wake-up", .whole(321))]))
    #expect(power.contains("321 cycles (`WAKE_UP`) until they have settled"))
  }
}
