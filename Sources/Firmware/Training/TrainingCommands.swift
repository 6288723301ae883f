import FixedPoint
import Registers

/// The requests that train.
extension Controller {
  mutating func configureTraining(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard let shape = state.shape else { throw .notConfigured }
    let settings = try TrainingSettings(&request, on: &bus)
    let need = MemoryBudget.need(shape, settings)
    guard need <= MemoryBudget.bytes else {
      missingMemory = UInt32(clamping: need)
      throw .outOfMemory
    }
    let (sigmoid, tanh) = (sigmoid, tanh)
    try beginTraining { network in
      var trainer = Trainer(settings, of: network, sigmoid: sigmoid, tanh: tanh)
      trainer.readBack(&network, on: &bus)
      return trainer
    }
    HostPort.answer(on: &bus)
  }

  mutating func setRate(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let rate = Rate(raw: try request.next(.rate, on: &bus))
    try request.expectEnd()
    try withTraining { network, trainer throws(Status) in
      trainer.setRate(rate, of: network)
      HostPort.answer(on: &bus)
    }
  }

  /// One sequence: forward with a history, loss, the way back; and an update when the batch is full.
  mutating func train(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard let times else { throw .notConfigured }
    try withTraining { network, trainer throws(Status) in
      let loss = try trainer.learn(&request, &network, on: &bus)
      if trainer.pending == trainer.settings.batch { trainer.update(&network, with: times, on: &bus) }
      try network.expectNoErrors(on: &bus)
      HostPort.answer([loss.raw, UInt32(network.dense.winner)], on: &bus)
    }
  }

  mutating func finishBatch(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    guard let times else { throw .notConfigured }
    try withTraining { network, trainer throws(Status) in
      if trainer.pending > 0 { trainer.update(&network, with: times, on: &bus) }
      try network.expectNoErrors(on: &bus)
      HostPort.answer(on: &bus)
    }
  }

  mutating func exportState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    try withTraining { _, trainer throws(Status) in
      HostPort.answer(on: &bus)
      trainer.sendState(on: &bus)
    }
  }

  mutating func importState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try withTraining { _, trainer throws(Status) in
      guard request.remaining == UInt32(trainer.stateWords) else { throw .badLength }
      try trainer.takeState(&request, on: &bus)
      HostPort.answer(on: &bus)
    }
  }
}

extension TrainingSettings {
  /// As `configureTraining` has them, to the end of the request.
  fileprivate init(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard let rule = UpdateRule(rawValue: try request.next(on: &bus)),
      let loss = Loss(rawValue: try request.next(on: &bus)),
      let path = BackwardPath(rawValue: try request.next(on: &bus))
    else { throw .badArgument }
    self.init(
      rule: rule, loss: loss, backward: path, batch: Int(try request.next(.batch, on: &bus)),
      truncation: Int(try request.next(.truncation, on: &bus)), longest: Int(try request.next(.steps, on: &bus)),
      momentum: Int(try request.next(.momentum, on: &bus)), levelLog2: Int(try request.next(.levelLog2, on: &bus)),
      pulseWidth: PulseSteps(Int32(try request.next(.pulseWidth, on: &bus))),
      threshold: Residual(raw: Int32(try request.next(.threshold, on: &bus))))
    try request.expectEnd()
  }
}
