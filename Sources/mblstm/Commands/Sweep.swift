import Board
import Crossbar
import Files
import Synchronization
import Tasks
import Trace

/// Runs a grid of settings over seeds.
enum SweepVerb: Verb {
  static let name = "sweep"
  static let summary = "Try a grid of chip settings over several seeds."
  static let usage = "sweep TASK --axis NAME=V,V,… [--axis …] -o RESULTS.csv | sweep merge PART.csv … -o ALL.csv"
  static let discussion = """
    Each point makes a chip with its settings and its seed, programs the trained weights and classifies the test set; or,
    with --mode train, trains it in situ.
    A row is written when its point is done; a sweep that was killed goes on where it stopped when it is run again.
    The results do not depend on the number of threads. Axes: \(SweepSetting.inference.names.joined(separator: ", "));
    with --mode train also
    \(SweepSetting.training.names.filter { SweepSetting.inference.named($0) == nil }.joined(separator: ", ")).
    With any number of axes; the plot has the first across, a line for each value of the second, and means over the rest.

    A sweep can be split: --shard 0/8 … 7/8 each do an eighth, on any computers, and 'merge' joins their files to the
    very bytes of the whole sweep. It says which points are missing.

    example: mblstm sweep digits --axis variation=0,5%,10%,20% --seeds 5 -o variation.csv --svg variation.svg
             mblstm sweep digits --axis variation=0,10% --axis adc-bits=6,8,12 -o grid.csv
    GNU parallel:
             seq 0 7 | parallel mblstm sweep digits --axis variation=0,5%,10%,20% --threads 1 --shard {}/8 -o part{}.csv
             mblstm sweep merge part*.csv -o variation.csv --svg variation.svg
    Slurm, a job array: tasks that are killed, or requeued, go on where they stopped:
             sbatch --array=0-7 --cpus-per-task=2 --requeue --wrap 'mblstm sweep digits \\
               --axis variation=0,5%,10%,20% --shard $SLURM_ARRAY_TASK_ID/8 --threads $SLURM_CPUS_PER_TASK \\
               -o part$SLURM_ARRAY_TASK_ID.csv'
             mblstm sweep merge part*.csv -o variation.csv --svg variation.svg
    """
  static let options =
    [
      Option(
        "--out", short: "-o", "F.csv", .output("csv", .grown), isRequired: true,
        "The results; run again with the same file, it goes on."),
      Option("--axis", "NAME=V,V,…", .text, isRepeatable: true, "What to vary and over which values."),
      Option("--seeds", "N", .integer(1...10_000), default: .value("5"), "Seeds 1 to N at every setting."),
      Option(
        "--mode", "MODE", .choice(of: Mode.self), default: .value(Mode.inference.rawValue),
        "Program trained weights and classify, or train in situ."),
      Option("--model", "MODEL.json", .input("json"), default: .words("the task's"), "Your own weights."),
      Option("--threads", "N", .integer(1...1024), default: .words("all cores"), "At most N at once."),
      Option(
        "--shard", "I/N",
        .form(expected: "I/N with I from 0 to N−1, such as 0/8") { SweepShard($0) != nil },
        default: .value("0/1"), "Only every N-th point, from point I on."),
      Option("--svg", "F.svg", .output("svg"), "Draw the accuracy."),
    ] + ChipArguments.seedlessOptions + TrainingData.options + TrainingArguments.options
  static let operands = [
    Operand("TASK", "a task or 'merge'", .choice(TaskCatalog.names + ["merge"]), count: 0...1),
    Operand("PART.csv", "the files to merge", .input("csv"), count: Operand.any),
  ]

