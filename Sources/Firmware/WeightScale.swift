import FixedPoint
import Registers

/// How a weight stands in a tile's conductances and comes back as a voltage.
///
/// A weight of ±window is ±κ of conductance, κ being half the device's range against a reference and the whole range in
/// a pair. Two feedback resistors are chosen from the data sheet in the chip's registers:
/// gain 0 makes `Σ x·w = 1` the unit of the activation circuits (`AnalogScale.unit`, or 2^−headroom of it);
/// gain 1 makes one line at full scale on a weight of ±window ±`AnalogScale.reference`, for reading weights back.
public enum WeightScale {
  public static let computeGain: UInt32 = 0
  public static let verifyGain: UInt32 = 1

  /// - Parameters:
  ///   - window: the weight that full conductance stands for, UQ8.8.
  ///   - headroom: how many bits smaller than Q3.12 the columns' outputs are.
  public static func set(window: UInt32, headroom: UInt32, of tile: TileDriver, on bus: inout some Bus) {
    let lowest = Int64(tile.read(.conductance, 0, on: &bus))
    let highest = Int64(tile.read(.conductance, 1, on: &bus))
    let fullScale = Int64(tile.read(.readVoltage, on: &bus)) * Int64(tile.fullScaleCode)
    // nanosiemens · microvolts are femtoamperes; microvolts over femtoamperes are 10⁹ ohms.
    let femtoamperes = max((highest - lowest) * fullScale / (tile.isDifferential ? 1 : 2), 1)
    func ohms(_ microvolts: Int64) -> UInt32 {
      UInt32(clamping: max((microvolts * 1_000_000_000).dividedHalfUp(by: femtoamperes), 1))
    }
    tile.write(.feedback, 0, ohms((Int64(AnalogScale.unitMicrovolts) * Int64(window)) >> Int64(8 + headroom)), on: &bus)
    tile.write(.feedback, 1, ohms(Int64(AnalogScale.referenceMicrovolts)), on: &bus)
  }

  /// A weight as a share of the window, Q0.15 in 32 bits (±2 before it saturates), from a read at `verifyGain`.
  @inline(__always)
  static func share(ofSteps steps: Int16) -> Int32 { Int32(steps) * 2 }
}
