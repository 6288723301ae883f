import Tasks

/// The options that say how ways to write updates are compared.
enum UpdatesArguments {
  static let options = [
    Option(
      "--updates", "N", .integer(1...1_000_000), default: .value("100"),
      "Updates that are looked at, spread evenly over the training."),
    Option(
      "--descent-rate", "R", .number(0...8), default: .words("the rate of the rule accumulate"),
      "Rate of plain gradient descent at the beginning; it falls as the training's does."),
    Option(
      "--train-pulse", "NS", .integer(1...1_000_000_000),
      default: .words("the device's own pulse, or for one without the shortest of the chip"),
      "Pulse of a slot of the trains, nanoseconds."),
  ]

  /// - Parameter task: empty for one's own data.
  static func comparing(_ arguments: Arguments, task: String) -> UpdatesSweep.Comparing {
    UpdatesSweep.Comparing(
      updates: arguments.integer("--updates"),
      descentRate: arguments.number(
        "--descent-rate", default: TrainingOptions.preset(for: task, rule: .accumulate).rate),
      trainNanoseconds: arguments.text("--train-pulse") == nil ? nil : arguments.integer("--train-pulse"))
  }
}
