import Crossbar
import Firmware
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
      guard let training = network?.training else { return work }
      noteLearning(words, training, of: shape, in: &work)
      if training.pending + 1 == training.batch { work.note(updateOf: shape, by: training) }
    case .update:
      guard let training = network?.training, training.pending > 0 else { return work }
      work.note(updateOf: shape, by: training)
    case .configure, .configureTraining:
      work.note(weightsOf: shape)
      guard command == .configureTraining else { return work }
      if words.count > 5 { work.note(steps: Int(words[5]), of: shape) }
      work[.segment] = Double(segments.reduce(0, +))
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
    case .program: .program(ControllerWork.Writing(synapse, features))
    case .calibrate: .calibrate
    case .readWeights: .readWeights
    case .commit: .commit
    case .scrub: .scrub
    case .boot: .boot
    case .setActivation: .setActivation
    case .configure: .configure
    case .configureTraining: .configureTraining
    default: .other
    }
  }

  /// Forward and back; how much errors make of that, `Effort` tells.
  private func noteLearning(
    _ words: [UInt32], _ training: Training, of shape: NetworkShape, in work: inout ControllerWork
  ) {
    let steps = Int(words.first ?? 0)
    let isSquared = training.loss == .squaredError
    work.note(steps: steps, of: shape)
    work[.output] = Double((isSquared ? steps : 1) * shape.outputs)
    if isSquared { work[.targetStep] = Double(steps) } else { work[.probability] = Double(shape.outputs) }
    let back = training.truncation > 0 ? min(steps, training.truncation) : steps
    work[.backwardStep] = Double(back)
    work[.backwardCell] = Double(back * shape.hidden)
    guard training.readsBack else { return }
    let denseSteps = isSquared ? back : 1
    let (lstmSums, denseSums) = (max(back - 1, 0) * shape.hidden, denseSteps * shape.hidden)
    work[.weightProduct] = Double(lstmSums * shape.lstm.columns + denseSums * shape.outputs)
    work[.productSum] = Double(lstmSums + denseSums)
  }
}

extension ControllerWork {
  /// The lines of a network that was started.
  mutating func note(startOf shape: NetworkShape?) {
    if family == .boot, let shape { note(linesOf: shape) }
  }

  /// The way forward.
  fileprivate mutating func note(steps: Int, of shape: NetworkShape) {
    self[.step] = Double(steps)
    self[.input] = Double(steps * shape.inputs)
    self[.cell] = Double(steps * shape.hidden)
  }

  fileprivate mutating func note(updateOf shape: NetworkShape, by training: ControllerKnowledge.Training) {
    self[.update] = 1
    note(weightsOf: shape)
    if training.hasMomentum { self[.velocity] = self[.weight] }
  }

  /// All weights, or room for what they are owed.
  fileprivate mutating func note(weightsOf shape: NetworkShape) {
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
