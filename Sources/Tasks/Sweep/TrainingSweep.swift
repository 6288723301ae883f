import Files
import Trace

/// The same training on many chips, each with the settings of a point.
public struct TrainingSweep: Sendable {
  public let plan: SweepPlan
  private let train: SequenceSet
  private let test: SequenceSet
  private let options: TrainingOptions
  private let chipOptions: ChipOptions

  /// - Parameters: as of `TrainingRun`; the seed of `chipOptions` is not used.
  public init(
    train: SequenceSet, test: SequenceSet, options: TrainingOptions, chipOptions: ChipOptions,
    axes: [SweepPlan.Axis], seeds: [UInt64], files: [String]
  ) throws(InputError) {
    self.train = train
    self.test = test
    self.options = options
    var base = chipOptions
    base.seed = 0
    self.chipOptions = base
    let subject =
      "\(train.name) training sequences=\(train.sequences.count) \(try SweepPlan.checksums(of: files))"
      + " training=\(options) base=\(base)"
    let columns = [
      train.isRegression ? "test_error" : "accuracy", "loss", "pulses", "pulse_phases", "pulse_seconds",
      "serial_seconds", "chip_seconds", "program_joules", "read_joules",
    ]
    plan = SweepPlan(subject.replacing(/\s+/, with: " "), axes: axes, seeds: seeds, columns: columns)
  }

  /// The cells of a point: how the last epoch ended.
  public func callAsFunction(_ point: SweepPlan.Point) throws -> [String] {
    var chip = chipOptions
    plan.apply(point, to: &chip)
    var run = try TrainingRun(train: train, test: test, options: options, chipOptions: chip, log: NoLog())
    while run.epoch < options.epochs { try run.runEpoch() }
    guard let last = run.reports.last else { return [] }
    return [
      "\(last.testError ?? last.testAccuracy ?? 0)", "\(last.loss)", "\(last.pulses)", "\(last.phases)",
      "\(last.pulseSeconds)", "\(last.cellSerialSeconds)", "\(last.chipSeconds)", "\(last.programEnergy)",
      "\(last.readEnergy)",
    ]
  }
}
