import FixedPoint
import Registers

/// The memristor LSTM cell: one crossbar forms all gates of a time step in one read.
///
/// Lines and columns as `NetworkShape` has them. The cell state stays in the controller.
public struct LSTMCell: Sendable {
  /// Where its weights are.
  public let tile: TileDriver
  /// Of the whole network.
  public let shape: NetworkShape
  /// What lines take for `[x ; h ; 1]`.
  var lines: [Int16]
  /// By column: the outputs of the gates' circuits.
  var gates: [Q0_15]
  /// c.
  var cell: [Q3_12]
  /// tanh(c) of the latest step and the circuit's slope there, if asked for.
  var squashed: [Q0_15]
  var squashedSlope: [Q1_14]
  /// h.
  public internal(set) var output: [Q0_15]

  /// A cell with h = 0 and c = 0, whose buffers are taken once, here.
  public init(tile: TileDriver, shape: NetworkShape) {
    self.tile = tile
    self.shape = shape
    lines = Array(repeating: 0, count: shape.lstm.rows)
    gates = Array(repeating: .zero, count: shape.lstm.columns)
    cell = Array(repeating: .zero, count: shape.hidden)
    squashed = Array(repeating: .zero, count: shape.hidden)
    squashedSlope = Array(repeating: .zero, count: shape.hidden)
    output = Array(repeating: .zero, count: shape.hidden)
    lines[shape.lstm.biasRow] = tile.fullLine
  }

  /// Selects the circuits behind the columns.
  func selectCircuits(on bus: inout some Bus) {
    let perWord = TileRegister.Activation.columnsPerWord
    var word: UInt32 = 0
    for column in 0..<shape.lstm.columns {
      word |= TileRegister.Activation.encode(shape.gate(ofColumn: column).circuit, column: column)
      if column == shape.lstm.columns - 1 || column % perWord == perWord - 1 {
        tile.write(.activation, column / perWord, word, on: &bus)
        word = 0
      }
    }
  }

  /// Forgets the past: h = 0, c = 0.
  mutating func reset() {
    for k in 0..<shape.hidden {
      cell[k] = .zero
      output[k] = .zero
      lines[shape.hiddenRows.lowerBound + k] = 0
    }
  }

  /// Sets input `k` of the coming step.
  @inline(__always)
  mutating func setInput(_ k: Int, _ value: Q0_15) { lines[k] = tile.line(value) }

  /// One time step:
  ///
  ///     i, f, o = σ(W·[x ; h ; 1])     g = tanh(W·[x ; h ; 1])
  ///     c = f·c + i·g                  h = o·tanh(c)
  ///
  /// - Parameter keepsSlopes: whether training will want the slopes of tanh(c).
  mutating func step(keepsSlopes: Bool = false, on bus: inout some Bus) {
    tile.drive(wordLines: lines, on: &bus)
    tile.perform(.read, gain: WeightScale.computeGain, on: &bus)
    tile.sense(into: &gates, on: &bus)
    updateCell()
    updateOutput(keepsSlopes: keepsSlopes, on: &bus)
  }

  /// c = f·c + i·g: the products are exact, their sum is rounded once, half up.
  ///
  /// f·c has 27 fraction bits, i·g has 30: the lowest three of i·g and the half stand alone in the sum and decide nothing, so
  /// that 32 bits do.
  private mutating func updateCell() {
    let (inputs, forgets) = (shape.column(.input, 0), shape.column(.forget, 0))
    let candidates = shape.column(.candidate, 0)
    for k in 0..<shape.hidden {
      let kept = Int32(gates[forgets + k].raw) &* Int32(cell[k].raw)
      let added = Int32(gates[inputs + k].raw) &* Int32(gates[candidates + k].raw) &+ (1 << 17)
      cell[k] = Q3_12(raw: Int16(clamping: (kept &+ added >> 3) >> 15))
    }
  }

  @inline(__always)
  private func gate(_ gate: Gate, _ k: Int) -> Q0_15 { gates[shape.column(gate, k)] }

  /// h = o·tanh(c), through the chip's scalar port, two cells at a time.
  private mutating func updateOutput(keepsSlopes: Bool, on bus: inout some Bus) {
    let port = MemoryMap.chip
    var k = 0
    while k < shape.hidden {
      let isPair = k + 1 < shape.hidden
      bus.write(port + ChipRegister.scalarTanh.offset(), Lanes.pack(cell[k].raw, isPair ? cell[k + 1].raw : 0))
      let values = bus.read(port + ChipRegister.scalarValue.offset())
      let slopes = keepsSlopes ? bus.read(port + ChipRegister.scalarSlope.offset()) : 0
      setOutput(k, Q0_15(raw: Lanes.even(values)))
      if isPair { setOutput(k + 1, Q0_15(raw: Lanes.odd(values))) }
      if keepsSlopes { keep(values, slopes, of: k, isPair: isPair) }
      k += 2
    }
  }

  private mutating func keep(_ values: UInt32, _ slopes: UInt32, of k: Int, isPair: Bool) {
    squashed[k] = Q0_15(raw: Lanes.even(values))
    squashedSlope[k] = Q1_14(raw: Lanes.even(slopes))
    guard isPair else { return }
    squashed[k + 1] = Q0_15(raw: Lanes.odd(values))
    squashedSlope[k + 1] = Q1_14(raw: Lanes.odd(slopes))
  }

  @inline(__always)
  private mutating func setOutput(_ k: Int, _ squashed: Q0_15) {
    let h = gate(.output, k) * squashed
    output[k] = h
    lines[shape.hiddenRows.lowerBound + k] = tile.line(h)
  }
}
