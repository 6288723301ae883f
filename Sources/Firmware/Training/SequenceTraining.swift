import FixedPoint
import Registers

extension Trainer {
  /// The rate of the update that comes.
  mutating func setRate(of network: Network) {
    let rate = ramp.next
    let length = ramp.length(batch: settings.batch)
    lstm.feedback?.threshold.length = length
    dense.feedback?.threshold.length = length
    lstm.setRate(
      rate, window: network.windows.lstm, batch: settings.batch, fullScale: network.cell.tile.fullScaleCode)
    dense.setRate(
      rate, window: network.windows.dense, batch: settings.batch, fullScale: network.dense.tile.fullScaleCode)
  }

  /// The sequence of a `train` request, forward and back: its gradients are added to those of the batch.
  /// - Returns: the loss.
  mutating func learn(
    _ request: inout Request, _ network: inout Network, on bus: inout some Bus
  ) throws(Status) -> Cost {
    let steps = try request.next(.steps, on: &bus)
    guard steps <= UInt32(settings.longest) else { throw .badArgument }
    let label = try request.next(on: &bus)
    guard label < UInt32(shape.outputs) else { throw .badArgument }
    guard request.remaining == steps * wordsPerStep(of: network) else { throw .badLength }
    network.cell.reset()
    var loss = Cost.zero
    for step in 0..<Int(steps) {
      try network.takeInputs(&request, on: &bus)
      history.noteBefore(network.cell, step: step)
      network.cell.step(keepsSlopes: true, on: &bus)
      history.noteAfter(network.cell, step: step)
      guard settings.loss == .squaredError else { continue }
      network.classify(on: &bus)
      history.noteDense(network.dense, step: step)
      loss += squaredError(network.dense, targets: try takeTargets(&request, on: &bus), step: step)
    }
    if settings.loss == .crossEntropy {
      network.classify(on: &bus)
      history.noteDense(network.dense, step: Int(steps) - 1)
      loss = crossEntropy(network.dense, label: Int(label))
    }
    backpropagate(steps: Int(steps), on: &bus)
    pending += 1
    return loss
  }

  private func wordsPerStep(of network: Network) -> UInt32 {
    network.wordsPerInput + (settings.loss == .squaredError ? UInt32((shape.outputs + 1) / 2) : 0)
  }

  private func takeTargets(_ request: inout Request, on bus: inout some Bus) throws(Status) -> [Q0_15] {
    var targets: [Q0_15] = []
    while targets.count < shape.outputs {
      let pair = try request.next(on: &bus)
      targets.append(Q0_15(raw: Lanes.even(pair)))
      if targets.count < shape.outputs { targets.append(Q0_15(raw: Lanes.odd(pair))) }
    }
    return targets
  }
}
