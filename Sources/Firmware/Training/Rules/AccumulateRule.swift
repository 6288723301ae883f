extension UpdateRule {
  /// Whole levels leave the residual and become the move; what is less than a level stays.
  static func takeLevels(_ residual: inout Int32, levelLog2: Int) -> Int32 {
    let shift = Int32(27 - levelLog2)
    // Towards zero: half a level on either side of nothing is nothing.
    let levels = residual < 0 ? -(-residual >> shift) : residual >> shift
    let move = levels << shift
    residual -= move
    return move
  }
}
