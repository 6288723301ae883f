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
/// to pulse scales the dose. A model holds parameters only; the conductance is the whole state of a cell.
public protocol DeviceModel: Sendable {
  /// Lowest and highest conductance, picosiemens.
  var conductanceRange: ClosedRange<Int32> { get }

  /// Dose per nanosecond at an amplitude across the cell; 0 where the cell does not move.
  func rate(_ polarity: Polarity, millivolts: Double) -> Double

  /// Picosiemens after `dose`, from picosiemens before.
  func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity) -> Int32
}

/// The device models a tile can be built with.
public enum Device: Sendable, Equatable {
  case vteam(VTEAM)

  /// The model's parameters, for code that does not program.
  public var conductanceRange: ClosedRange<Int32> {
    switch self {
    case .vteam(let model): model.conductanceRange
    }
  }

  /// What makes the parameters unusable, or nil.
  public var problem: String? {
    switch self {
    case .vteam(let model): model.problem
    }
  }

  /// What the published parameter sets are called.
  public static let names = ["vteam"]

  /// The published parameter set of that name.
  public init?(name: String) {
    switch name {
    case "vteam": self = .vteam(.analog)
    default: return nil
    }
  }

  public var name: String {
    switch self {
    case .vteam: "vteam"
    }
  }
}
