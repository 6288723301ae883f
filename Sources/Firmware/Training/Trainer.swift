import FixedPoint
import Registers

/// Training in situ: forward through the arrays with a history, errors back through time, outer products, pulses.
///
/// Nothing here knows a weight but what the arrays hold: a residual is only what has not yet become a pulse.
struct Trainer: Sendable {
  let settings: TrainingSettings
  let shape: NetworkShape
  var history: History
  var lstm: LayerUpdate
  var dense: LayerUpdate
  var lstmBack: TransposedProduct
  var denseBack: TransposedProduct
  let sigmoidSlopes: CircuitSlopes
  let tanhSlopes: CircuitSlopes
  private let softMax = SoftMax()
  var ramp = RateRamp(.zero)
  /// Sequences since the last update.
  var pending = 0

  // Errors of the step at hand; and as a block for the outer product.
  private var outputErrors: [Delta]
  private var hiddenErrors: [Delta]
  private var cellErrors: [Delta]
  private var gateErrors: [Delta]
  private var block: BlockErrors
  private var probabilities: [SoftMax.Power]

  init(
    _ settings: TrainingSettings, of network: Network, sigmoid: PiecewiseLinear, tanh: PiecewiseLinear
  ) {
    let (shape, cell, dense) = (network.shape, network.cell, network.dense)
    self.settings = settings
    self.shape = shape
    history = History(shape, longest: settings.longest)
    lstm = LayerUpdate(shape.lstm, settings, fullScale: cell.tile.fullScaleCode)
    self.dense = LayerUpdate(shape.dense, settings, fullScale: dense.tile.fullScaleCode)
    lstmBack = TransposedProduct(
      tile: cell.tile, rows: shape.recurrentRows, columns: shape.lstm.columns, headroom: 0,
      window: network.windows.lstm, path: settings.backward)
    denseBack = TransposedProduct(
      tile: dense.tile, rows: 0..<shape.hidden, columns: shape.outputs, headroom: dense.headroom,
      window: network.windows.dense, path: settings.backward)
    sigmoidSlopes = CircuitSlopes(sigmoid, adcBits: cell.tile.adcBits)
    tanhSlopes = CircuitSlopes(tanh, adcBits: cell.tile.adcBits)
    outputErrors = Array(repeating: .zero, count: shape.outputs)
    hiddenErrors = Array(repeating: .zero, count: shape.hidden)
    cellErrors = hiddenErrors
    gateErrors = Array(repeating: .zero, count: shape.lstm.columns)
    block = BlockErrors(capacity: max(shape.lstm.columns, shape.outputs))
    probabilities = Array(repeating: .zero, count: shape.outputs)
  }

  // MARK: Loss

  /// Cross-entropy of the dense layer's outputs, and its error: δy = p − 1 at the label, p elsewhere.
  mutating func crossEntropy(_ dense: DenseLayer, label: Int) -> Cost {
    let loss = softMax(dense.output, headroom: dense.headroom, label: label, into: &probabilities)
    for k in 0..<shape.outputs {
      outputErrors[k] = Delta(k == label ? probabilities[k] - .one : probabilities[k])
    }
    return loss
  }

  /// Error against targets of a step, kept for the way back; narrow, since it is recomputed nowhere.
  /// - Returns: half the squared error.
  mutating func squaredError(_ dense: DenseLayer, targets: [Q0_15], step: Int) -> Cost {
    /// Half of e² has one fraction bit more than e².
    typealias HalfSquare = Fixed<Int64, 31>
    var sum = HalfSquare.zero
    for k in 0..<shape.outputs {
      let output = Fixed<Int32, 15>(raw: Fixed<Int32, 15>(dense.output[k]).raw << Int32(dense.headroom))
      let error = Q0_15(output - Fixed(targets[k]))
      history.noteError(error, ofOutput: k, step: step)
      sum += HalfSquare(raw: Int64(error.raw) * Int64(error.raw))
    }
    return Cost(sum)
  }

  // MARK: The way back

  /// Back from the last of `steps`, adding to the gradients of both layers.
  mutating func backpropagate(steps: Int, on bus: inout some Bus) {
    for k in 0..<shape.hidden {
      hiddenErrors[k] = .zero
      cellErrors[k] = .zero
    }
    let first = settings.truncation > 0 ? max(steps - settings.truncation, 0) : 0
    for step in stride(from: steps - 1, through: first, by: -1) {
      addOutputErrors(step: step, isLast: step == steps - 1, on: &bus)
      backThroughCell(step)
      block.take(gateErrors, count: shape.lstm.columns, within: Int32(Int16.max))
      if block.isWorth { lstm.add(codes: history.lines, at: step * shape.lstm.rows, errors: block) }
      for k in 0..<shape.hidden { hiddenErrors[k] = .zero }
      if step > first { lstmBack.add(gateErrors, to: &hiddenErrors, on: &bus) }
    }
  }

  /// The dense layer's part of a step: its gradients, and its errors on h.
  private mutating func addOutputErrors(step: Int, isLast: Bool, on bus: inout some Bus) {
    switch settings.loss {
    case .crossEntropy:
      guard isLast else { return }
    case .squaredError:
      for k in 0..<shape.outputs { outputErrors[k] = Delta(history.error(ofOutput: k, step: step)) }
    }
    block.take(outputErrors, count: shape.outputs, within: Int32(Int16.max))
    guard block.isWorth else { return }
    dense.add(codes: history.denseLines, at: step * shape.dense.rows, errors: block)
    denseBack.add(outputErrors, to: &hiddenErrors, on: &bus)
  }

  /// With δh of a step and δc from the next: δz of the four gates, and δc for the step before.
  private mutating func backThroughCell(_ step: Int) {
    var (errorCells, segments) = (0, 0)
    for k in 0..<shape.hidden {
      let (i, f, g, o) = history.gates(of: k, step: step)
      let (c₋₁, tanhC, slopeC) = history.state(of: k, step: step)
      let δh = hiddenErrors[k]
      let δc = cellErrors[k] + δh * o * slopeC
      gateErrors[shape.column(.input, k)] = δc * g * sigmoidSlopes(i)
      gateErrors[shape.column(.forget, k)] = δc * c₋₁ * sigmoidSlopes(f)
      gateErrors[shape.column(.candidate, k)] = δc * i * tanhSlopes(g)
      gateErrors[shape.column(.output, k)] = δh * tanhC * sigmoidSlopes(o)
      cellErrors[k] = δc * f
      guard Effort.isCounted else { continue }
      errorCells += δh != .zero || δc != .zero ? 1 : 0
      segments += sigmoidSlopes.segments(passedFor: i) + sigmoidSlopes.segments(passedFor: f)
      segments += tanhSlopes.segments(passedFor: g) + sigmoidSlopes.segments(passedFor: o)
    }
    lstm.effort.note(.errorCell, errorCells)
    lstm.effort.note(.slopeSegment, segments)
  }
}
