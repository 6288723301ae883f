import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Trace

/// In situ training: a chip with random weights, taught sequence by sequence.
public struct TrainingRun<Runner: ControllerRunner & ~Copyable>: ~Copyable {
  let plan: TrainingPlan
  /// The board with the controller that is trained.
  public package(set) var session: Session<Runner>
  /// Epochs done, those before a checkpoint included.
  public internal(set) var epoch = 0
  /// One for each epoch done.
  public internal(set) var reports: [EpochReport] = []
  /// What a run has to be given back that goes on after a loss of power.
  var restart: Restart?
  /// With `select best`, where an epoch has been measured.
  var best: BestWeights?
  /// What was spent before the machine counted, where a loss of power has ended a count: of the last epoch before it.
  var costsBefore: EpochReport?
  /// What the board did for the sequences that were learned in this process, updates included, and how many those were.
  private(set) var learned: (activity: BoardActivity, time: TimeParts, sequences: Int)?
  /// How the weights were written that `begin` wrote: one for each layer.
  public private(set) var programmed: [ProgrammingReport] = []
  /// Whether it goes on after a loss of power.
  package var isRestart: Bool { restart != nil }

  struct Restart: Sendable {
    let model: Model
    /// The controller's, as `importState` takes it.
    let state: [UInt32]
  }

  /// The choices that it was made with.
  public var options: TrainingOptions { plan.options }
  /// As it was given, or that of the chip that was loaded: the tiles follow from the network, and are those of `session.machine`.
  public var chip: ChipConfiguration { plan.chip }
  /// When the initial weights are near enough.
  public var programming: ProgrammingSettings { plan.programming }
  /// The chip that it began with, where that was no fresh one.
  package var loaded: ChipFile? { plan.loaded }
  /// What it learns from.
  public var train: SequenceSet { plan.train }
  /// What it is measured on at the end.
  public var test: SequenceSet { plan.test }
  /// What it is measured on after each epoch, where a part was kept apart.
  public var validation: SequenceSet? { plan.validation }

  /// A machine as after power-up, whose chip `begin` makes ready. `loaded` is a chip whose cells are as they were left,
  /// nil for a fresh one; `controller` puts the controller on the machine.
  public init(
    onFreshChip chip: ChipConfiguration, loaded: ChipFile? = nil, train: SequenceSet, test: SequenceSet,
    validation: SequenceSet? = nil, options: TrainingOptions, programming: ProgrammingSettings = ProgrammingSettings(),
    log: Runner.Log,
    controller: (Machine<Runner.Log>) throws -> Runner
  ) throws {
    let plan = TrainingPlan(
      options: options, chip: loaded?.snapshot.configuration ?? chip, loaded: loaded, programming: programming,
      train: train, test: test, validation: validation)
    self.init(plan, Session(on: try controller(try plan.machine(log: log))), reports: [])
  }

  /// Keeps what each request takes from now on.
  package mutating func recordCosts() { session.recordCosts() }

  /// Has the machine's supply fail.
  package mutating func schedule(_ faults: SupplyFaults) { session.machine.schedule(faults) }

  /// Makes a chip ready. Its weights are written and verified, whatever its cells are: the initial ones, or those of the
  /// checkpoint from which it goes on; with `TrainingOptions.goesOn` they are those that the cells hold.
  public mutating func begin() throws {
    try plan.prepare(&session)
    if restart != nil || !plan.goesOn {
      let model = restart?.model ?? plan.initialModel()
      programmed = [
        try session.program(.lstm, model.lstm, window: options.window, settings: programming),
        try session.program(.dense, model.dense, window: options.window, settings: programming),
      ]
    }
    try plan.configureTraining(&session)
    if let restart { try session.request(.importState, restart.state) }
  }

  /// A run on a machine whose controller knows all it needs.
  init(
    _ plan: TrainingPlan, _ session: consuming Session<Runner>, reports: [EpochReport], costsBefore: EpochReport? = nil
  ) {
    self.plan = plan
    self.session = session
    self.reports = reports
    self.costsBefore = costsBefore
    epoch = reports.last?.epoch ?? 0
  }

