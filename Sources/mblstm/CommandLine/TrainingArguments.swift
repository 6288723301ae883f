import Tasks

/// The options that choose how a network is trained.
enum TrainingArguments {
  static let options = [
    Option("--hidden", "H", "Hidden units (default: the task's, or 16)."),
    Option("--epochs", "N", "Passes over the training set."),
    Option("--batch", "N", "Sequences in an update."),
    Option("--rate", "R", "Learning rate of the first epoch."),
    Option("--decay", "R", "Factor of the rate from epoch to epoch."),
    Option("--momentum", "M", "v ← v − v/2^M + g; 0 for none."),
    Option("--rule", "RULE", "accumulate, fixed-voltage, linear or target."),
    Option("--levels", "N", "Levels of the weight range, a power of two from 4 to 4096."),
    Option("--path", "PATH", "Where errors get the weights: array (read transposed) or read-back."),
    Option("--truncate", "K", "Steps that errors go back; 0 for all."),
    Option("--lags", "N", "Regression: inputs of the last N steps at every step."),
    Option("--window", "W", "Largest |weight|."),
    Option("--forget-bias", "B", "Initial bias of the forget gates."),
    Option("--spread", "S", "Initial weights are uniform in ±S/√(word lines)."),
    Option("--pulse-width", "NS", "Of the fixed-voltage rule, nanoseconds."),
    Option("--threshold", "SHARE", "Of the fixed-voltage rule: smallest update pulsed for, share of the window."),
  ]

  static func options(from arguments: Arguments, preset: TrainingOptions) throws(UsageError) -> TrainingOptions {
    var options = preset
    options.hidden = try arguments.integer("--hidden", in: 1...1024, default: preset.hidden)
    options.epochs = try arguments.integer("--epochs", in: 1...1_000_000, default: preset.epochs)
    options.batch = try arguments.integer("--batch", in: 1...65_535, default: preset.batch)
    options.rate = try arguments.number("--rate", in: 0...8, default: preset.rate)
    options.decay = try arguments.number("--decay", in: 0...1, default: preset.decay)
    options.momentum = try arguments.integer("--momentum", in: 0...15, default: preset.momentum)
    options.rule = try arguments.choice("--rule", default: preset.rule)
    options.levels = try arguments.integer("--levels", in: 4...4096, default: preset.levels)
    guard options.levels.nonzeroBitCount == 1 else {
      throw UsageError("--levels is '\(options.levels)', expected a power of two from 4 to 4096")
    }
    options.path = try arguments.choice("--path", default: preset.path)
    options.truncation = try arguments.integer("--truncate", in: 0...65_535, default: preset.truncation)
    options.lags = try arguments.integer("--lags", in: 1...1024, default: preset.lags)
    options.window = try arguments.number("--window", in: 0.0625...255, default: preset.window)
    options.forgetBias = try arguments.number("--forget-bias", in: -255...255, default: preset.forgetBias)
    options.spread = try arguments.number("--spread", in: 0...1000, default: preset.spread)
    options.pulseWidth = try arguments.integer("--pulse-width", in: 20...655_340, default: preset.pulseWidth)
    options.threshold = try arguments.share("--threshold", default: preset.threshold)
    options.activation = try arguments.choice("--activation", default: preset.activation)
    return options
  }
}
