import FixedPoint
import Registers

/// The memristor LSTM cell: one crossbar forms all gates of a time step in one read.
///
/// Word lines `[x_t ; h_{t−1} ; 1]`; columns are the gates i, f, g, o in groups of `hidden`, with sigmoid circuits
/// behind i, f, o and tanh behind g. The cell state stays in the controller.
public struct LSTMCell: Sendable {
  public let tile: TileDriver
  public let inputs: Int
  public let hidden: Int
  /// DAC codes of `[x ; h ; 1]`.
  var lines: [Int16]
  /// Gate outputs i, f, g, o, Q0.15.
  var gates: [Int16]
  /// c, Q3.12.
  var cell: [Int16]
  /// tanh(c) of the latest step, Q0.15, and the circuit's slope there, Q1.14, if asked for.
  var squashed: [Int16]
  var squashedSlope: [Int16]
  /// h, Q0.15.
  public internal(set) var output: [Int16]

  public init(tile: TileDriver, inputs: Int, hidden: Int) {
    self.tile = tile
    self.inputs = inputs
    self.hidden = hidden
    lines = Array(repeating: 0, count: inputs + hidden + 1)
    gates = Array(repeating: 0, count: 4 * hidden)
    cell = Array(repeating: 0, count: hidden)
    squashed = Array(repeating: 0, count: hidden)
    squashedSlope = Array(repeating: 0, count: hidden)
    output = Array(repeating: 0, count: hidden)
    lines[inputs + hidden] = Int16(truncatingIfNeeded: tile.fullScaleCode)
  }

  /// Selects the circuits behind the columns.
  func selectCircuits(on bus: inout some Bus) {
    var word: UInt32 = 0
    for column in 0..<4 * hidden {
      word |= TileRegister.Activation.encode(column / hidden == 2 ? .tanh : .sigmoid, column: column)
      let isLast = column == 4 * hidden - 1
      if isLast || column % TileRegister.Activation.columnsPerWord == TileRegister.Activation.columnsPerWord - 1 {
        tile.write(.activation, column / TileRegister.Activation.columnsPerWord, word, on: &bus)
        word = 0
      }
    }
  }

  /// Forgets the past: h = 0, c = 0.
  mutating func reset() {
    for k in 0..<hidden {
      cell[k] = 0
      output[k] = 0
      lines[inputs + k] = 0
    }
  }

  /// Sets input `k` of the coming step.
  @inline(__always)
  mutating func setInput(_ k: Int, _ value: Int16) { lines[k] = tile.code(Q0_15(raw: value)) }

  /// One time step:
  ///
  ///     i, f, o = σ(W·[x ; h ; 1])     g = tanh(W·[x ; h ; 1])
  ///     c = f·c + i·g                  h = o·tanh(c)
  ///
  /// - Parameter keepsSlopes: whether training will want the slopes of tanh(c).
  mutating func step(keepsSlopes: Bool = false, on bus: inout some Bus) {
    tile.drive(lines, ofLines: tile.wordLines, on: &bus)
    tile.perform(.read, gain: WeightScale.computeGain, on: &bus)
    tile.sense(into: &gates, on: &bus)
    updateCell()
    updateOutput(keepsSlopes: keepsSlopes, on: &bus)
  }

  /// c = f·c + i·g. Q0.15 · Q3.12 = Q4.27 and Q0.15 · Q0.15 = Q1.30 meet at 30 fraction bits and are rounded once.
  private mutating func updateCell() {
    for k in 0..<hidden {
      let input = Int64(gates[k])
      let forget = Int64(gates[hidden + k])
      let candidate = Int64(gates[2 * hidden + k])
      let sum = (forget * Int64(cell[k])) << 3 + input * candidate
      cell[k] = sum.shifted(rightBy: 18).saturated(to: Int16.self)
    }
  }

  /// h = o·tanh(c), through the chip's scalar port, two cells at a time.
  private mutating func updateOutput(keepsSlopes: Bool, on bus: inout some Bus) {
    let port = MemoryMap.chip
    var k = 0
    while k < hidden {
      let odd = k + 1 < hidden ? cell[k + 1] : 0
      bus.write(port + ChipRegister.scalarTanh.offset(), Lanes.pack(cell[k], odd))
      let values = bus.read(port + ChipRegister.scalarValue.offset())
      let slopes = keepsSlopes ? bus.read(port + ChipRegister.scalarSlope.offset()) : 0
      setOutput(k, Lanes.even(values), slope: Lanes.even(slopes))
      if k + 1 < hidden { setOutput(k + 1, Lanes.odd(values), slope: Lanes.odd(slopes)) }
      k += 2
    }
  }

  @inline(__always)
  private mutating func setOutput(_ k: Int, _ squashed: Int16, slope: Int16) {
    self.squashed[k] = squashed
    squashedSlope[k] = slope
    let product = Int32(gates[3 * hidden + k]) * Int32(squashed)
    let value = product.shifted(rightBy: 15).saturated(to: Int16.self)
    output[k] = value
    lines[inputs + k] = tile.code(Q0_15(raw: value))
  }
}
