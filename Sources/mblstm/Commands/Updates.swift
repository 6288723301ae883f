import Board
import Crossbar
import Files
import FixedPoint
import Tasks

/// Compares ways to make the updates of a training.
enum UpdatesVerb: Verb {
  static let name = "updates"
  static let summary = "Compare ways to write a training's updates: row by row, cell by cell, all at once."
  static let usage = "updates TASK | updates --data TRAIN.csv [--hidden H,H,…]"
  static let discussion = """
    Trains each network in situ with error feedback, as 'train' does, and makes some of its updates in several ways, all from
    the same state of the chip and with the same gradients:

    row-parallel         as the chip does it: what is worth a write, word line by word line, read before and behind
    row-parallel, all    the same with nothing owed before, and every weight written that is to move at all
    cell-serial          the pulses of either, one cell at a time
    stochastic           every product of a step's two vectors at once, by pulse trains with the lengths and probabilities of
                         IBM aihwkit; the expected change is that of 'row-parallel, all', but where error feedback limits
                         how far a weight moves at once
    stochastic, descent  the same for plain gradient descent at --descent-rate

    A slot of a train has a phase for every pair of signs that the vectors have, and every phase of any way the chip's rest
    behind it. Figures are of one update in the mean. Energy is what arrays dissipate, with half of the voltage on the cells
    that are half-selected; nothing says whether a training by pulse trains would learn.

    example: mblstm updates digits --hidden 8,16,32,48
             mblstm updates digits --hidden 16 --device reram-sb --updates 1000 --json
    """
  static let options =
    [
      Option("--data", "TRAIN.csv", .input("csv"), "Your own training sequences."), TaskArguments.vectors,
      Option("--limit", "N", .integer(1...Int.max), "Only the first N training sequences."),
      Option(
        "--hidden", "H,H,…", .list(of: .integer(1...1024)), default: .value("8,16,32,48"),
        "Hidden units of the networks."),
    ] + UpdatesArguments.options + PropertyOptions.options(settings, default: .words("the task's"))
    + ChipArguments.options + [.json]
  static let operands = [TaskArguments.operand(0...1)]

  /// The sizes of the networks are a list of their own.
  private static let settings = PropertyTable(
    usual: UpdateComparison.settings.usual, UpdateComparison.settings.properties.filter { $0.name != "hidden" })

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let chip = try ChipArguments.chip(from: arguments)
    let setting = try Setting(arguments)
    var last: UpdateComparison?
    var results: [UpdateComparison.Result] = []
    for text in arguments.list("--hidden") {
      var options = setting.options
      options.hidden = Int(text) ?? options.hidden
      let comparison = setting.comparing.comparison(of: setting.train, options, on: chip)
      results.append(try run(comparison, hidden: options.hidden))
      last = comparison
    }
    guard let last else { preconditionFailure("a list has an item") }
    let report = UpdatesReport(last, results)
    if arguments.has("--json") { Console.print(report.json) } else { Console.print(UpdatesText.text(report)) }
    return .success
  }

  private static func run(_ comparison: UpdateComparison, hidden: Int) throws -> UpdateComparison.Result {
    var bar: ProgressBar?
    defer { bar?.end() }
    return try comparison.run { done, total in
      if bar == nil { bar = ProgressBar("\(hidden) hidden units", total: total) }
      bar?.update(done)
    }
  }

  /// What is trained, and how.
  private struct Setting {
    let train: SequenceSet
    let options: TrainingOptions
    let comparing: UpdatesSweep.Comparing

    init(_ arguments: Arguments) throws {
      var task = ""
      var set: SequenceSet
      if let own = arguments.text("--data") {
        try arguments.expectOperands(0...0, "either a task or --data, not both")
        set = try SequenceSet(csv: own)
      } else {
        let named = try TaskArguments.task(arguments)
        (task, set) = (named.name, try named.trainingSet())
      }
      var options = TrainingOptions.preset(for: task, rule: .errorFeedback)
      try PropertyOptions.set(settings.properties, of: &options, from: arguments)
      if let problem = options.problem { throw UsageError("--\(problem)") }
      set.sequences = Array(set.sequences.prefix(arguments.integer("--limit", default: set.sequences.count)))
      train = set.withLags(options.lags)
      self.options = options
      comparing = UpdatesArguments.comparing(arguments, task: task)
    }
  }
}
