import Crossbar
import Files
import Tasks

/// Runs a grid of settings over seeds.
enum SweepVerb: Verb {
  static let name = "sweep"
  static let summary = "Try a grid of chip settings over several seeds."
  static let usage = "sweep TASK --axis NAME=V,V,… [--axis …] -o RESULTS.csv | sweep merge PART.csv … -o ALL.csv"
  static let discussion = """
    Each point makes a chip with its settings and its seed, programs the trained weights and classifies the test set; or,
    with --mode train, trains it in situ; with --mode updates, compares ways to write a training's updates, as 'updates' does;
    with --mode costs, begins a training and tells the chip time of a sequence in the second half of its first epoch, with
    the controller's computing where --core or the axis 'core' is rv32.
    A row is written when its point is done; a sweep that was killed goes on where it stopped when it is run again.
    The results do not depend on the number of threads. Axes: \(SweepSetting.inference.names.joined(separator: ", "));
    with --mode train also
    \(SweepSetting.training.names.filter { SweepSetting.inference.named($0) == nil }.joined(separator: ", "));
    with --mode costs also core.
    A device may be a file, as with --device: --axis device=vteam,mine.json.
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
        "--mode", "MODE", .choice(of: SweepWork.Mode.self), default: .value(SweepWork.Mode.inference.rawValue),
        "Classify with trained weights, train in situ, compare ways to write updates, or tell what training costs."),
      Option("--model", "MODEL.json", .input("json"), default: .words("the task's"), "Your own weights."),
      Option("--threads", "N", .integer(1...1024), default: .words("all cores"), "At most N at once."),
      Option(
        "--shard", "I/N",
        .form(expected: "I/N with I from 0 to N−1, such as 0/8") { SweepShard($0) != nil },
        default: .value("0/1"), "Only every N-th point, from point I on."),
      Option("--svg", "F.svg", .output("svg"), "Draw the accuracy, or the first column that there is."),
      TechnologyArguments.technology,
    ] + SweepWork.Mode.allCases.flatMap(\.options) + ChipArguments.seedlessOptions + TrainingData.options
    + TrainingArguments.options
  static let operands = [
    Operand("TASK", "a task or 'merge'", .choice(TaskCatalog.names + ["merge"]), count: 0...1),
    Operand("PART.csv", "the files to merge", .input("csv"), count: Operand.any),
  ]

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
    let sweep = try SweepWork(arguments)
    let threads = arguments.integer("--threads", default: Sweep.allThreads)
    let results = try sweep.run(shard: shard, threads: threads, file: file)
    try show(results, arguments)
    return .success
  }

  static func unnamedInputs(_ arguments: Arguments) -> [Arguments.NamedFile] {
    TaskArguments.files(arguments) + SweepWork.files(arguments)
  }

  private static func show(_ results: SweepResults, _ arguments: Arguments) throws {
    Console.print(SweepText.text(results))
    try arguments.outputs.write("--svg", results.plot.svg)
  }
}

/// Tells what was there before, then draws the bar.
struct ProgressView {
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
