extension UInt64 {
  /// The largest integer whose square is not above this.
  public var wholeSquareRoot: UInt32 {
    var rest = self
    var root: UInt64 = 0
    // From the highest power of four down: a digit of the root, in base 2, at each.
    var power = UInt64(1) << UInt64(Self.bitWidth - 2)
    while power > rest { power >>= 2 }
    while power != 0 {
      if rest >= root &+ power {
        rest &-= root &+ power
        root = root >> 1 &+ power
      } else {
        root >>= 1
      }
      power >>= 2
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
