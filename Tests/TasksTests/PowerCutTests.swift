import Board
import Crossbar
import Files
import Firmware
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("A run whose power is cut")
struct PowerCutTests {
  private static func sequences(_ count: Int, seed: UInt64) -> SequenceSet {
    var random = SeededRandom(seed)
    let sequences = (0..<count).map { number in
      SequenceSet.Sequence(
        label: number % 2, values: (0..<6).map { _ in .random(in: -20_000...20_000, using: &random) }, steps: 3)
    }
    return SequenceSet(name: "toy", features: 2, classes: 2, sequences: sequences)
  }

  private static func training(loaded: ChipFile? = nil) throws -> TrainingRun<NativeController<MemoryLog>> {
    var options = TrainingOptions()
    options.hidden = 3
    options.spread = 2
    options.batch = 2
    let chip = ChipConfiguration(tiles: [], variation: Variation(deviceToDevice: 0.1, cycleToCycle: 0.1))
    return try TrainingRun(
      onFreshChip: chip, loaded: loaded, train: sequences(6, seed: 1), test: sequences(2, seed: 2), options: options,
      log: MemoryLog()
    ) { NativeController($0) }
  }

  /// A whole run, or one up to where its power goes.
  private static func run(cutAt cycle: UInt64?) throws -> (TrainingRun<NativeController<MemoryLog>>, FirmwareRefusal?) {
    var run = try training()
    run.schedule(.init(powerCut: cycle))
    do {
      try run.begin()
      try run.runEpoch()
      return (run, nil)
    } catch let refusal as FirmwareRefusal {
      return (run, refusal)
    }
  }

