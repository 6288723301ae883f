import Board
import Crossbar
import Firmware
import Registers

/// A fully parallel update by stochastic pulse trains: in every slot a word line fires with one probability, a column with
/// another, and where both do at once the device takes its smallest step (Gokmen, Vlasov, Frontiers in Neuroscience 10:333,
/// 2016).
///
/// Lengths and probabilities are those of IBM aihwkit (`performUpdateManagement` and `calculateBlAB` of
/// `src/rpucuda/rpu_pulsed_meta_parameter.cpp`, defaults of `src/aihwkit/simulator/parameters/training.py`, commit 4545f11:
/// `update_bl_management`, `update_management`, `desired_bl` 31). With x and d the vectors of a product, the rate in d, and Δ
/// the device's step:
///
///     k = max|x| · max|d| / Δ      BL = min(⌈k⌉, 31)      m = max|d| · min(1, 31/k)
///     p(xᵢ) = min(1, |xᵢ| · √(m/max|x|) / √(Δ·BL))     p(dⱼ) = min(1, |dⱼ| · √(max|x|/m) / √(Δ·BL))
///
/// so that the expected change of a weight is −xᵢ dⱼ, where nothing is cut off.
///
/// A slot has a phase for each pair of signs that the vectors have, up to four: a cell of two terminals takes its voltage from
/// both lines, and none serves a SET and a RESET on one of them at once (aihwkit's compressed trains count one). A phase has V/2
/// on every line that fires and the rest of the chip's phases behind it. Conductances stay as they are before the update;
/// steps are those at the middle of the range, without noise.
package struct PulseTrains: Sendable {
  /// The longest.
  package static let longest = 31
  /// Of the slots' pulses, nanoseconds.
  package let nanoseconds: Int
  /// Δ: what a pulse moves a weight by, share of the window, mean of SET and RESET.
  package let step: Double

  /// A slot's pulse is the device's own; of a device whose source has none, one step of the chip's drivers.
  /// - Parameter nanoseconds: another one.
  /// - Returns: nil for devices that RESET all or nothing, or do not move: there is no small step both ways.
  init?(on chip: ChipConfiguration, nanoseconds: Int?) {
    guard !PulseTimes(of: chip).isAbrupt else { return nil }
    let model = chip.device.model
    let own = chip.device.model.staircaseWidths.first.rounded()
    let usual = chip.device.hasThreshold ? chip.timing.stepNanoseconds : Int(min(max(own, 1), 1e9))
    let width = nanoseconds ?? usual
    let range = model.conductanceRange
    let middle = Int32((Int64(range.lowerBound) + Int64(range.upperBound)) / 2)
    let steps = [Polarity.set, .reset].map { polarity in
      let dose = model.rate(polarity, millivolts: Double(chip.millivolts(polarity))) * Double(width)
      return Double(model.conductance(middle, after: dose, polarity) - middle).magnitude
    }
    self.nanoseconds = width
    step = (steps[0] + steps[1]) / (Double(range.upperBound) - Double(range.lowerBound))
    guard step > 0 else { return nil }
  }

  /// For a step that is known.
  init(nanoseconds: Int, step: Double) {
    self.nanoseconds = nanoseconds
    self.step = step
  }

  /// Of one product.
  struct Train: Sendable, Equatable {
    /// BL.
    var slots: Int
    /// With the signs of the vectors.
    var lines: [Double]
    var errors: [Double]
  }

  /// - Returns: nil where a vector is zero.
  func train(_ product: OuterProduct) -> Train? {
    func largest(_ vector: [Double]) -> Double { vector.reduce(0) { max($0, $1.magnitude) } }
    let (x, d) = (largest(product.lines), largest(product.errors))
    guard x > 0, d > 0 else { return nil }
    let k = x * d / step
    let slots = min(k.rounded(.up), Double(Self.longest))
    let limited = k > Double(Self.longest) ? d * Double(Self.longest) / k : d
    let scale = 1 / (step * slots).squareRoot()
    func probabilities(_ vector: [Double], _ factor: Double) -> [Double] {
      vector.map { min(max($0 * factor, -1), 1) }
    }
    return Train(
      slots: Int(slots), lines: probabilities(product.lines, scale * (limited / x).squareRoot()),
      errors: probabilities(product.errors, scale * (x / limited).squareRoot()))
  }
}
