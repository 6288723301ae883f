import FixedPoint

extension UpdateRule {
  /// The whole update, now; what is less than a pulse step of the device is lost.
  static func takeAll(_ residual: inout Residual) -> Residual {
    defer { residual = .zero }
    return residual
  }
}
