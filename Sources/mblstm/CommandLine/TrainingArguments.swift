import Crossbar
import Tasks

/// The options that choose how a network is trained.
enum TrainingArguments {
  static let options = PropertyOptions.options(TrainingOptions.properties, default: .words("the task's"))

  static func options(from arguments: Arguments, preset: TrainingOptions) throws(UsageError) -> TrainingOptions {
    var options = preset
    try PropertyOptions.set(TrainingOptions.properties.properties, of: &options, from: arguments)
    if let problem = options.problem { throw UsageError("--\(problem)") }
    return options
  }
}
