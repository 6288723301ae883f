import Board
import Foundation
import Tasks
import Trace

/// Teaches a chip in situ.
enum TrainVerb: Verb {
  static let name = "train"
  static let summary = "Train a network in situ, on the chip."
  static let usage = "train TASK"
  static let discussion = ""
  static let options: [Option] = [
    Option("--hidden", "N", ""), Option("--epochs", "N", ""), Option("--batch", "N", ""), Option("--rate", "R", ""),
    Option("--decay", "R", ""), Option("--momentum", "R", ""), Option("--rule", "R", ""), Option("--levels", "R", ""),
    Option("--path", "R", ""), Option("--forget", "R", ""), Option("--window", "R", ""), Option("--width", "R", ""),
    Option("--threshold", "R", ""),
    Option("--limit", "N", ""),
  ] + ChipArguments.options
  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let task = try TaskCatalog().task(arguments.operands[0])
    var train = try SequenceSet(csv: task.train)
    let test = try SequenceSet(csv: task.test)
    var options = TrainingOptions()
    options.hidden = try arguments.integer("--hidden", in: 1...1024, default: 16)
    options.epochs = try arguments.integer("--epochs", in: 1...100000, default: 20)
    options.batch = try arguments.integer("--batch", in: 1...1000, default: 1)
    options.levels = try arguments.integer("--levels", in: 1...4096, default: 64)
    options.momentum = try arguments.integer("--momentum", in: 0...15, default: 0)
    options.pulseWidth = try arguments.integer("--width", in: 0...15000, default: 200)
    options.threshold = Double(arguments.text("--threshold") ?? "0.001")!
    options.rate = Double(arguments.text("--rate") ?? "0.03")!
    options.decay = Double(arguments.text("--decay") ?? "0.93")!
    options.forgetBias = Double(arguments.text("--forget") ?? "0")!
    options.window = Double(arguments.text("--window") ?? "1")!
    options.rule = try arguments.choice("--rule", default: .accumulate)
    options.path = try arguments.choice("--path", default: .array)
    train.sequences = Array(train.sequences.prefix(try arguments.integer("--limit", in: 1...1000000, default: 1000000)))
    var run = try TrainingRun(
      train: train, test: test, options: options, chipOptions: try ChipArguments.options(from: arguments), log: NoLog())
    for _ in 0..<options.epochs {
      let start = ContinuousClock().now
      let report = try run.runEpoch()
      let seconds = (ContinuousClock().now - start) / .seconds(1)
      Console.print("\(report.epoch) loss \(decimal(report.loss, 4)) train \(percent(report.trainAccuracy ?? 0)) test \(percent(report.testAccuracy ?? 0)) err \(report.testError ?? 0) pulses \(report.pulses) phases \(report.phases) \(decimal(Double(train.sequences.count) / seconds, 0))/s")
    }
    return .success
  }
}
