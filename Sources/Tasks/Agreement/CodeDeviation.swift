import Board
import Crossbar
import Registers

/// How far the codes of two dies may be apart in one conversion, from what a chip is.
///
/// A die's code is `round(g · (v + o))`: v the amplifier's or circuit's voltage with its read noise, o and g the ADC's
/// offset and gain. In codes, for one conversion of a line:
///
/// - read noise: every cell's conductance has σ_G in a read, independently, so that a line's current has
///   σ_G · √(cells · Σ v²), the voltage R times that, and a circuit's output at most its steepest slope times that;
/// - rounding: ¼, the most that the variance of a variable between two neighbouring codes is;
/// - offset and gain of the ADC: σ_o, and σ_g times the code; of a line whose `TRIM` was written what calibration leaves,
///   half a code and half a code of the reference's;
/// - cells that were written by write–verify on a chip whose pulses or reads are random: what sixteen reads said of each
///   is within two tolerances of its target, where verify lets it be, so that its variance on one die is at most
///   (2 · tolerance)² + σ_G² · cells / 16; times its line's drive.
///
/// The first two are drawn anew in every read, the rest once for a die. Two dies differ by twice each.
struct CodeDeviation {
  /// Of what is drawn anew in every read, both dies: variance, codes².
  let drawn: Double
  /// The read noise of one die: variance, codes².
  let noise: Double
  /// Of ADC offsets, both dies: variance, codes².
  let offset: Double
  /// Of ADC gains, both dies: variance, a share.
  let gain: Double
  /// For each driven line, the most that its cells' difference may move a code; empty where cells are alike.
  let cells: [Double]
  /// How far rounding may move the mean difference, codes: the sawtooth of the rounding error, smoothed by noise of σ
  /// codes, has the amplitude exp(−2π²σ²) / π, on each die, and never more than ½.
  let bias: Double

  /// Whether the code is the same on all dies.
  var isCertain: Bool { drawn == 0 }
  /// Of what is drawn once for a die, at a code: variance, codes².
  func fixed(at code: Double) -> Double { offset + gain * code * code + cells.reduce(0) { $0 + $1 * $1 } }
}

/// The deviations of a chip's conversions.
struct DeviationModel {
  private let chip: ChipConfiguration
  private let drivers: LineDrivers
  /// Steps of `AnalogScale` in a code.
  private let stepsPerCode: Double
  /// How near write–verify brings a cell, share of the window; the host's requests in a log say it.
  var tolerance = ProgrammingSettings().tolerance
  /// Tiles in which cells were written.
  private var written: Set<Int> = []

  init(_ chip: ChipConfiguration) {
    self.chip = chip
    drivers = LineDrivers(chip)
    stepsPerCode = Double(1 << (16 - chip.adcBits))
  }

  /// Whether two dies' cells differ once they were written.
  private var cellsDiffer: Bool {
    let spread = chip.variation
    var quiet = Variation.none
    quiet.deviceNoise = spread.deviceNoise
    return spread != quiet || chip.device.model.isNoisy && spread.deviceNoise > 0
  }

  mutating func follow(_ access: Transaction) {
    guard access.kind == .write, let (tile, offset) = ConversionTracker.place(access.address),
      offset == TileRegister.start.rawValue
    else { return }
    switch Operation(rawValue: TileRegister.Start.operation.decode(access.value)) {
    case .programRow, .erase: if cellsDiffer { written.insert(tile) }
    default: break
    }
  }

  func deviation(of conversion: Conversion, tile: Int, isTrimmed: Bool) -> CodeDeviation {
    let codes = Self.codes(conversion.drive, count: lines(conversion, tile))
    let noise = noise(conversion, codes)
    let offsetSteps = Double(chip.mismatch.adcOffset) / Double(AnalogScale.microvoltsPerStep)
    let offset = isTrimmed ? 0.5 : offsetSteps / stepsPerCode
    let referenceCode = Double(AnalogScale.reference) / stepsPerCode
    let gain = isTrimmed ? 0.5 / referenceCode : Double(chip.mismatch.adcGain) / 1e6
    let isIdeal = chip.mismatch.adcOffset == 0 && chip.mismatch.adcGain == 0
    let cells = written.contains(tile) ? cellShares(conversion, codes) : []
    let (offsets, gains) = isIdeal ? (0, 0) : (2 * offset * offset, 2 * gain * gain)
    let isCertain = noise == 0 && isIdeal && cells.isEmpty
    // π² = 9.8696…, as far as a bound needs it.
    let smoothed = Exponential.exp(-19.739 * noise) / 3.1415
    return CodeDeviation(
      drawn: isCertain ? 0 : 2 * (noise + 0.25), noise: noise, offset: offsets, gain: gains, cells: cells,
      bias: isCertain ? 0 : 2 * min(0.5, smoothed))
  }

  private func lines(_ conversion: Conversion, _ tile: Int) -> Int {
    switch conversion.operation {
    case .read: chip.tiles[tile].wordLines
    case .readTransposed: chip.tiles[tile].bitLines / chip.synapse.bitLinesPerColumn
    case .zero, .reference, .programRow, .erase: 0
    }
  }

  private static func codes(_ words: [UInt32], count: Int) -> [Int16] {
    (0..<count).map { $0 & 1 == 0 ? Lanes.even(words[$0 / 2]) : Lanes.odd(words[$0 / 2]) }
  }

  /// Variance of a code by read noise, codes²: σ_G in pS · µV · Ω are attovolts.
  private func noise(_ conversion: Conversion, _ codes: [Int16]) -> Double {
    guard !codes.isEmpty, chip.variation.readNoise > 0 else { return 0 }
    let microvolts: [Double]
    switch drivers.drive(codes) {
    case .codes(let codes, let perCode): microvolts = codes.map { Double($0) * Double(perCode) }
    case .microvolts(let voltages): microvolts = voltages.map { Double($0) }
    }
    let squares = microvolts.reduce(0) { $0 + $1 * $1 } * Double(chip.synapse.bitLinesPerColumn)
    let attovolts = Double(chip.variation.readNoise) * Double(conversion.ohms)
    let deviation = attovolts / 1e12 / Double(AnalogScale.microvoltsPerStep) * conversion.slope / stepsPerCode
    return squares * deviation * deviation
  }

  /// A cell's deviation on two dies times the drive of its line, for every line. The window is half the conductance range
  /// either way, the whole in a pair.
  private func cellShares(_ conversion: Conversion, _ codes: [Int16]) -> [Double] {
    let range = chip.device.conductanceRange
    let cells = Double(chip.synapse.bitLinesPerColumn)
    let written = 2 * tolerance * Double(range.upperBound - range.lowerBound) / 2 * cells
    let verified = Double(chip.variation.readNoise) * Double(chip.variation.readNoise) * cells / 16
    let picosiemens = (2 * (written * written + verified)).squareRoot()
    let attovolts = picosiemens * Double(chip.microvoltsPerCode) * Double(conversion.ohms)
    let most = attovolts / 1e12 / Double(AnalogScale.microvoltsPerStep) * conversion.slope / stepsPerCode
    return codes.map { Double($0) * most }
  }
}
