import Board
import Crossbar
import Files
import Firmware
import FoundationEssentials
import Trace

/// A chip as a loss of power left it, and what errors call its file.
package struct ChipLeft: Sendable {
  package let name: String
  package let file: ChipFile

  package init(name: String, file: ChipFile) {
    self.name = name
    self.file = file
  }
}

/// A training run between two epochs, as a chip file: the machine, the controller's residuals, what was reported so far.
extension TrainingRun where Runner: ~Copyable {
  private static var stateName: String { "training-state" }
  private static var reportsName: String { "training-reports" }
  private static var costsName: String { "training-costs" }
  private static var bestName: String { "training-best" }
  private static var timeName: String { "training-time" }

  /// Takes the controller's state out and the machine as it is then.
  package mutating func checkpoint() throws -> ChipFile {
    let state = try session.request(.exportState)
    var file = try chipFile()
    file.sections = [
      BinarySection(Self.stateName, state), BinarySection(Self.reportsName, bytes: try Self.bytes(reports)),
      BinarySection(Self.timeName, bytes: try Self.bytes(session.time)),
    ]
    if let costsBefore { file.sections.append(BinarySection(Self.costsName, bytes: try Self.bytes(costsBefore))) }
    if let best { file.sections.append(BinarySection(Self.bestName, best.numbers)) }
    return file
  }

  /// The chip as it is left: the machine, and what it takes to run it.
  package func chipFile() throws -> ChipFile {
    ChipFile(
      try session.machine.snapshotLeft.undisturbed,
      facts: NetworkFacts(
        task: train.name, shape: plan.shape, window: options.window, activation: options.activation
      ).facts + plan.facts)
  }

  /// Goes on from a checkpoint of the same training, with the firmware as native code.
  /// - Throws: when the file is of another one, naming it.
  package init<Log>(
    resuming file: ChipFile, named name: String, extendedBy extension: Int? = nil, train: SequenceSet,
    test: SequenceSet, validation: SequenceSet? = nil, options: TrainingOptions, chip: ChipConfiguration,
    loaded: ChipFile? = nil, programming: ProgrammingSettings = ProgrammingSettings(), log: Log
  ) throws where Runner == NativeController<Log> {
    var plan = TrainingPlan(
      options: options, chip: loaded?.snapshot.configuration ?? chip, loaded: loaded, programming: programming,
      train: train, test: test, validation: validation)
    let kept = try Kept(file, of: &plan, extendedBy: `extension`, named: name)
    var session = Session(try file.machine(log: log, named: name))
    try plan.prepare(&session)
    try session.request(.importState, kept.state)
    // Setting the controller up has moved the machine: what counts is where the checkpoint left it.
    session.machine = try file.machine(log: log, named: name)
    session.setTime(kept.time)
    self.init(plan, session, reports: kept.reports, costsBefore: kept.costs)
    best = kept.best
  }

  /// Goes on from a checkpoint on the chip as a loss of power left it: `begin` writes the checkpoint's weights back.
  /// - Parameters:
  ///   - left: the chip. Costs are counted from the checkpoint on; what was spent between it and the loss is not in
  ///     them.
  ///   - controller: puts the controller on the machine.
  /// - Throws: when the checkpoint is of another training, or the chip another one, naming the file.
  package init(
    restarting file: ChipFile, named name: String, extendedBy extension: Int? = nil, on left: ChipLeft,
    train: SequenceSet, test: SequenceSet, validation: SequenceSet? = nil, options: TrainingOptions,
    chip: ChipConfiguration, loaded: ChipFile? = nil,
    programming: ProgrammingSettings = ProgrammingSettings(), log: Runner.Log,
    controller: (Machine<Runner.Log>) throws -> Runner
  ) throws {
    var plan = TrainingPlan(
      options: options, chip: loaded?.snapshot.configuration ?? chip, loaded: loaded, programming: programming,
      train: train, test: test, validation: validation)
    let kept = try Kept(file, of: &plan, extendedBy: `extension`, named: name)
    if let difference = file.snapshot.configuration.difference(of: left.file.snapshot.configuration) {
      throw InputError(left.name, "is not the chip of \(name): \(difference)")
    }
    let model = try NetworkFacts(file, named: name).model(of: try file.machine(log: NoLog(), named: name))
    let machine = try left.file.poweredUp(log: log, named: left.name)
    self.init(
      plan, Session(on: try controller(machine)), reports: kept.reports, costsBefore: kept.reports.last ?? kept.costs)
    best = kept.best
    restart = Restart(model: model, state: kept.state)
  }

  /// What a checkpoint holds beside the chip.
  private struct Kept {
    let state: [UInt32]
    let reports: [EpochReport]
    let costs: EpochReport?
    let best: BestWeights?
    let time: TimeParts

    /// Gives the plan the extensions that the file has, and the one that is asked for.
    /// - Throws: when the file is none, or one of another training.
    init(
      _ file: ChipFile, of plan: inout TrainingPlan, extendedBy extension: Int?, named name: String
    ) throws(InputError) {
      guard let state = file.section(stateName)?.integers(UInt32.self), let reports = file.section(reportsName) else {
        throw InputError(name, "is a chip, not a checkpoint of a training")
      }
      if let difference = plan.difference(from: file) {
        throw InputError(
          name,
          "is a checkpoint of another training: \(difference); name another file or the same options"
            + (difference.hasPrefix("it has epochs=") ? ", or --extend to go on behind the end" : ""))
      }
      if let difference = try plan.chip(named: name).difference(of: file.snapshot.configuration) {
        throw InputError(
          name, "is a checkpoint of another chip: \(difference); name another file or the same options")
      }
      guard let time = file.section(timeName) else {
        throw InputError(
          name, "is a checkpoint of an earlier mblstm, without its time by parts; expected one of this version")
      }
      self.state = state
      self.time = try TrainingRun.decoded(TimeParts.self, time.bytes, timeName, named: name)
      self.reports = try TrainingRun.reports(reports.bytes, named: name)
      plan.options.extensions = try TrainingPlan.extensions(in: file, named: name)
      if let `extension` { try plan.options.extend(by: `extension`, after: self.reports.count, named: name) }
      best = try file.section(bestName).map { section throws(InputError) in
        guard let best = BestWeights(section.integers(UInt32.self) ?? [], of: plan.shape) else {
          throw InputError(name, "has a damaged section '\(bestName)'")
        }
        return best
      }
      costs = try file.section(costsName).map { section throws(InputError) in
        try TrainingRun.decoded(EpochReport.self, section.bytes, costsName, named: name)
      }
    }
  }

  private static func reports(_ bytes: [UInt8], named name: String) throws(InputError) -> [EpochReport] {
    let reports = try decoded([EpochReport].self, bytes, reportsName, named: name)
    for (number, report) in reports.enumerated() where report.epoch != number + 1 {
      throw InputError(
        name, "section '\(reportsName)' tells of epoch \(report.epoch), expected \(number + 1)")
    }
    guard reports.allSatisfy(\.isPlausible) else {
      throw InputError(name, "section '\(reportsName)' has a number that no training comes to")
    }
    return reports
  }

  private static func decoded<Value: Decodable>(
    _: Value.Type, _ bytes: [UInt8], _ section: String, named name: String
  ) throws(InputError) -> Value {
    guard let value = try? JSONDecoder().decode(Value.self, from: Data(bytes)) else {
      throw InputError(name, "has a damaged section '\(section)'")
    }
    return value
  }

  private static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return [UInt8](try encoder.encode(value))
  }
}
