import FixedPoint
import Registers

/// Measures every converter of a tile at two known voltages and sets its `TRIM` so that both read true.
public struct Calibration: Sendable {
  /// A power of two as its exponent: conversions averaged for each measurement.
  public var samplesLog2: Int

  /// A calibration that averages `2^samplesLog2` conversions.
  public init(samplesLog2: Int) { self.samplesLog2 = samplesLog2 }

  /// A voltage as a share of the converters' range: its raw number counts steps of `AnalogScale`.
  typealias Voltage = Fixed<Int32, 15>

  /// What the converters of a tile were off by.
  public struct Report: Sendable, Equatable {
    /// Largest correction, as a share of the converters' range.
    public var largestOffset = Fixed<Int32, 15>.zero
    /// Largest |gain − 1|.
    public var largestGainError = Fixed<Int32, 15>.zero
    /// Nothing to correct.
    public init() {}
  }

  /// The voltage of `REFERENCE`.
  static var reference: Voltage { Voltage(raw: Int32(AnalogScale.reference)) }

  struct Buffers: Sendable {
    var sensed: [Q0_15]
    var zeros: [Voltage]
    var references: [Voltage]

    init(_ tile: TileDriver) {
      let lines = tile.lines
      sensed = Array(repeating: .zero, count: lines)
      zeros = Array(repeating: .zero, count: lines)
      references = Array(repeating: .zero, count: lines)
    }
  }

  func calibrate(_ tile: TileDriver, _ buffers: inout Buffers, on bus: inout some Bus) -> Report {
    var report = Report()
    tile.setUnlocked(true, on: &bus)
    for line in 0..<buffers.sensed.count { tile.write(.trim, line, TileRegister.Trim.unit, on: &bus) }
    measure(.zero, of: tile, &buffers.sensed, into: &buffers.zeros, on: &bus)
    measure(.reference, of: tile, &buffers.sensed, into: &buffers.references, on: &bus)
    for line in 0..<buffers.sensed.count {
      let offset = Q0_15(buffers.zeros[line])
      let swing = max(buffers.references[line] - buffers.zeros[line], Voltage(raw: 1))
      let gain: Gain = Self.reference / swing
      tile.setTrim(line, offset: offset, gain: gain, on: &bus)
      report.largestOffset = max(report.largestOffset, Voltage(offset).magnitude)
      report.largestGainError = max(report.largestGainError, (Fixed<Int32, 15>(gain) - .one).magnitude)
    }
    tile.setUnlocked(false, on: &bus)
    return report
  }

  private func measure(
    _ operation: Operation, of tile: TileDriver, _ sensed: inout [Q0_15], into averages: inout [Voltage],
    on bus: inout some Bus
  ) {
    for line in 0..<averages.count { averages[line] = .zero }
    for _ in 0..<(1 << samplesLog2) {
      tile.perform(operation, linear: true, on: &bus)
      tile.sense(into: &sensed, on: &bus)
      for line in 0..<averages.count { averages[line] += Voltage(sensed[line]) }
    }
    for line in 0..<averages.count { averages[line] = averages[line].shifted(rightBy: samplesLog2) }
  }
}

extension TileDriver {
  /// Sets the correction of one ADC: what is taken off, as a share of the range, and the gain behind it.
  func setTrim(_ line: Int, offset: Q0_15, gain: Gain, on bus: inout some Bus) {
    write(
      .trim, line,
      TileRegister.Trim.offset.encode(Int32(offset.raw)) | TileRegister.Trim.gain.encode(UInt32(gain.raw)), on: &bus)
  }
}
