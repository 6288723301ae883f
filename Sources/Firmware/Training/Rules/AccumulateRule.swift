import FixedPoint

extension UpdateRule {
  /// Whole levels leave the residual and become the move; what is less than a level stays.
  static func takeLevels(_ residual: inout Residual, levelLog2: Int) -> Residual {
    let shift = Int32(Residual.fractionBits - levelLog2)
    // Towards zero: half a level on either side of nothing is nothing.
    let whole = Residual(raw: (residual.magnitude.raw >> shift) << shift)
    let move = residual < .zero ? .zero - whole : whole
    residual = residual - move
    return move
  }
}
