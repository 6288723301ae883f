/// What the backward pass must know of each step, 16 bits a number.
struct History: Sendable {
  /// Rows of `[x ; h ; 1]` codes, gate outputs, cell states before the step, tanh(c) and its slope.
  var lines: [Int16]
  var gates: [Int16]
  var cellBefore: [Int16]
  var squashed: [Int16]
  var squashedSlope: [Int16]
  /// Codes `[h ; 1]` of the dense layer and its outputs' errors, for losses on every step.
  var denseLines: [Int16]
  var errors: [Int16]
  let lineCount: Int
  let hidden: Int
  let outputs: Int

  init(lines: Int, hidden: Int, outputs: Int, longest: Int) {
    func zeros(_ perStep: Int) -> [Int16] { Array(repeating: 0, count: perStep * longest) }
    self.lines = zeros(lines)
    gates = zeros(4 * hidden)
    cellBefore = zeros(hidden)
    squashed = zeros(hidden)
    squashedSlope = zeros(hidden)
    denseLines = zeros(hidden + 1)
    errors = zeros(outputs)
    lineCount = lines
    self.hidden = hidden
    self.outputs = outputs
  }

  /// Before a step: what drives it and the state it starts from.
  mutating func noteBefore(_ cell: LSTMCell, step: Int) {
    for k in 0..<lineCount { lines[step * lineCount + k] = cell.lines[k] }
    for k in 0..<hidden { cellBefore[step * hidden + k] = cell.cell[k] }
  }

  /// After a step: what came of it.
  mutating func noteAfter(_ cell: LSTMCell, step: Int) {
    for k in 0..<4 * hidden { gates[step * 4 * hidden + k] = cell.gates[k] }
    for k in 0..<hidden {
      squashed[step * hidden + k] = cell.squashed[k]
      squashedSlope[step * hidden + k] = cell.squashedSlope[k]
    }
  }

  mutating func noteDense(_ dense: DenseLayer, step: Int) {
    for k in 0...hidden { denseLines[step * (hidden + 1) + k] = dense.lines[k] }
  }
}
