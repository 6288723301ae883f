import FixedPoint

extension UpdateRule {
  /// An update that is large enough, for its sign; nothing is kept for later.
  static func takeLarge(_ residual: inout Residual, threshold: Residual) -> Residual {
    defer { residual = .zero }
    return residual.magnitude >= threshold ? residual : .zero
  }
}
