import FixedPoint
import Registers

/// The requests that train.
extension Controller {
  mutating func configureTraining(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard state.shape != nil else { throw .notConfigured }
    let settings = try TrainingSettings(&request, on: &bus)
    let need = needOfTraining(settings)
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
    let ramp = try RateRamp(&request, on: &bus)
    try withTraining { network, trainer throws(Status) in
      trainer.ramp = ramp
      trainer.setRate(of: network)
      HostPort.answer(on: &bus)
    }
  }

  /// What training with error feedback has come to, of both layers.
  mutating func trainingReport(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try request.expectEnd()
    try withTraining { _, trainer throws(Status) in
      HostPort.answer(on: &bus)
      trainer.lstm.sendReport(on: &bus)
      trainer.dense.sendReport(on: &bus)
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

extension RateRamp {
  /// As `setRate` has it, to the end of the request.
  fileprivate init(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let rate = Rate(raw: try request.next(.rate, on: &bus))
    if request.remaining > 0 {
      let done = try request.next(on: &bus)
      self.init(rate, done: done, of: try request.next(.updates, on: &bus))
    } else {
      self.init(rate)
    }
    try request.expectEnd()
  }
}

extension LayerUpdate {
  fileprivate func sendReport(on bus: inout some Bus) {
    HostPort.send(feedback?.means.updates ?? 0, on: &bus)
    HostPort.send(feedback?.writes ?? 0, on: &bus)
    HostPort.send(UInt32(feedback?.givenUp ?? 0), on: &bus)
    HostPort.send(UInt32(feedback?.threshold.error.raw ?? 0), on: &bus)
    HostPort.send(UInt32(feedback?.threshold.value.raw ?? 0), on: &bus)
  }
}

extension TrainingSettings {
  /// As `configureTraining` has them, to the end of the request.
  fileprivate init(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    guard let rule = UpdateRule(rawValue: try request.next(on: &bus)),
      let loss = Loss(rawValue: try request.next(on: &bus)),
      let path = BackwardPath(rawValue: try request.next(on: &bus))
    else { throw .badArgument }
    let (batch, truncation, longest) = (
      try request.next(.batch, on: &bus), try request.next(.truncation, on: &bus), try request.next(.steps, on: &bus)
    )
    let isFeedback = rule == .errorFeedback
    self.init(
      rule: rule, loss: loss, backward: path, batch: Int(batch), truncation: Int(truncation), longest: Int(longest),
      momentum: Int(try request.next(isFeedback ? .noMomentum : .momentum, on: &bus)),
      levelLog2: Int(try request.next(.levelLog2, on: &bus)),
      pulseWidth: PulseSteps(Int32(try request.next(.pulseWidth, on: &bus))),
      threshold: Residual(raw: Int32(try request.next(isFeedback ? .debtThreshold : .threshold, on: &bus))))
    try request.expectEnd()
  }
}
