import FixedPoint
import Foundation
import Testing

/// A shipped circuit with its answer to every input, and what its documentation promises.
struct ShippedCircuit: CustomTestStringConvertible, Sendable {
  let name: String
  let isTanh: Bool
  let circuit: PiecewiseLinear
  /// Largest error on |z| ≤ 8, and half a unit of its last printed digit.
  let error: Double
  let margin: Double
  let answers: [PiecewiseLinear.Answer]

  var testDescription: String { name }

  init(_ name: String, _ circuit: PiecewiseLinear, isTanh: Bool, error: Double, margin: Double) {
    self.name = name
    self.isTanh = isTanh
    self.circuit = circuit
    self.error = error
    self.margin = margin
    answers = (Int16.min...Int16.max).map { circuit(Q3_12(raw: $0)) }
  }

  subscript(_ z: Int) -> PiecewiseLinear.Answer { answers[z + 32_768] }

  static let all: [ShippedCircuit] = {
    func pair(_ name: String, _ pair: Activation, _ sigmoid: Double, _ tanh: Double, _ margin: Double)
      -> [ShippedCircuit]
    {
      [
        ShippedCircuit(name + " sigmoid", pair.sigmoid, isTanh: false, error: sigmoid, margin: margin),
        ShippedCircuit(name + " tanh", pair.tanh, isTanh: true, error: tanh, margin: margin),
      ]
    }
    return pair("hard", .hard, 0.1192, 0.2384, 0.000_05) + pair("fiveSegment", .fiveSegment, 0.026, 0.052, 0.000_5)
      + pair("plan", .plan, 0.0189, 0.0379, 0.000_05) + pair("equalRipple", .equalRipple, 0.0014, 0.0027, 0.000_05)
  }()
}

@Suite("Shipped activation circuits")
struct ActivationTests {
  @Test("Never fall, but for the step down that PLAN is published with", arguments: ShippedCircuit.all)
  func monotone(shipped: ShippedCircuit) {
    let falls = (-32_767...32_767).filter { shipped[$0].value < shipped[$0 - 1].value }
    if shipped.name.hasPrefix("plan") {
      // 2.375/8 + 0.625 is 0.0039 above 2.375/32 + 0.84375.
      let knot = shipped.isTanh ? 4864 : 9728
      #expect(falls.allSatisfy { abs(abs($0) - knot) <= 1 })
    } else {
      #expect(falls.isEmpty, "\(falls)")
    }
  }

  @Test("Are odd about their middle within one step", arguments: ShippedCircuit.all)
  func symmetric(shipped: ShippedCircuit) {
    let sum = shipped.isTanh ? 0 : 32_768
    let wrong = (-32_767...32_767).filter { z in
      abs(Int(shipped[z].value.raw) + Int(shipped[-z].value.raw) - sum) > 1
    }
    #expect(wrong.isEmpty, "\(wrong)")
    #expect(Int(shipped[0].value.raw) == sum / 2)
  }

  @Test("Have the documented largest error against the true function", arguments: ShippedCircuit.all)
  func accuracy(shipped: ShippedCircuit) {
    var largest = 0.0
    for z in Int(Int16.min)...Int(Int16.max) {
      let x = Double(z) / 4096
      let exact = shipped.isTanh ? tanh(x) : 1 / (1 + exp(-x))
      largest = max(largest, abs(Double(shipped[z].value.raw) / 32_768 - exact))
    }
    // One step of Q0.15 for the rounding of the output.
    #expect(abs(largest - shipped.error) <= shipped.margin + 1.0 / 32_768, "\(largest)")
  }

