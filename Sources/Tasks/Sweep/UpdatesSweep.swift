import Board
import Files

/// The ways to write a training's updates, compared on many chips and networks, each with the settings of a point.
package struct UpdatesSweep: Sendable {
  /// How updates are compared, the same at all points.
  package struct Comparing: Sendable {
    /// Updates that are looked at, at most.
    let updates: Int
    /// Of plain gradient descent at the beginning.
    let descentRate: Double
    /// Of a slot's pulse; nil for the device's own.
    let trainNanoseconds: Int?

    package init(updates: Int, descentRate: Double, trainNanoseconds: Int?) {
      (self.updates, self.descentRate, self.trainNanoseconds) = (updates, descentRate, trainNanoseconds)
    }

    package func comparison(of train: SequenceSet, _ options: TrainingOptions, on chip: ChipConfiguration)
      -> UpdateComparison
    {
      UpdateComparison(
        train: train, options: options, chip: chip, updates: updates, descentRate: descentRate,
        trainNanoseconds: trainNanoseconds)
    }
  }

  package let plan: SweepPlan
  private let train: SequenceSet
  private let base: SweepSetting
  private let comparing: Comparing
  private let columns: [UpdatesColumn]

  /// - Parameters:
  ///   - base: what is the same at all points; the seed of its chip is not used.
  ///   - files: whose content the results depend on.
  /// - Precondition: axes are of `SweepSetting.updates`, their values read by it.
  package init(
    train: SequenceSet, base: SweepSetting, comparing: Comparing, axes: [SweepPlan.Axis], seeds: [UInt64],
    files: [String]
  ) throws(InputError) {
    (self.train, self.base, self.comparing) = (train, base, comparing)
    let subject = try base.subject(
      "\(train.name) updates sequences=\(train.sequences.count) updates=\(comparing.updates)"
        + " descent-rate=\(comparing.descentRate) train-pulse-ns=\(comparing.trainNanoseconds ?? 0)", files: files)
    func plan(_ columns: [UpdatesColumn]) -> SweepPlan {
      SweepPlan(subject, axes: axes, seeds: seeds, columns: columns.map(\.name))
    }
    let all = plan(UpdatesColumn.all)
    var haveTrains = true
    for point in all.settings {
      let setting = base.at(point, of: all)
      let comparison = comparing.comparison(of: train, setting.training, on: setting.chip)
      _ = try comparison.plan.chip(named: "point \(point.number)")
      if comparison.trains == nil { haveTrains = false }
    }
    columns = UpdatesColumn.all.filter { haveTrains || !$0.isOfTrains }
    self.plan = plan(columns)
  }

  /// The cells of a point.
  package func callAsFunction(_ point: SweepPlan.Point) throws -> [String] {
    let setting = base.at(point, of: plan)
    let result = try comparing.comparison(of: train, setting.training, on: setting.chip).run { _, _ in }
    return columns.map { "\($0.value(result))" }
  }
}
