extension UpdateRule {
  /// The whole update, now; what is less than a pulse step of the device is lost.
  static func takeAll(_ residual: inout Int32) -> Int32 {
    defer { residual = 0 }
    return residual
  }
}
