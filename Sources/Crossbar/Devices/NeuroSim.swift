/// The non-linear pulse model of MLP+NeuroSim V3.0 (Chen, Peng, Yu, IEEE TCAD 37(12), 2018) with its published devices.
///
/// SET:   G(P) = G_min + B·(1 − e^{−P/A})          B = (G_max − G_min)/(1 − e^{−P_max/A})
/// RESET: G(P) = G_max − B·(1 − e^{(P − P_max)/A})  P falling from P_max
///
/// each with its own P_max pulses and A = a·P_max; `a` stands in NeuroSim's table for the non-linearity NL. A pulse of
/// any length moves along the curve by its number of pulses n: the distance to the curve's asymptote shrinks by
/// e^{−n/A}. Cycle to cycle, NeuroSim adds a normal σ·(G_max − G_min)·√n and limits the result to the range.
///
/// | device    | pulses  | NL           | range        | published pulses        | a pulse here | σ    |
/// |-----------|---------|--------------|--------------|-------------------------|--------------|------|
/// | Ag:a-Si   | 97/100  | 2.4/−4.88    | 3.08–38.5 nS | 3.2/−2.8 V 300 µs       | 1 µs         | 3.5 % |
/// | TaOx/TiO2 | 102/102 | 1.85/−1.79   | 100–200 nS   | 3 V 40 ms / −3 V 10 ms  | 1 µs         | < 1 % |
/// | TaOx/HfOx | 128/128 | 0.04/−0.63   | 1–10 µS      | ±1.6 V 50 ns            | 50 ns        | 3.7 % |
/// | PCMO      | 50/50   | 3.68/−6.76   | 6.36–43.5 nS | ∓2 V 1 ms               | 1 µs         | < 1 % |
/// | AlOx/HfO2 | 40/40   | 1.94/−0.61   | 13.4–59.2 µS | 0.9/−1 V 100 µs         | 1 µs         | 5 %  |
/// | EpiRAM    | 64/64   | 0.5/−0.5     | 0.246–12.3 µS | 5/−3 V 5 µs            | 5 µs         | 2 %  |
///
/// A pulse wider than 5 µs is scaled to 1 µs of the width registers, so that a sweep of the range fits
/// their 655 µs; times and energies of such a device are to be scaled back. Published amplitudes stand at the chip's
/// (`NominalPulse`). Where the source says "below 1 %", 1 % is taken.
///
/// Valid inside the published number of pulses. Not modelled: the non-linear I–V, drawing NL cell by cell (the chip's
/// device-to-device variation serves), non-identical pulses, NeuroSim's phase-change and ferroelectric devices.
public struct NeuroSim: BoundedModel {
  public var bounds: ConductanceBounds
  /// P_max of SET: pulses from the lowest conductance to the highest.
  public var setPulses: Int { didSet { derive() } }
  /// P_max of RESET: pulses from the highest conductance to the lowest.
  public var resetPulses: Int { didSet { derive() } }
  /// A/P_max of SET, 0.01 or more: below 1 strongly non-linear, above 10 linear.
  public var setCurvature: Double { didSet { derive() } }
  /// A/P_max of RESET, 0.01 or more.
  public var resetCurvature: Double { didSet { derive() } }
  /// Standard deviation that one pulse adds, share of the range.
  public var cycleToCycle: Double
  /// Of a pulse at the nominal amplitude, nanoseconds.
  public var pulseTime: Double
  private var set = LinearLaw.none
  private var reset = LinearLaw.none

  /// A device with these parameters; `problem` says whether they are usable.
  public init(
    bounds: ConductanceBounds, setPulses: Int, resetPulses: Int, setCurvature: Double, resetCurvature: Double,
    cycleToCycle: Double, pulseTime: Double
  ) {
    self.bounds = bounds
    self.setPulses = setPulses
    self.resetPulses = resetPulses
    self.setCurvature = setCurvature
    self.resetCurvature = resetCurvature
    self.cycleToCycle = cycleToCycle
    self.pulseTime = pulseTime
    derive()
  }

  private mutating func derive() {
    guard setPulses > 0, resetPulses > 0, setCurvature > 0, resetCurvature > 0 else { return }
    set = LinearLaw(curvature: setCurvature, pulses: Double(setPulses))
    reset = LinearLaw(curvature: resetCurvature, pulses: Double(resetPulses))
  }

