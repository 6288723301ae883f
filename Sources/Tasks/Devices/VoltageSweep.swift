import Board
import Crossbar
import Registers

/// Current through one cell without noise or variation under a triangle of voltage: from zero to the SET voltage, to
/// the RESET voltage and back, beginning in the high-resistance state. The loop is pinched: no voltage, no current.
package struct VoltageSweep: Sendable {
  package struct Point: Sendable {
    /// Positive for SET.
    package let volts: Double
    package let amperes: Double
  }

  package let points: [Point]
  /// Of the whole triangle.
  package let seconds: Double

  private static let stepsPerQuarter = 250

  /// The shortest period of 1 µs, 2 µs, 4 µs … up to a second that brings the cell over 95 % of its range; 1 ms where
  /// none does.
  package init(of device: Device, _ amplitudes: PulseAmplitudes) {
    self.init(device.model, Double(amplitudes.set), Double(amplitudes.reset))
  }

  private init(_ model: some DeviceModel, _ setMillivolts: Double, _ resetMillivolts: Double) {
    let range = model.conductanceRange
    let far = Double(range.lowerBound) + 0.95 * Double(range.upperBound - range.lowerBound)
    let periods = (0...20).map { Double(1 << $0) * 1000 }
    let period =
      periods.first { period in
        var conductance = range.lowerBound
        for millivolts in Self.quarter(setMillivolts) {
          Self.move(&conductance, millivolts, of: model, nanoseconds: period / Double(4 * Self.stepsPerQuarter))
        }
        return Double(conductance) >= far
      } ?? 1e6
    seconds = period / 1e9
    var conductance = range.lowerBound
    var points = [Point(volts: 0, amperes: 0)]
    for millivolts in Self.quarter(setMillivolts) + Self.quarter(-resetMillivolts) {
      Self.move(&conductance, millivolts, of: model, nanoseconds: period / Double(4 * Self.stepsPerQuarter))
      points.append(Point(volts: millivolts / 1000, amperes: millivolts / 1000 * Double(conductance) / 1e12))
    }
    self.points = points
  }

  /// Up to a voltage and back to zero.
  private static func quarter(_ peak: Double) -> [Double] {
    let up = (1...stepsPerQuarter).map { peak * Double($0) / Double(stepsPerQuarter) }
    return up + up.dropLast().reversed() + [0]
  }

  private static func move(
    _ conductance: inout Int32, _ millivolts: Double, of model: some DeviceModel, nanoseconds: Double
  ) {
    let polarity: Polarity = millivolts > 0 ? .set : .reset
    let rate = model.rate(polarity, millivolts: millivolts.magnitude)
    if rate > 0 { conductance = model.conductance(conductance, after: rate * nanoseconds, polarity) }
  }
}
