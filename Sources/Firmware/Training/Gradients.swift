import FixedPoint

/// For a test bench beside the controller; a host cannot ask for them.
extension Controller {
  /// What training has gathered since the last update: Σ code · δ of each layer in 2⁻¹⁴, row-major; nil before
  /// `configureTraining`.
  public var gradients: (lstm: [Int32], dense: [Int32])? {
    guard case .training(_, let boxed) = state else { return nil }
    let trainer = boxed.value
    return (trainer.lstm.gradients.map { $0.raw }, trainer.dense.gradients.map { $0.raw })
  }
}
