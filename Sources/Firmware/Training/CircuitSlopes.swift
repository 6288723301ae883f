import FixedPoint

/// The slope of an activation circuit, told from its converted output: the controller never sees what went in.
///
/// Circuits rise, so an output belongs to the last segment that begins at or below it; at what the converter makes of a
/// rail, and beyond, the slope is zero, as the circuit's is.
public struct CircuitSlopes: Sendable {
  /// An output, with room for lines beyond the rails.
  private typealias Output = Fixed<Int32, 15>
  /// Output at which each segment begins.
  private let starts: [Output]
  private let slopes: [Q1_14]
  /// The rails as they are converted.
  private let low: Output
  private let high: Output

  /// - `adcBits`: a code is 2^(16 − adcBits) steps of the output.
  public init(_ circuit: PiecewiseLinear, adcBits: Int) {
    var starts: [Output] = []
    var slopes: [Q1_14] = []
    for k in 0..<circuit.count {
      let segment = circuit.segments[k]
      starts.append(k == 0 ? Output(raw: .min) : Output(segment.offset) + segment.slope × segment.breakpoint)
      slopes.append(segment.slope)
    }
    self.starts = starts
    self.slopes = slopes
    let bits = 16 - adcBits
    func converted(_ rail: Q0_15) -> Output {
      Output(raw: min(Int32(rail.raw).shifted(rightBy: bits), 1 << Int32(adcBits - 1) - 1) << Int32(bits))
    }
    low = converted(circuit.lowRail)
    high = converted(circuit.highRail)
  }

  /// dy/dz of the circuit where it answered `output`.
  @inline(__always)
  public func callAsFunction(_ output: Q0_15) -> Q1_14 {
    let output = Output(output)
    if output <= low || output >= high { return .zero }
    var k = starts.count - 1
    while k > 0 && output < starts[k] { k -= 1 }
    return slopes[k]
  }

  /// Segments that are looked at for an output.
  @inline(__always)
  func segments(passedFor output: Q0_15) -> Int {
    let output = Output(output)
    if output <= low || output >= high { return 0 }
    var passed = 1
    while passed < starts.count && output < starts[starts.count - passed] { passed += 1 }
    return passed
  }
}
