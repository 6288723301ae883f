extension TrainingOptions {
  /// The settings that a task of the catalogue is trained with; for others the defaults.
  ///
  /// Chosen on a part of the training set that was kept apart: a fifth for digits and reber, the last two years for
  /// airline. Window, forget bias and spread of reber are what the task asks for; vowels has the defaults.
  package static func preset(for task: String) -> TrainingOptions {
    var options = TrainingOptions()
    switch task {
    case "digits":
      options.batch = 4
      options.rate = 0.08
      options.decay = 0.95
      options.epochs = 30
    case "vowels":
      options.epochs = 60
    case "reber":
      options.hidden = 12
      options.window = 2
      options.forgetBias = 1.8
      options.spread = 4
      options.rate = 0.01
      options.decay = 1
      options.epochs = 150
    case "airline":
      options.hidden = 15
      options.lags = 12
      options.epochs = 2000
      options.rate = 0.01
      options.decay = 1
      options.levels = 64
    default: break
    }
    return options
  }
}
