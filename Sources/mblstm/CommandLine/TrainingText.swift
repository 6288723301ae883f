import Board
import Crossbar
import Tasks

/// A training run, for people.
enum TrainingText {
  static func head<Runner: ControllerRunner & ~Copyable>(
    _ run: borrowing TrainingRun<Runner>, _ origin: TrainingArguments.Origin
  ) -> String {
    let options = run.options
    let chip = run.session.machine.chip.configuration
    return """
      \(run.train.name): in situ training of \(options.shape(for: run.train)) on \
      \(grouped(run.train.sequences.count)) sequences, rule '\(options.rule.rawValue)', batch \(options.batch), \
      \(pace(run))
      synapse \(chip.synapse.rawValue), device \(chip.device.name), \(ChipText.converters(chip))
      chosen: \(settings(run, origin).map { "\($0.name) \($0.value) (\($0.chosen))" }.joined(separator: ", "))
      \(run.isRestart ? restart(run) : "")
      epoch      loss     train\(run.validation == nil ? "" : "     valid")      test      pulses   chip time    energy
      """
  }

  /// How long, and how the rate falls.
  private static func pace<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    let options = run.options
    let groups = ([options.epochs] + options.extensions).map { "\($0)" }.joined(separator: " + ")
    let epochs = "\(groups) epoch\(options.allEpochs == 1 ? "" : "s")"
    switch options.schedule {
    case .decay: return "\(epochs), rate \(options.rate) × \(options.decay) an epoch"
    case .linear:
      let updates = options.updates(perEpochOf: run.train.sequences.count) * options.ramp(of: run.epoch).count
      return "\(epochs), rate \(options.rate) to 0 over \(grouped(updates)) updates"
    }
  }

  /// How the settings were chosen that decide how a training goes.
  static func settings<Runner: ControllerRunner & ~Copyable>(
    _ run: borrowing TrainingRun<Runner>, _ origin: TrainingArguments.Origin
  ) -> [TrainingJSON.Setting] {
    let options = run.options
    let (preset, usual) = (origin.preset, TrainingOptions())
    return ["rule", "schedule", "rate", "epochs", "batch", "threshold", "hidden", "window"].compactMap { name in
      guard let property = TrainingOptions.properties.named(name) else { return nil }
      let value = property.written(property[options])
      let chosen =
        if origin.given.contains(name) {
          "given"
        } else if property[preset] != property[usual] && property[preset] == property[options] {
          origin.presetName
        } else if property[options] != property[usual] {
          "from \(grouped(run.train.sequences.count)) sequences"
        } else if name == "threshold" {
          options.rule == .errorFeedback ? "the controller's own law" : "the rule's own"
        } else {
          "default"
        }
      return .init(name: name, value: value, chosen: chosen)
    }
  }

  private static func restart<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    func sum(_ value: (ProgrammingReport) -> Int) -> String { grouped(run.programmed.reduce(0) { $0 + value($1) }) }
    return "weights of epoch \(run.epoch) written back: \(sum(\.rounds)) rounds, \(sum { Int($0.pulses) }) pulses, "
      + "\(sum(\.missedCells)) cells missed\n"
  }

  static func line(_ report: EpochReport, hasValidation: Bool) -> String {
    func quality(_ accuracy: Double?, _ error: Double?) -> String {
      accuracy.map { percent($0) } ?? error.map { decimal($0, 2) } ?? ""
    }
    let validation = quality(report.validationAccuracy, report.validationError)
    let cells = [
      ("\(report.epoch)", 5), (decimal(report.loss, 4), 10), (report.trainAccuracy.map { percent($0) } ?? "", 10),
      (validation, hasValidation ? 10 : 0), (quality(report.testAccuracy, report.testError), 10),
      (grouped(report.pulses), 12), (quantity(report.chipSeconds, "s"), 12),
      (quantity(report.programEnergyJoules + report.readEnergyJoules, "J"), 10),
    ]
    return cells.map { $0.0.leftPadding(to: $0.1) }.joined()
  }

  static func summary<Runner: ControllerRunner & ~Copyable>(
    _ run: borrowing TrainingRun<Runner>, _ feedback: [FeedbackReport]?, computing: FigureScope.Computing
  ) -> String {
    let scope = FigureScope.lines(of: run.chip, computing: computing).joined(separator: "\n")
    return "\(figures(run))\(feedback.map(text) ?? "")\(selection(run))\(advice(run))\n\n\(scope)"
  }

  private static func selection<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    run.endingEpoch == run.epoch
      ? "" : "\nthe weights of epoch \(run.endingEpoch), the best on the validation set, were written back"
  }

  private static func text(_ layers: [FeedbackReport]) -> String {
    func both(_ value: (FeedbackReport) -> String) -> String { layers.map(value).joined(separator: ", ") }
    return """

      error feedback (LSTM, dense): an update writes \(both { percent($0.writesPerWeight, 3) }) of the weights; a write misses \
      \(both { percent($0.writeError) }) of the window, threshold \(both { percent($0.threshold) }); \
      given up \(both { grouped($0.givenUp) }) weights
      """
  }

  /// Where the loss has not fallen.
  private static func advice<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    guard run.reports.count > 1, let first = run.reports.first, let last = run.reports.last,
      last.loss > 0.98 * first.loss
    else { return "" }
    return """

      the loss did not fall (\(decimal(first.loss, 4)) in epoch 1, \(decimal(last.loss, 4)) at the end): try another --rate \
      (it was \(run.options.rate)), more --epochs, --batch 1, a larger --window or --spread, or more --hidden units
      """
  }

  private static func figures<Runner: ControllerRunner & ~Copyable>(_ run: borrowing TrainingRun<Runner>) -> String {
    guard let last = run.reports.last else { return "" }
    let cells = run.session.machine.chip.tiles.reduce(0) { $0 + $1.array.conductance.count }
    let programming = """

      programming: \(grouped(last.pulses)) pulses (\(decimal(Double(last.pulses) / Double(cells), 1)) a cell) in \
      \(grouped(last.phases)) row phases, \(quantity(last.pulseSeconds, "s")); one cell at a time \
      \(quantity(last.cellSerialSeconds, "s")); \(quantity(last.programEnergyJoules, "J"))
      reading: \(quantity(last.readEnergyJoules, "J"))
      chip time \(quantity(last.chipSeconds, "s")): \(TimeText.parts(last.time, on: run.chip.features) { quantity(TimeParts.seconds($0), "s") })
      """
    guard let error = last.testError else { return programming }
    return programming + "\ntest error \(decimal(error, 2)), " + SeriesText.baselines(run.test, fittedTo: run.train)
  }
}

/// A training run, for machines.
struct TrainingJSON: Encodable {
  /// How a setting was chosen.
  struct Setting: Encodable {
    let name: String
    let value: String
    let chosen: String
  }

  let epochs: [EpochReport]
  let settings: [Setting]
  /// Of the LSTM and of the dense layer, with that rule.
  let feedback: [FeedbackReport]?
  /// Of a series whose header has a transform or a season.
  let baselines: [SeriesBaseline]?
  /// How a checkpoint's weights were written back, by layer.
  let restored: [ProgrammingReport]?
  /// What learning a sequence takes in a technology, where one was asked for.
  let system: SystemReport?
}
