import Board
import Crossbar
import Files
import FixedPoint
import Trace

/// The same trained network on many chips: each with the settings of a point, made and programmed anew.
package struct ClassificationSweep: Sendable {
  package let run: ClassificationRun
  package let plan: SweepPlan

  /// - Parameters:
  ///   - run: what is the same at all points; the seed of its chip is not used.
  ///   - files: whose content the results depend on.
  /// - Precondition: axes are of `SweepSetting.inference`, their values read by it.
  package init(_ run: ClassificationRun, axes: [SweepPlan.Axis], seeds: [UInt64], files: [String]) throws(InputError) {
    self.run = run
    plan = SweepPlan(
      try Self.subject(run, files: files) + SystemColumns.subject(run.technology), axes: axes, seeds: seeds,
      columns: Self.columns.map(\.name) + SystemColumns.names(run.technology))
    // What cannot be made is found before the first point runs.
    for point in plan.settings { _ = try chip(point) }
  }

  /// What is done at every point, by a table of the chip's properties.
  static func subject(
    _ run: ClassificationRun, files: [String], _ properties: ChipProperties = ChipConfiguration.properties
  ) throws(InputError) -> String {
    "\(run.test.name) inference sequences=\(run.test.sequences.count) activation=\(run.activation.rawValue)"
      + " \(try SweepPlan.checksums(of: files)) \(ProgrammingSettings.properties.text(of: run.programming))"
      + " \(SweepPlan.base(run.chip, properties))"
  }

  /// What a point results in.
  private static let columns: [(name: String, cell: @Sendable (ClassificationReport) -> String)] = [
    ("accuracy", { "\($0.accuracyOnChip)" }),
    ("float_accuracy", { "\($0.accuracyInFloat)" }),
    ("worst_error", { "\($0.programming.map(\.worstError).max() ?? 0)" }),
    ("missed_cells", { "\($0.programming.reduce(0) { $0 + $1.missedCells })" }),
    ("pulses", { "\($0.programming.reduce(0) { $0 + $1.pulses })" }),
    ("pulse_phases", { "\($0.programming.reduce(0) { $0 + $1.phases })" }),
    ("program_cycles", { "\($0.programming.reduce(0) { $0 + $1.rowParallelCycles })" }),
    ("serial_cycles", { "\($0.programming.reduce(0) { $0 + $1.cellSerialCycles })" }),
    ("program_joules", { "\($0.programming.reduce(0) { $0 + $1.energyJoules })" }),
    ("inference_cycles", { "\($0.cyclesPerInference)" }),
    ("array_cycles", { "\($0.time.arrayCycles)" }),
    ("bus_cycles", { "\($0.time.busCycles)" }),
    ("controller_cycles", { "\($0.time.controllerCycles)" }),
    ("inference_joules", { "\($0.energyPerInferenceJoules)" }),
  ]

  private func setting(_ point: SweepPlan.Point) -> ClassificationRun {
    var training = TrainingOptions()
    training.activation = run.activation
    var setting = SweepSetting(chip: run.chip, programming: run.programming, training: training)
    setting.apply(point, of: plan)
    var one = run
    (one.activation, one.chip, one.programming) = (setting.training.activation, setting.chip, setting.programming)
    return one
  }

  private func chip(_ point: SweepPlan.Point) throws(InputError) -> ChipConfiguration {
    try setting(point).chip(named: "point \(point.number)")
  }

  /// The cells of a point.
  package func callAsFunction(_ point: SweepPlan.Point) throws -> [String] {
    var session = Session(try Machine(chip(point), log: NoLog()))
    let report = try setting(point)(on: &session)
    return Self.columns.map { $0.cell(report) } + (report.system.map(SystemColumns.cells) ?? [])
  }
}
