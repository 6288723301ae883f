import Board
import Crossbar
import Firmware
import FixedPoint

/// One update of a training, made in all the ways.
struct UpdateSample {
  let comparison: UpdateComparison
  let batch: [SequenceSet.Sequence]
  let epoch: Int
  /// In the epoch, from 0.
  let number: Int
  /// Among those that are looked at, from 0.
  let place: UInt64

  typealias Start = Session<NativeController<UpdateLog>>

  private var plan: TrainingPlan { comparison.plan }
  private var chip: ChipConfiguration { plan.chip }

  /// By layer.
  func costs(from start: Start) throws -> [[UpdateScheme: UpdateCost]] {
    var session = start
    let state = FeedbackState(try session.request(.exportState), of: plan.shape)
    let products = try products(from: start)
    // Never due: what is owed behind it is the update that is wanted.
    let idle = FeedbackState(
      try update(from: start, state.withoutDebts, threshold: 1) { session in
        try session.request(.exportState)
      }, of: plan.shape)
    try plan.learn(batch, on: &session)
    // Always due.
    let all = try update(from: start, state.withoutDebts, threshold: 0x1p-27) { $0 }
    return Layer.allCases.map { layer in
      let wanted = idle.owed(layer)
      var costs = rows(layer, start, session, as: (.rowParallel, .cellSerial), wanted: nil)
      costs.merge(rows(layer, start, all, as: (.rowParallelAll, .cellSerialAll), wanted: wanted)) { $1 }
      guard let trains = comparison.trains else { return costs }
      let own = products[Int(layer.rawValue)]
      costs[.stochastic] = draw(
        trains, Self.products(own, making: wanted, within: mostWanted, idle.means(layer), plan.shape[layer]), layer,
        start, wanted)
      let descent = own.map { $0.scaled(by: descentStep) }
      costs[.stochasticDescent] = draw(trains, descent, layer, start, plan.shape[layer].moves(of: descent))
      return costs
    }
  }

  // MARK: The chip's own ways

  /// The update from a state of the controller, with another threshold.
  private func update<Result>(
    from start: Start, _ state: FeedbackState, threshold: Double, _ ending: (inout Start) throws -> Result
  ) throws -> Result {
    var (session, plan) = (start, plan)
    plan.options.threshold = threshold
    try plan.configureTraining(&session)
    try session.request(.importState, state.words)
    try session.request(.setRate, rateWords)
    try plan.learn(batch, on: &session)
    return try ending(&session)
  }

  /// Of this update: the ramp from here on.
  private var rateWords: [UInt32] {
    var words = plan.options.rateWords(epoch: epoch, sequences: plan.train.sequences.count)
    if plan.options.schedule == .linear { words[1] = UInt32(clamping: Int(words[1]) + number) }
    return words
  }

  private func rows(
    _ layer: Layer, _ start: Start, _ end: Start, as schemes: (UpdateScheme, UpdateScheme), wanted: [Double]?
  ) -> [UpdateScheme: UpdateCost] {
    let tile = Int(layer.rawValue)
    let (before, part) = (start.machine.chip.tiles[tile], end.machine.log.parts[tile])
    let writes = RowWrites(writes: part.writes, operationsBefore: before.operationNumber, chip: chip)
    var array = before.array
    var parallel = writes.rowParallel(on: &array)
    parallel.reads = Double(part.reads)
    parallel.chipSeconds = Double(part.cycles) * Double(Timing.nanosecondsPerCycle) * 1e-9
    if let wanted {
      let lines = plan.shape[layer]
      let (old, new) = (before.array.shares(lines), end.machine.chip.tiles[tile].array.shares(lines))
      parallel.note(moves: zip(new, old).map { $0 - $1 }, wanted: wanted)
    }
    array = before.array
    return [schemes.0: parallel, schemes.1: writes.cellSerial(on: &array)]
  }

  // MARK: Products

