import Board
import Firmware
import Testing
import Trace

@testable import Tasks

@Suite("What requests cost")
struct RequestCostTests {
  @Test("Kept from the moment it is asked for, a cost for each request; together they are the session's time")
  func sums() throws {
    let sequences = (0..<3).map { SequenceSet.Sequence(label: $0 % 2, values: [9000, -7000, 500, 20_000], steps: 2) }
    let set = SequenceSet(name: "toy", features: 2, classes: 2, sequences: sequences)
    var options = TrainingOptions()
    (options.hidden, options.batch, options.epochs, options.rate) = (2, 2, 2, 0.1)
    var run = try TrainingRun(train: set, test: set, options: options, chip: ChipConfiguration(tiles: []), log: NoLog())
    try run.begin()
    #expect(run.session.costs == nil)
    run.recordCosts()
    let before = run.session.time
    while !run.isFinished { try run.runEpoch() }
    let costs = try #require(run.session.costs)
    let took = run.session.time - before
    let sum = costs.reduce(TimeParts()) { $0 + $1.time }
    #expect(sum.arrayCycles == took.arrayCycles && sum.busCycles == took.busCycles)
    #expect((sum.controllerCycles - took.controllerCycles).magnitude < 1e-3 && sum.controllerCycles > 0)
    #expect(costs.allSatisfy { $0.time.controllerCycles > 0 && $0.time.busCycles > 0 })
    #expect(costs.map(\.work.family).filter { $0 == .training(.errorFeedback) }.count >= 2 * sequences.count)
  }
}
