import FixedPoint
import Registers

/// What `exportState` sends and `importState` takes: residuals and velocities of both layers, and the weights that
/// `readBack` keeps.
extension Trainer {
  var stateWords: Int {
    lstm.residuals.count + lstm.velocities.count + dense.residuals.count + dense.velocities.count
      + lstmBack.weights.count + denseBack.weights.count
  }

  func sendState(on bus: inout some Bus) {
    lstm.sendState(on: &bus)
    dense.sendState(on: &bus)
    for weight in lstmBack.weights { HostPort.send(weight.raw, on: &bus) }
    for weight in denseBack.weights { HostPort.send(weight.raw, on: &bus) }
  }

  /// The gradients of a batch not yet full are forgotten.
  mutating func takeState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    try lstm.takeState(&request, on: &bus)
    try dense.takeState(&request, on: &bus)
    try lstmBack.takeWeights(&request, on: &bus)
    try denseBack.takeWeights(&request, on: &bus)
    pending = 0
  }
}

extension LayerUpdate {
  fileprivate func sendState(on bus: inout some Bus) {
    for residual in residuals { HostPort.send(residual.raw, on: &bus) }
    for velocity in velocities { HostPort.send(velocity.raw, on: &bus) }
  }

  fileprivate mutating func takeState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    for cell in 0..<residuals.count { residuals[cell] = Residual(raw: try request.nextSigned(on: &bus)) }
    for cell in 0..<velocities.count { velocities[cell] = Gradient(raw: try request.nextSigned(on: &bus)) }
    discardGradients()
  }
}

extension TransposedProduct {
  fileprivate mutating func takeWeights(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    for place in 0..<weights.count { weights[place] = Share(raw: try request.nextSigned(on: &bus)) }
  }
}

extension Request {
  fileprivate mutating func nextSigned(on bus: inout some Bus) throws(Status) -> Int32 {
    Int32(bitPattern: try next(on: &bus))
  }
}

extension HostPort {
  fileprivate static func send(_ number: Int32, on bus: inout some Bus) { send(UInt32(bitPattern: number), on: &bus) }
}
