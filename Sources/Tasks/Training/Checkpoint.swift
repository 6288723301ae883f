import Board
import Crossbar
import Files
import Firmware
import FoundationEssentials
import Trace

/// A training run between two epochs, as a chip file: the machine, the controller's residuals, what was reported so far.
extension TrainingRun where Runner: ~Copyable {
  private static var stateName: String { "training-state" }
  private static var reportsName: String { "training-reports" }

  /// Takes the controller's state out and the machine as it is then.
  package mutating func checkpoint() throws -> ChipFile {
    let state = try session.request(.exportState)
    var file = try chipFile()
    file.sections = [
      BinarySection(Self.stateName, state), BinarySection(Self.reportsName, bytes: try Self.bytes(reports)),
    ]
    return file
  }

  /// The chip as it is left: the machine, and what it takes to run it.
  package func chipFile() throws -> ChipFile {
    ChipFile(
      try session.machine.snapshotLeft,
      facts: NetworkFacts(
        task: train.name, shape: plan.shape, window: options.window, activation: options.activation
      ).facts + plan.facts)
  }

  /// Goes on from a checkpoint of the same training, with the firmware as native code.
  /// - Throws: when the file is of another one, naming it.
  package init<Log>(
    resuming file: ChipFile, named name: String, train: SequenceSet, test: SequenceSet, options: TrainingOptions,
    chip: ChipConfiguration, loaded: ChipFile? = nil, programming: ProgrammingSettings = ProgrammingSettings(), log: Log
  ) throws where Runner == NativeController<Log> {
    guard let state = file.section(Self.stateName)?.integers(UInt32.self),
      let reports = file.section(Self.reportsName)
    else { throw InputError(name, "is a chip, not a checkpoint of a training") }
    let plan = TrainingPlan(
      options: options, chip: loaded?.snapshot.configuration ?? chip, loaded: loaded, programming: programming,
      train: train, test: test)
    let configuration = try plan.chip(named: name)
    if let difference = plan.difference(from: file)
      ?? (file.snapshot.configuration == configuration
        ? nil : "'\(ChipConfiguration.properties.text(of: file.snapshot.configuration))'")
    {
      throw InputError(
        name, "is a checkpoint of a training with other options, \(difference); name another file or the same options")
    }
    let before = try Self.reports(reports.bytes, named: name)
    var session = Session(try file.machine(log: log, named: name))
    try plan.prepare(&session)
    _ = try session.request(.importState, state)
    // Setting the controller up has moved the machine: what counts is where the checkpoint left it.
    session.machine = try file.machine(log: log, named: name)
    self.init(plan, session, reports: before)
  }

  private static func reports(_ bytes: [UInt8], named name: String) throws(InputError) -> [EpochReport] {
    guard let reports = try? JSONDecoder().decode([EpochReport].self, from: Data(bytes)) else {
      throw InputError(name, "has a damaged section '\(reportsName)'")
    }
    for (number, report) in reports.enumerated() where report.epoch != number + 1 {
      throw InputError(
        name, "section '\(reportsName)' tells of epoch \(report.epoch), expected \(number + 1)")
    }
    return reports
  }

  private static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return [UInt8](try encoder.encode(value))
  }
}
