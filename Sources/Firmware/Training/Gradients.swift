/// For a test bench beside the controller; a host cannot ask for them.
extension Controller {
  /// What training has gathered since the last update: Σ code · δ of each layer, row-major; nil before
  /// `configureTraining`.
  public var gradients: (lstm: [Int32], dense: [Int32])? {
    trainer.map { ($0.lstm.gradients, $0.dense.gradients) }
  }
}
