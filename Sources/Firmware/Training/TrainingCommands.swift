import FixedPoint
import Registers

/// The requests that train.
extension Controller {
  mutating func configureTraining(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard let network else { throw .notConfigured }
    guard let rule = UpdateRule(rawValue: try request.next(on: &bus)),
      let loss = Loss(rawValue: try request.next(on: &bus)),
      let path = BackwardPath(rawValue: try request.next(on: &bus))
    else { throw .badArgument }
    let settings = TrainingSettings(
      rule: rule, loss: loss, backward: path, batch: Int(try request.next(in: 1...0xffff, on: &bus)),
      truncation: Int(try request.next(in: 0...0xffff, on: &bus)),
      longest: Int(try request.next(in: 1...0xffff, on: &bus)),
      momentum: Int(try request.next(in: 0...15, on: &bus)), levelLog2: Int(try request.next(in: 1...12, on: &bus)),
      pulseWidth: Int(try request.next(in: 1...0x7fff, on: &bus)),
      threshold: Int32(try request.next(in: 0...0x7fff_ffff, on: &bus)))
    try request.expectEnd()
    let need = MemoryBudget.need(
      lines: network.rows(of: .lstm), hidden: network.cell.hidden, outputs: network.dense.outputs, settings)
    guard need <= MemoryBudget.bytes else {
      missingMemory = UInt32(clamping: need)
      throw .outOfMemory
    }
    // The memory of the one before is needed.
    trainer = nil
    trainer = Trainer(
      settings, cell: network.cell, dense: network.dense, windows: network.windows,
      denseHeadroom: network.denseHeadroom, sigmoid: sigmoid, tanh: tanh)
    readBackAll(on: &bus)
    answer([], on: &bus)
  }

  mutating func setRate(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let rate = try request.next(in: 0...0x0fff_ffff, on: &bus)
    try request.expectEnd()
    guard let network, trainer != nil else { throw .notConfigured }
    let batch = trainer?.settings.batch ?? 1
    trainer?.lstm.setRate(
      rate, window: network.windows.lstm, batch: batch, fullScale: network.cell.tile.fullScaleCode)
    trainer?.dense.setRate(
      rate, window: network.windows.dense, batch: batch, fullScale: network.dense.tile.fullScaleCode)
    answer([], on: &bus)
  }

  /// One sequence: forward with a history, loss, the way back; and an update when the batch is full.
  mutating func train(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard network != nil, times != nil, let settings = trainer?.settings else { throw .notConfigured }
    let steps = Int(try request.next(in: 1...UInt32(settings.longest), on: &bus))
    let label = Int(try request.next(in: 0...UInt32((network?.dense.outputs ?? 1) - 1), on: &bus))
    guard request.remaining == UInt32(steps * wordsPerStep(settings.loss)) else { throw .badLength }
    network?.cell.reset()
    var loss: UInt32 = 0
    for step in 0..<steps {
      try network?.takeInputs(&request, on: &bus)
      if let cell = network?.cell { trainer?.history.noteBefore(cell, step: step) }
      network?.cell.step(keepsSlopes: true, on: &bus)
      if let cell = network?.cell { trainer?.history.noteAfter(cell, step: step) }
      guard settings.loss == .squaredError else { continue }
      loss = try compareWithTargets(&request, step: step, lossSoFar: loss, on: &bus)
    }
    if settings.loss == .crossEntropy {
      network?.classify(on: &bus)
      if let dense = network?.dense {
        trainer?.history.noteDense(dense, step: steps - 1)
        loss = trainer?.crossEntropy(dense, label: label) ?? 0
      }
    }
    trainer?.backpropagate(steps: steps, on: &bus)
    trainer?.pending += 1
    if trainer?.pending == settings.batch { update(on: &bus) }
    try expectNoErrors(on: &bus)
    answer([loss, UInt32(network?.dense.winner ?? 0)], on: &bus)
  }

  private func wordsPerStep(_ loss: Loss) -> Int {
    let inputs = ((network?.cell.inputs ?? 0) + 1) / 2
    return loss == .squaredError ? inputs + ((network?.dense.outputs ?? 0) + 1) / 2 : inputs
  }

  private mutating func compareWithTargets(
    _ request: inout Request, step: Int, lossSoFar: UInt32, on bus: inout some Bus
  ) throws(Status) -> UInt32 {
    network?.classify(on: &bus)
    guard let dense = network?.dense else { throw .notConfigured }
    var targets: [Int16] = []
    while targets.count < dense.outputs {
      let pair = try request.next(on: &bus)
      targets.append(Lanes.even(pair))
      if targets.count < dense.outputs { targets.append(Lanes.odd(pair)) }
    }
    trainer?.history.noteDense(dense, step: step)
    let loss = trainer?.squaredError(dense, targets: targets, step: step) ?? 0
    let (sum, overflow) = lossSoFar.addingReportingOverflow(loss)
    return overflow ? .max : sum
  }

  mutating func finishBatch(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    guard let trainer, times != nil else { throw .notConfigured }
    if trainer.pending > 0 { update(on: &bus) }
    try expectNoErrors(on: &bus)
    answer([], on: &bus)
  }

  mutating func predict(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let steps = try request.next(in: 1...0xffff, on: &bus)
    guard let inputs = network?.cell.inputs else { throw .notConfigured }
    guard request.remaining == steps * UInt32((inputs + 1) / 2) else { throw .badLength }
    network?.cell.reset()
    HostPort.send(Status.done.rawValue, on: &bus)
    for _ in 0..<steps {
      try network?.takeInputs(&request, on: &bus)
      network?.cell.step(on: &bus)
      network?.classify(on: &bus)
      network?.sendOutputs(on: &bus)
    }
  }

  mutating func exportState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    guard let trainer else { throw .notConfigured }
    HostPort.send(Status.done.rawValue, on: &bus)
    func send(_ words: [Int32]) {
      for word in words { HostPort.send(UInt32(bitPattern: word), on: &bus) }
    }
    send(trainer.lstm.residuals)
    send(trainer.lstm.velocities)
    send(trainer.dense.residuals)
    send(trainer.dense.velocities)
    send(trainer.lstmBack.weights)
    send(trainer.denseBack.weights)
  }

  mutating func importState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard var trainer else { throw .notConfigured }
    let sizes = [
      trainer.lstm.residuals, trainer.lstm.velocities, trainer.dense.residuals, trainer.dense.velocities,
      trainer.lstmBack.weights, trainer.denseBack.weights,
    ]
    guard request.remaining == UInt32(sizes.reduce(0) { $0 + $1.count }) else { throw .badLength }
    self.trainer = nil
    try take(&trainer.lstm.residuals, from: &request, on: &bus)
    try take(&trainer.lstm.velocities, from: &request, on: &bus)
    try take(&trainer.dense.residuals, from: &request, on: &bus)
    try take(&trainer.dense.velocities, from: &request, on: &bus)
    try take(&trainer.lstmBack.weights, from: &request, on: &bus)
    try take(&trainer.denseBack.weights, from: &request, on: &bus)
    trainer.pending = 0
    trainer.lstm.discardGradients()
    trainer.dense.discardGradients()
    self.trainer = trainer
    answer([], on: &bus)
  }

  private func take(_ words: inout [Int32], from request: inout Request, on bus: inout some Bus) throws(Status) {
    for k in 0..<words.count { words[k] = Int32(bitPattern: try request.next(on: &bus)) }
  }
}
