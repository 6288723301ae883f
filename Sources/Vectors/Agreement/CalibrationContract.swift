import Board
import Firmware
import Registers

/// What `calibrate` promises whatever its algorithm: converters that read true, as nearly as after this product's
/// controller but for one code, and the corrections said as it finds them.
enum CalibrationContract {
  static func differences(
    _ reply: [UInt32], of side: Side, trims board: Machine<AccessLog>,
    model: (reply: [UInt32], board: Machine<AccessLog>)
  ) -> [String] {
    guard reply.count == 5 else { return ["\(reply.count) words of the reply, expected 5"] }
    let code = ChipReading.stepsPerCode(board)
    var differences: [String] = []
    for layer in Layer.allCases {
      let (tile, first) = (side.tile(layer), 1 + 2 * Int(layer.rawValue))
      let left = ChipReading.conversionError(ofTile: tile, on: board)
      let least = ChipReading.conversionError(ofTile: tile, on: model.board)
      if left > least + code {
        differences.append("converters of tile \(tile) are off by \(left) steps, expected at most \(least + code)")
      }
      // A code more or less at both voltages.
      let allowed = (
        offset: Int64(code), gain: Int64(2 * code) * Int64(Int16.max) / Int64(AnalogScale.reference) + 1
      )
      for (place, name, allowed) in [
        (first, "largest offset", allowed.offset), (first + 1, "largest gain error", allowed.gain),
      ] where abs(Int64(reply[place]) - Int64(model.reply[place])) > allowed {
        differences.append(
          "reported \(name) of tile \(tile) \(reply[place]), expected \(model.reply[place]) within \(allowed)")
      }
    }
    return differences
  }
}
