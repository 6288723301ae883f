import FixedPoint
import Registers

/// Training in situ: forward through the arrays with a history, errors back through time, outer products, pulses.
///
/// Nothing here knows a weight but what the arrays hold: a residual is only what has not yet become a pulse.
struct Trainer: Sendable {
  let settings: TrainingSettings
  let inputs: Int
  let hidden: Int
  let outputs: Int
  let denseHeadroom: Int
  var history: History
  var lstm: LayerUpdate
  var dense: LayerUpdate
  var lstmBack: TransposedProduct
  var denseBack: TransposedProduct
  let sigmoidSlopes: CircuitSlopes
  let tanhSlopes: CircuitSlopes
  private let softMax = SoftMax()
  /// Sequences since the last update.
  var pending = 0

  // Errors of the step at hand, 2⁻²⁴; and as 16 bits with an exponent.
  var outputErrors: [Int32]
  private var hiddenErrors: [Int32]
  private var cellErrors: [Int32]
  private var gateErrors: [Int32]
  private var narrow: [Int16]
  private var probabilities: [Int32]

  init(
    _ settings: TrainingSettings, cell: LSTMCell, dense: DenseLayer, windows: (lstm: UInt32, dense: UInt32),
    denseHeadroom: Int, sigmoid: PiecewiseLinear, tanh: PiecewiseLinear
  ) {
    self.settings = settings
    inputs = cell.inputs
    hidden = cell.hidden
    outputs = dense.outputs
    self.denseHeadroom = denseHeadroom
    let lines = inputs + hidden + 1
    history = History(lines: lines, hidden: hidden, outputs: outputs, longest: settings.longest)
    lstm = LayerUpdate(rows: lines, columns: 4 * hidden, hasMomentum: settings.momentum > 0)
    self.dense = LayerUpdate(rows: hidden + 1, columns: outputs, hasMomentum: settings.momentum > 0)
    lstmBack = TransposedProduct(
      tile: cell.tile, rows: inputs..<inputs + hidden, columns: 4 * hidden, headroom: 0, window: windows.lstm,
      path: settings.backward)
    denseBack = TransposedProduct(
      tile: dense.tile, rows: 0..<hidden, columns: outputs, headroom: denseHeadroom, window: windows.dense,
      path: settings.backward)
    sigmoidSlopes = CircuitSlopes(sigmoid, adcBits: cell.tile.adcBits)
    tanhSlopes = CircuitSlopes(tanh, adcBits: cell.tile.adcBits)
    outputErrors = Array(repeating: 0, count: outputs)
    hiddenErrors = Array(repeating: 0, count: hidden)
    cellErrors = hiddenErrors
    gateErrors = Array(repeating: 0, count: 4 * hidden)
    narrow = Array(repeating: 0, count: max(4 * hidden, outputs))
    probabilities = Array(repeating: 0, count: outputs)
  }

  // MARK: Loss

  /// Cross-entropy of the dense layer's outputs, and its error.
  /// - Returns: the loss in 2⁻¹⁶.
  mutating func crossEntropy(_ dense: DenseLayer, label: Int) -> UInt32 {
    let loss = softMax(dense.output, headroom: denseHeadroom, label: label, into: &probabilities)
    for k in 0..<outputs { outputErrors[k] = (probabilities[k] - (k == label ? 32_768 : 0)) << 9 }
    return loss
  }

  /// Error against targets (Q0.15) of a step, kept for the way back; narrow, since it is recomputed nowhere.
  /// - Returns: half the squared error in 2⁻¹⁶.
  mutating func squaredError(_ dense: DenseLayer, targets: [Int16], step: Int) -> UInt32 {
    var sum: Int64 = 0
    for k in 0..<outputs {
      // Both in 2⁻¹⁵.
      let output = Int32(dense.output[k]) << Int32(3 + denseHeadroom)
      let error = (output - Int32(targets[k])).saturated(to: Int16.self)
      history.errors[step * outputs + k] = error
      sum += Int64(error) * Int64(error)
    }
    return UInt32(clamping: sum.shifted(rightBy: 15))
  }

