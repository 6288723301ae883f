/// Direction of a programming pulse.
public enum Polarity: Sendable {
  /// Towards the low-resistance state: conductance rises.
  case set
  /// Towards the high-resistance state: conductance falls.
  case reset
}

/// How a pulse moves the conductance of one memristor.
///
/// A pulse acts by its *dose*: the rate at its amplitude times its length. Variation from cell to cell and from pulse
/// to pulse scales the dose. A model holds parameters only; the conductance is the whole state of a cell. Rates and
/// conductances are Double arithmetic of + − × ÷ √ in a fixed order, rounded to a picosiemens at the end: the same bits
/// on every machine.
public protocol DeviceModel: Sendable {
  /// Lowest and highest conductance, picosiemens.
  var conductanceRange: ClosedRange<Int32> { get }

  /// Dose per nanosecond at an amplitude across the cell; 0 where the cell does not move.
  func rate(_ polarity: Polarity, millivolts: Double) -> Double

  /// Picosiemens after `dose`, from picosiemens before.
  func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32

  /// Whether pulses have noise of their own, as the model's source measured it.
  var isNoisy: Bool { get }

  /// The same with the model's own noise for one normal draw, in standard deviations.
  func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise: Double) -> Int32

  /// What makes the parameters unusable, or nil.
  var problem: String? { get }
}

extension DeviceModel {
  public var isNoisy: Bool { false }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise: Double) -> Int32 {
    conductance(before, after: dose, polarity)
  }

  /// What makes the range unusable, or nil.
  var rangeProblem: String? {
    let range = conductanceRange
    guard range.lowerBound > 0, range.lowerBound < range.upperBound, range.upperBound <= 2_000_000_000 else {
      return
        "conductances are \(range.lowerBound) to \(range.upperBound) pS, expected more than 0, rising, up to 2 mS"
    }
    return nil
  }
}
