import Crossbar
import FixedPoint
import Registers

/// Between the array and the codes: amplifiers, activation circuits, converters.
///
/// Voltages are counted in the steps of `AnalogScale`, which reads as Q3.12 before an activation circuit and Q0.15 after it.
package struct ReadChain: Sendable {
  package let adcBits: Int
  /// Steps, one an ADC; empty for ideal ones.
  let offsets: [Int32]
  /// UQ1.15, one an ADC; empty for ideal ones.
  let gains: [Int32]

  /// An ohm times an attoampere is an attovolt.
  private static let attovoltsPerStep = Int64(AnalogScale.microvoltsPerStep) * 1_000_000_000_000

  package init(adcBits: Int, lines: Int, mismatch: ConverterMismatch, tile: Int, random: CounterRandom) {
    self.adcBits = adcBits
    func draws(_ purpose: CounterRandom.Purpose, deviation: Int, unit: Int64, middle: Int64) -> [Int32] {
      (0..<lines).map { line in
        let draw = random.gaussian(purpose, tile: tile, operation: 0, index: line)
        return Int32(middle + (draw * Int64(deviation)).dividedHalfUp(by: CounterRandom.gaussianScale * unit))
      }
    }
    let isIdeal = mismatch.adcOffset == 0 && mismatch.adcGain == 0
    offsets =
      isIdeal
      ? []
      : draws(.converterOffset, deviation: mismatch.adcOffset, unit: Int64(AnalogScale.microvoltsPerStep), middle: 0)

    gains =
      isIdeal
      ? []
      : draws(
        .converterGain, deviation: mismatch.adcGain * Int(TileRegister.Trim.unitGain), unit: 1_000_000,
        middle: Int64(TileRegister.Trim.unitGain))
  }

  /// A feedback resistor, with a current that is far beyond the amplifier's rail and yet inside 64 bits of attovolts.
  struct Feedback {
    let ohms: Int64
    let bound: Int64

    init(ohms: Int64) {
      self.ohms = ohms
      bound = 900_000_000_000_000_000 / ohms
    }
  }

  /// The amplifier's output for a current in attoamperes, limited to ±819.2 mV.
  @inline(__always)
  static func amplify(_ attoamperes: Int64, _ feedback: Feedback) -> (z: Q3_12, isLimited: Bool) {
    let attovolts = min(max(attoamperes, -feedback.bound), feedback.bound) &* feedback.ohms
    // Shifted by a whole number of steps to be positive, so that the division rounds down.
    let shift: Int64 = 65_536
    let steps = (attovolts &+ attovoltsPerStep / 2 &+ shift &* attovoltsPerStep) / attovoltsPerStep &- shift
    let limited = min(max(steps, -32_768), 32_767)
    return (Q3_12(raw: Int16(truncatingIfNeeded: limited)), limited != steps)
  }

  /// The code of an ideal converter: `steps` rounded to the converter's own, limited to its range.
  ///
  /// Half a step above the top code is the rounding of a rail, not an overrange.
  @inline(__always)
  static func quantise<Steps: FixedWidthInteger & SignedInteger>(
    _ steps: Steps, shift: Int, largest: Steps
  ) -> (code: Int16, isLimited: Bool) {
    let code = steps.shifted(rightBy: shift)
    let limited = min(max(code, -largest - 1), largest)
    return (Int16(truncatingIfNeeded: limited), code > largest + 1 || code < -largest - 1)
  }

  /// What was drawn for converter `line`: an offset in steps, and a gain in UQ1.15.
  package func mismatch(of line: Int) -> (offset: Int32, gain: Int32) {
    offsets.isEmpty ? (0, Int32(TileRegister.Trim.unitGain)) : (offsets[line], gains[line])
  }

  var isIdeal: Bool { offsets.isEmpty }
  var shift: Int { 16 - adcBits }
  var largestCode: Int64 { Int64(1) << Int64(adcBits - 1) - 1 }

  /// The code for a voltage in steps at converter `line`, with its trim register.
  @inline(__always)
  package func convert(_ steps: Int32, line: Int, trim: UInt32) -> (code: Int16, isLimited: Bool) {
    var value = Int64(steps)
    if !offsets.isEmpty {
      value = ((value + Int64(offsets[line])) * Int64(gains[line])).shifted(rightBy: 15)
    }
    if trim != TileRegister.Trim.unit {
      let offset = Int64(Int16(truncatingIfNeeded: trim))
      value = ((value - offset) * Int64(trim >> 16)).shifted(rightBy: 15)
    }
    return Self.quantise(value, shift: shift, largest: largestCode)
  }
}
