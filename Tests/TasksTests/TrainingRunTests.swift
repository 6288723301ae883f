import Board
import Crossbar
import Files
import Firmware
import Foundation
import Registers
import Testing
import Trace

@testable import Tasks

@Suite("In situ training")
struct TrainingRunTests {
  /// Two classes told apart by the sign of the first input, three steps back.
  private static func toy(_ count: Int, seed: UInt64) -> SequenceSet {
    let random = CounterRandom(seed: seed)
    let sequences = (0..<count).map { number -> SequenceSet.Sequence in
      let label = Int(random.bits(.order, tile: 0, operation: 1, index: number)[0] & 1)
      let values = (0..<6).map { k -> Int16 in
        let noise = Int16(truncatingIfNeeded: random.bits(.order, tile: 1, operation: UInt64(number), index: k)[0]) / 8
        return k == 0 ? (label == 1 ? 24_000 : -24_000) : noise
      }
      return .init(label: label, values: values, steps: 3)
    }
    return SequenceSet(name: "toy", features: 2, classes: 2, sequences: sequences)
  }

  private static func run(
    _ change: (inout TrainingOptions) -> Void = { _ in }, chip: ChipConfiguration = ChipConfiguration(tiles: [])
  ) throws -> TrainingRun<NativeController<MemoryLog>> {
    var options = TrainingOptions()
    options.hidden = 4
    options.epochs = 20
    options.batch = 1
    options.spread = 2
    // What a rule that follows gradients as they are needs; error feedback divides them by their size.
    options.rate = 0.3
    options.schedule = .decay
    options.levels = 64
    options.rule = .accumulate
    change(&options)
    return try TrainingRun(
      train: toy(40, seed: 1), test: toy(40, seed: 2), options: options, chip: chip, log: MemoryLog())
  }

  @Test(
    "Every rule learns a task of two classes, on either synapse", arguments: TrainingOptions.RuleName.allCases)
  func learns(_ rule: TrainingOptions.RuleName) throws {
    for synapse in Synapse.allCases {
      var chip = ChipConfiguration(tiles: [])
      chip.synapse = synapse
      var run = try Self.run(
        {
          $0.rule = rule
          if rule == .errorFeedback { ($0.rate, $0.schedule) = (0.02, .linear) }
        }, chip: chip)
      while !run.isFinished { try run.runEpoch() }
      let last = try #require(run.reports.last)
      #expect((last.testAccuracy ?? 0) >= 0.95, "\(rule) \(synapse): \(last)")
      #expect(last.pulses > 0 && last.pulseSeconds < last.cellSerialSeconds)
    }
  }

