import Board
import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Saved trainings")
struct SavedTrainingTests {
  private typealias Run = TrainingRun<NativeController<MemoryLog>>

  private static func sequences(_ count: Int, _ random: inout SeededRandom) -> SequenceSet {
    let sequences = (0..<count).map { number in
      SequenceSet.Sequence(
        label: number % 2, values: (0..<4).map { _ in .random(in: -20_000...20_000, using: &random) }, steps: 2)
    }
    return SequenceSet(name: "toy", features: 2, classes: 2, sequences: sequences)
  }

  private static func options(_ random: inout SeededRandom) -> TrainingOptions {
    var options = TrainingOptions()
    options.hidden = 1 + Int(random.next() % 3)
    options.batch = 1 + Int(random.next() % 3)
    options.momentum = Int(random.next() % 3)
    options.truncation = Int(random.next() % 3)
    options.rate = 0.05
    options.decay = 0.9
    options.spread = 2
    options.levels = random.pick([16, 64])
    options.rule = random.pick(TrainingOptions.RuleName.allCases)
    if options.rule == .errorFeedback { options.momentum = 0 }
    options.schedule = random.pick(RateSchedule.allCases)
    options.threshold = random.pick([0, 0.01])
    options.testEvery = random.pick([0, 1])
    options.path = random.pick(TrainingOptions.PathName.allCases)
    options.selection = random.pick(TrainingOptions.Selection.allCases)
    return options
  }

  private static func chip(_ random: inout SeededRandom) -> ChipConfiguration {
    var chip = ChipConfiguration(
      tiles: [], synapse: random.pick([.reference, .differential]),
      variation: Variation(deviceToDevice: 0.1, cycleToCycle: 0.1), seed: random.next())
    chip.readNoiseShare = random.pick([0, 0.002])
    chip.adcBits = random.pick([10, 12])
    chip.features = ChipFeatures(rawValue: UInt32(random.next() % 4))
    return chip
  }

  private static func resumed(_ run: inout Run) throws -> Run {
    let file = try ChipFile(bytes: try run.checkpoint().bytes, named: "f")
    return try TrainingRun(
      resuming: file, named: "f", train: run.train, test: run.test, validation: run.validation,
      options: run.options, chip: run.chip, log: MemoryLog())
  }

  private static func expectSame(_ run: inout Run, _ again: inout Run, _ what: String) throws {
    #expect(again.best == run.best, "\(what)")
    try run.runEpoch()
    try again.runEpoch()
    #expect(again.best == run.best && again.endingEpoch == run.endingEpoch, "\(what)")
    #expect(again.reports == run.reports, "\(what)")
    #expect(try again.checkpoint().bytes == run.checkpoint().bytes, "\(what)")
  }

  @Test(
    "A training read back from its checkpoint's bytes goes on as one that never stopped, also after a loss of power")
  func goesOn() throws {
    let seeds = 1...UInt64(Trials.count(6, long: 1000))
    for seed in seeds {
      var random = SeededRandom(seed)
      var run = try TrainingRun(
        train: Self.sequences(3, &random), test: Self.sequences(2, &random),
        validation: Self.sequences(4, &random), options: Self.options(&random), chip: Self.chip(&random),
        log: MemoryLog())
      for _ in 0..<random.next() % 2 + (seed % 2) { try run.runEpoch() }
      var again = try Self.resumed(&run)
      try Self.expectSame(&run, &again, "seed \(seed)")

      // The power goes, and the training is taken up on the chip that is left.
      let checkpoint = try run.checkpoint()
      var cut = run
      cut.schedule(SupplyFaults(powerCut: cut.session.machine.cycle + 1 + random.next() % 5000))
      _ = try? cut.runEpoch()
      var restarted = try TrainingRun(
        restarting: checkpoint, named: "f", on: ChipLeft(name: "left", file: try cut.chipFile()), train: run.train,
        test: run.test, validation: run.validation, options: run.options, chip: run.chip, log: MemoryLog()
      ) { NativeController($0) }
      try restarted.begin()
      try restarted.runEpoch()
      var afterwards = try Self.resumed(&restarted)
      try Self.expectSame(&restarted, &afterwards, "seed \(seed), after a loss of power")
    }
    print("saved trainings: \(seeds.count), seeds \(seeds)")
  }

  @Test("A checkpoint of another chip is refused with the property that differs, whichever it is")
  func otherChip() throws {
    var random = SeededRandom(5)
    var run = try TrainingRun(
      train: Self.sequences(2, &random), test: Self.sequences(1, &random), options: Self.options(&random),
      chip: ChipConfiguration(tiles: []), log: MemoryLog())
    let file = try run.checkpoint()
    func refusal(_ chip: ChipConfiguration, options: TrainingOptions? = nil, train: SequenceSet? = nil) -> String {
      do {
        _ = try TrainingRun(
          resuming: file, named: "f", train: train ?? run.train, test: run.test, options: options ?? run.options,
          chip: chip, log: MemoryLog())
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(refusal(run.chip) == "")
    for (name, written) in [
      ("seed", "2"), ("dac-bits", "7"), ("adc-bits", "9"), ("d2d", "5%"), ("c2c", "5%"), ("read-noise", "1%"),
      ("settle", "11"), ("stuck-lrs", "1%"), ("adc-offset", "300"), ("feedback", "20000"), ("device", "ecram"),
      ("synapse", "differential"), ("flash-endurance", "5"),
    ] {
      let property = try #require(ChipConfiguration.properties.named(name))
      var chip = run.chip
      try property.set(property.value(of: written), of: &chip)
      let before = "\(name)=\(property.written(property[run.chip]))"
      #expect(
        refusal(chip) == "f: is a checkpoint of another chip: it has \(before), not \(name)=\(written); "
          + "name another file or the same options")
    }
    var options = run.options
    options.decay = 0.5
    #expect(
      refusal(run.chip, options: options).hasPrefix("f: is a checkpoint of another training: it has decay=0.9, not"))
    let other = refusal(run.chip, train: Self.sequences(2, &random))
    #expect(other.hasPrefix("f: is a checkpoint of another training: it has train-data="), "\(other)")
  }
}
