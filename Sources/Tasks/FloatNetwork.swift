import Firmware
import FixedPoint

/// The same network in `Double`, with the same activation circuits: what the chip is compared with.
package struct FloatNetwork: Sendable {
  private let model: Model
  private let sigmoid: FloatCircuit
  private let tanh: FloatCircuit

  package init(_ model: Model, activation: ActivationKind) {
    self.model = model
    sigmoid = FloatCircuit(activation.circuits.sigmoid)
    tanh = FloatCircuit(activation.circuits.tanh)
  }

  /// The outputs of the dense layer after the last step.
  package func outputs(_ sequence: SequenceSet.Sequence) -> [Double] {
    let shape = model.shape
    var state = [Double](repeating: 0, count: shape.hidden)
    var output = state
    for step in 0..<sequence.steps {
      let inputs = sequence.values[step * model.inputs..<(step + 1) * model.inputs].map { Double(Q0_15(raw: $0)) }
      let gates = Self.product(model.lstm, inputs + output + [1])
      func z(_ gate: Gate, _ k: Int) -> Double { gates[shape.column(gate, k)] }
      for k in 0..<shape.hidden {
        state[k] = sigmoid(z(.forget, k)) * state[k] + sigmoid(z(.input, k)) * tanh(z(.candidate, k))
        output[k] = sigmoid(z(.output, k)) * tanh(state[k])
      }
    }
    return Self.product(model.dense, output + [1])
  }

  package func classify(_ sequence: SequenceSet.Sequence) -> Int {
    let outputs = outputs(sequence)
    return outputs.indices.reduce(0) { outputs[$1] > outputs[$0] ? $1 : $0 }
  }

  private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: matrix[0].count)
    for (row, value) in zip(matrix, vector) where value != 0 {
      for column in sums.indices { sums[column] += row[column] * value }
    }
    return sums
  }
}

/// An activation circuit's lines on real numbers.
struct FloatCircuit: Sendable {
  private let breakpoints: [Double]
  private let slopes: [Double]
  private let offsets: [Double]
  private let rails: ClosedRange<Double>

  init(_ circuit: PiecewiseLinear) {
    let segments = (0..<circuit.count).map { circuit.segments[$0] }
    breakpoints = segments.dropFirst().map { Double($0.breakpoint) }
    slopes = segments.map { Double($0.slope) }
    offsets = segments.map { Double($0.offset) }
    rails = Double(circuit.lowRail).rounded()...Double(circuit.highRail).rounded()
  }

  func callAsFunction(_ z: Double) -> Double {
    let k = breakpoints.prefix { z >= $0 }.count
    return min(max(offsets[k] + slopes[k] * z, rails.lowerBound), rails.upperBound)
  }
}
