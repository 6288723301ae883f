import Board
import Crossbar
import Firmware
import FixedPoint
import Testing
import Trace

@testable import Tasks

@Suite("Ways to write updates, on a training of the chip")
struct UpdateComparisonTests {
  /// Three steps of two numbers, in two classes.
  private static let set = SequenceSet(
    name: "toy", features: 2, classes: 2,
    sequences: (0..<9).map { number in
      let random = CounterRandom(seed: 4)
      let values = (0..<6).map { k in
        Int16(truncatingIfNeeded: random.bits(.order, tile: 1, operation: UInt64(number), index: k)[0])
      }
      return .init(label: values[0] < 0 ? 0 : 1, values: values, steps: 3)
    })

  private static func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
    var options = TrainingOptions()
    (options.hidden, options.epochs, options.batch, options.rate, options.spread) = (3, 2, 4, 0.05, 2)
    change(&options)
    return options
  }

  /// Chips whose reads and pulses are noisy too.
  private static func chips() throws -> [ChipConfiguration] {
    let plain = ChipConfiguration(tiles: [])
    var noisy = plain
    noisy.change(to: try #require(Device(name: "measured")))
    noisy.variation.cycleToCycle = 0.1
    noisy.variation.programError = 0.02
    noisy.readNoiseShare = 0.004
    var pairs = plain
    pairs.synapse = .differential
    pairs.change(to: try #require(Device(name: "umass")))
    return [plain, noisy, pairs]
  }

  private static func comparison(
    _ chip: ChipConfiguration, updates: Int = 100, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) -> UpdateComparison {
    UpdateComparison(
      train: set, options: options(change), chip: chip, updates: updates, descentRate: 0.5, trainNanoseconds: nil)
  }

  private static func isClose(_ one: Double, _ other: Double) -> Bool {
    (one - other).magnitude <= 1e-9 * max(one.magnitude, other.magnitude)
  }

  @Test("Where every update is looked at, row-parallel is what the chip itself has counted, and what 'train' reports")
  func counters() throws {
    for chip in try Self.chips() {
      let result = try Self.comparison(chip).run { _, _ in }
      // Nine sequences are two batches of four and one of one.
      #expect(result.updates == 6 && result.sampled == 6)
      var run = try TrainingRun(
        train: Self.set, test: Self.set, options: Self.options(), chip: chip, log: NoLog())
      let before = run.session.machine.chip.tiles.map(\.counters)
      while !run.isFinished { try run.runEpoch() }
      for (place, layer) in result.layers.enumerated() {
        let cost = try #require(layer.costs.first { $0.scheme == .rowParallel }?.cost)
        let after = run.session.machine.chip.tiles[place].counters
        #expect(layer.counted.pulses == Double(after.pulses - before[place].pulses))
        #expect(layer.counted.phases == Double(after.phases - before[place].phases) && layer.counted.phases > 0)
        #expect(Self.isClose(cost.pulses * 6, layer.counted.pulses), "\(chip.device.name)")
        #expect(Self.isClose(cost.phases * 6, layer.counted.phases), "\(chip.device.name)")
        #expect(Self.isClose(cost.pulseSeconds * 6, layer.counted.pulseSeconds), "\(chip.device.name)")
        #expect((cost.energyJoules * 6 / layer.counted.energyJoules - 1).magnitude < 1e-6, "\(chip.device.name)")
        let serial = Double(after.serialCycles - before[place].serialCycles) * 10e-9
        let cells = try #require(layer.costs.first { $0.scheme == .cellSerial }?.cost)
        #expect(Self.isClose(cells.pulseSeconds * 6, serial) && cells.pulses == cost.pulses)
      }
    }
  }

  @Test("Looking at updates does not change the training, however many are looked at")
  func undisturbed() throws {
    let chip = try Self.chips()[1]
    let results = try [1, 4, 100].map { try Self.comparison(chip, updates: $0).run { _, _ in } }
    #expect(results.map(\.sampled) == [1, 4, 6])
    for layer in 0..<2 { #expect(Set(results.map { $0.layers[layer].counted.energyJoules }).count == 1) }
  }

  /// A machine at the first update, the update's batch, and the sample that it makes.
  private static func sample(
    _ chip: ChipConfiguration, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> (UpdateSample, UpdateSample.Start) {
    let comparison = Self.comparison(chip, change)
    let plan = comparison.plan
    var session = Session(try plan.machine(log: UpdateLog(tiles: 2)))
    try plan.prepare(&session)
    for (layer, weights) in [(Layer.lstm, plan.initialModel().lstm), (.dense, plan.initialModel().dense)] {
      _ = try session.program(layer, weights, window: 1, settings: plan.programming)
    }
    try session.request(.setRate, plan.options.rateWords(epoch: 0, sequences: 9))
    return (
      UpdateSample(comparison: comparison, batch: Array(Self.set.sequences[..<4]), epoch: 0, number: 0, place: 0),
      session
    )
  }

  @Test("The products of all steps add up to the controller's gradients, with noisy reads and truncated too")
  func products() throws {
    for (chip, truncation) in [(try Self.chips()[0], 0), (try Self.chips()[1], 0), (try Self.chips()[0], 2)] {
      let (sample, start) = try Self.sample(chip) { $0.truncation = truncation }
      let products = try sample.products(from: start)
      // A step of each sequence for the LSTM, the last alone for the dense layer.
      #expect(products.map(\.count) == [4 * (truncation == 0 ? 3 : truncation), 4])
      var (session, plan) = (start, sample.comparison.plan)
      plan.options.batch = 100
      try plan.configureTraining(&session)
      for sequence in sample.batch { try session.request(.train, TrainingRequest.words(sequence, in: Self.set)) }
      let gradients = try #require(session.runner.gradients)
      for (layer, sums) in [(Layer.lstm, gradients.lstm), (.dense, gradients.dense)] {
        let lines = plan.shape[layer]
        let moves = lines.moves(of: products[Int(layer.rawValue)])
        // In 2⁻¹⁴ of a code; a product's entries are rounded to it, and so are the vectors told from them.
        for (sum, move) in zip(sums, moves) { #expect((Double(sum) + move * 127 * 16_384).magnitude < 24, "\(layer)") }
        #expect(sums.contains { $0.magnitude > 500 })
      }
    }
  }

  @Test("Products that move nothing make no update")
  func nothing() {
    let lines = Self.comparison(ChipConfiguration(tiles: [])).plan.shape[.dense]
    let none = UpdateSample.products(
      [], making: Array(repeating: 0.1, count: lines.cells), within: 1, (rows: [], columns: []), lines)
    #expect(none.isEmpty)
  }

  @Test("Pulse trains for the update that is wanted are to move every weight by it")
  func wanted() throws {
    let (sample, start) = try Self.sample(try Self.chips()[0])
    let costs = try sample.costs(from: start)
    for layer in costs {
      // One pulse a weight, read behind: what it misses is a step of the drivers, where the weight is to move by many.
      let all = try #require(layer[.rowParallelAll]), trains = try #require(layer[.stochastic])
      #expect((all.missed ?? 1) < 0.2 && all.wantedSquares == trains.wantedSquares)
      #expect((trains.missed ?? 0) > 0 && (trains.missed ?? 1) < 1)
      #expect(all.pulses > (layer[.rowParallel]?.pulses ?? 0))
    }
    // Without chance: long trains of a small step, by their expectation.
    let products = try sample.products(from: start)
    var session = start
    var plan = sample.comparison.plan
    plan.options.threshold = 1
    try plan.configureTraining(&session)
    try session.request(.setRate, plan.options.rateWords(epoch: 0, sequences: 9))
    try plan.learn(sample.batch, on: &session)
    let state = FeedbackState(try session.request(.exportState), of: plan.shape)
    for layer in Layer.allCases {
      let (lines, wanted) = (plan.shape[layer], state.owed(layer))
      let scaled = UpdateSample.products(
        products[Int(layer.rawValue)], making: wanted, within: sample.mostWanted, state.means(layer), lines)
      // All but those that the controller has limited: there the products are to move a weight by more.
      let (moves, limit) = (lines.moves(of: scaled), sample.mostWanted)
      let free = wanted.indices.filter { wanted[$0].magnitude < limit }
      let missed = free.reduce(0) { $0 + (moves[$1] - wanted[$1]) * (moves[$1] - wanted[$1]) }
      let squares = free.reduce(0) { $0 + wanted[$1] * wanted[$1] }
      #expect(squares > 0 && missed < 1e-4 * squares, "\(layer): \((missed / squares).squareRoot())")
      #expect(free.count > lines.cells * 3 / 4, "\(layer): \(free.count) of \(lines.cells)")
      for cell in wanted.indices where wanted[cell].magnitude >= limit {
        #expect(moves[cell] / wanted[cell] > 0.999, "\(layer) \(cell)")
      }
    }
  }

  @Test("A state without debts owes nothing, and keeps the rest of its words")
  func debts() throws {
    let (sample, start) = try Self.sample(try Self.chips()[0])
    var session = start
    try sample.comparison.plan.learn(sample.batch, on: &session)
    let state = FeedbackState(try session.request(.exportState), of: sample.comparison.plan.shape)
    let empty = state.withoutDebts
    for layer in Layer.allCases {
      #expect(state.owed(layer).contains { $0 != 0 } && empty.owed(layer).allSatisfy { $0 == 0 })
      #expect(state.means(layer).rows == empty.means(layer).rows)
      #expect(state.means(layer).columns == empty.means(layer).columns)
      // The bias is always driven.
      #expect((state.means(layer).rows.last ?? 0) > 0)
    }
  }

  @Test("A device that RESETs all or nothing has no pulse trains, and the rest of the ways")
  func abrupt() throws {
    let result = try Self.comparison(try Self.chips()[2], updates: 2).run { _, _ in }
    #expect(result.layers.allSatisfy { $0.costs.map(\.scheme) == Array(UpdateScheme.allCases[..<4]) })
  }
}
