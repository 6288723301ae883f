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
public protocol DeviceModel: Sendable, Equatable {
  /// Which of all models this is.
  static var kind: Device.Kind { get }

  /// What it is, in a line.
  static var summary: String { get }

  /// What it leaves out, in a sentence.
  static var leavesOut: String { get }

  /// Every number that makes a device of this model: its name, unit, valid range and meaning.
  static var parameters: [Property<Self>] { get }

  /// Tables beside the numbers.
  static var tables: [PulseTableProperty<Self>] { get }

  /// Published parameters, the usual ones first.
  static var published: [PublishedParameters<Self>] { get }

  /// Whether only voltages beyond a threshold move a cell, by a law of the model's own source.
  static var hasThreshold: Bool { get }

  /// The device with this model.
  var device: Device { get }

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

  /// What makes parameters that are each in their range unusable together, or nil.
  var problem: String? { get }

  /// Widths of the first and the last pulse of a staircase, nanoseconds.
  var staircaseWidths: (first: Double, last: Double) { get }
}

/// A published parameter set of a model.
public struct PublishedParameters<Model: DeviceModel>: Sendable {
  /// As `--device` takes it: `neurosim-taox`.
  public let name: String
  /// Paper, program or data sheet, and what was chosen beyond it.
  public let source: String
  /// What its parameters and tables stand on, but for those that are `chosen`.
  public let standing: Standing
  /// Parameters that stand on something else, by name.
  public var chosen: [(name: String, standing: Standing)] = []
  /// The model with these parameters.
  public let model: Model
}

extension DeviceModel {
  public static var tables: [PulseTableProperty<Self>] { [] }
  public static var hasThreshold: Bool { false }
  public var isNoisy: Bool { false }

  static var catalog: [Device.Published] {
    published.map {
      Device.Published(
        name: $0.name, source: $0.source, standing: $0.standing, chosen: $0.chosen, device: $0.model.device)
    }
  }

  public func conductance(_ before: Int32, after dose: Double, _ polarity: Polarity, noise: Double) -> Int32 {
    conductance(before, after: dose, polarity)
  }

  /// What makes the parameters unusable, one by one or together, or nil.
  var anyProblem: String? {
    problem ?? Self.parameters.lazy.compactMap { $0.isInRange(self) ? nil : "\($0.problem("\($0[self])"))" }.first
  }
}

extension Property {
  /// Whether `owner` has a value that it can have.
  func isInRange(_ owner: Owner) -> Bool { range.clean(self[owner]) != nil }
}