  @Test("Progress of an epoch counts every sequence, and tells the mean loss of those done")
  func progress() throws {
    var run = try Self.run()
    var told: [(done: Int, loss: Double)] = []
    let report = try run.runEpoch { told.append(($0, $1)) }
    #expect(told.map(\.done) == Array(1...40))
    #expect(told.last?.loss == report.loss)
    let sums = told.map { Double($0.done) * $0.loss }
    for (before, after) in zip([0] + sums, sums) { #expect(after >= before - 1e-9) }
    let first = try #require(told.first)
    #expect(first.loss > 0.1 && first.loss < 3)
  }

  @Test("The fixed-voltage rule pulses every cell of an update by the same width, with the update's sign")
  func fixedVoltage() throws {
    var run = try Self.run {
      $0.rule = .fixedVoltage
      $0.pulseWidth = 100
      $0.batch = 8
    }
    run.session.machine.log.entries.removeAll()
    try run.runEpoch()
    var widths: Set<Int16> = []
    for entry in run.session.machine.log.entries {
      guard case .event(.started(_, let start)) = entry.body, start.operation == .programRow else { continue }
      widths.formUnion(start.pulseWidths)
    }
    #expect(widths == [-5, 0, 5])
  }

  @Test("A rate of nothing changes no conductance")
  func noRate() throws {
    var run = try Self.run { $0.rate = 0 }
    let before = run.session.machine.chip.tiles.map(\.array.conductance)
    try run.runEpoch()
    #expect(run.session.machine.chip.tiles.map(\.array.conductance) == before)
  }

  @Test("A row is programmed with one operation; rows without work with none")
  func rowParallel() throws {
    var run = try Self.run()
    run.session.machine.log.entries.removeAll()
    let phases = run.session.machine.chip.tiles.map(\.counters.phases)
    try run.runEpoch()
    var starts = 0
    for entry in run.session.machine.log.entries {
      guard case .event(.started(_, let start)) = entry.body, start.operation == .programRow else { continue }
      starts += 1
      #expect(start.pulseWidths.contains { $0 != 0 })
    }
    let after = run.session.machine.chip.tiles.map(\.counters.phases)
    let done = zip(after, phases).reduce(0) { $0 + $1.0 - $1.1 }
    #expect(starts > 0 && Int(done) <= 2 * starts && Int(done) >= starts)
    // 40 updates of 7 + 5 rows would be 480.
    #expect(starts < 480)
  }

  @Test("A checkpoint goes on to the same bytes", arguments: [TrainingOptions.PathName.array, .readBack])
  func checkpoint(_ path: TrainingOptions.PathName) throws {
    var chip = ChipConfiguration(tiles: [])
    chip.readNoiseShare = 0.002
    chip.variation.deviceToDevice = 0.1
    chip.variation.cycleToCycle = 0.1
    func options(_ options: inout TrainingOptions) {
      options.path = path
      options.momentum = 2
    }
    var whole = try Self.run(options, chip: chip)
    _ = try whole.runEpoch()
    let file = try ChipFile(bytes: try whole.checkpoint().bytes, named: "checkpoint")
    _ = try whole.runEpoch()
    var resumed = try TrainingRun(
      resuming: file, named: "checkpoint", train: whole.train, test: whole.test, options: whole.options,
      chip: chip, log: MemoryLog())
    _ = try resumed.runEpoch()
    #expect(try resumed.checkpoint().bytes == whole.checkpoint().bytes)
    #expect(resumed.reports == whole.reports)
  }

  @Test("A checkpoint of other options, and a chip that is none, are refused")
  func foreignCheckpoint() throws {
    var run = try Self.run()
    let file = try run.checkpoint()
    func resume(_ file: ChipFile, _ options: TrainingOptions) throws {
      _ = try TrainingRun(
        resuming: file, named: "f.mbx", train: run.train, test: run.test, options: options,
        chip: run.chip, log: NoLog())
    }
    var other = run.options
    other.rate = 0.2
    #expect(
      throws: InputError(
        "f.mbx",
        "is a checkpoint of another training: it has rate=\(run.options.rate), not rate=0.2"
          + "; name another file or the same options")
    ) { try resume(file, other) }
    #expect(throws: InputError("f.mbx", "is a chip, not a checkpoint of a training")) {
      try resume(run.chipFile(), run.options)
    }
  }

  @Test("Training that needs more memory than the controller has is refused with the figures")
  func memory() throws {
    // 61 × 232 cells of 8 bytes and 234 columns of 80 are within the budget, 103 × 400 are not.
    _ = try Self.run { $0.hidden = 58 }
    let error = #expect(throws: InputError.self) { try Self.run { $0.hidden = 100 } }
    #expect(error?.message.hasPrefix("training 2-100-2 needs ") == true)
    #expect(error?.message.contains("the controller has \(MemoryBudget.bytes); use fewer hidden units") == true)
  }

  /// Airline's months as they are, without a transform.
  private static func airline() throws -> (train: SequenceSet, test: SequenceSet) {
    let task = try TaskCatalog().task("airline")
    let sets = try [task.train, task.test].map { path in
      let steps = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
      let text = "# name=airline regression F=1 offset=104 scale=518\n" + steps.joined(separator: "\n")
      return try SequenceSet(LineReader(Array(text.utf8), named: path))
    }
    return (sets[0], sets[1])
  }

  @Test("A series is windowed with its history before it, and persistence is the error of the last input")
  func series() throws {
    let (train, test) = try Self.airline()
    #expect(train.isRegression && train.sequences[0].steps == 95 && test.sequences[0].steps == 48)
    let lagged = test.withLags(12, after: train)
    #expect(lagged.features == 12 && lagged.sequences[0].steps == 132 && lagged.warmUp == 84)
    #expect(abs(lagged.persistenceError() - 48.04) < 0.01)
    #expect(train.withLags(12).sequences[0].steps == 84)
  }

  @Test("Predictions of a trained series follow it")
  func regression() throws {
    let (train, test) = try Self.airline()
    var options = TrainingOptions.preset(for: "airline")
    options.hidden = 6
    options.rate = 0.004
    options.epochs = 25
    var run = try TrainingRun(
      train: train.withLags(12), test: test.withLags(12, after: train), options: options,
      chip: ChipConfiguration(tiles: []),
      log: NoLog())
    let first = try run.runEpoch()
    while !run.isFinished { try run.runEpoch() }
    let last = try #require(run.reports.last)
    #expect(last.loss < first.loss / 2)
    #expect(try run.predictions().count == 132)
  }
}
