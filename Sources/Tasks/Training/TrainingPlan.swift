import Board
import Crossbar
import Files
import Firmware
import Registers
import Trace

/// What a training is made of, before there is a chip.
struct TrainingPlan: Sendable {
  let options: TrainingOptions
  /// Without tiles: those follow from the network.
  let chip: ChipConfiguration
  let programming: ProgrammingSettings
  let train: SequenceSet
  let test: SequenceSet

  var shape: NetworkShape { options.shape(for: train) }

  private var random: CounterRandom { CounterRandom(seed: chip.seed) }

  /// - Throws: when options contradict each other, or the network does not fit a chip.
  func chip(named name: String) throws(InputError) -> ChipConfiguration {
    if let problem = options.problem { throw InputError(name, problem) }
    return try chip.sized(for: shape, named: name)
  }

  /// Tells a controller everything but the weights.
  func prepare<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws {
    try session.prepare(shape, window: options.window, options.activation)
    try configureTraining(&session)
  }

  private var trainingWords: [UInt32] {
    let longest = max(train.sequences.map(\.steps).max() ?? 1, 1)
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
