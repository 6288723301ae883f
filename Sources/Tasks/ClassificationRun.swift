import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Trace

/// What a classification run found.
public struct ClassificationReport: Sendable, Equatable, Codable {
  /// Name of the test set.
  public var task: String
  /// Inputs, hidden units and outputs, as in `8-16-10`.
  public var network: String
  /// The circuits' `ActivationKind` by its raw value: `hard`.
  public var activation: String
  /// Of the test set.
  public var sequences: Int
  /// Sequences that the chip classified right.
  public var correctOnChip: Int
  /// Sequences that the same network classified right in `Double`, with the same circuits.
  public var correctInFloat: Int
  /// Sequences that the chip alone classified right.
  public var correctOnChipAlone: Int
  /// Sequences that the network in `Double` alone classified right.
  public var correctInFloatAlone: Int
  /// Two-sided p of McNemar's exact test on these two numbers: how likely ones as unlike are where neither is better.
  public var mcnemarExactP: Double
  /// `confusion[label][answer]`, on the chip.
  public var confusion: [[Int]]
  /// One for each layer.
  public var programming: [ProgrammingReport]
  /// From power-up until the chip was ready for the first sequence, by its parts: commissioning, start from a record,
  /// scrubbing, commit; of an update what the first network classified meanwhile too.
  public var timeUntilReady: TimeParts
  /// Mean core clock cycles of an inference, all parts of `time` together.
  public var cyclesPerInference: Double
  /// Mean seconds of an inference at the chip's clock.
  public var latencySeconds: Double
  /// The mean time of an inference by its parts.
  public var time: TimeParts
  /// Mean joules dissipated in the arrays by an inference.
  public var energyPerInferenceJoules: Double
  /// One for each layer, of a run that began by scrubbing.
  public var scrubbing: [ScrubbingReport]?
  /// What served before, of a run whose network took over from another.
  public var update: UpdateReport?
  /// What an inference takes in a technology, where one was asked for.
  public var system: SystemReport?
  /// The class that the chip answered, a sequence each; in no JSON.
  public var answers: [Int] = []

  private enum CodingKeys: String, CodingKey {
    case task, network, activation, sequences, correctOnChip, correctInFloat, correctOnChipAlone, correctInFloatAlone
    case mcnemarExactP, confusion, programming, timeUntilReady, cyclesPerInference
    case latencySeconds, time
    case energyPerInferenceJoules, scrubbing, update, system
  }

  /// Share of the sequences, 0 … 1.
  public var accuracyOnChip: Double { Double(correctOnChip) / Double(sequences) }
  /// Share of the sequences, 0 … 1.
  public var accuracyInFloat: Double { Double(correctInFloat) / Double(sequences) }
}

/// A trained network taken to a chip and tried on a test set.
public struct ClassificationRun: Sendable {
  /// The weights, and the sizes of the layers.
  public var model: Model
  /// What is classified.
  public var test: SequenceSet
  /// The circuits, on the chip and in `Double`, whatever those of the model.
  public var activation: ActivationKind
  /// Without tiles: those follow from the model.
  public var chip: ChipConfiguration
  /// When programming is content; without meaning for a chip that holds its weights.
  public var programming: ProgrammingSettings
  /// In which the system's energy and area are told; nil for neither.
  public var technology: Technology?

  /// A run that is checked when it is asked for its chip.
  public init(
    model: Model, test: SequenceSet, activation: ActivationKind, chip: ChipConfiguration,
    programming: ProgrammingSettings = ProgrammingSettings()
  ) {
    self.model = model
    self.test = test
    self.activation = activation
    self.chip = chip
    self.programming = programming
  }

  /// What a chip file says of the network.
  package func networkFacts(on side: Side = .first) -> [ChipFile.Fact] {
    NetworkFacts(task: test.name, shape: model.shape, window: model.window, activation: activation, side: side).facts
  }

  /// - Throws: when data and model do not match.
  public func expectMatch(named name: String) throws(InputError) {
    guard test.features == model.inputs else {
      throw InputError(name, "the model has \(model.inputs) inputs, the sequences \(test.features) values a step")
    }
    guard test.classes == model.outputs else {
      throw InputError(name, "the model has \(model.outputs) outputs, the sequences \(test.classes) classes")
    }
  }

  /// The chip that the run needs.
  /// - Throws: when data and model do not match, or the network does not fit a chip.
  public func chip(named name: String) throws(InputError) -> ChipConfiguration {
    try expectMatch(named: name)
    return try chip.sized(for: model.shape, named: name)
  }

  /// Programs the chip, classifies every sequence on it and in floating point, and reports.
  /// - `progress`: told the number of sequences done.
  public func callAsFunction<Runner: ControllerRunner & ~Copyable>(
    on session: inout Session<Runner>, progress: (Int) -> Void = { _ in }
  ) throws(FirmwareRefusal) -> ClassificationReport {
    try self(on: &session, whenReady: { _ in }, progress: progress)
  }