  @Test("Give the value and slope of the documented formula at every input", arguments: ShippedCircuit.all)
  func formula(shipped: ShippedCircuit) {
    let wrong = (Int16.min...Int16.max).filter { expectedAnswer(shipped.circuit, $0) != shipped[Int($0)] }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Have the slope of a segment inside the rails, and zero exactly at a rail", arguments: ShippedCircuit.all)
  func slopes(shipped: ShippedCircuit) {
    let slopes = (0..<shipped.circuit.count).map { shipped.circuit.segments[$0].slope }
    let rails = [shipped.circuit.lowRail, shipped.circuit.highRail]
    let wrong = shipped.answers.filter { answer in
      rails.contains(answer.value) ? answer.slope != .zero : !slopes.contains(answer.slope)
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    #expect(!slopes.contains(.zero))
  }

  @Test("Have the rails of their function", arguments: ShippedCircuit.all)
  func rails(shipped: ShippedCircuit) {
    #expect(shipped.circuit.lowRail.raw == (shipped.isTanh ? .min : 0))
    #expect(shipped.circuit.highRail.raw == .max)
  }

  @Test("Have strictly rising breakpoints", arguments: ShippedCircuit.all)
  func risingBreakpoints(shipped: ShippedCircuit) {
    let knots = (1..<max(shipped.circuit.count, 1)).map { shipped.circuit.segments[$0].breakpoint }
    #expect(zip(knots, knots.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("Are continuous at their breakpoints but for PLAN's published steps", arguments: ShippedCircuit.all)
  func continuity(shipped: ShippedCircuit) {
    let jumps = zip(shipped.answers, shipped.answers.dropFirst()).map { Int($1.value.raw) - Int($0.value.raw) }
    // A slope of 1 is 8 steps of Q0.15 for one of Q3.12; PLAN's offsets jump by 2^-7 and 2^-6 at ±2.375 and half that.
    let allowed = shipped.name.hasPrefix("plan") ? 1024 : 12
    #expect(jumps.allSatisfy { $0 <= allowed }, "\(jumps.max() ?? 0)")
  }

  @Test("Are pairs: tanh(z) = 2·sigmoid(2z) − 1 within the rounding of the registers")
  func pairs() {
    for index in stride(from: 0, to: ShippedCircuit.all.count, by: 2) {
      let (sigmoid, tanh) = (ShippedCircuit.all[index], ShippedCircuit.all[index + 1])
      let gap = (-16_384...16_383).map { z in
        abs(Int(tanh[z].value.raw) - (2 * Int(sigmoid[2 * z].value.raw) - 32_768))
      }
      #expect((gap.max() ?? .max) <= 32, "\(tanh.name): \(gap.max() ?? 0)")
    }
  }

  @Test("The hard tables are the closed forms of shifts and clamps")
  func hardClosedForms() {
    let (sigmoid, tanh) = (ShippedCircuit.all[0], ShippedCircuit.all[1])
    var wrong: [Int] = []
    for z in Int(Int16.min)...Int(Int16.max) {
      let s = min(max(2 * z + 16_384, 0), 32_767)
      let t = min(max(8 * z, -32_768), 32_767)
      if Int(sigmoid[z].value.raw) != s || Int(tanh[z].value.raw) != t { wrong.append(z) }
      let isSigmoidLinear = 0 < 2 * z + 16_384 && 2 * z + 16_384 < 32_767
      let isTanhLinear = -32_768 < 8 * z && 8 * z < 32_767
      if sigmoid[z].slope.raw != (isSigmoidLinear ? 4096 : 0) || tanh[z].slope.raw != (isTanhLinear ? 16_384 : 0) {
        wrong.append(z)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("The largest errors of the hard and PLAN tables are where their documentation says")
  func errorPlaces() {
    func error(_ circuit: ShippedCircuit, _ z: Int) -> Double {
      let x = Double(z) / 4096
      return abs(Double(circuit[z].value.raw) / 32_768 - (circuit.isTanh ? tanh(x) : 1 / (1 + exp(-x))))
    }
    let places: [(index: Int, z: Int)] = [(0, 8192), (1, 4096), (4, 4096), (5, 2048)]
    for (index, z) in places {
      let circuit = ShippedCircuit.all[index]
      #expect(abs(error(circuit, z) - circuit.error) <= circuit.margin + 1.0 / 32_768, "\(circuit.name) at \(z)")
      #expect(abs(error(circuit, -z) - circuit.error) <= circuit.margin + 1.0 / 32_768, "\(circuit.name) at −\(z)")
    }
  }

  /// PLAN for z ≥ 0 as published, y in 2⁻¹⁷ for z in 2⁻¹².
  static func plan(_ z: Int) -> Int {
    switch z {
    case ..<4096: 8 * z + 65_536
    case ..<9728: 4 * z + 81_920
    case ..<20_480: z + 110_592
    default: 131_072
    }
  }

  @Test("PLAN is its published piecewise definition at every positive input")
  func planDefinition() {
    let sigmoid = ShippedCircuit.all[4]
    let wrong = (0...32_767).filter { Int(sigmoid[$0].value.raw) != min((Self.plan($0) + 2) >> 2, 32_767) }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("PLAN is 1 − y of its published definition at every negative input")
  func planNegative() {
    let sigmoid = ShippedCircuit.all[4]
    let wrong = (1...32_768).filter { Int(sigmoid[-$0].value.raw) != (131_072 - Self.plan($0) + 2) >> 2 }
    #expect(wrong.isEmpty, "\(wrong)")
  }
}
