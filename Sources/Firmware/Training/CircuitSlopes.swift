import FixedPoint

/// The slope of an activation circuit, told from its converted output: the controller never sees what went in.
///
/// Circuits rise, so an output belongs to the last segment that begins at or below it; at what the converter makes of a
/// rail, and beyond, the slope is zero, as the circuit's is.
public struct CircuitSlopes: Sendable {
  /// Output at which each segment begins.
  private let starts: [Int32]
  /// Q1.14.
  private let slopes: [Int32]
  private let low: Int32
  private let high: Int32

  /// - Parameter adcBits: a code is 2^(16 − adcBits) steps of the output.
  public init(_ circuit: PiecewiseLinear, adcBits: Int) {
    var starts: [Int32] = []
    var slopes: [Int32] = []
    for k in 0..<circuit.count {
      let segment = circuit.segments[k]
      let rise = (Int32(segment.slope.raw) * Int32(segment.breakpoint.raw)).shifted(rightBy: 11)
      starts.append(k == 0 ? .min : Int32(segment.offset.raw) + rise)
      slopes.append(Int32(segment.slope.raw))
    }
    self.starts = starts
    self.slopes = slopes
    let bits = 16 - adcBits
    func converted(_ rail: Q0_15) -> Int32 {
      min(Int32(rail.raw).shifted(rightBy: bits), 1 << Int32(adcBits - 1) - 1) << Int32(bits)
    }
    low = converted(circuit.lowRail)
    high = converted(circuit.highRail)
  }

  @inline(__always)
  public func callAsFunction(_ output: Int16) -> Int32 {
    let output = Int32(output)
    if output <= low || output >= high { return 0 }
    var k = starts.count - 1
    while k > 0 && output < starts[k] { k -= 1 }
    return slopes[k]
  }
}
