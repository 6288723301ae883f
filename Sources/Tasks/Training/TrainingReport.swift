/// How the network stood after an epoch, and what the epoch cost.
public struct EpochReport: Sendable, Equatable, Codable {
  /// From 1; 0 before any training.
  public var epoch: Int
  /// Mean loss of the training sequences as they were trained on.
  public var loss: Double
  /// Share of the training sequences right as they were trained on; nil for regression.
  public var trainAccuracy: Double?
  /// Share of the validation sequences right after the epoch; nil for regression and where there are none.
  public var validationAccuracy: Double?
  /// Root of the mean squared error on the validation set, in the data's unit; nil for classification and where there is none.
  public var validationError: Double?
  /// Share of the test sequences right after the epoch; nil for regression and where they were not tried.
  public var testAccuracy: Double?
  /// Root of the mean squared error on the test set, in the data's unit; nil for classification and where it was not tried.
  public var testError: Double?
  /// Pulses on cells since the beginning of the run, both tiles, initial programming included.
  public var pulses: UInt64
  /// Row-parallel pulse phases in which these were.
  public var phases: UInt64
  /// Seconds of chip time since the beginning of the run, all parts of `time` together.
  public var chipSeconds: Double
  /// The same time by its parts.
  public var time: TimeParts
  /// Seconds of pulse phases, summed over the tiles.
  public var pulseSeconds: Double
  /// Seconds that the same pulses would take one cell at a time.
  public var cellSerialSeconds: Double
  /// Dissipated in the arrays by pulses.
  public var programEnergyJoules: Double
  /// Dissipated in the arrays by reads.
  public var readEnergyJoules: Double
}

extension EpochReport {
  /// Whether sums of such reports are numbers.
  var isPlausible: Bool {
    [loss, trainAccuracy ?? 0, validationAccuracy ?? 0, validationError ?? 0, testAccuracy ?? 0, testError ?? 0]
      .allSatisfy { $0.magnitude <= 1e150 }
      && [chipSeconds, pulseSeconds, cellSerialSeconds, programEnergyJoules, readEnergyJoules]
        .allSatisfy { (0...1e50).contains($0) }
      && [time.arrayCycles, time.busCycles, time.controllerCycles].allSatisfy { (0...1e50).contains($0) }
      && [pulses, phases].allSatisfy { $0 < 1 << 62 }
  }

  /// Adds what was spent between two counts.
  mutating func add(_ now: EpochReport, since before: EpochReport) {
    pulses += now.pulses - before.pulses
    phases += now.phases - before.phases
    time = time + now.time - before.time
    chipSeconds = time.totalSeconds
    pulseSeconds += now.pulseSeconds - before.pulseSeconds
    cellSerialSeconds += now.cellSerialSeconds - before.cellSerialSeconds
    programEnergyJoules += now.programEnergyJoules - before.programEnergyJoules
    readEnergyJoules += now.readEnergyJoules - before.readEnergyJoules
  }

  /// The same with what was spent before it was counted.
  func adding(costsOf before: EpochReport) -> EpochReport {
    var report = self
    report.pulses += before.pulses
    report.phases += before.phases
    report.time = report.time + before.time
    report.chipSeconds = report.time.totalSeconds
    report.pulseSeconds += before.pulseSeconds
    report.cellSerialSeconds += before.cellSerialSeconds
    report.programEnergyJoules += before.programEnergyJoules
    report.readEnergyJoules += before.readEnergyJoules
    return report
  }
}
