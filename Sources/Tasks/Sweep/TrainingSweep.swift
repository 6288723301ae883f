import Board
import Crossbar
import Files
import Firmware
import Trace

/// The same training on many chips, each with the settings of a point.
package struct TrainingSweep: Sendable {
  package let plan: SweepPlan
  private let train: SequenceSet
  private let test: SequenceSet
  private let base: SweepSetting
  /// Whether all points have the rule that tells of its writes.
  private let tellsWrites: Bool
  private let technology: Technology?

  /// - Parameters:
  ///   - base: what is the same at all points; the seed of its chip is not used.
  ///   - technology: in which the chip's energy and area are told; nil for neither.
  ///   - files: whose content the results depend on.
  /// - Precondition: axes are of `SweepSetting.training`, their values read by it.
  package init(
    train: SequenceSet, test: SequenceSet, base: SweepSetting, technology: Technology? = nil, axes: [SweepPlan.Axis],
    seeds: [UInt64], files: [String]
  ) throws(InputError) {
    self.train = train
    self.test = test
    self.base = base
    self.technology = technology
    let subject =
      try base.subject(
        "\(train.name) training sequences=\(train.sequences.count) test-sequences=\(test.sequences.count)", files: files
      )
      + SystemColumns.subject(technology)
    tellsWrites = base.training.rule == .errorFeedback && !axes.contains { $0.name == "rule" }
    let columns =
      [
        train.isRegression ? "test_error" : "accuracy", "loss", "pulses", "pulse_phases", "pulse_seconds",
        "serial_seconds", "chip_seconds", "program_joules", "read_joules",
      ] + TimeParts.columns + (tellsWrites ? ["writes_per_weight_and_update", "given_up"] : [])
      + SystemColumns.names(technology)
    plan = SweepPlan(subject, axes: axes, seeds: seeds, columns: columns)
    // What cannot be made is found before the first point runs.
    for point in plan.settings {
      let setting = base.at(point, of: plan)
      _ = try TrainingPlan(
        options: setting.training, chip: setting.chip, loaded: nil, programming: setting.programming, train: train,
        test: test
      ).chip(named: "point \(point.number)")
    }
  }

  /// The cells of a point: how the last epoch ended.
  package func callAsFunction(_ point: SweepPlan.Point) throws -> [String] {
    let setting = base.at(point, of: plan)
    var run = try TrainingRun(
      train: train, test: test, options: setting.training, chip: setting.chip, programming: setting.programming,
      log: NoLog())
    while !run.isFinished { try run.runEpoch() }
    guard let last = run.reports.last else { return [] }
    return [
      "\(last.testError ?? last.testAccuracy ?? 0)", "\(last.loss)", "\(last.pulses)", "\(last.phases)",
      "\(last.pulseSeconds)", "\(last.cellSerialSeconds)", "\(last.chipSeconds)", "\(last.programEnergyJoules)",
      "\(last.readEnergyJoules)",
    ] + last.time.cells + (tellsWrites ? try writes(&run) : [])
      + (technology.flatMap { run.system(in: $0) }.map(SystemColumns.cells) ?? [])
  }

  /// Share of all weights that an update writes, and how many are given up.
  private func writes(_ run: inout TrainingRun<NativeController<NoLog>>) throws -> [String] {
    let layers = try run.feedback() ?? []
    let shape = run.options.shape(for: train)
    let weights = zip(Layer.allCases, layers).reduce(0) { $0 + Double(shape[$1.0].cells) * Double($1.1.updates) }
    let writes = layers.reduce(0) { $0 + Double($1.writes) }
    return ["\(writes / max(weights, 1))", "\(layers.reduce(0) { $0 + $1.givenUp })"]
  }
}
