import Files
import FixedPoint
import Tasks

/// The sequences that the command line names for training, and the settings that go with them.
struct TrainingData {
  var train: SequenceSet
  var test: SequenceSet
  let options: TrainingOptions
  /// The files they came from.
  let files: [String]

  static let options = [
    Option("--data", "TRAIN.csv", .input("csv"), "Your own training sequences."),
    Option("--test", "TEST.csv", .input("csv"), "Your own test sequences."),
    TaskArguments.vectors,
    Option("--limit", "N", .integer(1...Int.max), "Only the first N training sequences."),
  ]

  init(_ arguments: Arguments) throws {
    let preset: TrainingOptions
    if let path = arguments.text("--data") {
      try arguments.expectOperands(0...0, "either a task or --data, not both")
      guard let testPath = arguments.text("--test") else { throw UsageError("--data needs --test TEST.csv") }
      files = [path, testPath]
      preset = TrainingOptions()
    } else {
      let task = try TaskArguments.task(arguments)
      files = [task.train, task.test]
      preset = TrainingOptions.preset(for: task.name)
    }
    options = try TrainingArguments.options(from: arguments, preset: preset)
    train = try SequenceSet(csv: files[0])
    test = try SequenceSet(csv: files[1])
    guard train.features == test.features, train.classes == test.classes else {
      throw InputError(
        files[1],
        "has \(test.features) values a step and \(test.classes) classes, the training set"
          + " \(train.features) and \(train.classes)")
    }
    let limit = arguments.integer("--limit", default: train.sequences.count)
    train.sequences = Array(train.sequences.prefix(limit))
    test = test.withLags(options.lags, after: train)
    train = train.withLags(options.lags)
  }
}
