import Crossbar

typealias TrainingProperty = Property<TrainingOptions>

extension TrainingOptions {
  /// All choices of a training. Texts hold every one: a new default never changes what a file goes on as.
  package static let properties = PropertyTable(usual: TrainingOptions(), network + schedule + rules)

  private static let network = [
    TrainingProperty("hidden", \.hidden, in: 1...1024, isAlwaysWritten: true, "Hidden units"),
    TrainingProperty("activation", \.activation, isAlwaysWritten: true, "Activation circuits"),
    TrainingProperty("window", \.window, in: 0.0625...255, isAlwaysWritten: true, "Largest |weight|"),
    TrainingProperty(
      "forget-bias", \.forgetBias, in: -255...255, isAlwaysWritten: true,
      "Initial bias of the forget gates, within the window"),
    TrainingProperty(
      "spread", \.spread, in: 0...1000, isAlwaysWritten: true,
      "Initial weights are uniform in ± this over √(word lines), within the window"),
    TrainingProperty(
      "lags", \.lags, in: 1...1024, isAlwaysWritten: true, "Regression: inputs of the last N steps at every step"),
  ]

  private static let schedule = [
    TrainingProperty(
      "epochs", \.epochs, in: 0...1_000_000, isAlwaysWritten: true,
      "Passes over the training set; 0 for as many as suit it"),
    TrainingProperty(
      "batch", \.batch, in: 0...65_535, isAlwaysWritten: true,
      "Sequences in an update; 0 for as many as suit the set"),
    TrainingProperty("rate", \.rate, in: 0...8, isAlwaysWritten: true, "Learning rate at the beginning"),
    TrainingProperty(
      "schedule", \.schedule, isAlwaysWritten: true, "How the rate falls: on a line to zero, or by --decay"),
    TrainingProperty(
      "decay", \.decay, in: 0...1, isAlwaysWritten: true,
      "With --schedule decay: factor of the rate from epoch to epoch"),
    TrainingProperty(
      "momentum", \.momentum, in: 0...15, isAlwaysWritten: true, "M of v ← v − v/2^M + g; 0 for none"),
    TrainingProperty(
      "truncate", \.truncation, in: 0...65_535, isAlwaysWritten: true, "Steps that errors go back; 0 for all"),
    TrainingProperty(
      "test-every", \.testEvery, in: 0...1_000_000, isAlwaysWritten: true,
      "Try the test set after every N epochs as well: looking at it is not choosing by it; 0 for at the end alone"),
    TrainingProperty(
      "select", \.selection, isAlwaysWritten: true,
      "Weights to end with: of the last epoch, or of the best on --validation"),
  ]

  private static let rules = [
    TrainingProperty("rule", \.rule, isAlwaysWritten: true, "How gradients become pulses"),
    TrainingProperty(
      "levels", \.levels, in: 4...4096, isAlwaysWritten: true, "Levels of the weight range, a power of two"),
    TrainingProperty(
      "path", \.path, isAlwaysWritten: true, "Where errors get the weights: the array read transposed, or read back"),
    TrainingProperty(
      "pulse-width", \.pulseWidth, in: 20...655_340, .nanoseconds, isAlwaysWritten: true,
      "Pulse of the fixed-voltage rule"),
    TrainingProperty(
      "threshold", \.threshold, in: 0...1, .share, isAlwaysWritten: true,
      "Smallest update that is pulsed for, of the window, with error-feedback and fixed-voltage; 0 for the rule's own"),
  ]

  /// The first property out of its range or at odds with another, or nil.
  package var problem: String? {
    if let problem = Self.properties.problem(of: self) { return "\(problem)" }
    guard levels.nonzeroBitCount == 1 else {
      return "levels is '\(levels)', expected a power of two from 4 to 4096"
    }
    guard momentum == 0 || rule != .errorFeedback else {
      return "momentum is '\(momentum)', expected 0 with the rule error-feedback, or another --rule"
    }
    guard abs(forgetBias) <= window else {
      return "forget-bias is '\(forgetBias)', expected a number within the window of ±\(window); choose a larger window"
    }
    return nil
  }
}