  /// Whether all epochs are done.
  public var isFinished: Bool { epoch >= options.allEpochs }

  /// Trains on every sequence once, in an order drawn for the epoch, and measures.
  /// - Parameter progress: told the number of sequences done and the mean loss so far.
  @discardableResult
  public mutating func runEpoch(progress: (Int, Double) -> Void = { _, _ in }) throws -> EpochReport {
    _ = try session.request(.setRate, options.rateWords(epoch: epoch, sequences: train.sequences.count))
    var loss = 0.0
    var right = 0
    let (before, timeBefore) = (session.machine.activity, session.time)
    for (done, number) in plan.order(epoch: epoch).enumerated() {
      let answer = try learn(number)
      loss += Double(Cost(raw: answer[0]))
      if Int(answer[1]) == train.sequences[number].label { right += 1 }
      progress(done + 1, loss / Double(done + 1))
    }
    _ = try session.request(.update)
    note(session.machine.activity - before, session.time - timeBefore)
    epoch += 1
    let count = Double(train.sequences.count)
    let report = try measure(loss: loss / count, trainAccuracy: train.isRegression ? nil : Double(right) / count)
    reports.append(report)
    return report
  }

  private mutating func note(_ activity: BoardActivity, _ time: TimeParts) {
    learned =
      if let learned {
        (learned.activity + activity, learned.time + time, learned.sequences + train.sequences.count)
      } else {
        (activity, time, train.sequences.count)
      }
  }

  /// What learning a sequence takes in a technology, its share of the updates included, over the epochs that were done in
  /// this process; nil where there was none.
  public func system(in technology: Technology) -> SystemReport? {
    guard let learned else { return nil }
    let chip = session.machine.chip.configuration
    let account = EnergyAccount(learned.activity, time: learned.time, on: chip, in: technology)
    return SystemReport(training: account / Double(learned.sequences), on: chip, in: technology)
  }

  /// Learns one of the training sequences.
  /// - Returns: its loss and its class.
  mutating func learn(_ number: Int) throws -> [UInt32] {
    try session.request(.train, TrainingRequest.words(train.sequences[number], in: train))
  }
}

extension TrainingRun: Copyable where Runner: Copyable {}

extension TrainingRun where Runner: ~Copyable, Runner.Log: ClosingLog {
  /// Nothing may be asked of the chip afterwards.
  public mutating func closeLog() throws { try session.machine.log.close() }

  /// See `ClosingLog.closeIfInterrupted`.
  public mutating func closeLogIfInterrupted() throws { try session.machine.log.closeIfInterrupted() }
}

extension TrainingRun {
  /// With the firmware as native code, and the chip ready.
  public init<Log>(
    train: SequenceSet, test: SequenceSet, validation: SequenceSet? = nil, options: TrainingOptions,
    chip: ChipConfiguration, loaded: ChipFile? = nil, programming: ProgrammingSettings = ProgrammingSettings(), log: Log
  ) throws where Runner == NativeController<Log> {
    try self.init(
      onFreshChip: chip, loaded: loaded, train: train, test: test, validation: validation, options: options,
      programming: programming, log: log
    ) { NativeController($0) }
    try begin()
  }
}

/// A sequence as the `train` request wants it.
enum TrainingRequest {
  static func words(_ sequence: SequenceSet.Sequence, in set: SequenceSet) -> [UInt32] {
    var words = [UInt32(sequence.steps), UInt32(set.isRegression ? 0 : sequence.label)]
    for step in 0..<sequence.steps {
      words += Lanes.pack(row: Array(sequence.values[step * set.features..<(step + 1) * set.features]))
      guard set.isRegression else { continue }
      words += Lanes.pack(row: Array(sequence.targets[step * set.outputs..<(step + 1) * set.outputs]))
    }
    return words
  }
}
