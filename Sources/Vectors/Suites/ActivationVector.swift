import Board
import Files
import FixedPoint

/// Suite `activation`: the shipped tables, and any piecewise-linear circuit at any input.
struct ActivationVector: ValueVector {
  enum Expected {
    case answers(inputs: [Int16], values: [Int16], slopes: [Int16])
    case table([PiecewiseLinear.Segment], rails: [Int16])
    case checksum(UInt32)
  }

  let circuit: PiecewiseLinear
  let expected: Expected

  private enum Function: String, CaseIterable {
    case sigmoid, tanh
  }

  init(_ given: inout Members, _ expect: inout Members) throws(InputError) {
    if given.has("circuit") {
      let pair = try given.take("circuit").activation().circuits
      circuit = try given.take("function").choice(Function.self) == .sigmoid ? pair.sigmoid : pair.tanh
    } else {
      let segments = try given.take("segments").segments()
      let rails: [Int16] = try given.take("rails").integers(count: 2)
      circuit = PiecewiseLinear(lowRail: rails[0], highRail: rails[1], count: segments.count) { segments[$0] }
    }
    if let node = given.takeIfPresent("table") {
      try node.expectTrue()
      expected = .table(
        try expect.take("segments").segments(), rails: try expect.take("rails").integers(count: 2))
    } else if let node = given.takeIfPresent("all") {
      try node.expectTrue()
      expected = .checksum(try expect.take("crc32").integer())
    } else {
      let inputs: [Int16] = try given.take("inputs").integers()
      expected = .answers(
        inputs: inputs, values: try expect.take("values").integers(count: inputs.count),
        slopes: try expect.take("slopes").integers(count: inputs.count))
    }
  }

  func difference() -> String? {
    switch expected {
    case .answers(let inputs, let values, let slopes):
      let answers = inputs.map { circuit(Q3_12(raw: $0)) }
      return Self.difference(values, answers.map(\.value.raw)) { "value at \(inputs[$0])" }
        ?? Self.difference(slopes, answers.map(\.slope.raw)) { "slope at \(inputs[$0])" }
    case .table(let segments, let rails):
      let got = (0..<circuit.count).map { circuit.segments[$0] }
      guard got.count == segments.count else { return "segments: expected \(segments.count), got \(got.count)" }
      return Self.difference(segments.map(\.numbers), got.map(\.numbers)) { "segment \($0)" }
        ?? Self.difference(rails, [circuit.lowRail.raw, circuit.highRail.raw]) { "rail \($0)" }
    case .checksum(let sum):
      let got = CRC32.checksum(allAnswers)
      return got == sum ? nil : "crc32 over all inputs: expected \(sum), got \(got)"
    }
  }

  /// Value and slope at every input in order, little endian.
  private var allAnswers: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 << 16)
    for raw in Int16.min...Int16.max {
      let answer = circuit(Q3_12(raw: raw))
      for number in [answer.value.raw, answer.slope.raw] {
        bytes.append(UInt8(truncatingIfNeeded: number))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
      }
    }
    return bytes
  }
}

extension PiecewiseLinear.Segment {
  fileprivate var numbers: [Int16] { [breakpoint.raw, slope.raw, offset.raw] }
}

extension Node {
  /// A shipped pair, by the name that vectors have for it.
  fileprivate func activation() throws(InputError) -> ActivationKind {
    let name = try string()
    guard let kind = ActivationKind.allCases.first(where: { $0.vectorName == name }) else {
      throw error("expected one of \(ActivationKind.allCases.map(\.vectorName).joined(separator: ", "))")
    }
    return kind
  }

  fileprivate func expectTrue() throws(InputError) {
    guard try bool() else { throw error("expected true") }
  }

  fileprivate func segments() throws(InputError) -> [PiecewiseLinear.Segment] {
    let nodes = try elements()
    guard 1...PiecewiseLinear.maximumSegments ~= nodes.count else {
      throw error("expected 1 to \(PiecewiseLinear.maximumSegments) segments, found \(nodes.count)")
    }
    return try nodes.map { node throws(InputError) in
      let numbers: [Int16] = try node.integers(count: 3)
      return PiecewiseLinear.Segment(from: numbers[0], slope: numbers[1], offset: numbers[2])
    }
  }
}
