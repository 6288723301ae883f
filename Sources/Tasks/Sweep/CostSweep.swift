import Board
import Files
import Trace

/// What a training sequence costs on many chips, each with the settings of a point; on the RV32 core with the controller's
/// computing.
package struct CostSweep: Sendable {
  package let plan: SweepPlan
  private let train: SequenceSet
  private let base: SweepSetting
  /// That are learned.
  private let sequences: Int
  /// For points on the RV32 core.
  private let program: Program?

  /// - Parameters:
  ///   - base: what is the same at all points; the seed of its chip is not used.
  ///   - sequences: of the training that are learned, the first ones; the second half of them counts.
  ///   - program: the controller's binary, where points are on the RV32 core.
  ///   - files: whose content the results depend on.
  /// - Precondition: axes are of `SweepSetting.costs`, their values read by it.
  package init(
    train: SequenceSet, base: SweepSetting, sequences: Int, program: Program?, axes: [SweepPlan.Axis],
    seeds: [UInt64], files: [String]
  ) throws(InputError) {
    (self.train, self.base, self.sequences, self.program) = (train, base, sequences, program)
    let what =
      "\(train.name) costs sequences=\(train.sequences.count) learned=\(sequences) core=\(base.core.rawValue)"
    plan = SweepPlan(
      try base.subject(what, files: files + (program.map { [$0.path] } ?? [])), axes: axes, seeds: seeds,
      columns: ["sequence_seconds"] + TimeParts.columns)
    for point in plan.settings { _ = try training(point).chip(named: "point \(point.number)") }
  }

  private func training(_ point: SweepPlan.Point) -> TrainingPlan {
    let setting = base.at(point, of: plan)
    return TrainingPlan(
      options: setting.training, chip: setting.chip, loaded: nil, programming: setting.programming, train: train,
      test: train)
  }

  /// The cells of a point.
  package func callAsFunction(_ point: SweepPlan.Point) throws -> [String] {
    switch base.at(point, of: plan).core {
    case .native: try cells(point) { NativeController($0) }
    case .rv32:
      try cells(point) { machine in
        guard let program else { preconditionFailure("points on the RV32 core have a program") }
        return try EmulatedController(program, on: machine)
      }
    }
  }

  private func cells<Runner: ControllerRunner & ~Copyable>(
    _ point: SweepPlan.Point, _ controller: (Machine<NoLog>) throws -> Runner
  ) throws -> [String] where Runner.Log == NoLog {
    let training = training(point)
    var run = TrainingRun(training, Session(on: try controller(try training.machine(log: NoLog()))), reports: [])
    try run.begin()
    let time = try run.timeOfSequence(among: sequences)
    return ["\(time.totalSeconds)"] + time.cells
  }
}
