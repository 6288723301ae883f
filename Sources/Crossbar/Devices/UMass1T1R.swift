import Registers

/// Gate-controlled 1T1R cell of the UMass arrays (Li et al., Nature Machine Intelligence 1, 2019; fit and noise from
/// the code memNN, `sim_array1.m`, `xbar.m`).
///
/// A SET pulse brings the conductance to f(V_g) = 98 µS/V·V_g + 120 µS of its transistor's gate voltage, never down;
/// a RESET pulse erases. Each pulse leaves a normal error of σ = 4 µS, in the pulsed cells only, and the result is
/// limited to the range of V_g = 0.7 … 1.6 V: 188.6–276.8 µS.
///
/// On this chip the width of a SET pulse *is* the gate voltage: one step stands for one millivolt, 700 to
/// 1600 steps; longer pulses act as 1.6 V. Any RESET pulse, however short, erases to the lowest conductance (in the
/// source to nearly 0 until the next SET, which no range of weights could hold). An update therefore takes firmware
/// two row operations: RESET the cells that change, then SET each to its new absolute voltage. SET is not additive, so
/// that rules which pulse by the sign of an update do not suit it. Times and energies follow the widths and mean
/// nothing here.
///
/// The amplitude only has to exceed 1 V and otherwise has no effect, nor has its error; half of it does nothing, as the
/// transistors of half-selected cells are off. Variation of the dose is variation of the gate voltage. Valid for the
/// gate voltages above. Not modelled: the source's noise in cells that no pulse selects, its array's wires.
public struct UMass1T1R: DeviceModel {
  /// Gate voltage of the lowest conductance, millivolts.
  public var lowestGate = 700
  /// Gate voltage of the highest conductance, millivolts.
  public var highestGate = 1600
  /// Conductance that a volt at the gate adds, microsiemens per volt.
  public var slope = 98.0
  /// Conductance at no gate voltage, by the fit, microsiemens.
  public var offset = 120.0
  /// Standard deviation that a pulse leaves, microsiemens.
  public var noise = 4.0
  /// Width that stands for a millivolt: a step.
  public static let nanosecondsPerMillivolt = Double(Electrical.nanosecondsPerPulseStep)

  /// Amplitude above which a pulse acts.
  public static let leastMillivolts = 1000.0

  /// The source's parameters.
  public init() {}

  /// The demonstration with the airline data.
  public static let airline = UMass1T1R()

  public var conductanceRange: ClosedRange<Int32> {
    ClosedRange(
      uncheckedBounds: (Int32(target(Double(lowestGate)).rounded()), Int32(target(Double(highestGate)).rounded())))
  }

  public var problem: String? {
    guard slope > 0, offset >= 0, lowestGate > 0, highestGate > lowestGate, target(Double(highestGate)) < 2e9 else {
      return "UMass gate voltages and slope are positive, with a conductance below 2 mS"
    }
    return noise >= 0 && noise <= 2000 ? nil : "UMass noise is 0 to 2 mS"
  }

  /// f(V_g), picosiemens.
  public func target(_ gateMillivolts: Double) -> Double { offset * 1e6 + slope * 1e3 * gateMillivolts }

  public var isNoisy: Bool { noise > 0 }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    millivolts > Self.leastMillivolts ? 1 / Self.nanosecondsPerMillivolt : 0
  }

  /// A dose is a gate voltage, millivolts.
  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    guard dose > 0 else { return before }
    return polarity == .reset
      ? conductanceRange.lowerBound : limited(max(target(min(dose, Double(highestGate))), Double(before)))
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise draw: Double) -> Int32 {
    limited(Double(conductance(before, after: dose, polarity)) + noise * 1e6 * draw)
  }
}

extension UMass1T1R {
  public static let kind = Device.Kind.umass
  public var device: Device { .umass(self) }

  public static let summary =
    "Gate-controlled 1T1R cell: RESET erases, SET leads to the conductance of its gate voltage."
  public static let leavesOut =
    "Noise in cells that no pulse selects, the source's wires; times and energies mean nothing."

  public static let published = [
    PublishedParameters(
      name: "umass",
      source: "Li et al., Nature Machine Intelligence 1, 2019; fit and noise from memNN, sim_array1.m and xbar.m",
      standing: .measured("Li et al., Nature Machine Intelligence 1, 2019; fit and noise from its code memNN"),
      model: airline)
  ]

  public static let parameters: [Property<UMass1T1R>] = [
    Property("lowest-gate", \.lowestGate, in: 1...10_000, .millivolts, "Lowest gate voltage"),
    Property(
      "highest-gate", \.highestGate, in: 1...10_000, .millivolts,
      "Highest gate voltage; a step of the pulse width stands for 1 mV"),
    Property("slope", \.slope, in: 1e-6...20_000, .microsiemensPerVolt, "Conductance that a volt at the gate adds"),
    Property("offset", \.offset, in: 0...2000, .microsiemens, "Conductance at no gate voltage, by the fit"),
    Property("noise", \.noise, in: 0...2000, .microsiemens, "σ that a pulse leaves"),
  ]

  /// A ramp of the gate voltage.
  public var staircaseWidths: (first: Double, last: Double) {
    (Double(lowestGate) * Self.nanosecondsPerMillivolt, Double(highestGate) * Self.nanosecondsPerMillivolt)
  }
}
