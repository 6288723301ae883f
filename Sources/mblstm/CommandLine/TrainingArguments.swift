import Crossbar
import Tasks

/// The options that choose how a network is trained.
enum TrainingArguments {
  static let options = PropertyOptions.options(TrainingOptions.properties, default: .words("the task's"))

  /// Where settings come from.
  struct Origin {
    /// Those that the command line has.
    let given: Set<String>
    /// Those of the task, or where there is none of the rule.
    let preset: TrainingOptions
    /// What these are called.
    let presetName: String

    init(_ arguments: Arguments, preset: TrainingOptions, isTask: Bool) {
      presetName = isTask ? "the task's" : "the rule's"
      given = Set(TrainingOptions.properties.properties.map(\.name).filter { arguments.text("--\($0)") != nil })
      self.preset = preset
    }
  }

  static func options(from arguments: Arguments, preset: TrainingOptions) throws(UsageError) -> TrainingOptions {
    var options = preset
    try PropertyOptions.set(TrainingOptions.properties.properties, of: &options, from: arguments)
    if let problem = options.problem { throw UsageError("--\(problem)") }
    return options
  }
}
