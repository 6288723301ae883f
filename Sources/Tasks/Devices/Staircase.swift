import Board
import Crossbar
import Registers

/// Conductances of some cells of a chip under pulses of one polarity, one after another on every cell: from the lowest
/// conductance up, or from the highest down.
///
/// The cells are one word line of the chip's array with its variations, its programming error and the device's own
/// noise. Wires are ideal, nothing is read, and no cell sees half a voltage.
package struct Staircase: Sendable {
  /// After a number of pulses; 0 is before the first.
  package struct Step: Sendable {
    package let pulse: Int
    /// Of the pulse that led here; 0 before the first.
    package let nanoseconds: Double
    /// Mean over the cells and standard deviation, picosiemens.
    package let mean: Double
    package let deviation: Double
  }

  package let polarity: Polarity
  package let millivolts: Int
  package let steps: [Step]

  /// Of the first and the last pulse, nanoseconds.
  package var widths: (first: Double, last: Double) {
    (steps[min(1, steps.count - 1)].nanoseconds, steps[steps.count - 1].nanoseconds)
  }

  /// As many pulses as bring a cell without noise or variation over 99 % of its range, up to 2000; or a ramp of 46
  /// pulses where widths are no repetition.
  package init(_ polarity: Polarity, of chip: ChipConfiguration, cells: Int = 64) {
    self.polarity = polarity
    millivolts = polarity == .set ? chip.amplitudes.afterReset.set : chip.amplitudes.afterReset.reset
    let widths = Self.widths(polarity, of: chip.device.model, millivolts: millivolts)
    var array = CrossbarArray(
      wordLines: 1, bitLines: cells, synapse: .reference, device: chip.device, variation: chip.variation,
      seed: chip.seed)
    if polarity == .reset {
      for cell in 0..<cells {
        array.setConductance(array.bounds(wordLine: 0, bitLine: cell).upperBound, wordLine: 0, bitLine: cell)
      }
    }
    var steps = [Self.step(0, 0, array.conductance)]
    for (index, width) in widths.enumerated() {
      // SET and RESET of one chip have different draws by their purposes.
      _ = array.apply(
        RowPhase(
          wordLine: 0, polarity: polarity, millivolts: millivolts,
          widths: Array(repeating: Nanoseconds(width), count: cells),
          operation: UInt64(index + 1)))
      steps.append(Self.step(index + 1, Double(width), array.conductance))
    }
    self.steps = steps
  }

  private static let most = 2000
  private static let ramp = 46

  /// Nanoseconds of each pulse.
  private static func widths(_ polarity: Polarity, of model: some DeviceModel, millivolts: Int) -> [Int32] {
    let (first, last) = model.staircaseWidths
    guard first == last else {
      return (0..<ramp).map { Int32((first + (last - first) * Double($0) / Double(ramp - 1)).rounded()) }
    }
    let width = Int32(min(max(first, 1), 1e9).rounded())
    let dose = model.rate(polarity, millivolts: Double(millivolts)) * Double(width)
    let range = model.conductanceRange
    let missing = Double(range.upperBound - range.lowerBound) / 100
    var conductance = polarity == .set ? range.lowerBound : range.upperBound
    var count = 0
    while count < most {
      conductance = model.conductance(conductance, after: dose, polarity)
      count += 1
      let rest = polarity == .set ? range.upperBound - conductance : conductance - range.lowerBound
      if Double(rest) <= missing { break }
    }
    return Array(repeating: width, count: count)
  }

  private static func step(_ pulse: Int, _ nanoseconds: Double, _ cells: [Int32]) -> Step {
    let count = Double(cells.count)
    let mean = cells.reduce(0) { $0 + Double($1) } / count
    let variance = cells.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return Step(pulse: pulse, nanoseconds: nanoseconds, mean: mean, deviation: variance.squareRoot())
  }
}
