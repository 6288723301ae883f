import Crossbar
import FixedPoint
import Registers

/// `CELL`: forms the state and the outputs of an LSTM's cells, of chips that have it.
struct CellUnit: Sendable {
  /// A word of `TARGET` that takes outputs.
  struct Target {
    let tile: Int
    let line: Int

    init?(_ word: UInt32) {
      guard CellRegister.Target.enable.decode(word) == 1 else { return nil }
      tile = Int(CellRegister.tile.decode(word))
      line = Int(CellRegister.Target.line.decode(word))
    }
  }

  var registers: RegisterFile<CellRegister>

  init(_ map: BlockMap) { registers = RegisterFile(map) }

  /// How many there are.
  var cells: Int { Int(CellRegister.count.decode(registers[.cells])) }
  /// Number of the tile whose codes the gates are.
  var source: Int { Int(CellRegister.tile.decode(registers[.source])) }
  /// Where outputs go.
  var targets: [Target] { (0..<CellRegister.targets).compactMap { Target(registers[.target, $0]) } }

  /// Carries out a write that the decoder let through, or says why not; a start is its owner's to carry out.
  mutating func write(_ value: UInt32, at place: RegisterFile<CellRegister>.Place) -> CellError? {
    if let error = refusal(of: value, by: place.register) { return raise(error) }
    registers.write(value, at: place)
    return nil
  }

  /// Why a register cannot hold a value. A register added to the map is asked for here.
  func refusal(of value: UInt32, by register: CellRegister) -> CellError? {
    switch register {
    case .cells: CellRegister.counts.contains(Int(value)) ? nil : .code
    case .start: CellOperation(rawValue: value) == nil ? .operation : nil
    case .source, .target, .error, .timing, .state, .output: nil
    }
  }

  mutating func raise(_ error: CellError) -> CellError {
    registers[.error] |= error.field.mask
    return error
  }

  /// As after power-up.
  mutating func reset() { registers = RegisterFile(registers.map) }

  /// The output of a cell, Q0.15.
  func output(_ cell: Int) -> Int16 { Self.lane(registers[.output, cell / 2], cell) }

  /// c = h = 0.
  mutating func clear() {
    for cell in 0..<cells { set(cell, state: 0, output: 0) }
  }

  /// c = f·c + i·g, h = o·tanh(c).
  ///
  /// f·c has 27 fraction bits, i·g has 30: their sum is rounded once, half up.
  /// - Parameter gate: of a line that the source has converted, Q0.15.
  mutating func step(tanh: PiecewiseLinear, gate: (Int) -> Int16) {
    let cells = cells
    for cell in 0..<cells {
      let kept = Int64(gate(cells + cell)) * Int64(Self.lane(registers[.state, cell / 2], cell))
      let added = Int64(gate(cell)) * Int64(gate(2 * cells + cell))
      let state = Int16(clamping: (8 * kept + added).shifted(rightBy: 18))
      let squashed = Int64(tanh(Q3_12(raw: state)).value.raw)
      let output = Int16(clamping: (Int64(gate(3 * cells + cell)) * squashed).shifted(rightBy: 15))
      set(cell, state: state, output: output)
    }
  }

  private mutating func set(_ cell: Int, state: Int16, output: Int16) {
    registers[.state, cell / 2] = Lanes.put(state, cell, in: registers[.state, cell / 2])
    registers[.output, cell / 2] = Lanes.put(output, cell, in: registers[.output, cell / 2])
  }

  private static func lane(_ word: UInt32, _ number: Int) -> Int16 {
    number & 1 == 0 ? Lanes.even(word) : Lanes.odd(word)
  }
}

extension Lanes {
  /// A word with one of its two numbers replaced, that of an even or an odd place.
  static func put(_ value: Int16, _ place: Int, in word: UInt32) -> UInt32 {
    place & 1 == 0 ? pack(value, odd(word)) : pack(even(word), value)
  }
}

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
    switch operation {
    case .step:
      let source = tiles[cellUnit?.source ?? 0]
      cellUnit?.step(tanh: activation.tanh) { source.signal(ofLine: $0) }
      formedCells &+= UInt64(cellUnit?.cells ?? 0)
    case .clear: cellUnit?.clear()
    }
    guard let unit = cellUnit else { return }
    for target in unit.targets {
      for cell in 0..<unit.cells { tiles[target.tile].drive(unit.output(cell), line: target.line + cell) }
    }
  }
}
