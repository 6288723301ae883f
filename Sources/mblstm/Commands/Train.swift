import Board
import Foundation
import Tasks
import Trace

/// Teaches a chip in situ.
enum TrainVerb: Verb {
  static let name = "train"
  static let summary = "Train a network in situ, on the chip."
  static let usage = "train TASK | train --data TRAIN.csv --test TEST.csv --hidden H"
  static let discussion = """
    The chip starts with random weights. Every sequence goes forward through the arrays, errors go back through them in
    integer arithmetic, and conductances change by row-parallel pulses; no weight exists but in the arrays. Tasks, with
    settings of their own: \(TaskCatalog.names.joined(separator: ", ")).

    example: mblstm train digits --hidden 32 --variation 10%
    """
  static let options =
    [
      Option("--data", "TRAIN.csv", "Your own training sequences."),
      Option("--test", "TEST.csv", "Your own test sequences."),
      Option("--vectors", "DIR", "The 'vectors' folder (default: found here or above)."),
      Option("--limit", "N", "Only the first N training sequences."),
      Option("--activation", "KIND", "hard, pwl5, plan or pwl16 (default hard)."),
    ] + TrainingArguments.options + ChipArguments.options

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    var (train, test, preset) = try data(arguments)
    let options = try TrainingArguments.options(from: arguments, preset: preset)
    test = test.withLags(options.lags, after: train)
    train = train.withLags(options.lags)
    if train.isRegression { Console.message("persistence \(test.persistenceError())") }
    let chipOptions = try ChipArguments.options(from: arguments)
    var run = try TrainingRun(train: train, test: test, options: options, chipOptions: chipOptions, log: NoLog())
    for _ in 0..<options.epochs {
      let start = ContinuousClock().now
      let report = try run.runEpoch()
      let seconds = (ContinuousClock().now - start) / .seconds(1)
      Console.print(
        "\(report.epoch) loss \(decimal(report.loss, 4)) train \(percent(report.trainAccuracy ?? 0)) test \(percent(report.testAccuracy ?? 0)) err \(report.testError ?? 0) pulses \(report.pulses) phases \(report.phases) \(decimal(Double(train.sequences.count) / seconds, 0))/s"
      )
    }
    return .success
  }

  private static func data(_ arguments: Arguments) throws -> (SequenceSet, SequenceSet, TrainingOptions) {
    var train: SequenceSet
    let test: SequenceSet
    let preset: TrainingOptions
    if let path = arguments.text("--data") {
      try arguments.expectOperands(0...0, "either a task or --data, not both")
      guard let testPath = arguments.text("--test") else { throw UsageError("--data needs --test TEST.csv") }
      (train, test) = (try SequenceSet(csv: path), try SequenceSet(csv: testPath))
      preset = TrainingOptions.preset(for: train.name)
    } else {
      try arguments.expectOperands(1...1, "a task: \(TaskCatalog.names.joined(separator: ", "))")
      let task = try TaskCatalog(vectors: arguments.text("--vectors")).task(arguments.operands[0])
      (train, test) = (try SequenceSet(csv: task.train), try SequenceSet(csv: task.test))
      preset = TrainingOptions.preset(for: task.name)
    }
    guard train.features == test.features, train.classes == test.classes else {
      throw InputError(
        test.name,
        "the test set has \(test.features) values a step and \(test.classes) classes, the training set"
          + " \(train.features) and \(train.classes)")
    }
    let limit = try arguments.integer("--limit", in: 1...Int.max, default: train.sequences.count)
    train.sequences = Array(train.sequences.prefix(limit))
    return (train, test, preset)
  }
}