  private enum Mode: String, CaseIterable { case inference, train }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let file = arguments.required("--out")
    if arguments.operands.first == "merge" {
      let parts = Array(arguments.operands.dropFirst())
      guard !parts.isEmpty else { throw UsageError("merge: expected the files to merge") }
      let results = try SweepResults(merging: parts)
      try OutputFile.write(results.text, to: file)
      try show(results, arguments)
      return .success
    }
    let shard = arguments.text("--shard").flatMap(SweepShard.init) ?? .whole
    if shard != .whole, arguments.text("--svg") != nil {
      throw UsageError("--svg needs all points, a shard has some; give it to 'sweep merge'")
    }
    let sweep = try sweep(arguments)
    let threads = arguments.integer("--threads", default: Sweep.allThreads)
    let view = Mutex(ProgressView(points: shard.count(of: sweep.plan.count), file: file))
    defer { view.withLock { $0.bar.end() } }
    let results = try Sweep.run(
      sweep.plan, shard: shard, threads: threads, resultsFile: file,
      progress: { done, _ in view.withLock { $0.update(done) } }, point: sweep.point)
    view.withLock { $0.bar.end() }
    try show(results, arguments)
    return .success
  }

  /// What to run, and how to run a point of it.
  private struct Work {
    let plan: SweepPlan
    let point: @Sendable (SweepPlan.Point) throws -> [String]
  }

  private static func sweep(_ arguments: Arguments) throws -> Work {
    let seeds = (1...arguments.integer("--seeds") as ClosedRange<Int>).map(UInt64.init)
    switch arguments.choice("--mode") as Mode {
    case .inference:
      let sweep = try inference(arguments, seeds)
      return Work(plan: sweep.plan) { try sweep($0) }
    case .train:
      let data = try TrainingData(arguments, seed: 1)
      let sweep = try TrainingSweep(
        train: data.train, test: data.test,
        base: SweepSetting(chip: try ChipArguments.chip(from: arguments), training: data.options),
        axes: try axes(arguments, of: .train), seeds: seeds, files: data.files)
      return Work(plan: sweep.plan) { try sweep($0) }
    }
  }

  private static func inference(_ arguments: Arguments, _ seeds: [UInt64]) throws -> ClassificationSweep {
    let task = try TaskArguments.task(arguments)
    let axes = try axes(arguments, of: .inference)
    let chip = try ChipArguments.chip(from: arguments)
    guard let path = arguments.text("--model") ?? task.model else {
      throw UsageError("task '\(task.name)' comes without trained weights, expected --model MODEL.json")
    }
    let model = try Model(json: path)
    var test = try SequenceSet(csv: task.test)
    let limit = arguments.integer("--limit", default: test.sequences.count)
    test.sequences = Array(test.sequences.prefix(limit))
    return try ClassificationSweep(
      ClassificationRun(model: model, test: test, activation: model.activation, chip: chip), axes: axes, seeds: seeds,
      files: [task.test, path])
  }

  private static func axes(_ arguments: Arguments, of mode: Mode) throws(UsageError) -> [SweepPlan.Axis] {
    let texts = arguments.texts("--axis")
    guard !texts.isEmpty else { throw UsageError("no axis, expected one or more: --axis variation=0,5%,10%") }
    let table = mode == .train ? SweepSetting.training : SweepSetting.inference
    var axes: [SweepPlan.Axis] = []
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let property = table.named(parts.first ?? "") else {
        let hint = NearestName.hint(parts.first ?? "", among: table.names)
        throw UsageError(
          "--axis is '\(text)'\(hint); expected NAME=V,V,… with one of: \(table.names.joined(separator: ", "))")
      }
      let name = property.name
      guard !arguments.givenNames.contains("--\(name)"), !axes.contains(where: { $0.name == name }) else {
        throw UsageError("\(name) is given twice")
      }
      axes.append(SweepPlan.Axis(name, try values(parts.count > 1 ? parts[1] : "", of: property)))
    }
    guard SweepPlan.count(of: axes, seeds: arguments.integer("--seeds")) != nil else {
      throw UsageError("--axis and --seeds make too many points, expected at most \(grouped(SweepPlan.mostPoints))")
    }
    return axes
  }

  private static func values(_ text: String, of property: Property<SweepSetting>) throws(UsageError) -> [String] {
    var values: [String] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let value: String
      do throws(PropertyProblem) {
        var setting = SweepSetting()
        try property.set(property.value(of: item), of: &setting)
        value = "\(property[setting])"
      } catch {
        throw UsageError(error.message(about: "\(property.name) in --axis"))
      }
      guard !values.contains(value) else { throw UsageError("\(property.name) \(item) is twice in --axis") }
      values.append(value)
    }
    return values
  }

  private static func show(_ results: SweepResults, _ arguments: Arguments) throws {
    Console.print(SweepText.text(results))
    try arguments.outputs.write("--svg", results.plot.svg)
  }
}

/// Tells what was there before, then draws the bar.
private struct ProgressView {
  var bar: ProgressBar
  private let points: Int
  private let file: String
  private var hasBegun = false

  init(points: Int, file: String) {
    bar = ProgressBar("points", total: points)
    self.points = points
    self.file = file
  }

  mutating func update(_ done: Int) {
    if !hasBegun, done > 0 { Console.message("\(file) holds \(done) of \(points) points already") }
    hasBegun = true
    bar.update(done)
  }
}

/// The results of a sweep, for people.
enum SweepText {
  static func text(_ results: SweepResults) -> String {
    let isShare = results.plan.quality == "accuracy"
    func show(_ value: Double) -> String { isShare ? percent(value) : decimal(value, 2) }
    let settings = SweepSummary(results, of: results.plan.quality).settings
    let rows = settings.map { setting in
      setting.values + [show(setting.mean), show(setting.deviation), "\(setting.points)"]
    }
    let of = results.shard == .whole ? "" : ", shard \(results.shard)"
    return "\(isShare ? "accuracy on the chip" : "test error") at \(grouped(results.cells.count)) points\(of)\n"
      + table([results.plan.axes.map(\.name) + ["mean", "deviation", "seeds"]] + rows)
  }
}
