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
  func output(_ cell: Int) -> Int16 { Lanes.at(cell, of: registers[.output, cell / 2]) }

  /// c = h = 0.
  mutating func clear() {
    for cell in 0..<cells { set(cell, state: 0, output: 0) }
  }

  /// c = f·c + i·g, h = o·tanh(c).
  ///
  /// f·c has 27 fraction bits, i·g has 30: their sum is rounded once, half up.
  /// - Parameter gates: of the lines that the source has converted, i, f, g, o of all cells, Q0.15.
  mutating func step(_ gates: [Int16], tanh: PiecewiseLinear) {
    let cells = cells
    for cell in 0..<cells {
      let kept = Int64(gates[cells + cell]) * Int64(Lanes.at(cell, of: registers[.state, cell / 2]))
      let added = Int64(gates[cell]) * Int64(gates[2 * cells + cell])
      let state = Int16(clamping: (8 * kept + added).shifted(rightBy: 18))
      let squashed = Int64(tanh(Q3_12(raw: state)).value.raw)
      let output = Int16(clamping: (Int64(gates[3 * cells + cell]) * squashed).shifted(rightBy: 15))
      set(cell, state: state, output: output)
    }
  }

  private mutating func set(_ cell: Int, state: Int16, output: Int16) {
    registers[.state, cell / 2] = Lanes.put(state, cell, in: registers[.state, cell / 2])
    registers[.output, cell / 2] = Lanes.put(output, cell, in: registers[.output, cell / 2])
  }
}
