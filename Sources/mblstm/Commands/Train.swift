import Board
import Crossbar
import Files
import Firmware
import Tasks
import Trace
import Vectors

/// Teaches a chip in situ.
enum TrainVerb: Verb {
  static let name = "train"
  static let summary = "Train a network in situ, on the chip."
  static let usage = "train TASK | train --data TRAIN.csv --test TEST.csv --hidden H"
  static let discussion = """
    The chip starts with random weights. Every sequence goes forward through the arrays, errors go back through them in
    integer arithmetic, and conductances change by row-parallel pulses; no weight exists but in the arrays. Tasks, with
    settings of their own: \(TaskCatalog.names.joined(separator: ", ")).

    A line an epoch: loss and accuracy on the training sequences as they are learned from, and on --validation where there
    is one. The test set is tried once, at the end. Epochs and batch follow from the number of sequences; the head of the report
    says how every setting was chosen.

    --checkpoint keeps the state after every epoch; the same command goes on from it, to the same bytes as a run that was
    never stopped. Behind its end --extend goes on with a new ramp of the rate.

    --load powers up a chip: its cells are as they were left, everything else is as after reset, and the training goes on from
    the weights that they hold: on other data, or after faults. With --reprogram initial weights are programmed and verified on
    them as on a fresh chip. --checkpoint with --after-cut goes on on a chip whose power went after the
    checkpoint: the checkpoint's weights are written and verified on its cells as they were left, and the training is taken up again.

    example: mblstm train digits --hidden 32 --variation 10% --checkpoint run.mbx --save chip.mbx --curve curve.svg
             mblstm run digits --load chip.mbx
    """
  static let options =
    TrainingData.options + [TrainingData.validation] + TrainingArguments.options + ChipArguments.options
    + ControllerArguments.options + [
      ControllerArguments.wait, ControllerArguments.profile,
      Option(
        "--load", "CHIP.mbx", .input("mbx"),
        "Power up a chip as --save writes it, and go on from the weights in its cells."),
      Option("--reprogram", "With --load: write initial weights on its cells, and begin anew."),
      Option(
        "--checkpoint", "F.mbx", .output("mbx", .resumed),
        "Keep the state here after every epoch, and go on from it if it is there."),
      Option(
        "--extend", "N", .integer(1...1_000_000),
        "Behind the end of --checkpoint: N further epochs, on a new ramp of the rate."),
      Option(
        "--after-cut", "CHIP.mbx", .input("mbx"), "Go on from --checkpoint on this chip, which a loss of power left."),
      Option("--save", "CHIP.mbx", .output("mbx"), "Write the trained chip, for run --load."),
      Option("--curve", "F.svg", .output("svg"), "Plot the learning curve."),
      Option("--maps", "F.svg", .output("svg"), "Draw the LSTM tile's conductances before and after."),
      Option("--predictions", "F.svg", .output("svg"), "Regression: plot the test series and its predictions."),
      Option(
        "--answers", "F.csv", .output("csv"),
        "Classification: ask the trained chip the test set once more, and write its answers, for 'compare'."),
      Option(
        "--record", "F.json", .output("json"),
        "Write every request, access and reply as a vector, as 'mblstm record' does."),
    ] + TechnologyArguments.options + SupplyArguments.options + LogOptions.options + [LogOptions.every, .json]
  static let operands = [TaskArguments.operand(0...1)]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let loaded = try ChipArguments.loaded(arguments)
    let chip = try loaded?.snapshot.configuration ?? ChipArguments.chip(from: arguments)
    let data = try TrainingData(arguments, seed: chip.seed, goesOn: loaded != nil && !arguments.has("--reprogram"))
    if arguments.has("--reprogram"), loaded == nil { throw UsageError("--reprogram goes with --load") }
    if arguments.has("--predictions"), !data.test.isRegression { throw UsageError("--predictions is for regression") }
    if arguments.has("--answers"), data.test.isRegression { throw UsageError("--answers is for classification") }
    _ = try TechnologyArguments.technology(arguments)
    let program = try ControllerArguments.program(from: arguments)
    try expectSense(of: arguments, program)
    let left = try arguments.text("--after-cut").map { ChipLeft(name: $0, file: try ChipFile(path: $0)) }
    let job = Job(data: data, chip: chip, loaded: loaded, left: left, program: program, arguments: arguments)
    if let path = arguments.text("--record") {
      let others =
        LogOptions.given(in: arguments)
        + ["--checkpoint", "--load", "--power-cut", "--brown-out"].filter { arguments.text($0) != nil }
      if let other = others.first { throw UsageError("--record does not go with \(other)") }
      try job.run(with: RequestLog()) { try record($0, of: data, to: path, arguments.outputs) }
    } else {
      let shape = data.options.shape(for: data.train)
      let sized =
        try left?.file.snapshot.configuration ?? (loaded == nil ? chip.sized(for: shape, named: data.train.name) : chip)
      try LogOptions.run(job, on: sized, program, arguments, loaded: left?.file ?? loaded)
    }
    return .success
  }

  private static func expectSense(of arguments: Arguments, _ program: Program?) throws {
    guard let path = arguments.text("--checkpoint") else {
      for option in ["--after-cut", "--extend"] where arguments.has(option) {
        throw UsageError("\(option) goes with --checkpoint")
      }
      return
    }
    if let log = LogOptions.given(in: arguments).first, !arguments.has("--after-cut") {
      throw UsageError("--checkpoint does not go with \(log): a log has no second half")
    }
    let isThere = FileStatus(path)?.isRegular == true
    if arguments.has("--extend"), !isThere {
      throw UsageError("--extend goes on from a checkpoint, \(path) is none yet; --epochs says how long a training is")
    }
    if arguments.has("--after-cut") {
      if !isThere { throw UsageError("--after-cut goes on from a checkpoint, \(path) is none yet; --load begins anew") }
    } else if isThere, program != nil || ControllerArguments.sleeps(arguments) {
      throw UsageError(
        "--checkpoint \(path) is there already, and goes on with --core native --wait stall alone:"
          + " it does not hold another controller's memory; --after-cut CHIP.mbx goes on with any")
    }
  }

  private static func record(_ machine: Machine<RequestLog>, of data: TrainingData, to path: String, _ outputs: Outputs)
    throws
  {
    let count = data.train.sequences.count
    let epochs = data.options.fitted(to: count).epochs
    let files = data.files.map { FilePath.name(of: $0) }.joined(separator: " and ")
    let recording = Recording(
      suite: .trainingStep,
      purpose: "A controller that passes learns as the one that was recorded: sequences \(count), epochs \(epochs).",
      generator: "mblstm train --record, on \(files)")
    try outputs.write("--record", recording.text(of: machine))
    Console.message("\(path): \(machine.log.count) requests")
  }

  private struct Job: LoggedJob {
    let data: TrainingData
    let chip: ChipConfiguration
    let loaded: ChipFile?
    let left: ChipLeft?
    let program: Program?
    let arguments: Arguments

    private var `extension`: Int? { arguments.has("--extend") ? arguments.integer("--extend") : nil }

    func run<Log: ClosingLog>(with log: Log) throws { try run(with: log) { _ in } }

    func run<Log: ClosingLog>(with log: Log, afterwards: (Machine<Log>) throws -> Void) throws {
      if let program {
        let run = try start(log) { try ControllerArguments.controller(program, on: $0, arguments) }
        try finish(run, isFresh: true, arguments, data.origin) {
          ControllerArguments.tell($0)
          try ControllerArguments.write(profileOf: $0, arguments)
          try afterwards($0.machine)
        }
      } else if let path = arguments.text("--checkpoint"), FileStatus(path)?.isRegular == true,
        !arguments.has("--after-cut")
      {
        let run = try TrainingRun(
          resuming: try ChipFile(path: path), named: path, extendedBy: `extension`,
          train: data.train, test: data.test, validation: data.validation, options: data.options, chip: chip,
          loaded: loaded, log: log)
        try finish(run, isFresh: false, arguments, data.origin) { try afterwards($0.machine) }
      } else if ControllerArguments.sleeps(arguments) {
        try finish(try start(log) { SleepingController($0) }, isFresh: true, arguments, data.origin) {
          try afterwards($0.machine)
        }
      } else {
        try finish(try start(log) { NativeController($0) }, isFresh: true, arguments, data.origin) {
          try afterwards($0.machine)
        }
      }
    }

    /// A run whose chip `begin` makes ready.
    private func start<Runner: ControllerRunner & ~Copyable>(
      _ log: Runner.Log, _ controller: (Machine<Runner.Log>) throws -> Runner
    ) throws -> TrainingRun<Runner> {
      guard let path = arguments.text("--checkpoint"), let left else {
        return try TrainingRun(
          onFreshChip: chip, loaded: loaded, train: data.train, test: data.test, validation: data.validation,
          options: data.options, log: log, controller: controller)
      }
      return try TrainingRun(
        restarting: try ChipFile(path: path), named: path, extendedBy: `extension`, on: left,
        train: data.train, test: data.test, validation: data.validation, options: data.options, chip: chip,
        loaded: loaded, log: log, controller: controller)
    }
  }

  /// All epochs that are left, and what was asked for afterwards.
  private static func finish<Runner: ControllerRunner & ~Copyable>(
    _ start: consuming TrainingRun<Runner>, isFresh: Bool, _ arguments: Arguments, _ origin: TrainingArguments.Origin,
    afterwards: (borrowing Runner) throws -> Void
  ) throws where Runner.Log: ClosingLog {
    var run = start
    let began = ContinuousClock().now
    let first = run.epoch
    let isForPeople = !arguments.has("--json")
    run.schedule(try SupplyArguments.faults(arguments, from: run.session.machine.cycle))
    if isFresh { try ending(&run, arguments) { run throws in try run.begin() } }
    if isForPeople { Console.print(TrainingText.head(run, origin)) }
    while !run.isFinished {
      try ending(&run, arguments) { run throws in try epoch(of: &run, isForPeople: isForPeople) }
      if let path = arguments.text("--checkpoint") {
        try ending(&run, arguments) { run throws in try run.checkpoint().write(to: path) }
      }
    }
    let seconds = (ContinuousClock().now - began) / .seconds(1)
    var feedback: [FeedbackReport]?
    try ending(&run, arguments) { run throws in feedback = try run.feedback() }
    let system = try TechnologyArguments.technology(arguments).flatMap { run.system(in: $0) }
    try write(&run, arguments)
    try TechnologyArguments.write(system, named: run.train.name, arguments)
    try run.closeLog()
    if isForPeople {
      if let system { Console.print("\n" + SystemText.text(system)) }
      Console.print(TrainingText.summary(run, feedback, computing: ControllerArguments.computing(arguments)))
    } else {
      let baselines = run.test.baselines(fittedTo: run.train)
      let report = TrainingJSON(
        epochs: run.reports, settings: TrainingText.settings(run, origin),
        feedback: feedback, baselines: baselines.isEmpty ? nil : baselines,
        restored: run.isRestart ? run.programmed : nil, system: system)
      try Console.json(report, of: ResultOrigin(run))
    }
    let rate = Double((run.epoch - first) * run.train.sequences.count) / seconds
    Console.message("emulated in \(decimal(seconds, 2)) s, \(grouped(Int(rate))) sequences/s with testing")
    SupplyArguments.tellUnmet(run.session.machine)
    try afterwards(run.session.runner)
  }

  /// Does a part of the run; if it ends there, its log is whole up to then.
  private static func ending<Runner: ControllerRunner & ~Copyable>(
    _ run: inout TrainingRun<Runner>, _ arguments: Arguments, _ part: (inout TrainingRun<Runner>) throws -> Void
  ) throws where Runner.Log: ClosingLog {
    do {
      try part(&run)
    } catch {
      if Interruption.signal == nil, SupplyArguments.cameTrue(run.session.machine, arguments) {
        try run.closeLog()
        try arguments.outputs.write("--save", bytes: run.chipFile().bytes)
      }
      try run.closeLogIfInterrupted()
      throw error
    }
  }

  private static func epoch<Runner: ControllerRunner & ~Copyable>(
    of run: inout TrainingRun<Runner>, isForPeople: Bool
  ) throws {
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
    if isForPeople { Console.print(TrainingText.line(report, hasValidation: run.validation != nil)) }
  }

  private static func write<Runner: ControllerRunner & ~Copyable>(
    _ run: inout TrainingRun<Runner>, _ arguments: Arguments
  ) throws where Runner.Log: ClosingLog {
    // Predictions and answers ask more of the chip, which is written as its training left it.
    let chip = try run.chipFile().bytes
    var predictions: String?
    var answers: String?
    if arguments.has("--predictions") {
      try ending(&run, arguments) { run throws in
        predictions = TrainingPlots.predictions(try run.predictions(), of: run.test, on: run.chip)
      }
    }
    if arguments.has("--answers") {
      try ending(&run, arguments) { run throws in
        answers = AnswerFile(try run.answers(to: run.test), to: run.test).text
      }
    }
    try arguments.outputs.write("--save", bytes: chip)
    try arguments.outputs.write("--curve", TrainingPlots.curve(run.reports, on: run.chip))
    if arguments.has("--maps") {
      // Made anew: a run that was resumed no longer has its beginning.
      let fresh = try TrainingRun(
        train: run.train, test: run.test, validation: run.validation, options: run.options, chip: run.chip,
        loaded: run.loaded, programming: run.programming, log: NoLog())
      let before = fresh.session.machine.chip.tiles[0].array
      let after = run.session.machine.chip.tiles[0].array
      let maps = HeatMap(
        "\(run.train.name): LSTM tile", subtitle: FigureScope.caption(run.chip), before: before, after: after)
      try arguments.outputs.write("--maps", maps.svg)
    }
    if let predictions { try arguments.outputs.write("--predictions", predictions) }
    if let answers { try arguments.outputs.write("--answers", answers) }
  }
}
