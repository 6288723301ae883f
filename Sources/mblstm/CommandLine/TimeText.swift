import Tasks

/// Time by its parts, for people.
enum TimeText {
  /// `arrays and converters 216.0, bus 611.0, controller 22 863.0`.
  /// - Parameter text: of cycles.
  static func parts(_ time: TimeParts, _ text: (Double) -> String) -> String {
    let parts = [
      ("arrays and converters", time.arrayCycles), ("bus", time.busCycles), ("controller", time.controllerCycles),
    ]
    return parts.map { "\($0.0) \(text($0.1))" }.joined(separator: ", ")
  }
}
