import Crossbar
import Files
import Firmware
import FixedPoint
import Registers

extension ActivationKind: Codable {}

extension NetworkShape: CustomStringConvertible {
  /// As in `8-16-10`.
  public var description: String { "\(inputs)-\(hidden)-\(outputs)" }

  /// What a model file and a chip file say of a network.
  static let properties = PropertyTable(
    usual: NetworkShape(inputs: 1, hidden: 1, outputs: 1),
    [
      Property("inputs", \.inputs, in: sizes, isAlwaysWritten: true, "Values of a time step"),
      Property("hidden", \.hidden, in: sizes, isAlwaysWritten: true, "Cells of the LSTM"),
      Property("outputs", \.outputs, in: sizes, isAlwaysWritten: true, "Outputs of the dense layer"),
    ])

  private static let sizes = 1...MemoryMap.maximumLines
}

/// A trained LSTM with a dense layer, in real numbers.
public struct Model: Sendable, Equatable {
  /// Name of the task, as its file says it.
  public var task: String
  /// Its sizes.
  public var shape: NetworkShape
  /// The circuits that it was trained with.
  public var activation: ActivationKind
  /// Largest |weight|; what full conductance stands for.
  public var window: Double
  /// Rows and columns as `shape.lstm`: word lines x, h, bias; columns i, f, g, o.
  public var lstm: [[Double]]
  /// Rows and columns as `shape.dense`: word lines h, bias.
  public var dense: [[Double]]

  package init(
    task: String, shape: NetworkShape, activation: ActivationKind, window: Double, lstm: [[Double]], dense: [[Double]]
  ) {
    self.task = task
    self.shape = shape
    self.activation = activation
    self.window = window
    self.lstm = lstm
    self.dense = dense
  }

  /// Values of a time step.
  public var inputs: Int { shape.inputs }
  /// Classes, or predicted values.
  public var outputs: Int { shape.outputs }
}
