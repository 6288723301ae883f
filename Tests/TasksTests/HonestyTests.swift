import Board
import TestSupport
import Testing
import Trace

@testable import Tasks

/// What a chip answers comes from what it learned, and what it learned is in its cells.
@Suite("Training is honest")
struct HonestyTests {
  private typealias Run = TrainingRun<NativeController<NoLog>>

  /// A part of digits, on which a few passes give much more than the chance of one in ten.
  private static func trained(_ change: (inout SequenceSet) -> Void = { _ in }) throws -> Run {
    let task = try TaskCatalog().task("digits")
    var train = try SequenceSet(csv: task.train)
    var test = try SequenceSet(csv: task.test)
    train.sequences.removeLast(train.sequences.count - 150)
    test.sequences.removeLast(test.sequences.count - 100)
    change(&train)
    var options = TrainingOptions.preset(for: "digits")
    options.hidden = 12
    options.rate = 0.02
    options.epochs = 5
    var run = try Run(train: train, test: test, options: options, chip: ChipConfiguration(tiles: []), log: NoLog())
    while !run.isFinished { try run.runEpoch() }
    return run
  }

  private static func accuracy(_ run: Run) throws -> Double { try #require(run.reports.last?.testAccuracy) }

  @Test("Labels dealt out at random teach nothing: on the test set the chip only guesses", arguments: [1, 2])
  func permutedLabels(_ seed: UInt64) throws {
    let run = try Self.trained { train in
      var random = SeededRandom(seed)
      let labels = train.sequences.map(\.label).shuffled(using: &random)
      for (index, label) in labels.enumerated() { train.sequences[index].label = label }
    }
    #expect(try Self.accuracy(run) < 0.25)
  }

  @Test("Nothing is known but in the cells: a trained chip with its cells in other places only guesses")
  func shuffledCells() throws {
    var run = try Self.trained()
    #expect(try Self.accuracy(run) > 0.4)
    let trained = run.session.machine.snapshot
    var accuracies: [Double] = []
    for seed in 1...4 as ClosedRange<UInt64> {
      var random = SeededRandom(seed)
      var snapshot = trained
      for tile in snapshot.tiles.indices { snapshot.tiles[tile].conductance.shuffle(using: &random) }
      run.session.machine = try Machine(snapshot, log: NoLog())
      accuracies.append(try #require(try run.quality(on: run.test).accuracy))
    }
    #expect(accuracies.reduce(0, +) / Double(accuracies.count) < 0.2, "\(accuracies)")
    // The cells put back, it knows again.
    run.session.machine = try Machine(trained, log: NoLog())
    #expect(try run.quality(on: run.test).accuracy == Self.accuracy(run))
  }
}
