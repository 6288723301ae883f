import FixedPoint

/// What the backward pass must know of each step, 16 bits a number.
struct History: Sendable {
  /// Codes `[x ; h ; 1]`, a row for each step.
  private(set) var lines: [Int16]
  /// By step, then as in `LSTMCell`; `cellBefore` is c before the step.
  private var gates: [Q0_15]
  private var cellBefore: [Q3_12]
  private var squashed: [Q0_15]
  private var squashedSlope: [Q1_14]
  /// Codes `[h ; 1]` of the dense layer and its outputs' errors, for losses on every step.
  private(set) var denseLines: [Int16]
  private var errors: [Q0_15]
  let shape: NetworkShape

  init(_ shape: NetworkShape, longest: Int) {
    self.shape = shape
    lines = Array(repeating: 0, count: shape.lstm.rows * longest)
    gates = Array(repeating: .zero, count: shape.lstm.columns * longest)
    cellBefore = Array(repeating: .zero, count: shape.hidden * longest)
    squashed = Array(repeating: .zero, count: shape.hidden * longest)
    squashedSlope = Array(repeating: .zero, count: shape.hidden * longest)
    denseLines = Array(repeating: 0, count: shape.dense.rows * longest)
    errors = Array(repeating: .zero, count: shape.outputs * longest)
  }

  /// Bytes that a step takes.
  static func bytesPerStep(_ shape: NetworkShape) -> Int {
    // c before the step, tanh(c) and the slope there.
    let numbersOfCell = 3
    let numbers =
      shape.lstm.rows + shape.lstm.columns + numbersOfCell * shape.hidden + shape.dense.rows + shape.outputs
    return numbers * MemoryLayout<Q0_15>.size
  }

  // MARK: The way forward

  /// Before a step: what drives it and the state it starts from.
  mutating func noteBefore(_ cell: LSTMCell, step: Int) {
    cell.tile.keepCodes(of: cell.lines, in: &lines, from: step * shape.lstm.rows)
    for k in 0..<shape.hidden { cellBefore[step * shape.hidden + k] = cell.cell[k] }
  }

  /// After a step: what came of it.
  mutating func noteAfter(_ cell: LSTMCell, step: Int) {
    for k in 0..<shape.lstm.columns { gates[step * shape.lstm.columns + k] = cell.gates[k] }
    for k in 0..<shape.hidden {
      squashed[step * shape.hidden + k] = cell.squashed[k]
      squashedSlope[step * shape.hidden + k] = cell.squashedSlope[k]
    }
  }

  mutating func noteDense(_ dense: DenseLayer, step: Int) {
    dense.tile.keepCodes(of: dense.lines, in: &denseLines, from: step * shape.dense.rows)
  }

  mutating func noteError(_ error: Q0_15, ofOutput k: Int, step: Int) { errors[step * shape.outputs + k] = error }

  // MARK: The way back

  /// i, f, g, o of cell `k`.
  @inline(__always)
  func gates(of k: Int, step: Int) -> (Q0_15, Q0_15, Q0_15, Q0_15) {
    func gate(_ gate: Gate) -> Q0_15 { gates[step * shape.lstm.columns + shape.column(gate, k)] }
    return (gate(.input), gate(.forget), gate(.candidate), gate(.output))
  }

  /// c before the step, tanh(c) after it, and the slope there.
  @inline(__always)
  func state(of k: Int, step: Int) -> (before: Q3_12, squashed: Q0_15, slope: Q1_14) {
    let place = step * shape.hidden + k
    return (cellBefore[place], squashed[place], squashedSlope[place])
  }

  func error(ofOutput k: Int, step: Int) -> Q0_15 { errors[step * shape.outputs + k] }
}
