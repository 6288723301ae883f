import Registers
import Tasks

/// Time by its parts, for people.
enum TimeText {
  /// `arrays and converters 216.0, bus 611.0, controller 22 863.0`.
  /// - Parameters:
  ///   - features: of the chip: where it has a cell unit, what holds the bus is that too.
  ///   - text: of cycles.
  static func parts(_ time: TimeParts, on features: ChipFeatures, _ text: (Double) -> String) -> String {
    let held = features.contains(.cell) ? "arrays, converters and cell unit" : "arrays and converters"
    let parts = [
      (held, time.arrayCycles), ("bus", time.busCycles), ("controller", time.controllerCycles),
    ]
    return parts.map { "\($0.0) \(text($0.1))" }.joined(separator: ", ")
  }
}
