import Board
import Crossbar
import Files
import Firmware
import Registers
import Trace

/// What a training is made of, before there is a chip.
struct TrainingPlan: Sendable {
  let options: TrainingOptions
  let chipOptions: ChipOptions
  let train: SequenceSet
  let test: SequenceSet

  private var random: CounterRandom { CounterRandom(seed: chipOptions.seed) }

  func chip(named name: String) throws -> ChipConfiguration {
    try chipOptions.chip(inputs: train.features, hidden: options.hidden, outputs: train.outputs, named: name)
  }

  /// Tells a controller everything but the weights.
  func prepare<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws {
    try session.prepare(
      inputs: train.features, hidden: options.hidden, outputs: train.outputs, window: options.window,
      options.activation)
    try configureTraining(&session)
  }

  private var trainingWords: [UInt32] {
    let longest = max(train.sequences.map(\.steps).max() ?? 1, 1)
    return options.words(longest: longest, loss: train.isRegression ? .squaredError : .crossEntropy)
  }

  func configureTraining<Runner: ControllerRunner & ~Copyable>(_ session: inout Session<Runner>) throws {
    do throws(FirmwareRefusal) {
      _ = try session.request(.configureTraining, trainingWords)
    } catch let refusal {
      guard refusal.status == .outOfMemory else { throw refusal }
      throw InputError(
        train.name,
        "training \(train.features)-\(options.hidden)-\(train.outputs) needs \(refusal.words[0]) bytes,"
          + " the controller has \(refusal.words[1]); use fewer hidden units or --truncate with shorter sequences")
    }
  }

  /// Uniform in ±spread/√lines, biases 0 but for the forget gates'.
  func initialModel() -> Model {
    func matrix(_ layer: Int, rows: Int, columns: Int) -> [[Double]] {
      let reach = min(options.spread / Double(rows).squareRoot(), options.window)
      return (0..<rows).map { row in
        (0..<columns).map { column in
          guard row < rows - 1 else { return 0 }
          let bits = random.bits(.initialWeight, tile: layer, operation: 0, index: row * columns + column)
          return (Double(bits[0]) / 2_147_483_648 - 1) * reach
        }
      }
    }
    let hidden = options.hidden
    var lstm = matrix(0, rows: train.features + hidden + 1, columns: 4 * hidden)
    for k in 0..<hidden { lstm[lstm.count - 1][hidden + k] = min(options.forgetBias, options.window) }
    return Model(
      task: train.name, inputs: train.features, hidden: hidden, outputs: train.outputs,
      activation: options.activation, window: options.window, lstm: lstm,
      dense: matrix(1, rows: hidden + 1, columns: train.outputs))
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
