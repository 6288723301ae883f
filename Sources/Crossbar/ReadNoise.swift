extension CrossbarArray {
  /// Adds to each sensed current one normal draw with the variance of all its cells together.
  ///
  /// Each cell's conductance is independently noisy with `variation.readNoise`, so a line's current has the standard
  /// deviation σ_G · √(Σ v² · cells per column), the root rounded down to a microvolt.
  /// - `squares`: Σ v² over the driven lines, microvolts².
  public func addReadNoise(squares: UInt64, operation: UInt64, to currents: inout [Int64]) {
    guard variation.readNoise > 0, squares > 0 else { return }
    let cells = UInt64(synapse.bitLinesPerColumn)
    let deviation = variation.readNoise * Int64(Self.squareRoot(squares * cells))
    for line in currents.indices {
      let draw = random.gaussian(.readNoise, tile: tile, operation: operation, index: line)
      currents[line] += Self.scaled(draw, by: deviation)
    }
  }

  /// ⌊√value⌋. That of the nearest `Double` is never below: a square's is exact to half a unit in the last place of its root.
  static func squareRoot(_ value: UInt64) -> UInt64 {
    var root = UInt64(Double(value).squareRoot())
    while root.multipliedFullWidth(by: root) > (0, value) { root -= 1 }
    return root
  }

  /// `draw · deviation / gaussianScale`, towards zero, without overflow between.
  static func scaled(_ draw: Int64, by deviation: Int64) -> Int64 {
    let product = draw.magnitude.multipliedFullWidth(by: deviation.magnitude)
    let magnitude = Int64(UInt64(CounterRandom.gaussianScale).dividingFullWidth(product).quotient)
    return draw < 0 ? -magnitude : magnitude
  }
}
