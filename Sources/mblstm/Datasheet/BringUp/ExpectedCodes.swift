import Board
import Crossbar
import Registers

/// What a chip's converters answer, from its data sheet: the nominal code and how far from it a good chip may be.
struct ExpectedCodes: Sendable {
  let chip: ChipConfiguration
  /// Word lines of the array.
  let wordLines: Int

  /// `START.GAIN` of the guide's reads, whose resistor it chooses.
  static let gain = 1
  /// Standard deviations that a good chip may be from its nominal code.
  static let deviations = 6.0

  init(_ chip: ChipConfiguration, tile: Int) {
    self.chip = chip
    wordLines = chip.tiles[tile].wordLines
  }

  private var range: ClosedRange<Int32> { chip.device.conductanceRange }
  private var span: Double { Double(range.upperBound) - Double(range.lowerBound) }
  /// Of a column at the end of its range, picosiemens.
  private var largestWeight: Double { chip.synapse == .reference ? span / 2 : span }

  /// Microvolts of a code.
  var microvoltsPerCode: Double { Double(AnalogScale.microvoltsPerStep << (16 - chip.adcBits)) }
  private var largestCode: Double { Double(1 << (chip.adcBits - 1) - 1) }
  /// Of a line at the largest code.
  private var readMicrovolts: Double { Double(chip.microvoltsPerCode) * Double(chip.largestDriveCode) }

  /// The feedback with which one cell at the end of its range comes to three quarters of the converters'.
  var feedbackOhms: Int {
    let attoamperes = largestWeight * readMicrovolts
    return max(1, Int((0.75 * largestCode * microvoltsPerCode * 1e12 / attoamperes).rounded()))
  }

  /// The nominal code of a column of conductances that one line drives at a code.
  /// - Parameter weight: cell less reference, or of a pair even less odd, picosiemens.
  private func code(_ weight: Double, drive: Int) -> Double {
    weight * Double(chip.microvoltsPerCode) * Double(drive) * Double(feedbackOhms) / 1e12 / microvoltsPerCode
  }

  /// Codes that a weight that stays may come to with the largest code on its line.
  private func uncertainty(_ code: Double) -> Double {
    let (variation, mismatch) = (chip.variation, chip.mismatch)
    let perMicrovolt = self.code(largestWeight, drive: chip.largestDriveCode) / readMicrovolts
    let perWeight = self.code(1, drive: chip.largestDriveCode)
    let cells = Double(chip.synapse.bitLinesPerColumn).squareRoot()
    // Cell, reference and the converter are rounded.
    let rounding = 1.5 + 2 * perWeight * Double(ConductanceCode.step(highest: Int64(range.upperBound)))
    let drawn =
      perWeight * cells * Double(variation.readNoise) + Double(mismatch.adcOffset) / microvoltsPerCode
      + abs(code) * Double(mismatch.adcGain) / 1e6 + 2 * perWeight * variation.boundsSpread * Double(range.upperBound)
    let drivers =
      abs(Double(mismatch.dacOffset)) * perMicrovolt * Double(wordLines)
      + abs(Double(mismatch.dacNonlinearity)) * perMicrovolt
    return rounding + Self.deviations * drawn + drivers
  }

  private func band(_ low: Double, _ high: Double) -> Band {
    func limited(_ code: Double) -> Int64 { Int64(min(max(code, -largestCode - 1), largestCode)) }
    return Band(
      limited((min(low, high) - uncertainty(low)).rounded(.down)),
      limited((max(low, high) + uncertainty(high)).rounded(.up)))
  }

  /// A column whose one driven cell is somewhere in a range, and whose partner in a pair in another.
  /// - Parameter sign: of the code that drives it.
  func column(_ cell: ClosedRange<Int32>, partner: ClosedRange<Int32>? = nil, sign: Int = 1) -> Band {
    let middle = (Int64(range.lowerBound) + Int64(range.upperBound)) / 2
    let other = partner.map { (Double($0.lowerBound), Double($0.upperBound)) } ?? (Double(middle), Double(middle))
    let drive = sign * chip.largestDriveCode
    return band(
      code(Double(cell.lowerBound) - other.1, drive: drive), code(Double(cell.upperBound) - other.0, drive: drive))
  }

  /// Nothing driven.
  var nothing: Band { band(0, 0) }

  /// How far two readings of a column that stayed may be apart.
  var same: Band {
    let most = uncertainty(largestCode)
    return Band(-Int64((2 * most).rounded(.up)), Int64((2 * most).rounded(.up)))
  }

  /// The same of two readings by one converter.
  var sameConverter: Band {
    let perWeight = code(1, drive: chip.largestDriveCode)
    let noise = perWeight * Double(chip.synapse.bitLinesPerColumn).squareRoot() * Double(chip.variation.readNoise)
    let drivers =
      abs(Double(chip.mismatch.dacOffset)) * Double(wordLines) * code(largestWeight, drive: chip.largestDriveCode)
      / readMicrovolts
    let most = Int64((1 + 2 * Self.deviations * noise + drivers).rounded(.up))
    return Band(-most, most)
  }

  /// A voltage at the converters themselves.
  /// - Parameters:
  ///   - offset: what `TRIM` takes off, steps.
  ///   - gain: of `TRIM`.
  func converter(_ steps: Int, trimmed offset: Int = 0, gain: Double = 1, isTrimmed: Bool = false) -> Band {
    let voltage = Double(steps - offset) * gain / Double(1 << (16 - chip.adcBits))
    let mismatch = chip.mismatch
    let isIdeal = mismatch.adcOffset == 0 && mismatch.adcGain == 0 && !isTrimmed
    let most =
      (isIdeal ? 0 : 1)
      + Self.deviations * gain
      * (Double(mismatch.adcOffset) / microvoltsPerCode
        + Double(steps) / Double(1 << (16 - chip.adcBits)) * Double(mismatch.adcGain) / 1e6)
    // An ideal converter rounds half up.
    guard !isIdeal else { return Band(Int64((voltage + 0.5).rounded(.down))) }
    return Band(Int64((voltage - most).rounded(.down)), Int64((voltage + most).rounded(.up)))
  }
}
