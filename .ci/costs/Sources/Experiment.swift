import Board
import Crossbar
import Files
import Firmware
import Registers
import Tasks
import Trace

/// A run that is made natively and by the binary: what the model is fitted to, or held against.
struct Experiment {
  let name: String
  /// Whether the model is fitted to it; all others only test it.
  let isFitted: Bool
  private let task: String
  private let sequences: Int
  private let rule: TrainingOptions.RuleName?
  private let device: String?
  private let set: (inout TrainingOptions, inout ChipConfiguration) -> Void

  init(
    _ task: String, _ variant: String = "", fitted isFitted: Bool = false, sequences: Int = 16,
    rule: TrainingOptions.RuleName? = nil, device: String? = nil,
    set: @escaping (inout TrainingOptions, inout ChipConfiguration) -> Void = { _, _ in }
  ) {
    name = ([task] + [rule?.rawValue, device, variant.isEmpty ? nil : variant].compactMap(\.self)).joined(
      separator: " ")
    (self.task, self.sequences, self.isFitted) = (task, sequences, isFitted)
    (self.rule, self.device, self.set) = (rule, device, set)
  }

  /// What the requests took that make the chip ready, have it learn for two epochs, and have it answer, that keep what it has
  /// learned, three cells of which then move, and that start it from there.
  struct Outcome {
    static let phases = ["commissioning", "training", "inference", "keeping", "power-up"]
    var costs: [[RequestCost]] = []
  }

  func callAsFunction<Runner: ControllerRunner & ~Copyable>(
    _ controller: (Machine<NoLog>) throws -> Runner
  ) throws -> Outcome where Runner.Log == NoLog {
    var options = TrainingOptions.preset(for: task, rule: rule)
    var chip = ChipConfiguration(tiles: [])
    if let device, let found = Device.catalog.first(where: { $0.name == device }) { chip.change(to: found.device) }
    options.epochs = 2
    set(&options, &chip)
    let (train, test) = try data(lags: options.lags)
    var run = try TrainingRun(
      onFreshChip: chip, train: train, test: test, options: options.fitted(to: train.sequences.count), log: NoLog(),
      controller: controller)
    run.recordCosts()
    var ends = [0]
    func note() { ends.append(run.session.costs?.count ?? 0) }
    try run.begin()
    note()
    while !run.isFinished { try run.runEpoch() }
    note()
    if test.isRegression { _ = try run.predictions() } else { _ = try run.answers(to: test) }
    note()
    try keep(&run)
    note()
    let costs = run.session.costs ?? []
    let phases = zip(ends, ends.dropFirst()).map { Array(costs[$0..<$1]) }
    var again = Session(on: try controller(Machine(run.session.machine.snapshot.powerCycled(), log: NoLog())))
    again.recordCosts()
    _ = try again.boot()
    return Outcome(costs: phases + [again.costs ?? []])
  }

  private func keep<Runner: ControllerRunner & ~Copyable>(_ run: inout TrainingRun<Runner>) throws {
    let settings = run.programming
    try run.session.commit(settings: settings)
    for layer in Layer.allCases {
      try run.session.request(.readWeights, [layer.rawValue, settings.samplesLog2(on: run.chip)])
    }
    run.session.machine.upset(3, of: run.shape, on: .first)
    _ = try run.session.scrub(settings: settings)
  }

  private func data(lags: Int) throws -> (train: SequenceSet, test: SequenceSet) {
    let files = try TaskCatalog().task(task)
    var train = try files.trainingSet()
    var test = try files.testSet(after: train)
    let all = train
    train.sequences = Array(train.sequences.prefix(sequences))
    test.sequences = Array(test.sequences.prefix(sequences))
    return (train.withLags(lags), test.withLags(lags, after: all))
  }
}

extension Experiment {
  private static func hidden(_ count: Int) -> (inout TrainingOptions, inout ChipConfiguration) -> Void {
    { options, _ in options.hidden = count }
  }

  /// Every task, every rule, several shapes, both synapses, devices that are written in other ways, and weights read back.
  static var all: [Experiment] { fitted + tests }

  private static func withUnit(
    _ features: ChipFeatures, hidden: Int? = nil
  ) -> (inout TrainingOptions, inout ChipConfiguration) -> Void {
    { options, chip in
      chip.features = features
      if let hidden { options.hidden = hidden }
    }
  }

  /// With a cell unit, and with windows too.
  private static func withUnits(
    _ task: String, _ variant: String, fitted isFitted: Bool = false, sequences: Int = 8, hidden: Int? = nil
  ) -> [Experiment] {
    [ChipFeatures.cell, .all].map { features in
      Experiment(
        task, "\(features.words) \(variant)", fitted: isFitted, sequences: sequences,
        set: withUnit(features, hidden: hidden))
    }
  }

