import FixedPoint
import Registers

/// How a weight stands in a tile's conductances and comes back as a voltage.
///
/// A weight of ±window is ±κ of conductance, κ being half the device's range against a reference and the whole range in
/// a pair. Two feedback resistors are chosen from the data sheet in the chip's registers:
/// gain 0 makes `Σ x·w = 1` the unit of the activation circuits (`AnalogScale.unit`, or 2^−headroom of it);
/// gain 1 makes one line at full scale on a weight of ±window ±`AnalogScale.reference`: a weight reads back as its share
/// of the window, Q1.14.
public enum WeightScale {
  /// `START.GAIN` of a product.
  public static let computeGain: UInt32 = 0
  /// `START.GAIN` of a weight that is read back.
  public static let verifyGain: UInt32 = 1

  /// - `headroom`: how many bits smaller than Q3.12 the columns' outputs are.
  public static func set(window: Window, headroom: UInt32, of tile: TileDriver, on bus: inout some Bus) {
    let lowest = Int64(tile.read(.conductance, 0, on: &bus))
    let highest = Int64(tile.read(.conductance, 1, on: &bus))
    let fullScale = Int64(tile.read(.readVoltage, on: &bus)) * Int64(tile.fullScaleCode)
    // nanosiemens · microvolts are femtoamperes; microvolts over femtoamperes are 10⁹ ohms.
    let femtoamperes = max((highest - lowest) * fullScale / (tile.isDifferential ? 1 : 2), 1)
    func ohms(_ microvolts: Int64) -> UInt32 {
      UInt32(clamping: max((microvolts * 1_000_000_000).dividedHalfUp(by: femtoamperes), 1))
    }
    let ofWindow = (Int64(AnalogScale.unitMicrovolts) * Int64(window.raw))
      .shifted(rightBy: Window.fractionBits + Int(headroom), rounding: .down)
    tile.setUnlocked(true, on: &bus)
    tile.write(.feedback, 0, ohms(ofWindow), on: &bus)
    tile.write(.feedback, 1, ohms(Int64(AnalogScale.referenceMicrovolts)), on: &bus)
    tile.setUnlocked(false, on: &bus)
  }
}
