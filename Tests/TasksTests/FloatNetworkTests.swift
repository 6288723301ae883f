import Firmware
import FixedPoint
import TestSupport
import Testing

@testable import Tasks

/// An LSTM network in floating point as its equations are written, gate by gate, beside the product's.
@Suite("The network in floating point")
struct FloatNetworkTests {
  private static func circuit(_ circuit: PiecewiseLinear, _ z: Double) -> Double {
    var place = 0
    while place + 1 < circuit.count, z >= Double(circuit.segments[place + 1].breakpoint) { place += 1 }
    let value = Double(circuit.segments[place].offset) + Double(circuit.segments[place].slope) * z
    let (low, high) = (Double(circuit.lowRail).rounded(), Double(circuit.highRail).rounded())
    return value < low ? low : value > high ? high : value
  }

  private static func outputs(_ model: Model, _ kind: ActivationKind, _ sequence: SequenceSet.Sequence) -> [Double] {
    let shape = model.shape
    var (h, c) = (Array(repeating: 0.0, count: shape.hidden), Array(repeating: 0.0, count: shape.hidden))
    for step in 0..<sequence.steps {
      var x = (0..<shape.inputs).map { Double(sequence.values[step * shape.inputs + $0]) / 32_768 }
      x += h + [1]
      func z(_ gate: Gate, _ unit: Int) -> Double {
        x.indices.reduce(0) { $0 + x[$1] * model.lstm[$1][shape.column(gate, unit)] }
      }
      let gates = (0..<shape.hidden).map { unit in
        (
          i: circuit(kind.circuits.sigmoid, z(.input, unit)), f: circuit(kind.circuits.sigmoid, z(.forget, unit)),
          g: circuit(kind.circuits.tanh, z(.candidate, unit)), o: circuit(kind.circuits.sigmoid, z(.output, unit))
        )
      }
      for unit in 0..<shape.hidden {
        c[unit] = gates[unit].f * c[unit] + gates[unit].i * gates[unit].g
        h[unit] = gates[unit].o * circuit(kind.circuits.tanh, c[unit])
      }
    }
    let last = h + [1]
    return (0..<shape.outputs).map { column in last.indices.reduce(0) { $0 + last[$1] * model.dense[$1][column] } }
  }

  @Test("Is the equations', for any weights, circuits and lengths; its class is the first of the largest outputs")
  func equations() {
    var random = SeededRandom(31)
    let shape = NetworkShape(inputs: 3, hidden: 4, outputs: 3)
    func matrix(_ lines: NetworkShape.Lines) -> [[Double]] {
      (0..<lines.rows).map { _ in (0..<lines.columns).map { _ in Double.random(in: -2...2, using: &random) } }
    }
    for round in 0..<60 {
      let kind = ActivationKind.allCases[round % ActivationKind.allCases.count]
      let model = Model(
        task: "any", shape: shape, activation: kind, window: 2, lstm: matrix(shape.lstm), dense: matrix(shape.dense))
      let steps = 1 + round % 5
      let sequence = SequenceSet.Sequence(
        label: 0, values: (0..<3 * steps).map { _ in Int16.random(in: .min ... .max, using: &random) }, steps: steps)
      let (expected, network) = (Self.outputs(model, kind, sequence), FloatNetwork(model, activation: kind))
      for (one, other) in zip(expected, network.outputs(sequence)) { #expect(abs(one - other) < 1e-9, "\(round)") }
      let largest = expected.max() ?? 0
      #expect(expected[network.classify(sequence)] == largest)
    }
    var even = Model(
      task: "even", shape: shape, activation: .hard, window: 2, lstm: matrix(shape.lstm), dense: matrix(shape.dense))
    for row in even.dense.indices { even.dense[row] = [0, 0, 0] }
    even.dense[4] = [0.5, 1, 1]
    let sequence = SequenceSet.Sequence(label: 0, values: [1, 2, 3], steps: 1)
    #expect(FloatNetwork(even, activation: .hard).classify(sequence) == 1)
    even.dense[4] = [0, 0, 0]
    #expect(FloatNetwork(even, activation: .hard).classify(sequence) == 0, "all are as large")
  }
}