  private static func readBack(_ options: inout TrainingOptions, _: inout ChipConfiguration) {
    options.path = .readBack
  }
  private static func pairsByWindows(_: inout TrainingOptions, _ chip: inout ChipConfiguration) {
    (chip.synapse, chip.features) = (.differential, .windows)
  }
  private static func pairs(_: inout TrainingOptions, _ chip: inout ChipConfiguration) { chip.synapse = .differential }

  private static var fitted: [Experiment] {
    let rules = TrainingOptions.RuleName.allCases
    let tasks = [
      Experiment("pixels", fitted: true, sequences: 6), Experiment("recall", fitted: true, sequences: 12),
    ]
    let shapes = [
      Experiment("digits", "hidden 5", fitted: true, set: hidden(5)),
      Experiment("vowels", "hidden 32", fitted: true, sequences: 8, set: hidden(32)),
      Experiment("airline", "hidden 4", fitted: true, set: hidden(4)),
    ]
    let chips =
      [
        // With the 48 hidden cells of its preset the controller has no memory to read weights back.
        Experiment("vowels", "hidden 16 read back", fitted: true) { options, _ in
          (options.hidden, options.path) = (16, .readBack)
        },
        Experiment("vowels", "differential", fitted: true, set: pairs),
        Experiment("reber", "differential", fitted: true, sequences: 4, set: pairs),
        Experiment("digits", "differential hidden 5", fitted: true, sequences: 4) { options, chip in
          (options.hidden, chip.synapse) = (5, .differential)
        },
      ]
      + ["umass", "measured", "neurosim-taox"].flatMap { device in
        [
          Experiment("vowels", fitted: true, sequences: 8, device: device),
          Experiment("reber", fitted: true, sequences: 4, device: device),
          Experiment("digits", "hidden 5", fitted: true, sequences: 4, device: device, set: hidden(5)),
        ]
      }
    return rules.map { Experiment("vowels", fitted: true, rule: $0) }
      + rules.map { Experiment("reber", "hidden 20", fitted: true, sequences: 8, rule: $0, set: hidden(20)) }
      + rules.map { Experiment("digits", fitted: true, sequences: 12, rule: $0) }
      + rules.map { Experiment("digits", "hidden 4", fitted: true, sequences: 12, rule: $0, set: hidden(4)) }
      + rules.map { Experiment("airline", fitted: true, rule: $0) }
      + rules.map { Experiment("reber", fitted: true, rule: $0) }
      + tasks + shapes + chips + units
  }

  private static var units: [Experiment] {
    withUnits("digits", "hidden 5", fitted: true, hidden: 5) + withUnits("digits", "", fitted: true)
      + withUnits("vowels", "", fitted: true) + withUnits("reber", "hidden 20", fitted: true, hidden: 20)
      + withUnits("airline", "", fitted: true) + withUnits("airline", "hidden 4", fitted: true, hidden: 4)
      + withUnits("recall", "", fitted: true, sequences: 4)
      + [
        Experiment("vowels", "windows differential", fitted: true, set: pairsByWindows),
        Experiment("reber", "windows differential", fitted: true, sequences: 4, set: pairsByWindows),
        Experiment("digits", "windows differential hidden 5", fitted: true, sequences: 4) { options, chip in
          options.hidden = 5
          pairsByWindows(&options, &chip)
        },
      ]
  }

  private static var unitTests: [Experiment] {
    withUnits("digits", "hidden 9", hidden: 9) + withUnits("vowels", "hidden 11", hidden: 11)
      + withUnits("airline", "hidden 9", hidden: 9) + [
        Experiment("digits", "windows", sequences: 12, set: withUnit(.windows)),
        Experiment("airline", "windows", set: withUnit(.windows)),
        Experiment("digits", "windows differential", sequences: 12, set: pairsByWindows),
      ]
  }

  private static var tests: [Experiment] {
    let rules = TrainingOptions.RuleName.allCases
    return rules.map { Experiment("digits", "hidden 9", sequences: 16, rule: $0, set: hidden(9)) }
      + rules.map { Experiment("vowels", "hidden 11", sequences: 10, rule: $0, set: hidden(11)) }
      + rules.map { Experiment("recall", "hidden 8", sequences: 6, rule: $0, set: hidden(8)) } + [
        Experiment("digits", "hidden 32", sequences: 12, set: hidden(32)),
        Experiment("vowels", "hidden 9", set: hidden(9)),
        Experiment("airline", "hidden 9", set: hidden(9)),
        Experiment("digits", "read back", sequences: 12, set: readBack),
        Experiment("digits", "differential", sequences: 12, set: pairs),
        Experiment("digits", sequences: 8, device: "umass"),
        Experiment("digits", sequences: 8, device: "measured"),
        Experiment("recall", sequences: 8, device: "neurosim-taox"),
        Experiment("vowels", sequences: 8, device: "neurosim-alox"),
      ] + unitTests
  }
}
