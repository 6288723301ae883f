import FixedPoint
import Registers

/// Measures every converter of a tile at two known voltages and sets its `TRIM` so that both read true.
public struct Calibration: Sendable {
  /// A power of two as its exponent: conversions averaged for each measurement.
  public var samplesLog2: Int

  public init(samplesLog2: Int) { self.samplesLog2 = samplesLog2 }

  public struct Report: Sendable, Equatable {
    /// Largest correction, steps of `AnalogScale`.
    public var largestOffset: Int32 = 0
    /// Largest |gain − 1|, UQ1.15.
    public var largestGainError: Int32 = 0
    public init() {}
  }

  struct Buffers: Sendable {
    var steps: [Int16]
    var zeros: [Int32]
    var references: [Int32]

    init(_ tile: TileDriver) {
      let lines = max(tile.wordLines, tile.columns)
      steps = Array(repeating: 0, count: lines)
      zeros = Array(repeating: 0, count: lines)
      references = Array(repeating: 0, count: lines)
    }
  }

  func calibrate(_ tile: TileDriver, _ buffers: inout Buffers, on bus: inout some Bus) -> Report {
    var report = Report()
    for line in 0..<buffers.steps.count { tile.write(.trim, line, TileRegister.Trim.unit, on: &bus) }
    measure(.zero, of: tile, &buffers.steps, into: &buffers.zeros, on: &bus)
    measure(.reference, of: tile, &buffers.steps, into: &buffers.references, on: &bus)
    for line in 0..<buffers.steps.count {
      let offset = buffers.zeros[line].saturated(to: Int16.self)
      let swing = max(buffers.references[line] - buffers.zeros[line], 1)
      let gain = min(((Int32(AnalogScale.reference) << 15) + swing / 2) / swing, 0xffff)
      tile.write(
        .trim, line,
        TileRegister.Trim.offset.encode(Int32(offset)) | TileRegister.Trim.gain.encode(UInt32(gain)), on: &bus)
      report.largestOffset = max(report.largestOffset, abs(Int32(offset)))
      report.largestGainError = max(report.largestGainError, abs(gain - 1 << 15))
    }
    return report
  }

  private func measure(
    _ operation: Operation, of tile: TileDriver, _ steps: inout [Int16], into averages: inout [Int32],
    on bus: inout some Bus
  ) {
    for line in 0..<averages.count { averages[line] = 0 }
    for _ in 0..<(1 << samplesLog2) {
      tile.perform(operation, linear: true, on: &bus)
      tile.sense(into: &steps, on: &bus)
      for line in 0..<averages.count { averages[line] += Int32(steps[line]) }
    }
    for line in 0..<averages.count { averages[line] = averages[line].shifted(rightBy: samplesLog2) }
  }
}
