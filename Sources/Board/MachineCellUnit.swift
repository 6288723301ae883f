import Crossbar
import Registers

// The unit works on tiles and holds the bus.
extension Machine {
  /// - Precondition: the chip has the unit.
  // Out of line: the accesses of a network on a chip without it do not come here.
  @inline(never)
  mutating func writeCell(_ value: UInt32, at offset: UInt32) throws(Refusal) -> CellError? {
    guard let place = try chip.cellUnit?.registers.locate(writing: value, at: offset) else { throw .unmapped }
    isDisturbed = true
    if let error = chip.cellUnit?.write(value, at: place) { return error }
    guard place.register == .start, let operation = CellOperation(rawValue: value) else { return nil }
    if let error = chip.refusal(of: operation) { return chip.cellUnit?.raise(error) }
    guard holdForCells() else { return nil }
    chip.carryOut(operation)
    return nil
  }

  @inline(never)
  mutating func readCell(_ offset: UInt32) throws(Refusal) -> UInt32 {
    guard let place = try chip.cellUnit?.registers.locate(reading: offset) else { throw .unmapped }
    return chip.cellUnit?.registers.read(place) ?? 0
  }

  /// - Returns: whether there still is power.
  private mutating func holdForCells() -> Bool {
    let begin = cycle
    cycle &+= CellRegister.Timing.cycles(cells: chip.cellUnit?.cells ?? 0)
    return passStall(since: begin)
  }
}

extension Chip {
  /// Why the unit cannot carry an operation out now.
  fileprivate func refusal(of operation: CellOperation) -> CellError? {
    guard let unit = cellUnit else { return nil }
    let targets = unit.targets
    let source: Int? = operation == .step ? unit.source : nil
    if let source {
      guard tiles.indices.contains(source), 4 * unit.cells <= tiles[source].array.columns else { return .index }
    }
    for target in targets {
      guard tiles.indices.contains(target.tile), target.line + unit.cells <= tiles[target.tile].lines else {
        return .index
      }
    }
    if source.map({ tiles[$0].isBusy }) == true || targets.contains(where: { tiles[$0.tile].isBusy }) { return .busy }
    return source.map { tiles[$0].isStale } == true ? .stale : nil
  }

  fileprivate mutating func carryOut(_ operation: CellOperation) {
    guard var unit = cellUnit else { return }
    // Its registers have one owner, and are changed in their place.
    cellUnit = nil
    defer { cellUnit = unit }
    switch operation {
    case .step:
      // By index: a tile that is handed on is copied.
      let gates = (0..<4 * unit.cells).map { tiles[unit.source].signal(ofLine: $0) }
      unit.step(gates, tanh: activation.tanh)
      formedCells &+= UInt64(unit.cells)
    case .clear: unit.clear()
    }
    for target in unit.targets {
      for cell in 0..<unit.cells { tiles[target.tile].drive(unit.output(cell), line: target.line + cell) }
    }
  }
}
