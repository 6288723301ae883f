import Board
import Crossbar
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

    A line an epoch; accuracy (or error) is that of the chip on the test set. --checkpoint keeps the state after every
    epoch; the same command goes on from it, to the same bytes as a run that was never stopped.

    example: mblstm train digits --hidden 32 --variation 10% --checkpoint run.mbx --save chip.mbx --curve curve.svg
             mblstm run digits --load chip.mbx
    """
  static let options =
    TrainingData.options + TrainingArguments.options + ChipArguments.options + [
      Option("--checkpoint", "F.mbx", "Keep the state here after every epoch, and go on from it if it is there."),
      Option("--save", "CHIP.mbx", "Write the trained chip, for run --load."),
      Option("--curve", "F.svg", "Plot the learning curve."),
      Option("--maps", "F.svg", "Draw the LSTM tile's conductances before and after."),
      Option("--predictions", "F.svg", "Regression: plot the test series and its predictions."),
      Option("--json", nil, "For machines."),
    ]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let data = try TrainingData(arguments)
    let options = data.options
    var run = try start(arguments, data)
    let began = ContinuousClock().now
    let first = run.epoch
    let isForPeople = !arguments.has("--json")
    if isForPeople { Console.print(TrainingText.head(run)) }
    while run.epoch < options.epochs {
      try epoch(of: &run, isForPeople: isForPeople)
      if let path = arguments.text("--checkpoint") { try run.checkpoint().write(to: path) }
    }
    let seconds = (ContinuousClock().now - began) / .seconds(1)
    try write(&run, arguments)
    if isForPeople { Console.print(TrainingText.summary(run)) } else { try Console.json(run.reports) }
    let rate = Double((run.epoch - first) * run.train.sequences.count) / seconds
    Console.message("emulated in \(decimal(seconds, 2)) s, \(grouped(Int(rate))) sequences/s with testing")
    return .success
  }

  private static func start(
    _ arguments: Arguments, _ data: TrainingData
  ) throws -> TrainingRun<NoLog> {
    let chipOptions = try ChipArguments.options(from: arguments)
    if let path = arguments.text("--checkpoint"), FileManager.default.fileExists(atPath: path) {
      let file = try ChipFile(path: path)
      return try TrainingRun(
        resuming: file, named: path, train: data.train, test: data.test, options: data.options,
        chipOptions: chipOptions,
        log: NoLog())
    }
    return try TrainingRun(
      train: data.train, test: data.test, options: data.options, chipOptions: chipOptions, log: NoLog())
  }

  private static func epoch(of run: inout TrainingRun<NoLog>, isForPeople: Bool) throws {
    var bar = ProgressBar("epoch \(run.epoch + 1)", total: run.train.sequences.count)
    let began = ContinuousClock().now
    let report: EpochReport
    do {
      defer { bar.end() }
      report = try run.runEpoch { done, loss in
        bar.update(done) {
          let seconds = (ContinuousClock().now - began) / .seconds(1)
          return "loss \(decimal(loss, 4)), \(grouped(Int(Double(done) / seconds))) sequences/s"
        }
      }
    }
    if isForPeople { Console.print(TrainingText.line(report)) }
  }

  private static func write(
    _ run: inout TrainingRun<NoLog>, _ arguments: Arguments
  ) throws {
    if let path = arguments.text("--save") { try run.chipFile().write(to: path) }
    if let path = arguments.text("--curve") { try AtomicFile.write(TrainingPlots.curve(run.reports), to: path) }
    if let path = arguments.text("--maps") {
      // Made anew: a run that was resumed no longer has its beginning.
      let fresh = try TrainingRun(
        train: run.train, test: run.test, options: run.options, chipOptions: run.chipOptions, log: NoLog())
      let before = fresh.session.machine.chip.tiles[0].array
      let after = run.session.machine.chip.tiles[0].array
      try AtomicFile.write(HeatMap("\(run.train.name): LSTM tile", before: before, after: after).svg, to: path)
    }
    if let path = arguments.text("--predictions") {
      guard run.test.isRegression else { throw UsageError("--predictions is for regression") }
      try AtomicFile.write(TrainingPlots.predictions(try run.predictions(), of: run.test), to: path)
    }
  }
}
