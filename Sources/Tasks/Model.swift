import Files
import Firmware
import FixedPoint

extension ActivationKind: Codable {}

extension NetworkShape: CustomStringConvertible {
  /// As in `8-16-10`.
  public var description: String { "\(inputs)-\(hidden)-\(outputs)" }
}

/// A trained LSTM with a dense layer, in real numbers.
public struct Model: Sendable, Equatable {
  /// Name of the task, as its file says it.
  public var task: String
  /// Values of a time step.
  public var inputs: Int
  /// Cells of the LSTM.
  public var hidden: Int
  /// Outputs of the dense layer: classes, or predicted values.
  public var outputs: Int
  /// The circuits that it was trained with.
  public var activation: ActivationKind
  /// Largest |weight|; what full conductance stands for.
  public var window: Double
  /// Rows and columns as `shape.lstm`: word lines x, h, bias; columns i, f, g, o.
  public var lstm: [[Double]]
  /// Rows and columns as `shape.dense`: word lines h, bias.
  public var dense: [[Double]]

  /// Its sizes, as the firmware takes them.
  public var shape: NetworkShape { NetworkShape(inputs: inputs, hidden: hidden, outputs: outputs) }
}
