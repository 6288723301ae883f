extension UpdateRule {
  /// The sign of an update that is large enough; nothing is kept for later.
  static func takeSign(_ residual: inout Int32, threshold: Int32) -> Int32 {
    defer { residual = 0 }
    guard residual != 0, residual.magnitude >= threshold.magnitude else { return 0 }
    return residual.signum()
  }
}
