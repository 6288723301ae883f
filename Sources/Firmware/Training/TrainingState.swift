import FixedPoint
import Registers

/// What `exportState` sends and `importState` takes: residuals and velocities of both layers, or debts and means, and the
/// weights that `readBack` keeps.
extension Trainer {
  var stateWords: Int {
    lstm.stateWords + dense.stateWords + lstmBack.weights.count + denseBack.weights.count
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
  fileprivate var stateWords: Int { residuals.count + velocities.count + (feedback?.stateWords ?? 0) }

  fileprivate func sendState(on bus: inout some Bus) {
    for residual in residuals { HostPort.send(residual.raw, on: &bus) }
    for velocity in velocities { HostPort.send(velocity.raw, on: &bus) }
    feedback?.sendState(on: &bus)
  }

  fileprivate mutating func takeState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    for cell in 0..<residuals.count { residuals[cell] = Residual(raw: try request.nextSigned(on: &bus)) }
    for cell in 0..<velocities.count { velocities[cell] = Gradient(raw: try request.nextSigned(on: &bus)) }
    try feedback?.takeState(&request, on: &bus)
    discardGradients()
  }
}

extension ErrorFeedback {
  /// Beside debts and means: updates, writes, write error.
  fileprivate var stateWords: Int { debts.count + means.rows.count + means.columns.count + 3 }

  fileprivate func sendState(on bus: inout some Bus) {
    for debt in debts { HostPort.send(debt.word, on: &bus) }
    for root in means.rows { HostPort.send(root.raw, on: &bus) }
    for root in means.columns { HostPort.send(root.raw, on: &bus) }
    HostPort.send(means.updates, on: &bus)
    HostPort.send(writes, on: &bus)
    HostPort.send(threshold.error.raw, on: &bus)
  }

  fileprivate mutating func takeState(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    for cell in 0..<debts.count { debts[cell] = CellDebt(word: try request.next(on: &bus)) }
    for row in 0..<means.rows.count { means.rows[row] = .limited(try request.next(on: &bus)) }
    for column in 0..<means.columns.count { means.columns[column] = .limited(try request.next(on: &bus)) }
    means.updates = try request.next(on: &bus)
    writes = try request.next(on: &bus)
    threshold.error = Residual(
      raw: Int32(truncatingIfNeeded: min(try request.next(on: &bus), UInt32(WriteThreshold.largestError))))
  }
}

extension FactoredMeans.Root {
  /// Of gradients within ±4.
  fileprivate static func limited(_ raw: UInt32) -> Self { min(Self(raw: raw), Self(raw: 4 << UInt32(fractionBits))) }
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