  /// What every step of every sequence adds to the gradients of both layers.
  ///
  /// Errors are sent back through one step more at a time: the difference of two gradients is what that step adds.
  func products(from start: Start) throws -> [[OuterProduct]] {
    var (session, plan) = (start, plan)
    plan.options.batch = 65_535
    try plan.configureTraining(&session)
    var products: [[OuterProduct]] = Layer.allCases.map { _ in [] }
    for sequence in batch {
      let reach = self.plan.options.truncation
      var before = Layer.allCases.map { Array(repeating: Int32(0), count: plan.shape[$0].cells) }
      for steps in stride(from: 1, through: reach > 0 ? min(reach, sequence.steps) : sequence.steps, by: 1) {
        var trial = session
        plan.options.truncation = steps
        try plan.configureTraining(&trial)
        try trial.request(.train, TrainingRequest.words(sequence, in: plan.train))
        let gradients = trial.runner.gradients.map { [$0.lstm, $0.dense] } ?? before
        for layer in Layer.allCases.indices {
          let difference = zip(gradients[layer], before[layer]).map { $0 &- $1 }
          let lines = plan.shape[Layer.allCases[layer]]
          if let product = OuterProduct(difference, lines, fullScale: chip.fullScaleCode) {
            products[layer].append(product)
          }
        }
        before = gradients
      }
      // On to the reads of the next sequence.
      plan.options.truncation = reach
      try session.request(.train, TrainingRequest.words(sequence, in: plan.train))
    }
    return products
  }

  /// The products, rows and columns over the sizes of their gradients, whose sum is nearest to the moves that are wanted:
  /// error feedback's update is such a sum, but for its rounding and for the moves that are limited, by which it is not told.
  static func products(
    _ products: [OuterProduct], making wanted: [Double], within limit: Double,
    _ means: (rows: [Double], columns: [Double]),
    _ lines: NetworkShape.Lines
  ) -> [OuterProduct] {
    func inverse(_ sizes: [Double]) -> [Double] { sizes.map { $0 > 0 ? 1 / $0 : 0 } }
    let scaled = products.map { $0.scaled(lines: inverse(means.rows), errors: inverse(means.columns)) }
    let moves = lines.moves(of: scaled)
    var (alike, squares) = (0.0, 0.0)
    for cell in moves.indices where wanted[cell].magnitude < limit {
      alike += moves[cell] * wanted[cell]
      squares += moves[cell] * moves[cell]
    }
    guard squares > 0 else { return [] }
    return scaled.map { $0.scaled(by: alike / squares) }
  }

  /// What error feedback limits moves to, share of the window, less its rounding.
  var mostWanted: Double { 3.999 * plan.options.rate * shareOfRate / plan.options.window }

  /// What plain gradient descent multiplies a product by: rate over window and batch.
  private var descentStep: Double {
    comparison.descentRate * shareOfRate / plan.options.window / Double(plan.options.batch)
  }

  /// Of the first update's rate, what this one has.
  private var shareOfRate: Double {
    switch plan.options.schedule {
    case .decay: return (0..<epoch).reduce(1) { share, _ in share * plan.options.decay }
    case .linear:
      let words = rateWords
      return max(Double(words[2]) - Double(words[1]), 0) / Double(words[2])
    }
  }

  // MARK: Pulse trains

  private func draw(
    _ trains: PulseTrains, _ products: [OuterProduct], _ layer: Layer, _ start: Start, _ wanted: [Double]
  ) -> UpdateCost {
    let lines = plan.shape[layer]
    var draw = TrainDraw(
      trains, on: start.machine.chip.tiles[Int(layer.rawValue)].array, of: chip, rows: lines.rows,
      columns: lines.columns)
    for (index, train) in products.compactMap(trains.train).enumerated() {
      draw.draw(train, number: place << 32 | UInt64(index))
    }
    var cost = draw.cost
    cost.note(moves: draw.changes, wanted: wanted)
    return cost
  }
}

extension NetworkShape.Lines {
  /// −Σ x d of products, row-major.
  func moves(of products: [OuterProduct]) -> [Double] {
    var moves = Array(repeating: 0.0, count: cells)
    for product in products {
      for row in 0..<rows where product.lines[row] != 0 {
        for column in 0..<columns { moves[row * columns + column] -= product.lines[row] * product.errors[column] }
      }
    }
    return moves
  }
}

extension ChipConfiguration {
  /// The largest DAC code.
  fileprivate var fullScaleCode: Int { 1 << (dacBits - 1) - 1 }
}

extension CrossbarArray {
  /// The weights of a matrix on the array, row-major, shares of the window.
  fileprivate func shares(_ lines: NetworkShape.Lines) -> [Double] {
    let range = device.conductanceRange
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    return (0..<lines.cells).map { place in
      let cell = place / lines.columns * bitLines + place % lines.columns * synapse.bitLinesPerColumn
      let own = Double(conductance[cell])
      return synapse == .differential
        ? (own - Double(conductance[cell + 1])) / (high - low) : (2 * own - low - high) / (high - low)
    }
  }
}
