import FixedPoint

/// The network and its gradients in `Double`, straight from the equations, on the circuits' straight lines.
///
/// `Omission` leaves one term out: what the comparison must notice.
struct GradientOracle {
  enum Omission: CaseIterable {
    case nothing, forgetPath, recurrence, cellSlope, inputGateSlope, forgetGateSlope, candidateSlope, outputGateSlope
    case cellBefore, outputError
  }

  let lstm: [[Double]]
  let dense: [[Double]]
  let inputs: Int
  let hidden: Int
  let sigmoid: PiecewiseLinear
  let tanh: PiecewiseLinear
  var omission = Omission.nothing

  struct Gradients {
    var lstm: [[Double]]
    var dense: [[Double]]
    var loss = 0.0
  }

  private struct Step {
    var lines: [Double]
    var gates: [Double]
    var slopes: [Double]
    var before: [Double]
    var squashed: [Double]
    var squashedSlope: [Double]
  }

  private func circuit(_ circuit: PiecewiseLinear, _ z: Double) -> (Double, Double) {
    var k = 0
    while k + 1 < circuit.count && z * 4096 >= Double(circuit.segments[k + 1].breakpoint.raw) { k += 1 }
    let slope = Double(circuit.segments[k].slope.raw) / 16_384
    let value = Double(circuit.segments[k].offset.raw) / 32_768 + slope * z
    let low = Double(circuit.lowRail.raw) / 32_768
    let high = (Double(circuit.highRail.raw) + 1) / 32_768
    return value <= low ? (low, 0) : value >= high ? (high, 0) : (value, slope)
  }

  private func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    (0..<matrix[0].count).map { column in vector.indices.reduce(0) { $0 + matrix[$1][column] * vector[$1] } }
  }

  private func forward(_ sequence: [[Double]]) -> ([Step], last: [Double]) {
    var state = [Double](repeating: 0, count: hidden)
    var output = state
    var steps: [Step] = []
    for values in sequence {
      let lines = values + output + [1]
      let answers = product(lstm, lines).enumerated().map { column, z in
        circuit(column / hidden == 2 ? tanh : sigmoid, z)
      }
      let before = state
      let gates = answers.map(\.0)
      for k in 0..<hidden { state[k] = gates[hidden + k] * state[k] + gates[k] * gates[2 * hidden + k] }
      let squashed = state.map { circuit(tanh, $0) }
      for k in 0..<hidden { output[k] = gates[3 * hidden + k] * squashed[k].0 }
      steps.append(
        Step(
          lines: lines, gates: gates, slopes: answers.map(\.1), before: before, squashed: squashed.map(\.0),
          squashedSlope: squashed.map(\.1)))
    }
    return (steps, output)
  }

  /// Gradients of the loss whose derivative at the outputs of the last step is `errors(outputs)`.
  func gradients(_ sequence: [[Double]], truncation: Int = 0, errors: ([Double]) -> [Double]) -> Gradients {
    let (steps, last) = forward(sequence)
    var gradients = Gradients(
      lstm: lstm.map { $0.map { _ in 0 } }, dense: dense.map { $0.map { _ in 0 } })
    let outputErrors = errors(product(dense, last + [1]))
    for (row, line) in (last + [1]).enumerated() {
      for column in outputErrors.indices { gradients.dense[row][column] = line * outputErrors[column] }
    }
    var hiddenErrors = (0..<hidden).map { row in
      outputErrors.indices.reduce(0) { $0 + dense[row][$1] * outputErrors[$1] }
    }
    if omission == .outputError { hiddenErrors = hiddenErrors.map { $0 * 0.5 } }
    var cellErrors = [Double](repeating: 0, count: hidden)
    let first = truncation > 0 ? max(steps.count - truncation, 0) : 0
    for step in steps[first...].reversed() {
      let deltas = back(step, hiddenErrors, &cellErrors)
      for (row, line) in step.lines.enumerated() {
        for column in deltas.indices { gradients.lstm[row][column] += line * deltas[column] }
      }
      hiddenErrors = (0..<hidden).map { row in
        omission == .recurrence
          ? 0 : deltas.indices.reduce(0) { $0 + lstm[inputs + row][$1] * deltas[$1] }
      }
    }
    return gradients
  }

  private func back(_ step: Step, _ hiddenErrors: [Double], _ cellErrors: inout [Double]) -> [Double] {
    var deltas = [Double](repeating: 0, count: 4 * hidden)
    func slope(_ column: Int, _ omitted: Omission) -> Double { omission == omitted ? 1 : step.slopes[column] }
    for k in 0..<hidden {
      let output = step.gates[3 * hidden + k]
      let inner = omission == .cellSlope ? 1 : step.squashedSlope[k]
      let error = cellErrors[k] + hiddenErrors[k] * output * inner
      deltas[k] = error * step.gates[2 * hidden + k] * slope(k, .inputGateSlope)
      let before = omission == .cellBefore ? 0 : step.before[k]
      deltas[hidden + k] = error * before * slope(hidden + k, .forgetGateSlope)
      deltas[2 * hidden + k] = error * step.gates[k] * slope(2 * hidden + k, .candidateSlope)
      deltas[3 * hidden + k] = hiddenErrors[k] * step.squashed[k] * slope(3 * hidden + k, .outputGateSlope)
      cellErrors[k] = omission == .forgetPath ? 0 : error * step.gates[hidden + k]
    }
    return deltas
  }

  /// p − 1 at the label.
  static func softMaxErrors(_ outputs: [Double], label: Int, exponential: (Double) -> Double) -> [Double] {
    let largest = outputs.max() ?? 0
    let powers = outputs.map { exponential($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.indices.map { powers[$0] / sum - ($0 == label ? 1 : 0) }
  }

  static func cosine(_ one: [[Double]], _ other: [[Double]]) -> Double {
    let pairs = zip(one.joined(), other.joined())
    let product = pairs.reduce(0) { $0 + $1.0 * $1.1 }
    let norms = pairs.reduce((0.0, 0.0)) { ($0.0 + $1.0 * $1.0, $0.1 + $1.1 * $1.1) }
    return product / (norms.0 * norms.1).squareRoot()
  }
}
