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

  /// ⌊√value⌋.
  static func squareRoot(_ value: UInt64) -> UInt64 {
    var root = UInt64(Double(value).squareRoot())
    while root.multipliedFullWidth(by: root) > (0, value) { root -= 1 }
    while (root + 1).multipliedFullWidth(by: root + 1) <= (0, value) { root += 1 }
    return root
  }

  /// `draw · deviation / gaussianScale`, towards zero, without overflow between.
  static func scaled(_ draw: Int64, by deviation: Int64) -> Int64 {
    let product = draw.magnitude.multipliedFullWidth(by: deviation.magnitude)
    let magnitude = Int64(UInt64(CounterRandom.gaussianScale).dividingFullWidth(product).quotient)
    return draw < 0 ? -magnitude : magnitude
  }

  /// What a read of `nanoseconds` dissipates in the array: Σ v² · G over the driven lines, references included.
  public func dissipation(ofRead drive: LineDrive, _ direction: ReadDirection, nanoseconds: Int64) -> Energy {
    var load: UInt128 = 0
    func add(_ line: Int, _ square: UInt64) {
      let codes = direction == .forward ? codes(onWordLine: line) : codes(onColumn: line)
      load += UInt128(square) * UInt128(UInt64(codes))
    }
    var microvoltsPerUnit: Int64 = 1
    switch drive {
    case .codes(let codes, let microvoltsPerCode):
      microvoltsPerUnit = microvoltsPerCode
      for (line, code) in codes.enumerated() where code != 0 { add(line, UInt64(Int64(code) * Int64(code))) }
    case .microvolts(let voltages):
      for (line, microvolts) in voltages.enumerated() where microvolts != 0 {
        add(line, UInt64(Int64(microvolts) * Int64(microvolts)))
      }
    }
    return Energy(microvolts: microvoltsPerUnit, load: load * UInt128(UInt64(conductanceStep * nanoseconds)))
  }

  /// All that hangs on a line that a read senses, whether it is driven or not, picosiemens; references included.
  public func load(ofSensed line: Int, _ direction: ReadDirection) -> Int64 {
    conductanceStep * (direction == .forward ? codes(onColumn: line) : codes(onWordLine: line))
  }

  // Each column of a reference array has a fixed resistor beside every cell.
  private func codes(onWordLine line: Int) -> Int64 {
    wordLineLoad[line] + (synapse == .reference ? referenceCode * Int64(columns) : 0)
  }

  private func codes(onColumn column: Int) -> Int64 {
    let first = column * synapse.bitLinesPerColumn
    return (first..<first + synapse.bitLinesPerColumn).reduce(0) { $0 + bitLineLoad[$1] }
      + (synapse == .reference ? referenceCode * Int64(wordLines) : 0)
  }
}
