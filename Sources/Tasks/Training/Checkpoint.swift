import Board
import Files
import Firmware
import FoundationEssentials
import Trace

/// A training run between two epochs, as a chip file: the machine, the controller's residuals, what was reported so far.
extension TrainingRun where Runner: ~Copyable {
  private static var stateName: String { "training-state" }
  private static var reportsName: String { "training-reports" }
  private static var optionsName: String { "training-options" }

  /// Takes the controller's state out and the machine as it is then.
  public mutating func checkpoint() throws -> ChipFile {
    let state = try session.request(.exportState)
    var file = chipFile()
    file.sections = [
      BinarySection(Self.stateName, state),
      BinarySection(Self.reportsName, bytes: try Self.bytes(reports)),
      BinarySection(Self.optionsName, bytes: try Self.bytes(Self.kept(options))),
    ]
    return file
  }

  /// The trained chip: the machine, and what it takes to run it.
  public func chipFile() -> ChipFile {
    ChipFile(
      session.machine.snapshot,
      facts: NetworkFacts(
        task: train.name, shape: plan.shape, window: options.window, activation: options.activation
      ).facts)
  }

  /// Goes on from a checkpoint of the same training, with the firmware as native code.
  /// - Throws: when the file is of another one, naming it.
  public init<Log>(
    resuming file: ChipFile, named name: String, train: SequenceSet, test: SequenceSet, options: TrainingOptions,
    chipOptions: ChipOptions, log: Log
  ) throws where Runner == NativeController<Log> {
    guard let state = file.section(Self.stateName)?.integers(UInt32.self),
      let reports = file.section(Self.reportsName), let kept = file.section(Self.optionsName)
    else { throw InputError(name, "is a chip, not a checkpoint of a training") }
    let plan = TrainingPlan(options: options, chipOptions: chipOptions, train: train, test: test)
    guard kept.bytes == (try Self.bytes(Self.kept(options))),
      file.snapshot.configuration == (try plan.chip(named: name))
    else {
      throw InputError(name, "is a checkpoint of a training with other options; name another file or the same options")
    }
    var session = Session(try file.machine(log: log, named: name))
    try plan.prepare(&session)
    _ = try session.request(.importState, state)
    // Setting the controller up has moved the machine: what counts is where the checkpoint left it.
    session.machine = try file.machine(log: log, named: name)
    self.init(plan, session, reports: try JSONDecoder().decode([EpochReport].self, from: Data(reports.bytes)))
  }

  /// All but the number of epochs: a training may go on for longer than was first asked for.
  private static func kept(_ options: TrainingOptions) -> TrainingOptions {
    var options = options
    options.epochs = 0
    return options
  }

  private static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return [UInt8](try encoder.encode(value))
  }
}
