/// A step linear in the weight (IBM aihwkit, `LinearStepDevice`, `SoftBoundsDevice`, `ConstantStepDevice`; parameters
/// from `simulator/presets/devices.py`).
///
/// One SET pulse: w → w + δ·(1 − γ₊·w/w_max); one RESET pulse: w → w − δ·(1 − γ₋·w/w_min), limited to
/// w_min … w_max. γ = 1 makes *soft bounds*, where the step vanishes at the bound; γ = 0 a constant step. The weight
/// range stands for 10–100 µS. A dose is a number of pulses, parts of a pulse allowed: n pulses in one are exactly n
/// pulses in turn.
///
/// Valid at any number of pulses; other amplitudes than the nominal one as `NominalPulse` says. The source knows no
/// time: the length of a pulse is a choice. Not modelled: write noise, the source's spread of bounds and steps (the
/// chip's own variation serves), leakage.
public struct LinearStep: DeviceModel, Equatable {
  /// How an aihwkit preset describes a device.
  public struct Preset: Sendable, Equatable {
    /// w_min < 0 < w_max.
    public var weights: ClosedRange<Double>
    /// δ, the step at w = 0.
    public var step: Double
    /// γ₊ and γ₋.
    public var setSlope: Double
    public var resetSlope: Double

    public init(weights: ClosedRange<Double>, step: Double, setSlope: Double, resetSlope: Double) {
      self.weights = weights
      self.step = step
      self.setSlope = setSlope
      self.resetSlope = resetSlope
    }
  }

  public let conductanceRange: ClosedRange<Int32>
  public let preset: Preset
  /// Of a pulse at the nominal amplitude.
  public let pulseNanoseconds: Double
  private let set: LinearLaw
  private let reset: LinearLaw

  public init(
    _ preset: Preset, pulseNanoseconds: Double, conductanceRange: ClosedRange<Int32> = 10_000_000...100_000_000
  ) {
    self.preset = preset
    self.pulseNanoseconds = pulseNanoseconds
    self.conductanceRange = conductanceRange
    let (low, high) = (preset.weights.lowerBound, preset.weights.upperBound)
    let step = preset.step / (high - low)
    set = LinearLaw(start: step * (1 - preset.setSlope * low / high), end: step * (1 - preset.setSlope))
    reset = LinearLaw(start: step * (1 - preset.resetSlope * high / low), end: step * (1 - preset.resetSlope))
  }

  /// Soft bounds, ±1, a 64th of the range as the largest step: 44 pulses of 1 µs halve the way to a bound. Chosen to
  /// be near the default device; no published device.
  public static let softBounds = LinearStep(
    Preset(weights: -1...1, step: 1 / 64, setSlope: 1, resetSlope: 1), pulseNanoseconds: 1000)

  /// A step that falls by two thirds over the range, from a 64th to a 192nd: 105 pulses of 1 µs through it. Chosen
  /// to be near the default device; no published device.
  public static let linearStep = LinearStep(
    Preset(weights: -1...1, step: 1 / 48, setSlope: 0.5, resetSlope: 0.5), pulseNanoseconds: 1000)

  /// `ReRamSBPresetDevice`: soft bounds fitted to Gong et al., Nature Communications 2018; pulses of 100 ns.
  public static let reRamSB = LinearStep(
    Preset(weights: -0.75...1.25, step: 0.002, setSlope: 1, resetSlope: 1), pulseNanoseconds: 100)

  /// `EcRamPresetDevice`: lithium ECRAM, Tang et al., IEDM 2018; pulses of 100 ns.
  public static let ecRam = LinearStep(
    Preset(weights: -0.8276...1.1724, step: 0.002, setSlope: 0.1153, resetSlope: 0.5085), pulseNanoseconds: 100)

  /// `GokmenVlasovPresetDevice`: the constant step of Gokmen and Vlasov, Frontiers in Neuroscience 2016, 1250 of
  /// them in the range; pulses of 100 ns.
  public static let constantStep = LinearStep(
    Preset(weights: -1...1, step: 0.0016, setSlope: 0, resetSlope: 0), pulseNanoseconds: 100)

  public var problem: String? {
    let (low, high) = (preset.weights.lowerBound, preset.weights.upperBound)
    guard low < 0, high > 0, preset.step > 0, pulseNanoseconds > 0 else {
      return "linear-step weights span zero, and steps and pulses are positive"
    }
    guard (0...1).contains(preset.setSlope), (0...1).contains(preset.resetSlope) else {
      return "linear-step slopes are 0 to 1"
    }
    let largest = max(1 - preset.setSlope * low / high, 1 - preset.resetSlope * high / low)
    guard largest * preset.step <= 0.5 * (high - low) else {
      return "a linear step is at most half the range"
    }
    return rangeProblem
  }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    NominalPulse.pulses(atMillivolts: millivolts) / pulseNanoseconds
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    conductance(before, after: dose, polarity, polarity == .set ? set : reset)
  }
}
