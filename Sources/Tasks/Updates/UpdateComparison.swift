import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers

/// Updates of an in situ training with error feedback, each made in several ways from the same state of the chip and the
/// controller, with the same gradients: see `UpdateScheme`. The training itself goes on as `TrainingRun` does it.
package struct UpdateComparison {
  let plan: TrainingPlan
  /// Updates that are looked at, spread evenly over the training.
  let sampled: Int
  /// Of plain gradient descent at the beginning; it falls as that of the training does.
  package let descentRate: Double
  /// Nil for devices that have no small step both ways.
  package let trains: PulseTrains?

  /// Of the training: all that error feedback goes by.
  package static let settings = PropertyTable(
    usual: TrainingOptions(),
    TrainingOptions.properties.properties.filter {
      [
        "hidden", "activation", "window", "forget-bias", "spread", "lags", "epochs", "batch", "rate", "schedule",
        "decay", "truncate",
      ].contains($0.name)
    })

  /// - Parameters:
  ///   - updates: that are looked at, at most.
  ///   - trainNanoseconds: of a slot's pulse; nil for the device's own.
  package init(
    train: SequenceSet, options: TrainingOptions, chip: ChipConfiguration, updates: Int, descentRate: Double,
    trainNanoseconds: Int?
  ) {
    plan = TrainingPlan(
      options: options, chip: chip, loaded: nil, programming: ProgrammingSettings(), train: train, test: train)
    sampled = updates
    self.descentRate = descentRate
    trains = PulseTrains(on: chip, nanoseconds: trainNanoseconds)
  }

  /// Of one layer: an update in the mean, and the whole training.
  package struct LayerResult: Sendable {
    package var layer: Layer
    package var wordLines: Int
    package var bitLines: Int
    /// Means over the updates that were looked at.
    package var costs: [(scheme: UpdateScheme, cost: UpdateCost)]
    /// Of all updates, as the chip has counted them.
    package var counted: UpdateCost
  }

  /// Of one network.
  package struct Result: Sendable {
    package var shape: NetworkShape
    /// Of the training.
    package var updates: Int
    /// Of these, looked at.
    package var sampled: Int
    package var layers: [LayerResult]
  }

  /// Trains, and looks at updates on the way.
  /// - Parameter progress: told the number of updates done, and of all.
  package func run(progress: (Int, Int) -> Void) throws -> Result {
    var session = try begin()
    let before = session.machine.chip.tiles.map(\.counters)
    let count = plan.train.sequences.count
    let total = plan.options.updates(perEpochOf: count) * plan.options.allEpochs
    let looked = min(sampled, total)
    var (done, next) = (0, 0)
    var sums = Layer.allCases.map { _ in [UpdateScheme: UpdateCost]() }
    for epoch in 0..<plan.options.allEpochs {
      try session.request(.setRate, plan.options.rateWords(epoch: epoch, sequences: count))
      let order = plan.order(epoch: epoch)
      for start in stride(from: 0, to: count, by: plan.options.batch) {
        let batch = order[start..<min(start + plan.options.batch, count)].map { plan.train.sequences[$0] }
        if next < looked, done == (2 * next + 1) * total / (2 * looked) {
          let sample = UpdateSample(
            comparison: self, batch: batch, epoch: epoch, number: start / plan.options.batch, place: UInt64(next))
          for (layer, costs) in try sample.costs(from: session).enumerated() {
            for (scheme, cost) in costs { sums[layer][scheme, default: UpdateCost()] += cost }
          }
          next += 1
        }
        try plan.learn(batch, on: &session)
        done += 1
        progress(done, total)
      }
    }
    return result(sums, of: done, looked, before, session.machine.chip.tiles)
  }

  private func begin() throws -> UpdateSample.Start {
    var session = Session(try plan.machine(log: UpdateLog(tiles: Layer.allCases.count)))
    try plan.prepare(&session)
    let model = plan.initialModel()
    for (layer, weights) in [(Layer.lstm, model.lstm), (.dense, model.dense)] {
      _ = try session.program(layer, weights, window: plan.options.window, settings: plan.programming)
    }
    return session
  }

  private func result(
    _ sums: [[UpdateScheme: UpdateCost]], of updates: Int, _ looked: Int, _ before: [TileCounters], _ tiles: [Tile]
  ) -> Result {
    let layers = Layer.allCases.enumerated().map { place, layer in
      LayerResult(
        layer: layer, wordLines: tiles[place].array.wordLines, bitLines: tiles[place].array.bitLines,
        costs: UpdateScheme.allCases.compactMap { scheme in
          sums[place][scheme].map { (scheme, $0.divided(by: looked)) }
        }, counted: UpdateCost(from: before[place], to: tiles[place].counters))
    }
    return Result(shape: plan.shape, updates: updates, sampled: looked, layers: layers)
  }
}

extension UpdateCost {
  /// What a tile has counted between two moments, rests left out of account.
  fileprivate init(from before: TileCounters, to after: TileCounters) {
    self.init()
    phases = Double(after.phases - before.phases)
    pulses = Double(after.pulses - before.pulses)
    pulseSeconds = Double(after.programCycles - before.programCycles) * Double(Timing.nanosecondsPerCycle) * 1e-9
    energyJoules = Double(after.programEnergy.attojoules - before.programEnergy.attojoules) * 1e-18
  }
}

extension TrainingPlan {
  /// One update: all sequences of a batch, and what a batch that is not full wants besides.
  func learn(_ batch: [SequenceSet.Sequence], on session: inout Session<NativeController<UpdateLog>>) throws {
    session.machine.log.begin()
    for sequence in batch { try session.request(.train, TrainingRequest.words(sequence, in: train)) }
    if batch.count < options.batch { try session.request(.update) }
  }
}
