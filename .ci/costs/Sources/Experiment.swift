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
  /// The most that the account may be off by: what a request takes by itself is much of what so few cells take.
  let bound: Double
  private let task: String
  private let sequences: Int
  private let rule: TrainingOptions.RuleName?
  private let device: String?
  private let set: (inout TrainingOptions, inout ChipConfiguration) -> Void

  init(
    _ task: String, _ variant: String = "", fitted isFitted: Bool = false, sequences: Int = 16,
    rule: TrainingOptions.RuleName? = nil, device: String? = nil, isTiny: Bool = false,
    set: @escaping (inout TrainingOptions, inout ChipConfiguration) -> Void = { _, _ in }
  ) {
    bound = isTiny ? 0.1 : 0.05
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
  /// Every task and rule as it is by itself, and chips and settings as they are drawn.
  static var all: [Experiment] { fitted + tests }

  private static var fitted: [Experiment] {
    TaskCatalog.names.flatMap { task in
      TrainingOptions.RuleName.allCases.map {
        Experiment(task, fitted: true, sequences: task == "pixels" ? 4 : 12, rule: $0)
      }
        + [ChipFeatures.cell, .all].map { features in
          Experiment(task, features.words, fitted: true, sequences: task == "pixels" ? 2 : 8) { $1.features = features }
        }
    } + drawn(400, seed: 1, fitted: true)
  }

  private static var tests: [Experiment] {
    TrainingOptions.RuleName.allCases.map { learned("vowels", hidden: 24, rule: $0) } + [
      learned("vowels", "differential", hidden: 20) { $1.synapse = .differential },
      learned("vowels", "read back", hidden: 20) { options, _ in options.path = .readBack },
      learned("digits", hidden: 12), learned("reber", hidden: 12), learned("recall", hidden: 8),
      learned("airline", hidden: 8),
    ] + drawn(120, seed: 2, fitted: false)
  }

  /// Trained until nothing, or little, is left to be learned: errors of more and more steps are zero.
  private static func learned(
    _ task: String, _ variant: String = "", hidden: Int, rule: TrainingOptions.RuleName? = nil,
    set: @escaping (inout TrainingOptions, inout ChipConfiguration) -> Void = { _, _ in }
  ) -> Experiment {
    Experiment(task, "hidden \(hidden) epochs 12 \(variant)", sequences: 12, rule: rule) { options, chip in
      (options.hidden, options.epochs) = (hidden, 12)
      set(&options, &chip)
    }
  }
}
