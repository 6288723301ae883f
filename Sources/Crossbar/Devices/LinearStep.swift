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
public struct LinearStep: BoundedModel {
  /// w_min, below zero: what the lowest conductance stands for.
  public var lowestWeight: Double { didSet { derive() } }
  /// w_max, above zero: what the highest conductance stands for.
  public var highestWeight: Double { didSet { derive() } }
  /// δ, the step at w = 0.
  public var step: Double { didSet { derive() } }
  /// γ₊ of SET, 0 … 1.
  public var setSlope: Double { didSet { derive() } }
  /// γ₋ of RESET, 0 … 1.
  public var resetSlope: Double { didSet { derive() } }
  /// Of a pulse at the nominal amplitude, nanoseconds.
  public var pulseTime: Double
  public var bounds: ConductanceBounds
  private var set = LinearLaw.none
  private var reset = LinearLaw.none

  /// A device with these parameters; `problem` says whether they are usable.
  /// - `weights`: w_min … w_max.
  public init(
    weights: ClosedRange<Double>, step: Double, setSlope: Double, resetSlope: Double, pulseTime: Double,
    bounds: ConductanceBounds = ConductanceBounds(10_000_000, 100_000_000)
  ) {
    lowestWeight = weights.lowerBound
    highestWeight = weights.upperBound
    self.step = step
    self.setSlope = setSlope
    self.resetSlope = resetSlope
    self.pulseTime = pulseTime
    self.bounds = bounds
    derive()
  }

  private mutating func derive() {
    guard lowestWeight < 0, highestWeight > 0 else { return }
    let (low, high) = (lowestWeight, highestWeight)
    let step = step / (high - low)
    set = LinearLaw(start: step * (1 - setSlope * low / high), end: step * (1 - setSlope))
    reset = LinearLaw(start: step * (1 - resetSlope * high / low), end: step * (1 - resetSlope))
  }

  /// Soft bounds, ±1, a 64th of the range as the largest step: 44 pulses of 1 µs halve the way to a bound.
  public static let softBounds = LinearStep(
    weights: -1...1, step: 1 / 64, setSlope: 1, resetSlope: 1, pulseTime: 1000)

  /// A step that falls by two thirds over the range, from a 64th to a 192nd: 105 pulses of 1 µs through it.
  public static let linearStep = LinearStep(
    weights: -1...1, step: 1 / 48, setSlope: 0.5, resetSlope: 0.5, pulseTime: 1000)

  /// ReRAM with soft bounds (aihwkit, `ReRamSBPresetDevice`): at w = 0 a step is a 1000th of the range.
  public static let reRamSB = LinearStep(
    weights: -0.75...1.25, step: 0.002, setSlope: 1, resetSlope: 1, pulseTime: 100)

  /// Lithium ECRAM (aihwkit, `EcRamPresetDevice`): at w = 0 a step is a 1000th of the range.
  public static let ecRam = LinearStep(
    weights: -0.8276...1.1724, step: 0.002, setSlope: 0.1153, resetSlope: 0.5085, pulseTime: 100)

  /// 1250 steps in the range.
  public static let constantStep = LinearStep(
    weights: -1...1, step: 0.0016, setSlope: 0, resetSlope: 0, pulseTime: 100)

  public var problem: String? {
    let (low, high) = (lowestWeight, highestWeight)
    guard low < 0, high > 0, step > 0, pulseTime > 0 else {
      return "linear-step weights span zero, and steps and pulses are positive"
    }
    guard (0...1).contains(setSlope), (0...1).contains(resetSlope) else {
      return "linear-step slopes are 0 to 1"
    }
    let largest = max(1 - setSlope * low / high, 1 - resetSlope * high / low)
    guard largest * step <= 0.5 * (high - low) else {
      return "a linear step is at most half the range"
    }
    return bounds.problem
  }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    NominalPulse.pulses(atMillivolts: millivolts) / pulseTime
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    conductance(before, after: dose, polarity, polarity == .set ? set : reset)
  }
}

extension LinearStep {
  public static let kind = Device.Kind.linearStep
  public var device: Device { .linearStep(self) }

  public static let summary = "A step linear in the weight: constant steps, linear steps, soft bounds."
  public static let leavesOut =
    "Write noise, the source's spread of bounds and steps (--d2d, --bounds-spread), leakage."

  private static let nearVTEAM = Standing.assumed("chosen to be near vteam")
  /// The source has weights and pulses, neither siemens nor seconds.
  private static let own: [(name: String, standing: Standing)] = [
    ("pulse-time", .assumed("the source knows no time")),
    ("lowest-conductance", .assumed("10 µS stands for the lowest weight")),
    ("highest-conductance", .assumed("100 µS stands for the highest weight")),
  ]

  public static let published = [
    PublishedParameters(
      name: "linear", source: "chosen to be near vteam; no published device", standing: nearVTEAM, model: linearStep),
    PublishedParameters(
      name: "soft-bounds", source: "chosen to be near vteam; no published device", standing: nearVTEAM,
      model: softBounds),
    PublishedParameters(
      name: "constant-step",
      source: "IBM aihwkit, GokmenVlasovPresetDevice: Gokmen and Vlasov, Frontiers in Neuroscience 2016; 100 ns chosen",
      standing: .assumed("a specification for training, no device: Gokmen and Vlasov 2016"), chosen: own,
      model: constantStep),
    PublishedParameters(
      name: "reram-sb",
      source: "IBM aihwkit, ReRamSBPresetDevice: fit to Gong et al., Nature Communications 2018; 100 ns chosen",
      standing: .measured("aihwkit's fit to Gong et al., Nature Communications 2018"), chosen: own,
      model: reRamSB),
    PublishedParameters(
      name: "ecram", source: "IBM aihwkit, EcRamPresetDevice: lithium ECRAM, Tang et al., IEDM 2018; 100 ns chosen",
      standing: .measured("aihwkit's fit to Tang et al., IEDM 2018"), chosen: own,
      model: ecRam),
  ]

  public static let parameters: [Property<LinearStep>] =
    [
      Property(
        "lowest-weight", \.lowestWeight, in: -1e6 ... -1e-6, .none, "w_min, what the lowest conductance stands for"),
      Property(
        "highest-weight", \.highestWeight, in: 1e-6...1e6, .none, "w_max, what the highest conductance stands for"),
      Property("step", \.step, in: 1e-9...1e6, .none, "δ, the step in weight at weight 0"),
      Property("set-slope", \.setSlope, in: 0...1, .none, "γ₊: 0 for a constant step, 1 for soft bounds"),
      Property("reset-slope", \.resetSlope, in: 0...1, .none, "γ₋, the same for RESET"),
      NominalPulse.parameter(\.pulseTime),
    ] + boundsParameters

  public var staircaseWidths: (first: Double, last: Double) { (pulseTime, pulseTime) }
}
