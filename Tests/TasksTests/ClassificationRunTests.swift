import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Tasks
import Testing
import Trace

@Suite("Classification on the chip")
struct ClassificationRunTests {
  private func run(
    _ change: (inout ChipConfiguration) -> Void = { _ in }, limit: Int = 40, rounds: Int = 40
  ) throws -> ClassificationRun {
    let task = try TaskCatalog().task("digits")
    var test = try SequenceSet(csv: task.test)
    test.sequences = Array(test.sequences.prefix(limit))
    var chip = ChipConfiguration(tiles: [])
    change(&chip)
    var programming = ProgrammingSettings()
    programming.rounds = rounds
    return ClassificationRun(
      model: try Model(json: try #require(task.model)), test: test, activation: .hard, chip: chip,
      programming: programming)
  }

  private func report(_ run: ClassificationRun) throws -> ClassificationReport {
    var session = Session(try Machine(run.chip(named: "test"), log: NoLog()))
    return try run(on: &session)
  }

  @Test("The chip is as accurate as the float network", arguments: Synapse.allCases)
  func accuracy(_ synapse: Synapse) throws {
    let report = try report(run { $0.synapse = synapse })
    #expect(abs(report.accuracyOnChip - report.accuracyInFloat) <= 0.05)
    #expect(report.accuracyInFloat > 0.85)
    #expect(report.programming.allSatisfy { $0.missedCells == 0 })
  }

  @Test("Row-parallel programming takes less time than one cell at a time")
  func rowParallel() throws {
    for part in try report(run(limit: 1)).programming {
      #expect(part.rowParallelCycles * 4 < part.cellSerialCycles)
      #expect(part.phases <= UInt64(2 * part.rounds))
    }
  }

  @Test("The same seed gives the same report, another seed another one under noise")
  func reproducible() throws {
    func noisy(_ seed: UInt64) throws -> ClassificationReport {
      try report(
        run(
          {
            $0.readNoiseShare = 0.01
            $0.seed = seed
          }, limit: 4, rounds: 1))
    }
    #expect(try noisy(1) == noisy(1))
    #expect(try noisy(1) != noisy(2))
  }

  @Test("Data and model that do not match are refused")
  func mismatch() throws {
    var run = try run(limit: 1)
    run.test.features = 7
    #expect(throws: InputError("m", "the model has 8 inputs, the sequences 7 values a step")) {
      try run.chip(named: "m")
    }
    run.test.features = 8
    run.test.classes = 3
    #expect(throws: InputError("m", "the model has 10 outputs, the sequences 3 classes")) { try run.chip(named: "m") }
  }

  @Test("A network larger than a tile is refused with what it needs")
  func tooLarge() {
    #expect(
      throws: InputError(
        "m", "the LSTM cell of 8-300-10 needs 309 word lines × 1200 bit lines, a tile has at most 1024 × 1024")
    ) {
      try ChipConfiguration(tiles: []).sized(for: NetworkShape(inputs: 8, hidden: 300, outputs: 10), named: "m")
    }
  }
}
