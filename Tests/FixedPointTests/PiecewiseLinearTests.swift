import FixedPoint
import TestSupport
import Testing

/// What the documentation of `PiecewiseLinear` says, in exact wide integers.
func expectedAnswer(_ circuit: PiecewiseLinear, _ z: Int16) -> PiecewiseLinear.Answer {
  let k = (1..<circuit.count).last { circuit.segments[$0].breakpoint.raw <= z } ?? 0
  let slope = circuit.segments[k].slope
  // Q0.15 steps over 2^11
  let line = Int128(circuit.segments[k].offset.raw) << 11 + Int128(slope.raw) * Int128(z)
  let y = rounded(line, over: 1 << 11, .halfUp)
  if y <= Int128(circuit.lowRail.raw) { return .init(value: circuit.lowRail, slope: .zero) }
  if y >= Int128(circuit.highRail.raw) { return .init(value: circuit.highRail, slope: .zero) }
  return .init(value: Q0_15(raw: Int16(y)), slope: slope)
}

@Suite("PiecewiseLinear")
struct PiecewiseLinearTests {
  @Test("Random circuits of 1 to 16 segments answer as the documented formula says")
  func randomCircuits() {
    var random = SeededRandom(8)
    var wrong: [String] = []
    for number in 0..<300 {
      let count = 1 + number % 16
      var breakpoints: Set<Int16> = []
      while breakpoints.count < count { breakpoints.insert(Int16(truncatingIfNeeded: random.int64())) }
      let knots = breakpoints.sorted()
      let rails = [Int16(truncatingIfNeeded: random.next()), Int16(truncatingIfNeeded: random.next())].sorted()
      let circuit = PiecewiseLinear(lowRail: rails[0], highRail: rails[1], count: count) { k in
        .init(
          from: knots[k], slope: Int16(truncatingIfNeeded: random.int64()),
          offset: Int16(truncatingIfNeeded: random.int64()))
      }
      let inputs = knots + knots.map { $0 &- 1 } + [.min, -1, 0, 1, .max]
      for z in inputs where circuit(Q3_12(raw: z)) != expectedAnswer(circuit, z) { wrong.append("#\(number) at \(z)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("The steepest lines do not overflow between")
  func steepestLines() {
    for (slope, offset) in [(Int16.min, Int16.min), (.min, .max), (.max, .max), (.max, .min)] {
      let circuit = PiecewiseLinear(lowRail: .min, highRail: .max, count: 1) { _ in .init(slope: slope, offset: offset)
      }
      for z in [Int16.min, -1, 0, 1, .max] { #expect(circuit(Q3_12(raw: z)) == expectedAnswer(circuit, z)) }
    }
  }

  @Test("A segment serves its own breakpoint, and the input below it belongs to the segment before")
  func breakpoints() {
    let circuit = PiecewiseLinear(lowRail: .min, highRail: .max, count: 3) { k in
      .init(from: [.min, 100, 200][k], slope: Int16(k + 1), offset: Int16(1000 * k))
    }
    #expect([99, 100, 199, 200].map { circuit(Q3_12(raw: $0)).slope.raw } == [1, 2, 2, 3])
  }

  @Test("The slope is zero exactly where the line is at a rail or beyond it")
  func rails() {
    let circuit = PiecewiseLinear(lowRail: -10, highRail: 10, count: 1) { _ in .init(slope: 2048, offset: 0) }
    #expect([9, 10, 11].map { circuit(Q3_12(raw: $0)).slope.raw } == [2048, 0, 0])
    #expect([-9, -10, -11].map { circuit(Q3_12(raw: $0)).slope.raw } == [2048, 0, 0])
    #expect([9, 10, 11, -11].map { circuit(Q3_12(raw: $0)).value.raw } == [9, 10, 10, -10])
  }

  @Test("Circuits are equal when their used segments and rails are")
  func equality() {
    func circuit(_ low: Int16 = 0, _ high: Int16 = 9, count: Int = 2, offset: Int16 = 3, unused: Int16 = 0)
      -> PiecewiseLinear
    {
      var circuit = PiecewiseLinear(lowRail: low, highRail: high, count: count) { k in
        .init(from: Int16(k), slope: 1, offset: offset)
      }
      circuit.segments[9].slope = Q1_14(raw: unused)
      return circuit
    }
    #expect(circuit() == circuit(unused: 5))
    #expect(circuit() != circuit(1) && circuit() != circuit(0, 8) && circuit() != circuit(count: 1))
    #expect(circuit() != circuit(offset: 4))
  }

  @Test("The breakpoint of the first segment, without meaning, does not tell circuits apart")
  func firstBreakpoint() {
    func circuit(_ breakpoint: Int16) -> PiecewiseLinear {
      PiecewiseLinear(lowRail: 0, highRail: 9, count: 1) { _ in .init(from: breakpoint, slope: 1, offset: 3) }
    }
    #expect(circuit(.min) == circuit(0))
  }

  @Test("A bank has 1 to 16 segments")
  func segmentCounts() async {
    #expect(PiecewiseLinear.maximumSegments == 16)
    await #expect(processExitsWith: .failure) {
      _ = PiecewiseLinear(lowRail: 0, highRail: 1, count: 0) { _ in .init(slope: 0, offset: 0) }
    }
    await #expect(processExitsWith: .failure) {
      _ = PiecewiseLinear(lowRail: 0, highRail: 1, count: 17) { _ in .init(slope: 0, offset: 0) }
    }
  }
}
