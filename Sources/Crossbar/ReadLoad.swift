/// What a read takes from whatever drives its lines.
package struct ReadLoad: Sendable, Equatable {
  /// Dissipated in the cells and the references beside them: Σ v²·G·t.
  package var energy = Energy.zero
  /// Charge through the driven lines, µV · pS · ns, that is 10⁻²⁷ C: Σ |v|·G·t.
  package var charge: UInt128 = 0
}

extension CrossbarArray {
  /// What a read of `nanoseconds` dissipates in the array: Σ v² · G over the driven lines, references included.
  public func dissipation(ofRead drive: LineDrive, _ direction: ReadDirection, nanoseconds: Int64) -> Energy {
    load(ofRead: drive, direction, nanoseconds: nanoseconds).energy
  }

  /// The same with the charge that flows.
  package func load(ofRead drive: LineDrive, _ direction: ReadDirection, nanoseconds: Int64) -> ReadLoad {
    var squares: UInt128 = 0
    var magnitudes: UInt64 = 0
    func add(_ line: Int, _ magnitude: UInt64) {
      let codes = direction == .forward ? codes(onWordLine: line) : codes(onColumn: line)
      squares += UInt128(magnitude * magnitude) * UInt128(UInt64(codes))
      // At most 10⁶ µV · 2048 · 32 767 codes on each of 1024 lines: below 2⁵⁷.
      magnitudes += magnitude * UInt64(codes)
    }
    var microvoltsPerUnit: Int64 = 1
    switch drive {
    case .codes(let codes, let microvoltsPerCode):
      microvoltsPerUnit = microvoltsPerCode
      for (line, code) in codes.enumerated() where code != 0 { add(line, UInt64(code.magnitude)) }
    case .microvolts(let voltages):
      for (line, microvolts) in voltages.enumerated() where microvolts != 0 { add(line, UInt64(microvolts.magnitude)) }
    }
    let conductanceTime = UInt128(UInt64(conductanceStep * nanoseconds))
    return ReadLoad(
      energy: Energy(microvolts: microvoltsPerUnit, load: squares * conductanceTime),
      charge: UInt128(magnitudes) * UInt128(UInt64(microvoltsPerUnit)) * conductanceTime)
  }

  /// The conductances of all cells together with those of the references beside them, picosiemens: what all columns of a
  /// read, or all word lines of a transposed one, are loaded with.
  package var loadPicosiemens: UInt64 {
    let references = synapse == .reference ? referenceCode * Int64(wordLines * columns) : 0
    return UInt64((load + references) * conductanceStep)
  }

  /// All that hangs on a line that a read senses, whether it is driven or not, picosiemens; references included.
  package func load(ofSensed line: Int, _ direction: ReadDirection) -> Int64 {
    conductanceStep * (direction == .forward ? codes(onColumn: line) : codes(onWordLine: line))
  }

  // Each column of a reference array has a fixed resistor beside every cell.
  @inline(__always)
  private func codes(onWordLine line: Int) -> Int64 {
    wordLineLoad[line] + (synapse == .reference ? referenceCode * Int64(columns) : 0)
  }

  @inline(__always)
  private func codes(onColumn column: Int) -> Int64 {
    let first = column * synapse.bitLinesPerColumn
    return (first..<first + synapse.bitLinesPerColumn).reduce(0) { $0 + bitLineLoad[$1] }
      + (synapse == .reference ? referenceCode * Int64(wordLines) : 0)
  }
}
