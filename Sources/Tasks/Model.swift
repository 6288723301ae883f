import Files
import FixedPoint
import Foundation

/// The activation circuits that a model can be trained and run with.
public enum ActivationKind: String, Sendable, CaseIterable, Codable {
  case hard, pwl5, plan, pwl16

  public var circuits: Activation {
    switch self {
    case .hard: .hard
    case .pwl5: .fiveSegment
    case .plan: .plan
    case .pwl16: .equalRipple
    }
  }
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
  /// `(inputs + hidden + 1) × 4·hidden`: word lines x, h, bias; columns i, f, g, o.
  public var lstm: [[Double]]
  /// `(hidden + 1) × outputs`: word lines h, bias.
  public var dense: [[Double]]
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
    func check(_ matrix: [[Double]], _ name: String, rows: Int, columns: Int) throws(InputError) {
      guard matrix.count == rows else { throw InputError(path, "\(name) has \(matrix.count) rows, expected \(rows)") }
      for (number, row) in matrix.enumerated() {
        guard row.count == columns else {
          throw InputError(path, "row \(number) of \(name) has \(row.count) numbers, expected \(columns)")
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
    try check(lstm, "lstm", rows: inputs + hidden + 1, columns: 4 * hidden)
    try check(dense, "dense", rows: hidden + 1, columns: outputs)
  }
}