  @Test("Up to any cycle it does what a run does that is never cut; what is left is taken up again and verified")
  func random() throws {
    let whole = try Self.run(cutAt: nil).0.session.machine
    var random = SeededRandom(11)
    for _ in 0..<60 {
      let cycle = UInt64.random(in: 1..<whole.cycle, using: &random)
      let (run, refusal) = try Self.run(cutAt: cycle)
      let loss = try #require(refusal?.powerLoss, "cycle \(cycle), seed 11")
      #expect(loss.cycle == cycle && run.session.machine.cycle == cycle)
      let log = run.session.machine.log.entries
      let end = try #require(log.firstIndex { $0.body == .event(.powerOff) })
      let before = whole.log.entries.prefix(end)
      #expect(log[..<end] == before && before.allSatisfy { $0.cycle <= cycle })
      #expect(whole.log.entries[end].cycle >= cycle)
      #expect(log[(end + 1)...].map(\.body) == loss.operations.map { .event(.aborted(tile: $0.tile, $0.operation)) })

      // Nothing else is left than the cells that the log's accesses make.
      let file = try run.chipFile()
      #expect(file.snapshot.cycle == 0 && file.snapshot.registers.isEmpty)
      #expect(
        file.snapshot.tiles.map(\.conductance) == run.session.machine.chip.tiles.map(\.array.conductance))

      let settings = ProgrammingSettings()
      var again = Session(try file.poweredUp(log: NoLog(), named: "cut"))
      try run.plan.prepare(&again)
      let model = run.plan.initialModel()
      for (layer, weights) in [(Layer.lstm, model.lstm), (.dense, model.dense)] {
        let report = try again.program(layer, weights, window: run.options.window, settings: settings)
        #expect(report.missedCells == 0, "cycle \(cycle), \(layer)")
      }
    }
  }

  @Test("A training that begins on a loaded chip programs its weights from the cells as they were left")
  func load() throws {
    let half = try Self.run(cutAt: nil).0.session.machine.cycle / 2
    let cut = try Self.run(cutAt: half).0
    let file = try cut.chipFile()
    var run = try Self.training(loaded: file)
    #expect(
      run.session.machine.chip.tiles.map(\.array.conductance)
        == cut.session.machine.chip.tiles.map(\.array.conductance))
    #expect(run.session.machine.cycle == 0)
    try run.begin()
    let report = try run.runEpoch()
    #expect(report.epoch == 1 && report.pulses > 0)
    #expect(try run.chipFile().fact("loaded") == file.mark)
  }

  @Test("A training goes on from its checkpoint on the chip that a cut left, with the checkpoint's weights and state")
  func restart() throws {
    var first = try Self.training()
    try first.begin()
    try first.runEpoch()
    let checkpoint = try first.checkpoint()
    let state = try first.session.request(.exportState)
    let begin = first.session.machine.cycle
    var second = first
    try second.runEpoch()
    let length = second.session.machine.cycle - begin
    var random = SeededRandom(13)
    for _ in 0..<20 {
      let cycle = begin + UInt64.random(in: 1...length, using: &random)
      var cut = first
      cut.schedule(.init(powerCut: cycle))
      _ = try? cut.runEpoch()
      let left = ChipLeft(name: "left", file: try cut.chipFile())
      var run = try Self.restarted(checkpoint, on: left)
      #expect(run.epoch == 1 && run.session.machine.cycle == 0)
      try run.begin()
      #expect(try run.session.request(.exportState) == state, "cut at \(cycle)")
      let weights = try NetworkFacts(checkpoint, named: "checkpoint")
      let (before, after) = (
        weights.model(of: first.session.machine), weights.model(of: run.session.machine)
      )
      for (one, other) in zip((before.lstm + before.dense).joined(), (after.lstm + after.dense).joined()) {
        // Twice the tolerance of programming, and a code.
        #expect(
          abs(one - other) <= (2 * run.programming.tolerance + 2.0 / 4096) * run.options.window, "cut at \(cycle)")
      }
      let report = try run.runEpoch()
      #expect(report.epoch == 2 && run.reports.count == 2 && run.reports[0] == first.reports[0])
      #expect(report.chipSeconds > first.reports[0].chipSeconds && report.pulses >= first.reports[0].pulses)
    }
  }

  private static func restarted(
    _ checkpoint: ChipFile, on left: ChipLeft
  ) throws -> TrainingRun<NativeController<MemoryLog>> {
    let plan = try training()
    return try TrainingRun(
      restarting: checkpoint, named: "checkpoint", on: left, train: plan.train, test: plan.test, options: plan.options,
      chip: ChipConfiguration(tiles: [], variation: Variation(deviceToDevice: 0.1, cycleToCycle: 0.1)), log: MemoryLog()
    ) { NativeController($0) }
  }

  @Test("A checkpoint does not go on on another chip")
  func otherChip() throws {
    var first = try Self.training()
    try first.begin()
    try first.runEpoch()
    var other = try first.chipFile()
    other.snapshot.configuration.seed += 1
    #expect(throws: InputError("left", "is not the chip of checkpoint: it has seed=2, not seed=1")) {
      _ = try Self.restarted(first.checkpoint(), on: ChipLeft(name: "left", file: other))
    }
  }

  @Test("A controller that sleeps through operations ends at the cycle too")
  func sleeping() throws {
    var options = TrainingOptions()
    options.hidden = 3
    let chip = ChipConfiguration(tiles: [])
    var random = SeededRandom(3)
    for _ in 0..<12 {
      let cycle = UInt64.random(in: 1...300_000, using: &random)
      var run = try TrainingRun(
        onFreshChip: chip, train: Self.sequences(2, seed: 1), test: Self.sequences(2, seed: 2), options: options,
        log: MemoryLog()
      ) { SleepingController($0) }
      run.schedule(.init(powerCut: cycle))
      do {
        try run.begin()
        try run.runEpoch()
      } catch let refusal as FirmwareRefusal {
        #expect(refusal.powerLoss?.cycle == cycle)
      }
      #expect(run.session.machine.cycle <= cycle || run.epoch == 1)
    }
  }

  @Test("What was asked after the power went is refused with the same loss")
  func afterwards() throws {
    var (run, refusal) = try Self.run(cutAt: 3000)
    let loss = try #require(refusal?.powerLoss)
    do {
      try run.session.request(.identify)
      Issue.record("an answer without power")
    } catch {
      #expect(error.powerLoss == loss)
    }
  }
}
