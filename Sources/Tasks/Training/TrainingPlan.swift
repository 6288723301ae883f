import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers
import Trace

/// What a training is made of, before there is a chip.
struct TrainingPlan: Sendable {
  var options: TrainingOptions
  /// Without tiles, which follow from the network, unless a chip is loaded.
  let chip: ChipConfiguration
  /// The chip that is powered up, where that is no fresh one.
  let loaded: ChipFile?
  let programming: ProgrammingSettings
  let train: SequenceSet
  let test: SequenceSet
  /// A part of the training set that was kept apart, or a set of its own.
  let validation: SequenceSet?

  /// With epochs and batch that suit the training set, where the options leave them open.
  init(
    options: TrainingOptions, chip: ChipConfiguration, loaded: ChipFile?, programming: ProgrammingSettings,
    train: SequenceSet, test: SequenceSet, validation: SequenceSet? = nil
  ) {
    self.options = options.fitted(to: train.sequences.count)
    self.chip = chip
    self.loaded = loaded
    self.programming = programming
    self.train = train
    self.test = test
    self.validation = validation
  }

  var shape: NetworkShape { options.shape(for: train) }

  /// Whether the weights are those in the cells of the chip that is loaded.
  var goesOn: Bool { loaded != nil && options.goesOn }

  private var random: CounterRandom { CounterRandom(seed: chip.seed) }

  /// - Throws: when options contradict each other, or the network does not fit a chip.
  func chip(named name: String) throws(InputError) -> ChipConfiguration {
    if let problem = options.problem { throw InputError(name, problem) }
    if let loaded {
      let chip = loaded.snapshot.configuration
      guard chip.hasRoom(for: shape) else {
        let tiles = chip.tiles.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")
        throw InputError(name, "the chip that is loaded has tiles of \(tiles), too small for \(shape)")
      }
      if goesOn { try expectNetwork(of: loaded, named: name) }
      return chip
    }
    return try chip.sized(for: shape, named: name)
  }

  /// - Throws: when the cells hold another network than the one that is trained.
  private func expectNetwork(of file: ChipFile, named name: String) throws(InputError) {
    let facts = try NetworkFacts(file, named: "the chip that is loaded")
    func text(_ shape: NetworkShape, _ window: Double, _ activation: ActivationKind) -> String {
      "a network \(shape) of window \(window) and circuits '\(activation.rawValue)'"
    }
    let (held, asked) = (
      text(facts.shape, facts.window, facts.activation), text(shape, options.window, options.activation)
    )
    guard held == asked else {
      throw InputError(
        name, "the chip that is loaded holds \(held), not \(asked): name its settings, or --reprogram to begin anew")
    }
  }

  /// The board before anything was asked of it.
  func machine<Log: LogSink>(log: Log) throws -> Machine<Log> {
    let chip = try chip(named: train.name)
    return try loaded?.poweredUp(log: log, named: "the chip that is loaded") ?? Machine(chip, log: log)
  }

  /// Tells a controller everything but the weights.
  func prepare<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws {
    try session.prepare(shape, window: options.window, options.activation)
    try configureTraining(&session)
  }

  private var trainingWords: [UInt32] {
    let longest = train.sequences.reduce(1) { max($0, $1.steps) }
    return options.words(
      longest: longest, loss: train.isRegression ? .squaredError : .crossEntropy,
      stepNanoseconds: chip.timing.stepNanoseconds)
  }

  func configureTraining<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws {
    do throws(FirmwareRefusal) {
      _ = try session.request(.configureTraining, trainingWords)
    } catch let refusal {
      guard case .refused(.outOfMemory, let bytes) = refusal.reason else { throw refusal }
      throw InputError(
        train.name,
        "training \(shape) needs \(bytes[0]) bytes,"
          + " the controller has \(bytes[1]); use fewer hidden units or --truncate with shorter sequences")
    }
  }

  /// Uniform in ±spread/√lines, biases 0 but for the forget gates'.
  func initialModel() -> Model {
    func matrix(_ layer: Layer) -> [[Double]] {
      let lines = shape[layer]
      let reach = min(options.spread / Double(lines.rows).squareRoot(), options.window)
      return (0..<lines.rows).map { row in
        (0..<lines.columns).map { column in
          guard row != lines.biasRow else { return 0 }
          let bits = random.bits(
            .initialWeight, tile: Int(layer.rawValue), operation: 0, index: row * lines.columns + column)
          return (Double(bits[0]) / 2_147_483_648 - 1) * reach
        }
      }
    }
    var lstm = matrix(.lstm)
    for k in 0..<shape.hidden {
      lstm[shape.lstm.biasRow][shape.column(.forget, k)] = options.forgetBias
    }
    return Model(
      task: train.name, shape: shape, activation: options.activation, window: options.window, lstm: lstm,
      dense: matrix(.dense))
  }

  /// Fisher–Yates, by draws named by epoch and place.
  func order(epoch: Int) -> [Int] {
    var order = Array(train.sequences.indices)
    for place in stride(from: order.count - 1, to: 0, by: -1) {
      let bits = random.bits(.order, tile: 0, operation: UInt64(epoch), index: place)
      order.swapAt(place, Int(bits[0]) % (place + 1))
    }
    return order
  }
}

extension TrainingOptions {
  /// Of the network that learns a set.
  package func shape(for set: SequenceSet) -> NetworkShape {
    NetworkShape(inputs: set.features, hidden: hidden, outputs: set.outputs)
  }
}
