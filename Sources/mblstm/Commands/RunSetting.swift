import Board
import Files
import Firmware
import Tasks
import Trace

/// What a classification run found, and the record that its controller started from, if it did.
struct RunOutcome {
  var report: ClassificationReport
  var record: CommissioningRecord?
}

/// What the options of a run ask for.
struct RunSetting {
  /// How the chip comes to its network.
  enum Start {
    case commissioned
    /// A chip that holds its weights.
    case loaded(LoadedChip)
    /// The same, whose weights are programmed all the same.
    case reprogrammed(LoadedChip)
    case booted(LoadedChip, scrubs: Bool)
    case updated(NetworkUpdate)

    var loaded: LoadedChip? {
      switch self {
      case .commissioned, .updated: nil
      case .loaded(let chip), .reprogrammed(let chip), .booted(let chip, _): chip
      }
    }
  }

  /// Of the network that is reported.
  let run: ClassificationRun
  /// With its tiles.
  let chip: ChipConfiguration
  let start: Start
  private let commits: Bool

  init(_ arguments: Arguments) throws {
    commits = arguments.has("--commit")
    try Self.expectSense(arguments)
    let loaded = try (arguments.text("--boot") ?? arguments.text("--load")).map {
      try LoadedChip(path: $0, boots: arguments.has("--boot"))
    }
    let (run, name) = try Self.run(arguments, loaded)
    try run.expectMatch(named: name)
    if let loaded {
      self.run = run
      chip = loaded.file.snapshot.configuration
      start = try Self.start(arguments, loaded, run.model)
    } else if let path = arguments.text("--update") {
      let update = NetworkUpdate(from: run, to: try Model(json: path))
      var after = update.after
      after.technology = run.technology
      self.run = after
      try after.expectMatch(named: path)
      chip = try run.chip(named: name).extended(for: update.second.shape, named: path)
      start = .updated(update)
    } else {
      self.run = run
      chip = try run.chip(named: name)
      start = .commissioned
    }
  }

  private static func start(_ arguments: Arguments, _ loaded: LoadedChip, _ model: Model) throws -> Start {
    if arguments.has("--boot") { return .booted(loaded, scrubs: arguments.has("--scrub")) }
    guard arguments.has("--reprogram") else { return .loaded(loaded) }
    try loaded.expectRoom(for: model.shape)
    return .reprogrammed(loaded)
  }

  private static func expectSense(_ arguments: Arguments) throws(UsageError) {
    func expect(_ option: String, with other: String) throws(UsageError) {
      guard arguments.has(option), !arguments.has(other) else { return }
      throw UsageError("\(option) goes with \(other)")
    }
    try expect("--reprogram", with: "--load")
    try expect("--scrub", with: "--boot")
    try expect("--upset", with: "--save")
    try ChipArguments.expectNothingElse(arguments)
    if arguments.has("--load"), arguments.has("--model"), !arguments.has("--reprogram") {
      throw UsageError("--load brings its weights, expected no --model; --reprogram writes others on its cells")
    }
    if arguments.has("--update"), let other = ["--load", "--boot"].first(where: { arguments.has($0) }) {
      throw UsageError("--update commissions a chip of its own, expected no \(other)")
    }
    guard arguments.has("--boot") else { return }
    let others = ["--load", "--commit", "--model", "--activation"].filter { arguments.has($0) }
    guard others.isEmpty, !ChipArguments.isGiven(arguments) else {
      let other = others.first ?? "option that says something of a chip"
      throw UsageError("--boot brings its chip, its network and its circuits, expected no \(other)")
    }
  }

  /// The run, and what errors call its network.
  private static func run(
    _ arguments: Arguments, _ loaded: LoadedChip?
  ) throws -> (run: ClassificationRun, name: String) {
    let holdsWeights = loaded != nil && !arguments.has("--reprogram")
    let task: TaskCatalog.Task?
    let modelPath: String?
    if arguments.text("--data") != nil {
      try arguments.expectOperands(0...0, "either a task or --data, not both")
      guard holdsWeights || arguments.has("--model") else {
        throw UsageError("--data needs --model MODEL.json, --load CHIP.mbx or --boot CHIP.mbx")
      }
      (task, modelPath) = (nil, arguments.text("--model"))
    } else {
      let named = try TaskArguments.task(arguments)
      (task, modelPath) = (named, arguments.text("--model") ?? named.model)
    }
    let chip = try ChipArguments.chip(from: arguments)
    guard let name = holdsWeights ? loaded?.path : modelPath else {
      throw UsageError("this task has no stored weights; --load a chip")
    }
    let held = try holdsWeights ? loaded?.model : nil
    let model = try held ?? Model(json: name)
    let test = try task?.testSet() ?? SequenceSet(csv: arguments.required("--data"))
    var run = classification(of: model, on: test, chip, arguments)
    run.technology = try TechnologyArguments.technology(arguments)
    return (run, name)
  }

  private static func classification(
    of model: Model, on test: SequenceSet, _ chip: ChipConfiguration, _ arguments: Arguments
  ) -> ClassificationRun {
    var test = test
    let limit = arguments.integer("--limit", default: test.sequences.count)
    test.sequences = Array(test.sequences.prefix(limit))
    return ClassificationRun(
      model: model, test: test, activation: arguments.choice("--activation", default: model.activation), chip: chip)
  }
}

// Carrying it out.
extension RunSetting {
  /// Whose tiles hold the network that is reported.
  var side: Side {
    switch start {
    case .commissioned, .reprogrammed: .first
    case .loaded(let chip), .booted(let chip, _): chip.facts.side
    case .updated: .second
    }
  }

  /// What a chip file says of the network, or of both.
  /// - Parameter serving: the one that serves as the file is written.
  func facts(serving: Side) -> [ChipFile.Fact] {
    switch start {
    case .loaded(let chip), .booted(let chip, _): ChipFile.facts(chip.file.facts, serving: chip.facts.side)
    case .commissioned, .reprogrammed: run.networkFacts()
    case .updated(let update): update.facts(serving: serving)
    }
  }

  /// The board before its controller has done anything.
  func machine<Log: LogSink>(log: Log) throws -> Machine<Log> {
    try start.loaded.map { try $0.file.poweredUp(log: log, named: $0.path) } ?? Machine(chip, log: log)
  }

  /// Makes the chip ready and classifies the test set.
  func classify<Runner: ControllerRunner & ~Copyable>(
    on session: inout Session<Runner>, progress: (Int) -> Void
  ) throws -> RunOutcome {
    let commit = { (session: inout Session<Runner>) throws(FirmwareRefusal) in
      if commits { try session.commit(settings: run.programming) }
    }
    switch start {
    case .commissioned, .reprogrammed:
      return RunOutcome(report: try run(on: &session, whenReady: commit, progress: progress))
    case .loaded(let loaded):
      return RunOutcome(
        report: try run.onTrainedChip(&session, on: loaded.facts.side, whenReady: commit, progress: progress))
    case .booted(let loaded, let scrubs):
      let record = try loaded.boot(&session)
      let scrubbing = try scrubs ? session.scrub(settings: run.programming) : nil
      var run = run
      // Floating point too has the weights as they are then.
      if scrubs { run.model = loaded.model(of: session.machine) }
      var report = try run.onReadyChip(&session, progress: progress)
      report.scrubbing = scrubbing
      return RunOutcome(report: report, record: record)
    case .updated(let update):
      let service = try update(on: &session, commits: commits)
      var report = try run.onReadyChip(&session, progress: progress)
      report.update = service
      return RunOutcome(report: report)
    }
  }
}
