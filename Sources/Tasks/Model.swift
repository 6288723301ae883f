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
  public var task: String
  public var inputs: Int
  public var hidden: Int
  public var outputs: Int
  public var activation: ActivationKind
  /// Largest |weight|; what full conductance stands for.
  public var window: Double
  /// Rows and columns as `shape.lstm`: word lines x, h, bias; columns i, f, g, o.
  public var lstm: [[Double]]
  /// Rows and columns as `shape.dense`: word lines h, bias.
  public var dense: [[Double]]

  public var shape: NetworkShape { NetworkShape(inputs: inputs, hidden: hidden, outputs: outputs) }
}
