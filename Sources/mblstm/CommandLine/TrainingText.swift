import Board
import Crossbar
import Tasks

/// A training run, for people.
enum TrainingText {
  static func head<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    let options = run.options
    let chip = run.session.machine.chip.configuration
    return """
      \(run.train.name): in situ training of \(options.shape(for: run.train)) on \
      \(grouped(run.train.sequences.count)) sequences, rule '\(options.rule.rawValue)', batch \(options.batch), \
      rate \(options.rate) × \(options.decay) an epoch
      synapse \(chip.synapse.rawValue), device \(chip.device.name), \(ChipText.converters(chip))
      \(run.isRestart ? restart(run) : "")
      epoch      loss     train      test      pulses   chip time    energy
      """
  }

  private static func restart<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    func sum(_ value: (ProgrammingReport) -> Int) -> String { grouped(run.programmed.reduce(0) { $0 + value($1) }) }
    return "weights of epoch \(run.epoch) written back: \(sum(\.rounds)) rounds, \(sum { Int($0.pulses) }) pulses, "
      + "\(sum(\.missedCells)) cells missed\n"
  }

  static func line(_ report: EpochReport) -> String {
    let test = report.testError.map { decimal($0, 2) } ?? percent(report.testAccuracy ?? 0)
    let cells = [
      ("\(report.epoch)", 5), (decimal(report.loss, 4), 10), (report.trainAccuracy.map { percent($0) } ?? "", 10),
      (test, 10), (grouped(report.pulses), 12), (quantity(report.chipSeconds, "s"), 12),
      (quantity(report.programEnergyJoules + report.readEnergyJoules, "J"), 10),
    ]
    return cells.map { $0.0.leftPadding(to: $0.1) }.joined()
  }

  static func summary<Runner: ControllerRunner & ~Copyable>(
    _ run: borrowing TrainingRun<Runner>, hasComputing: Bool
  ) -> String {
    let scope = FigureScope.lines(of: run.chip, hasComputing: hasComputing).joined(separator: "\n")
    return "\(figures(run))\n\n\(scope)"
  }

  private static func figures<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    guard let last = run.reports.last else { return "" }
    let cells = run.session.machine.chip.tiles.reduce(0) { $0 + $1.array.conductance.count }
    let programming = """

      programming: \(grouped(last.pulses)) pulses (\(decimal(Double(last.pulses) / Double(cells), 1)) a cell) in \
      \(grouped(last.phases)) row phases, \(quantity(last.pulseSeconds, "s")); one cell at a time \
      \(quantity(last.cellSerialSeconds, "s")); \(quantity(last.programEnergyJoules, "J"))
      reading: \(quantity(last.readEnergyJoules, "J"))
      """
    guard let error = last.testError else { return programming }
    return programming
      + "\ntest error \(decimal(error, 2)), saying 'as the last' \(decimal(run.test.persistenceError(), 2))"
  }
}

/// A training run, for machines.
struct TrainingJSON: Encodable {
  let epochs: [EpochReport]
  /// How a checkpoint's weights were written back, by layer.
  let restored: [ProgrammingReport]?
}