  // MARK: The way back

  /// Back from the last of `steps`, adding to the gradients of both layers.
  mutating func backpropagate(steps: Int, on bus: inout some Bus) {
    for k in 0..<hidden {
      hiddenErrors[k] = 0
      cellErrors[k] = 0
    }
    let first = settings.truncation > 0 ? max(steps - settings.truncation, 0) : 0
    for step in stride(from: steps - 1, through: first, by: -1) {
      addOutputErrors(step: step, isLast: step == steps - 1, on: &bus)
      backThroughCell(step)
      let exponent = narrowed(gateErrors, 4 * hidden)
      if exponent.isWorth {
        lstm.add(
          lines: history.lines, at: step * history.lineCount, errors: narrow, exponent: exponent.shift)
      }
      for k in 0..<hidden { hiddenErrors[k] = 0 }
      if step > first { lstmBack.add(gateErrors, to: &hiddenErrors, on: &bus) }
    }
  }

  /// The dense layer's part of a step: its gradients, and its errors on h.
  private mutating func addOutputErrors(step: Int, isLast: Bool, on bus: inout some Bus) {
    switch settings.loss {
    case .crossEntropy:
      guard isLast else { return }
    case .squaredError:
      for k in 0..<outputs { outputErrors[k] = Int32(history.errors[step * outputs + k]) << 9 }
    }
    let exponent = narrowed(outputErrors, outputs)
    guard exponent.isWorth else { return }
    dense.add(
      lines: history.denseLines, at: step * (hidden + 1), errors: narrow, exponent: exponent.shift)
    denseBack.add(outputErrors, to: &hiddenErrors, on: &bus)
  }

  /// With δh of a step and δc from the next: δz of the four gates, and δc for the step before.
  ///
  ///     δo = δh·tanh(c)·o'     δc += δh·o·tanh'(c)
  ///     δi = δc·g·i'   δf = δc·c₋₁·f'   δg = δc·i·g'     δc₋₁ = δc·f
  private mutating func backThroughCell(_ step: Int) {
    let gates = step * 4 * hidden
    for k in 0..<hidden {
      let input = history.gates[gates + k]
      let forget = history.gates[gates + hidden + k]
      let candidate = history.gates[gates + 2 * hidden + k]
      let output = history.gates[gates + 3 * hidden + k]
      let fromHidden = hiddenErrors[k]
      let throughOutput = Self.product(fromHidden, Int32(output), 15)
      let inner = Self.product(throughOutput, Int32(history.squashedSlope[step * hidden + k]), 14)
      let error = (Int64(cellErrors[k]) + Int64(inner)).saturated(to: Int32.self)
      let squashed = Self.product(fromHidden, Int32(history.squashed[step * hidden + k]), 15)
      gateErrors[k] = Self.product(Self.product(error, Int32(candidate), 15), sigmoidSlopes(input), 14)
      gateErrors[hidden + k] = Self.product(
        Self.product(error, Int32(history.cellBefore[step * hidden + k]), 12), sigmoidSlopes(forget), 14)
      gateErrors[2 * hidden + k] = Self.product(Self.product(error, Int32(input), 15), tanhSlopes(candidate), 14)
      gateErrors[3 * hidden + k] = Self.product(squashed, sigmoidSlopes(output), 14)
      cellErrors[k] = Self.product(error, Int32(forget), 15)
    }
  }

  /// `error · factor / 2^shift`, rounded and saturated.
  @inline(__always)
  private static func product(_ error: Int32, _ factor: Int32, _ shift: Int) -> Int32 {
    (Int64(error) * Int64(factor)).shifted(rightBy: shift).saturated(to: Int32.self)
  }

  /// Errors as 16 bits with a common exponent, in `narrow`.
  private mutating func narrowed(_ errors: [Int32], _ count: Int) -> Exponent {
    let exponent = Exponent.of(errors, count: count, bits: 32_767)
    for k in 0..<count { narrow[k] = Int16(truncatingIfNeeded: errors[k].shifted(rightBy: exponent.shift)) }
    return exponent
  }
}
