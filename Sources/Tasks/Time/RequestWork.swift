import Crossbar
import Firmware
import FixedPoint
import Registers

/// What requests have a controller compute, told from their words.
extension ControllerKnowledge {
  /// Of a request that was carried out, and is not noted yet; what the board has seen of it is still to be added.
  /// - Parameters:
  ///   - synapse: of the chip.
  ///   - features: of the chip.
  func work(
    of command: Command, _ words: [UInt32], on synapse: Synapse, with features: ChipFeatures = []
  ) -> ControllerWork {
    var work = ControllerWork(family(of: command, synapse, features))
    let shape = command == .configure ? NetworkShape(configuring: words) : network(of: command)?.shape
    guard let shape else { return work }
    switch command {
    case .infer, .predict:
      let steps = Int(words.first ?? 0)
      work.note(steps: steps, of: shape)
      work[.output] = Double((command == .predict ? steps : 1) * shape.outputs)
    case .train:
      guard let network else { return work }
      noteLearning(words, network, in: &work)
      work.note(updateOf: shape, isDue: network.training.map { $0.pending + 1 == $0.batch } ?? false)
    case .update: work.note(updateOf: shape, isDue: network?.training.map { $0.pending > 0 } ?? false)
    case .configure, .configureTraining:
      work.note(updateOf: shape, isDue: true)
      if command == .configureTraining, words.count > 5 { work.note(steps: Int(words[5]), of: shape) }
    case .commit: work.note(linesOf: shape)
    case .program, .readWeights, .scrub:
      let lines = words.first.flatMap { Layer(rawValue: $0) }.map { shape[$0] } ?? shape.lstm
      work[.weight] = Double(lines.cells)
      work[.line] = Double(lines.rows + lines.columns)
    default: break
    }
    return work
  }

  private func family(
    of command: Command, _ synapse: Synapse, _ features: ChipFeatures
  ) -> ControllerWork.Family {
    switch command {
    case .infer: .infer(ControllerWork.Inferring(on: features))
    case .predict: .predict(ControllerWork.Inferring(on: features))
    case .train, .update: network?.training?.rule.map { .training($0) } ?? .other
    case .program: .program(writing ?? ControllerWork.Writing(synapse, features))
    case .calibrate, .readWeights: .reading
    case .commit: .commit
    case .scrub: .scrub
    case .boot: .boot
    case .configure: .configure
    case .configureTraining: .configureTraining
    default: .other
    }
  }

  /// Forward, and back as far as errors go.
  private func noteLearning(_ words: [UInt32], _ network: Network, in work: inout ControllerWork) {
    guard let training = network.training, let first = words.first else { return }
    let (shape, steps) = (network.shape, Int(first))
    let isSquared = training.loss == .squaredError
    work.note(steps: steps, of: shape)
    let evaluations = isSquared ? steps : 1
    work[.output] = Double(evaluations * shape.outputs)
    let back = training.truncation > 0 ? min(steps, training.truncation) : steps
    work[.backwardCell] = Double(back * shape.hidden)
    let inputWords = (shape.inputs + 1) / 2
    let stepWords = inputWords + (isSquared ? (shape.outputs + 1) / 2 : 0)
    // Lines that carry nothing are passed over: the bias does, and h does not before the first step.
    var lines = back * (shape.hidden + 1) - (back == steps ? shape.hidden : 0)
    for step in steps - back..<steps {
      for place in 0..<inputWords {
        let place = 2 + step * stepWords + place
        guard place < words.count else { return }
        lines += (Lanes.even(words[place]) != 0 ? 1 : 0) + (Lanes.odd(words[place]) != 0 ? 1 : 0)
      }
    }
    let denseSteps = isSquared ? back : 1
    work[.gradient] = Double(lines * shape.lstm.columns + denseSteps * shape.dense.cells)
    guard training.readsBack else { return }
    work[.weightProduct] = Double(
      max(back - 1, 0) * shape.hidden * shape.lstm.columns + denseSteps * shape.hidden * shape.outputs)
  }
}

extension ControllerWork {
  /// The way forward.
  fileprivate mutating func note(steps: Int, of shape: NetworkShape) {
    self[.step] = Double(steps)
    self[.input] = Double(steps * shape.inputs)
    self[.cell] = Double(steps * shape.hidden)
  }

  /// An update of all weights, or room for what they are owed.
  fileprivate mutating func note(updateOf shape: NetworkShape, isDue: Bool) {
    guard isDue else { return }
    self[.update] = 1
    self[.weight] = Double(shape.lstm.cells + shape.dense.cells)
    note(linesOf: shape)
  }

  /// The word lines and columns of both layers.
  fileprivate mutating func note(linesOf shape: NetworkShape) {
    let (lstm, dense) = (shape.lstm, shape.dense)
    self[.line] = Double(lstm.rows + lstm.columns + dense.rows + dense.columns)
  }
}

extension NetworkShape {
  /// By the words of `configure`.
  fileprivate init?(configuring words: [UInt32]) {
    guard words.count > 2 else { return nil }
    self.init(inputs: Int(words[0]), hidden: Int(words[1]), outputs: Int(words[2]))
  }
}

extension ControllerWork.Writing {
  fileprivate init(_ synapse: Synapse, _ features: ChipFeatures) {
    self = synapse == .reference ? .single : features.contains(.windows) ? .pairByWindow : .pair
  }

  /// By the words of `setPulseTimes`, sixteenths of a pulse step; nil where the synapse decides.
  init?(pulseTimes words: [UInt32]) {
    let places = PulseTimes.places
    guard words.count >= 2 * places else { return nil }
    if words[places] <= 16 && words[places - 1] > 16 {
      self = .abrupt
    } else if words.count > 2 * places && words[2 * places] == 1 {
      self = .noisy
    } else {
      return nil
    }
  }
}
