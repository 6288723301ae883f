import Files
import Firmware
import FixedPoint
import Foundation

extension ActivationKind: Codable {}

extension NetworkShape: CustomStringConvertible {
  /// As in `8-16-10`.
  public var description: String { "\(inputs)-\(hidden)-\(outputs)" }
}

/// A trained LSTM with a dense layer, in real numbers.
public struct Model: Sendable, Equatable, Decodable {
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

extension Model {
  /// Reads a model file and checks its shape.
  public init(json path: String) throws(InputError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(path, "cannot be read, expected a model file")
    }
    do {
      self = try JSONDecoder().decode(Model.self, from: data)
    } catch let error as DecodingError {
      throw InputError(path, Self.explain(error))
    } catch {
      throw InputError(path, "is not a model: \(error)")
    }
    try checkShape(path)
  }

  private static func explain(_ error: DecodingError) -> String {
    func name(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, _): "is not a model: '\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "is not a model: '\(name(context.codingPath))' is of another type than expected"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "is not JSON" : "is not a model: '\(name(context.codingPath))' has an unknown value"
    @unknown default: "is not a model"
    }
  }

  private func checkShape(_ path: String) throws(InputError) {
    func check(_ matrix: [[Double]], _ name: String, _ lines: NetworkShape.Lines) throws(InputError) {
      guard matrix.count == lines.rows else {
        throw InputError(path, "\(name) has \(matrix.count) rows, expected \(lines.rows)")
      }
      for (number, row) in matrix.enumerated() {
        guard row.count == lines.columns else {
          throw InputError(path, "row \(number) of \(name) has \(row.count) numbers, expected \(lines.columns)")
        }
        guard row.allSatisfy({ abs($0) <= window }) else {
          throw InputError(path, "row \(number) of \(name) has a weight beyond the window of ±\(window)")
        }
      }
    }
    guard window > 0, window < 256 else {
      throw InputError(path, "window is \(window), expected more than 0, below 256")
    }
    for (name, size) in [("inputs", inputs), ("hidden", hidden), ("outputs", outputs)] {
      guard (1...1024).contains(size) else { throw InputError(path, "\(name) is \(size), expected 1 to 1024") }
    }
    try check(lstm, "lstm", shape.lstm)
    try check(dense, "dense", shape.dense)
  }
}
