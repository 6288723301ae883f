/// Pulse statistics of a measured 1T1R array as a table (STELLAR: Zhang et al., Science 381, 2023; numbers from the
/// repository Tsinghua-LEMON-Lab/software_edge_learning_memristor_chip, `ResNet20_CIFAR100/models/utilities/common.py`).
///
/// The range is cut into bins around the conductances that were measured, as `PulseTable` says. One fixed pulse from a bin changes the conductance by the bin's mean plus
/// clip(ξ·σ/√2, ±σ), limited to the range. The dose is a number of pulses: the mean of a long one runs through the
/// bins on its way, the noise is that of its first bin times the root of the dose.
///
/// A table of one's own takes the place of STELLAR's: SET and RESET may have different points, anywhere in the range.
///
/// STELLAR's ten bins are equal. The table is the "effective" one of the file, with two corrections: the file stores its RESET rows from the top
/// bin down but indexes them from the bottom up, and it draws its noise around 1. The first RESET bin's mean of
/// 2.8 nS, far below its neighbours, is the source's. Noise is 1.5 to 240 times the mean of a single pulse: weights
/// are found by statistics or by short pulses and verifying.
///
/// Valid for 2–20 µS, or the range of one's own table, and pulses one at a time; the source gives no law for parts of a pulse or for several in one, so
/// both are an extension of this model, as are other amplitudes (`NominalPulse`). A pulse is 500 ns of the width
/// registers, a choice: 358 mean SET pulses or 886 mean RESET pulses run through the range.
public struct MeasuredPulses: BoundedModel {
  public var bounds: ConductanceBounds
  /// Steps of SET pulses by the conductance before, inside `bounds`.
  public var set: PulseTable { didSet { isNoisy = Self.isNoisy(set, reset) } }
  /// Steps of RESET pulses by the conductance before, as magnitudes, inside `bounds`.
  public var reset: PulseTable { didSet { isNoisy = Self.isNoisy(set, reset) } }
  /// Of a pulse at the nominal amplitude, nanoseconds.
  public var pulseTime: Double
  public private(set) var isNoisy: Bool

  /// A device with these tables; `problem` says whether they are usable.
  public init(bounds: ConductanceBounds, set: PulseTable, reset: PulseTable, pulseTime: Double = Self.usualPulseTime) {
    self.bounds = bounds
    self.set = set
    self.reset = reset
    self.pulseTime = pulseTime
    isNoisy = Self.isNoisy(set, reset)
  }

  private static func isNoisy(_ set: PulseTable, _ reset: PulseTable) -> Bool {
    (set.points + reset.points).contains { $0.deviation > 0 }
  }

  /// The `pulseTime` where none is given, nanoseconds: a choice.
  public static let usualPulseTime = 500.0

  /// Ten equal bins, from the lowest conductance up.
  public static let stellar = MeasuredPulses(
    bounds: ConductanceBounds(2_000_000, 20_000_000),
    set: bins(
      means: [325_000, 250_000, 237_000, 143_000, 86_600, 59_800, 53_900, 35_800, 18_500, 19_400],
      deviations: [526_000, 540_000, 581_000, 602_000, 650_000, 640_000, 666_000, 635_000, 629_000, 440_000]),
    reset: bins(
      means: [2_800, 76_400, 74_400, 21_900, 45_400, 54_100, 98_700, 146_000, 269_000, 511_000],
      deviations: [380_000, 518_000, 443_000, 499_000, 592_000, 562_000, 648_000, 682_000, 795_000, 906_000]))

  private static func bins(means: [Double], deviations: [Double]) -> PulseTable {
    PulseTable(
      means.indices.map { bin in
        PulseTable.Point(2_900_000 + 1_800_000 * Double(bin), mean: means[bin], deviation: deviations[bin])
      })
  }

  private func table(_ polarity: Polarity) -> PulseTable { polarity == .set ? set : reset }

  public var problem: String? {
    if let problem = bounds.problem { return problem }
    guard pulseTime > 0 else { return "a measured pulse takes more than 0 ns" }
    for (name, table) in [("SET", set), ("RESET", reset)] {
      if let (point, text) = table.problem(in: bounds.range) {
        return "the table of \(name) has at point \(point + 1) \(text)"
      }
    }
    return nil
  }

  public func rate(_ polarity: Polarity, millivolts: Double) -> Double {
    NominalPulse.pulses(atMillivolts: millivolts) / pulseTime
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32 {
    let direction = polarity == .set ? 1 : -1
    let table = table(polarity)
    var conductance = Double(before)
    var bin = table.bin(conductance, polarity)
    var rest = dose
    while table.points.indices.contains(bin) {
      let mean = table.points[bin].mean
      let edge = table.edge(of: bin, polarity, in: bounds.range)
      let pulses = abs(edge - conductance) / mean
      guard rest > pulses else { return limited(conductance + Double(direction) * mean * rest) }
      rest -= pulses
      conductance = edge
      bin += direction
    }
    return limited(conductance)
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise: Double) -> Int32 {
    let table = table(polarity)
    let sigma = table.points[table.bin(Double(before), polarity)].deviation
    let error = min(max(noise * sigma / 2.0.squareRoot(), -sigma), sigma)
    return limited(Double(conductance(before, after: dose, polarity)) + error * dose.squareRoot())
  }
}

extension MeasuredPulses {
  public static let kind = Device.Kind.measured
  public var device: Device { .measured(self) }

  public static let summary = "Measured steps by the conductance before, as a table: STELLAR's, or your own."
  public static let leavesOut =
    "A law of the source for parts of a pulse, several in one and other amplitudes: those are this model's extension."

  public static let published = [
    PublishedParameters(
      name: "measured",
      source:
        "STELLAR: Zhang et al., Science 381, 2023; common.py of software_edge_learning_memristor_chip; 500 ns chosen",
      standing: .measured("STELLAR's array: Zhang et al., Science 381, 2023, by the repository's table"),
      chosen: [("pulse-time", .assumed("the source gives none"))],
      model: stellar)
  ]

  public static let parameters: [Property<MeasuredPulses>] = [NominalPulse.parameter(\.pulseTime)] + boundsParameters

  public static let tables = [
    PulseTableProperty<MeasuredPulses>(
      name: "set-table", key: "setTablePicosiemens", meaning: "SET: conductance before, mean step, deviation",
      path: \.set),
    PulseTableProperty<MeasuredPulses>(
      name: "reset-table", key: "resetTablePicosiemens", meaning: "RESET: the same, steps as magnitudes", path: \.reset),
  ]

  public var staircaseWidths: (first: Double, last: Double) { (pulseTime, pulseTime) }
}
