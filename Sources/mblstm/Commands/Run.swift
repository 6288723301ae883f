import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Tasks
import Trace

/// Takes a trained network to the chip and classifies a test set on it.
enum RunVerb: Verb {
  static let name = "run"
  static let summary = "Classify a test set on the chip."
  static let usage = "run TASK | run --data TEST.csv --model MODEL.json | run TASK --boot CHIP.mbx"
  static let discussion = """
    Programs both tiles with the trained weights by write-verify, sends every test sequence through the firmware, and
    prints the accuracy on the chip and of the same network in floating point, the confusion matrix, and what
    programming and inference cost. Tasks: \(TaskCatalog.names.joined(separator: ", ")).

    --commit has the controller write its commissioning record into the flash, and --save keeps the chip with it; --boot
    powers such a chip up, and the controller starts from the record: nothing is configured, calibrated or programmed.

    example: mblstm run digits --adc-bits 8 --variation 5% --limit 200
    """
  static let options =
    [
      Option("--data", "TEST.csv", .input("csv"), "Your own sequences: header line, then label and values a line."),
      Option("--model", "MODEL.json", .input("json"), default: .words("the task's"), "Your own weights."),
      Option(
        "--load", "CHIP.mbx", .input("mbx"),
        "Power up a chip that holds its weights already, as train --save writes it."),
      Option("--commit", "Have the controller write its commissioning record before the first sequence."),
      Option(
        "--boot", "CHIP.mbx", .input("mbx"),
        "Power up a chip that --commit --save wrote; its controller starts from the commissioning record."),
      TaskArguments.vectors,
      Option("--limit", "N", .integer(1...Int.max), "Only the first N sequences."),
      Option(
        "--activation", "KIND", .choice(of: ActivationKind.self), default: .words("the model's"),
        "The activation circuits."),
    ] + ChipArguments.options + ControllerArguments.options + [ControllerArguments.wait] + SupplyArguments.options
    + [SupplyArguments.save] + LogOptions.options + [.json]
  static let operands = [TaskArguments.operand(0...1)]

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration {
    try (arguments.text("--boot") ?? arguments.text("--load")).map { try ChipFile(path: $0).snapshot.configuration }
      ?? ChipArguments.chip(from: arguments)
  }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let loaded = try loadedChip(arguments)
    let (run, name) = try prepare(arguments, loaded)
    try run.expectMatch(named: name)
    let chip = try loaded?.file.snapshot.configuration ?? run.chip(named: name)
    let program = try ControllerArguments.program(from: arguments)
    let job = Job(run: run, chip: chip, program: program, arguments: arguments, loaded: loaded)
    try LogOptions.run(job, on: chip, program, arguments, loaded: loaded?.file)
    return .success
  }

  private static func loadedChip(_ arguments: Arguments) throws -> LoadedChip? {
    guard let path = arguments.text("--boot") else {
      return try arguments.text("--load").map { try LoadedChip(path: $0, boots: false) }
    }
    let others = ["--load", "--commit", "--model", "--activation"].filter { arguments.has($0) }
    guard others.isEmpty, !ChipArguments.isGiven(arguments) else {
      let other = others.first ?? "option that says something of a chip"
      throw UsageError("--boot brings its chip, its network and its circuits, expected no \(other)")
    }
    return try LoadedChip(path: path, boots: true)
  }

  /// A chip from a file, with the network that its arrays hold.
  struct LoadedChip {
    let path: String
    /// Whether its controller starts by itself.
    let boots: Bool
    let file: ChipFile
    let model: Model

    init(path: String, boots: Bool) throws {
      self.path = path
      self.boots = boots
      file = try ChipFile(path: path)
      model = try NetworkFacts(file, named: path).model(of: try file.machine(log: NoLog(), named: path))
    }
  }

  private static func prepare(
    _ arguments: Arguments, _ loaded: LoadedChip?
  ) throws -> (ClassificationRun, name: String) {
    let dataPath: String
    let modelPath: String?
    if let data = arguments.text("--data") {
      try arguments.expectOperands(0...0, "either a task or --data, not both")
      guard loaded != nil || arguments.text("--model") != nil else {
        throw UsageError("--data needs --model MODEL.json, --load CHIP.mbx or --boot CHIP.mbx")
      }
      (dataPath, modelPath) = (data, arguments.text("--model"))
    } else {
      let task = try TaskArguments.task(arguments)
      (dataPath, modelPath) = (task.test, arguments.text("--model") ?? task.model)
    }
    let chip = try ChipArguments.chip(from: arguments)
    guard let name = loaded?.path ?? modelPath else {
      throw UsageError("this task has no stored weights; --load a chip")
    }
    let model = try loaded?.model ?? Model(json: name)
    let activation = arguments.choice("--activation", default: model.activation)
    var test = try SequenceSet(csv: dataPath)
    let limit = arguments.integer("--limit", default: test.sequences.count)
    test.sequences = Array(test.sequences.prefix(limit))
    return (ClassificationRun(model: model, test: test, activation: activation, chip: chip), name)
  }

  private struct Job: LoggedJob {
    let run: ClassificationRun
    let chip: ChipConfiguration
    let program: Program?
    let arguments: Arguments
    let loaded: LoadedChip?

    func run<Log: ClosingLog>(with log: Log) throws {
      var machine = try loaded.map { try $0.file.poweredUp(log: log, named: $0.path) } ?? Machine(chip, log: log)
      machine.schedule(try SupplyArguments.faults(arguments))
      guard let program else {
        if ControllerArguments.sleeps(arguments) {
          var session = Session(on: SleepingController(machine))
          return try execute(run, chip, on: &session, arguments, loaded)
        }
        var session = Session(machine)
        return try execute(run, chip, on: &session, arguments, loaded)
      }
      var session = Session(on: try ControllerArguments.controller(program, on: machine, arguments))
      defer { ControllerArguments.tell(session.runner) }
      try execute(run, chip, on: &session, arguments, loaded)
    }
  }

  private static func execute<Runner: ControllerRunner & ~Copyable>(
    _ run: ClassificationRun, _ chip: ChipConfiguration, on session: inout Session<Runner>, _ arguments: Arguments,
    _ loaded: LoadedChip?
  ) throws where Runner.Log: ClosingLog {
    var bar = ProgressBar(run.test.name, total: run.test.sequences.count)
    let start = ContinuousClock().now
    let facts = loaded?.file.facts ?? run.networkFacts
    let outcome: Outcome
    do {
      defer { bar.end() }
      outcome = try classify(run, on: &session, commits: arguments.has("--commit"), loaded) { bar.update($0) }
    } catch {
      if Interruption.signal == nil, SupplyArguments.cameTrue(session.machine, arguments) {
        try SupplyArguments.finish(&session.machine, facts: facts, arguments)
      }
      try session.machine.log.closeIfInterrupted()
      throw error
    }
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    try SupplyArguments.finish(&session.machine, facts: facts, arguments)
    if arguments.has("--json") {
      try Console.json(outcome.report, of: ResultOrigin(run, on: chip))
    } else {
      Console.print(
        RunText.text(
          outcome.report, chip, hasComputing: ControllerArguments.usesBinary(arguments), record: outcome.record))
      Console.message(
        "emulated in \(decimal(seconds, 2)) s, \(RunText.speed(outcome.report, run, seconds: seconds))")
    }
  }

  private struct Outcome {
    var report: ClassificationReport
    /// That the controller started from.
    var record: CommissioningRecord?
  }

  private static func classify<Runner: ControllerRunner & ~Copyable>(
    _ run: ClassificationRun, on session: inout Session<Runner>, commits: Bool, _ loaded: LoadedChip?,
    progress: (Int) -> Void
  ) throws -> Outcome {
    if let loaded, loaded.boots {
      let record = try boot(&session, loaded)
      return Outcome(report: try run.onReadyChip(&session, progress: progress), record: record)
    }
    let commit = { (session: inout Session<Runner>) throws(FirmwareRefusal) in
      if commits { try session.commit(settings: run.programming) }
    }
    let report =
      try loaded == nil
      ? run(on: &session, whenReady: commit, progress: progress)
      : run.onTrainedChip(&session, whenReady: commit, progress: progress)
    return Outcome(report: report)
  }

  /// - Throws: when the controller does not start, with what to do.
  private static func boot<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, _ loaded: LoadedChip
  ) throws -> CommissioningRecord {
    let anew = "commission the chip anew: mblstm run TASK --load \(loaded.path) --commit --save NEW.mbx"
    let record: CommissioningRecord
    do throws(FirmwareRefusal) {
      record = try session.boot()
    } catch {
      switch error.status {
      case .noRecord: throw InputError(loaded.path, "its flash holds no commissioning record; \(anew)")
      case .damagedRecord: throw InputError(loaded.path, "the commissioning record in its flash is damaged; \(anew)")
      case .foreignRecord:
        throw InputError(loaded.path, "the commissioning record in its flash is that of another die; \(anew)")
      default: throw error
      }
    }
    guard record.shape == loaded.model.shape else {
      throw InputError(
        loaded.path, "its commissioning record is for \(record.shape), the file says \(loaded.model.shape); \(anew)")
    }
    return record
  }
}