  /// 26 MΩ, on/off 12.5 (Jo et al., Nano Letters 10, 2010).
  public static let agASi = NeuroSim(
    bounds: ConductanceBounds(3_077, 38_462), setPulses: 97, resetPulses: 100, setCurvature: 0.499181,
    resetCurvature: 0.200303, cycleToCycle: 0.035, pulseTime: 1000)
  /// 5 MΩ, on/off 2.
  public static let taOxTiO2 = NeuroSim(
    bounds: ConductanceBounds(100_000, 200_000), setPulses: 102, resetPulses: 102, setCurvature: 0.661941,
    resetCurvature: 0.685502, cycleToCycle: 0.01, pulseTime: 1000)
  /// 100 kΩ, on/off 10.
  public static let taOxHfOx = NeuroSim(
    bounds: ConductanceBounds(1_000_000, 10_000_000), setPulses: 128, resetPulses: 128, setCurvature: 31.566827,
    resetCurvature: 1.997332, cycleToCycle: 0.037, pulseTime: 50)
  /// 23 MΩ, on/off 6.84.
  public static let pcmo = NeuroSim(
    bounds: ConductanceBounds(6_357, 43_478), setPulses: 50, resetPulses: 50, setCurvature: 0.300644,
    resetCurvature: 0.100251, cycleToCycle: 0.01, pulseTime: 1000)
  /// 16.9 kΩ, on/off 4.43.
  public static let alOxHfO2 = NeuroSim(
    bounds: ConductanceBounds(13_360_000, 59_170_000), setPulses: 40, resetPulses: 40, setCurvature: 0.629249,
    resetCurvature: 2.063266, cycleToCycle: 0.05, pulseTime: 1000)
  /// 81 kΩ, on/off 50.2.
  public static let epiRAM = NeuroSim(
    bounds: ConductanceBounds(245_930, 12_345_679), setPulses: 64, resetPulses: 64, setCurvature: 2.519877,
    resetCurvature: 2.519877, cycleToCycle: 0.02, pulseTime: 5000)

  public var problem: String? {
    guard setPulses > 0, resetPulses > 0, pulseTime > 0 else { return "NeuroSim pulses are positive" }
    guard setCurvature >= 0.01, resetCurvature >= 0.01 else { return "NeuroSim curvatures are 0.01 or more" }
    guard (0...1).contains(cycleToCycle) else { return "NeuroSim cycle-to-cycle noise is a share from 0 to 1" }
    return bounds.problem
  }

  public var isNoisy: Bool { cycleToCycle > 0 }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    NominalPulse.pulses(atMillivolts: millivolts) / pulseTime
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    conductance(before, after: dose, polarity, polarity == .set ? set : reset)
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise: Double) -> Int32 {
    let span = Double(conductanceRange.upperBound - conductanceRange.lowerBound)
    let moved = conductance(before, after: dose, polarity)
    return limited(Double(moved) + cycleToCycle * span * dose.squareRoot() * noise)
  }
}

extension NeuroSim {
  public static let kind = Device.Kind.neuroSim
  public var device: Device { .neuroSim(self) }

  public static let summary = "The non-linear pulse model of MLP+NeuroSim V3.0."
  public static let leavesOut =
    "Non-linear I–V, NL from cell to cell (--d2d), non-identical pulses, phase-change and ferroelectric devices."

  private static let table = Standing.measured("the device's paper, as MLP+NeuroSim V3.0 fits it")

  private static func set(
    _ name: String, _ model: NeuroSim, _ pulses: String, chosen: [(name: String, standing: Standing)] = []
  ) -> PublishedParameters<NeuroSim> {
    PublishedParameters(
      name: "neurosim-\(name)",
      source: "MLP+NeuroSim V3.0 (Chen, Peng, Yu, IEEE TCAD 37(12), 2018); published pulses \(pulses)",
      standing: table, chosen: chosen, model: model)
  }

  private typealias Chosen = (name: String, standing: Standing)
  private static let scaled: Chosen = ("pulse-time", .assumed("1 µs, so that a sweep of the range fits the registers"))
  private static let bound: Chosen = ("cycle-to-cycle", .assumed("1 %, where the source says below 1 %"))

  public static let published = [
    set("taox", taOxHfOx, "±1.6 V 50 ns"),
    set("alox", alOxHfO2, "0.9/−1 V 100 µs, here 1 µs", chosen: [scaled]),
    set("taox-tio2", taOxTiO2, "3 V 40 ms and −3 V 10 ms, here 1 µs", chosen: [scaled, bound]),
    set("ag-si", agASi, "3.2/−2.8 V 300 µs, here 1 µs", chosen: [scaled]),
    set("pcmo", pcmo, "∓2 V 1 ms, here 1 µs", chosen: [scaled, bound]),
    set("epiram", epiRAM, "5/−3 V 5 µs"),
  ]

  public static let parameters: [Property<NeuroSim>] =
    [
      Property("set-pulses", \.setPulses, in: 1...1_000_000, .none, "SET pulses through the range"),
      Property("reset-pulses", \.resetPulses, in: 1...1_000_000, .none, "RESET pulses through the range"),
      Property(
        "set-curvature", \.setCurvature, in: 0.01...1e6, .none,
        "A/P_max of SET: below 1 strongly non-linear, above 10 linear"),
      Property("reset-curvature", \.resetCurvature, in: 0.01...1e6, .none, "The same for RESET"),
      Property("cycle-to-cycle", \.cycleToCycle, in: 0...1, .share, "σ that one pulse adds, share of the range"),
      NominalPulse.parameter(\.pulseTime),
    ] + boundsParameters

  public var staircaseWidths: (first: Double, last: Double) { (pulseTime, pulseTime) }
}
