import Registers

/// Time by where it goes, in cycles of the core clock: no cycle is in two parts, none is in no part.
///
/// Whole numbers where they are counted, up to 2⁵³; means elsewhere.
public struct TimeParts: Sendable, Equatable, Codable {
  /// Operations of tiles, converters, flash and cell unit that the controller waits for.
  public var arrayCycles: Double
  /// Accesses of the controller to the chip and its other blocks, one cycle each.
  public var busCycles: Double
  /// What the controller computes.
  public var controllerCycles: Double

  /// Time by its parts, cycles, none negative.
  public init(arrayCycles: Double = 0, busCycles: Double = 0, controllerCycles: Double = 0) {
    self.arrayCycles = arrayCycles
    self.busCycles = busCycles
    self.controllerCycles = controllerCycles
  }

  /// All parts together, cycles.
  public var totalCycles: Double { arrayCycles + busCycles + controllerCycles }
  /// All parts together, seconds of the chip's clock.
  public var totalSeconds: Double { Self.seconds(totalCycles) }

  /// Cycles of the core clock in seconds.
  public static func seconds(_ cycles: Double) -> Double { cycles / Double(Electrical.clockHertz) }

  /// Both, part by part.
  public static func + (left: TimeParts, right: TimeParts) -> TimeParts {
    TimeParts(
      arrayCycles: left.arrayCycles + right.arrayCycles, busCycles: left.busCycles + right.busCycles,
      controllerCycles: left.controllerCycles + right.controllerCycles)
  }

  /// What has passed since another moment, part by part.
  public static func - (left: TimeParts, right: TimeParts) -> TimeParts {
    TimeParts(
      arrayCycles: left.arrayCycles - right.arrayCycles, busCycles: left.busCycles - right.busCycles,
      controllerCycles: left.controllerCycles - right.controllerCycles)
  }

  /// A mean of so many.
  public static func / (sum: TimeParts, count: Double) -> TimeParts {
    TimeParts(
      arrayCycles: sum.arrayCycles / count, busCycles: sum.busCycles / count,
      controllerCycles: sum.controllerCycles / count)
  }
}

/// As columns of a sweep.
extension TimeParts {
  static var columns: [String] { ["array_cycles", "bus_cycles", "controller_cycles"] }

  var cells: [String] { ["\(arrayCycles)", "\(busCycles)", "\(controllerCycles)"] }
}
