import Files
import FixedPoint
import Tasks

/// The sequences that the command line names for training, and the settings that go with them.
struct TrainingData {
  var train: SequenceSet
  var test: SequenceSet
  /// What is measured on after each epoch, where that was asked for.
  private(set) var validation: SequenceSet?
  let options: TrainingOptions
  /// Where these come from.
  let origin: TrainingArguments.Origin
  /// The files they came from.
  private(set) var files: [String]

  static let options = [
    Option("--data", "TRAIN.csv", .input("csv"), "Your own training sequences."),
    Option("--test", "TEST.csv", .input("csv"), "Your own test sequences."),
    TaskArguments.vectors,
    Option("--limit", "N", .integer(1...Int.max), "Only the first N training sequences."),
  ]

  static let validation = Option(
    "--validation", "SHARE|F.csv", .nameOrInput([], FileForm(suffixes: ["csv"])),
    "Measure after each epoch on a share of the training set, drawn by the seed and not trained on, or on a file's.")

  /// - Parameters:
  ///   - seed: draws what is kept apart.
  ///   - goesOn: whether training begins with what the cells of a chip hold.
  init(_ arguments: Arguments, seed: UInt64, goesOn: Bool = false) throws {
    let preset: TrainingOptions
    let task: TaskCatalog.Task?
    let rule = arguments.text("--rule").flatMap { TrainingOptions.RuleName(rawValue: $0) }
    if let path = arguments.text("--data") {
      try arguments.expectOperands(0...0, "either a task or --data, not both")
      guard let testPath = arguments.text("--test") else { throw UsageError("--data needs --test TEST.csv") }
      task = nil
      files = [path, testPath]
      preset = TrainingOptions.preset(for: "", rule: rule)
    } else {
      let named = try TaskArguments.task(arguments)
      task = named
      files = [named.train, named.test]
      preset = TrainingOptions.preset(for: named.name, rule: rule)
    }
    var options = try TrainingArguments.options(from: arguments, preset: preset)
    options.goesOn = goesOn
    self.options = options
    origin = TrainingArguments.Origin(arguments, preset: preset, isTask: arguments.text("--data") == nil)
    train = try task?.trainingSet() ?? SequenceSet(csv: files[0])
    test = try Self.require(
      task?.testSet(after: train) ?? SequenceSet(csv: files[1], after: train), of: files[1], like: train)
    let limit = arguments.integer("--limit", default: train.sequences.count)
    train.sequences = Array(train.sequences.prefix(limit))
    let all = train
    if arguments.declares("--validation"), let text = arguments.text("--validation") {
      try keepApart(text, seed: seed)
    } else if options.selection == .best {
      throw UsageError("--select best needs --validation: weights are not chosen by the test set")
    }
    if train.isRegression, let steps = train.sequences.first?.steps, steps < options.lags {
      throw InputError(files[0], "has \(steps) steps to learn from, expected at least the \(options.lags) of --lags")
    }
    test = test.withLags(options.lags, after: all)
    train = train.withLags(options.lags)
  }

  private mutating func keepApart(_ text: String, seed: UInt64) throws {
    if let share = ValueKind.share(text) {
      guard share > 0, share < 1 else {
        throw UsageError("--validation is '\(text)', expected a share above 0 and below 1, or a file")
      }
      let all = train
      let parts = try all.keepingApart(share, seed: seed)
      train = parts.train
      validation = parts.validation.withLags(options.lags, after: parts.train)
    } else {
      files.append(text)
      let set = try SequenceSet(csv: text, after: train)
      validation = try Self.require(set, of: text, like: train).withLags(options.lags, after: train)
    }
  }

  private static func require(_ set: SequenceSet, of path: String, like train: SequenceSet) throws -> SequenceSet {
    guard train.features == set.features, train.classes == set.classes else {
      throw InputError(
        path,
        "has \(set.features) values a step and \(set.classes) classes, the training set"
          + " \(train.features) and \(train.classes)")
    }
    return set
  }
}