  /// The same.
  /// - `whenReady`: called between commissioning and the first sequence.
  package func callAsFunction<Runner: ControllerRunner & ~Copyable>(
    on session: inout Session<Runner>, whenReady: (inout Session<Runner>) throws(FirmwareRefusal) -> Void,
    progress: (Int) -> Void
  ) throws(FirmwareRefusal) -> ClassificationReport {
    let programming = try session.commission(model, activation: activation, settings: programming)
    try whenReady(&session)
    return try classify(on: &session, programming: programming, progress: progress)
  }

  /// The same on a chip that holds its weights already, with `model` as they are read from it.
  public func onTrainedChip<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, progress: (Int) -> Void = { _ in }
  ) throws(FirmwareRefusal) -> ClassificationReport {
    try onTrainedChip(&session, on: .first, whenReady: { _ in }, progress: progress)
  }

  /// The same.
  /// - `side`: whose tiles hold the weights.
  /// - `whenReady`: called between commissioning and the first sequence.
  package func onTrainedChip<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, on side: Side, whenReady: (inout Session<Runner>) throws(FirmwareRefusal) -> Void,
    progress: (Int) -> Void
  ) throws(FirmwareRefusal) -> ClassificationReport {
    try session.prepare(model.shape, window: model.window, activation, on: side)
    try whenReady(&session)
    return try classify(on: &session, programming: [], progress: progress)
  }

  /// The same with a controller that has started by itself.
  package func onReadyChip<Runner: ControllerRunner & ~Copyable>(
    _ session: inout Session<Runner>, progress: (Int) -> Void
  ) throws(FirmwareRefusal) -> ClassificationReport {
    try classify(on: &session, programming: [], progress: progress)
  }

  private func classify<Runner: ControllerRunner & ~Copyable>(
    on session: inout Session<Runner>, programming: [ProgrammingReport], progress: (Int) -> Void
  ) throws(FirmwareRefusal) -> ClassificationReport {
    let energyBefore = session.readEnergy
    let (activityBefore, timeBefore) = (session.machine.activity, session.time)
    let network = FloatNetwork(model, activation: activation)
    var answers: [Int] = []
    var floatAnswers: [Int] = []
    for (number, sequence) in test.sequences.enumerated() {
      answers.append(try session.classify(InferenceRequest(sequence, features: test.features)))
      floatAnswers.append(network.classify(sequence))
      progress(number + 1)
    }
    let count = Double(test.sequences.count)
    let time = session.time - timeBefore
    let right = RightAnswers(answers, floatAnswers, labels: test.sequences.map(\.label))
    var report = ClassificationReport(
      task: test.name, network: "\(model.shape)", activation: activation.rawValue,
      sequences: test.sequences.count, correctOnChip: right.first, correctInFloat: right.second,
      correctOnChipAlone: right.firstAlone, correctInFloatAlone: right.secondAlone, mcnemarExactP: right.mcnemarExactP,
      confusion: test.confusion(answers), programming: programming, timeUntilReady: timeBefore,
      cyclesPerInference: time.totalCycles / count, latencySeconds: time.totalSeconds / count, time: time / count,
      energyPerInferenceJoules: Double(session.readEnergy - energyBefore) * 1e-18 / count, answers: answers)
    report.system = technology.map {
      system($0, session.machine.activity - activityBefore, time, on: session.machine.chip.configuration)
    }
    return report
  }

  /// What an inference takes, by what the board did for all of them.
  private func system(
    _ technology: Technology, _ activity: BoardActivity, _ time: TimeParts, on chip: ChipConfiguration
  ) -> SystemReport {
    let count = Double(test.sequences.count)
    let steps = Double(test.sequences.reduce(0) { $0 + $1.steps }) / count
    return SystemReport(
      inference: EnergyAccount(activity, time: time, on: chip, in: technology) / count,
      multiplications: steps * Double(model.shape.lstm.cells) + Double(model.shape.dense.cells),
      software: SoftwareNetwork(model.shape, steps: steps), on: chip, in: technology)
  }
}

extension SequenceSet {
  /// `[label][answer]`, sequences.
  fileprivate func confusion(_ answers: [Int]) -> [[Int]] {
    var confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (sequence, answer) in zip(sequences, answers) { confusion[sequence.label][answer] += 1 }
    return confusion
  }
}

extension Session where Runner: ~Copyable {
  /// Attojoules that reads have dissipated in all arrays.
  var readEnergy: UInt64 { machine.chip.tiles.reduce(0) { $0 + $1.counters.readEnergy.attojoules } }
}
