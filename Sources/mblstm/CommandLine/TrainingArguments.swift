import Tasks

/// The options that choose how a network is trained.
enum TrainingArguments {
  static let options = [
    Option("--hidden", "H", .integer(1...1024), default: .words("the task's, or 16"), "Hidden units."),
    Option("--epochs", "N", .integer(1...1_000_000), default: ofTask, "Passes over the training set."),
    Option("--batch", "N", .integer(1...65_535), default: ofTask, "Sequences in an update."),
    Option("--rate", "R", .number(0...8), default: ofTask, "Learning rate of the first epoch."),
    Option("--decay", "R", .number(0...1), default: ofTask, "Factor of the rate from epoch to epoch."),
    Option("--momentum", "M", .integer(0...15), default: ofTask, "v ← v − v/2^M + g; 0 for none."),
    Option(
      "--rule", "RULE", .choice(of: TrainingOptions.RuleName.self), default: ofTask, "How gradients become pulses."),
    Option(
      "--levels", "N", .form(expected: "a power of two from 4 to 4096", isValid: isLevels), default: ofTask,
      "Levels of the weight range, a power of two from 4 to 4096."),
    Option(
      "--path", "PATH", .choice(of: TrainingOptions.PathName.self), default: ofTask,
      "Where errors get the weights: from the array, read transposed, or from what was read back."),
    Option("--truncate", "K", .integer(0...65_535), default: ofTask, "Steps that errors go back; 0 for all."),
    Option("--lags", "N", .integer(1...1024), default: ofTask, "Regression: inputs of the last N steps at every step."),
    Option("--window", "W", .number(0.0625...255), default: ofTask, "Largest |weight|."),
    Option("--forget-bias", "B", .number(-255...255), default: ofTask, "Initial bias of the forget gates."),
    Option("--spread", "S", .number(0...1000), default: ofTask, "Initial weights are uniform in ±S/√(word lines)."),
    Option("--pulse-width", "NS", .integer(20...655_340), default: ofTask, "Of the fixed-voltage rule, nanoseconds."),
    Option(
      "--threshold", "SHARE", .share, default: ofTask,
      "Of the fixed-voltage rule: smallest update pulsed for, share of the window."),
  ]

  private static let ofTask = Option.Fallback.words("the task's")

  @Sendable private static func isLevels(_ text: String) -> Bool {
    Int(text).map { (4...4096).contains($0) && $0.nonzeroBitCount == 1 } ?? false
  }

  static func options(from arguments: Arguments, preset: TrainingOptions) -> TrainingOptions {
    var options = preset
    options.hidden = arguments.integer("--hidden", default: preset.hidden)
    options.epochs = arguments.integer("--epochs", default: preset.epochs)
    options.batch = arguments.integer("--batch", default: preset.batch)
    options.rate = arguments.number("--rate", default: preset.rate)
    options.decay = arguments.number("--decay", default: preset.decay)
    options.momentum = arguments.integer("--momentum", default: preset.momentum)
    options.rule = arguments.choice("--rule", default: preset.rule)
    options.levels = arguments.integer("--levels", default: preset.levels)
    options.path = arguments.choice("--path", default: preset.path)
    options.truncation = arguments.integer("--truncate", default: preset.truncation)
    options.lags = arguments.integer("--lags", default: preset.lags)
    options.window = arguments.number("--window", default: preset.window)
    options.forgetBias = arguments.number("--forget-bias", default: preset.forgetBias)
    options.spread = arguments.number("--spread", default: preset.spread)
    options.pulseWidth = arguments.integer("--pulse-width", default: preset.pulseWidth)
    options.threshold = arguments.share("--threshold", default: preset.threshold)
    options.activation = arguments.choice("--activation", default: preset.activation)
    return options
  }
}
