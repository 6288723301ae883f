import Files
import FixedPoint
import Foundation

/// Labelled sequences, as the chip will see them.
public struct SequenceSet: Sendable, Equatable {
  public struct Sequence: Sendable, Equatable {
    public var label: Int
    /// `steps × features`, time-major, Q0.15.
    public var values: [Int16]
    public var steps: Int
    /// Regression: `steps × outputs`, Q0.15; otherwise empty.
    public var targets: [Int16] = []
  }

  public var name: String
  public var features: Int
  /// 0 for regression.
  public var classes: Int
  public var sequences: [Sequence]
  /// Regression: what a target of 1 is in the data's unit.
  public var targetScale = 1.0
  /// Regression: what a target of 0 is in the data's unit.
  public var targetOffset = 0.0
  /// Regression: leading steps of the test series that only bring the state up to date.
  public var warmUp = 0
  public var isRegression: Bool { classes == 0 }
  /// Columns of the dense layer.
  public var outputs: Int { isRegression ? 1 : classes }
}

/// The first line of a sequence file: `# name=… T=… F=… classes=… offset=… scale=… [variable_length=1] [frame=k]`.
struct SequenceHeader {
  var name = "sequences"
  var steps: Int?
  var features = 0
  var classes = 0
  var isVariable = false
  /// Each line is a step: target, then inputs.
  var isRegression = false
  var offset = 0.0
  var scale = 1.0
  /// Successive steps read as one.
  var frame = 1

  init(_ text: Substring, file: String) throws(InputError) {
    guard text.hasPrefix("#") else {
      throw InputError(file, line: 1, "expected a header line such as '# T=8 F=8 classes=10 offset=8 scale=8'")
    }
    for item in text.dropFirst().split(separator: " ") {
      if item == "regression" { isRegression = true }
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      try set(String(parts[0]), String(parts[1]), file: file)
    }
    guard features > 0 else { throw InputError(file, line: 1, "the header lacks F=…, the number of values in a step") }
    guard isRegression || classes > 1 else { throw InputError(file, line: 1, "the header lacks classes=…, 2 or more") }
    if !isVariable, let steps, steps % frame != 0 {
      throw InputError(file, line: 1, "T=\(steps) is not a multiple of frame=\(frame)")
    }
  }

  private mutating func set(_ key: String, _ value: String, file: String) throws(InputError) {
    func positive(_ value: String) throws(InputError) -> Int {
      guard let number = Int(value), number > 0, number <= 1_000_000 else {
        throw InputError(file, line: 1, "\(key)=\(value) in the header, expected a positive whole number")
      }
      return number
    }
    func real(_ value: String) throws(InputError) -> Double {
      guard let number = Double(value), number.isFinite else {
        throw InputError(file, line: 1, "\(key)=\(value) in the header, expected a number")
      }
      return number
    }
    switch key {
    case "name": name = value
    case "T": steps = try positive(value)
    case "F": features = try positive(value)
    case "classes": classes = try positive(value)
    case "variable_length": isVariable = value == "1"
    case "frame": frame = try positive(value)
    case "offset": offset = try real(value)
    case "scale":
      scale = try real(value)
      guard scale != 0 else { throw InputError(file, line: 1, "scale=0 in the header, expected another number") }
    default: break
    }
  }
}

extension SequenceHeader {
  /// A value as Q0.15.
  func scaled(_ item: Substring, position: Int, file: String, line: Int) throws(InputError) -> Int16 {
    guard let number = Double(item), number.isFinite else {
      throw InputError(file, line: line, "value \(position) is '\(item)', expected a number")
    }
    let scaled = (number - offset) / scale
    guard abs(scaled) <= 1 else {
      throw InputError(
        file, line: line,
        "value \(position) is \(item), outside ±1 after (value − offset)/scale; adjust offset and scale")
    }
    return Q0_15(scaled).raw
  }
}

extension SequenceSet {
  /// Reads a sequence file: a header line, then a sequence a line, label first, values time-major.
  ///
  /// - Throws: the first thing wrong, with file and line.
  public init(csv path: String) throws(InputError) {
    let lines = try Self.lines(of: path)
    let header = try SequenceHeader(lines.first ?? "", file: path)
    name = header.name
    features = header.features * header.frame
    classes = header.isRegression ? 0 : header.classes
    targetScale = header.scale
    targetOffset = header.offset
    sequences = []
    if header.isRegression {
      sequences = [try Self.series(lines, header, file: path)]
      guard sequences[0].steps > 0 else { throw InputError(path, "no steps, expected at least one after the header") }
      return
    }
    sequences.reserveCapacity(lines.count)
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      sequences.append(try Self.sequence(line, header, file: path, line: number + 1))
    }
    guard !sequences.isEmpty else { throw InputError(path, "no sequences, expected at least one after the header") }
  }

  private static func lines(of path: String) throws(InputError) -> [Substring] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(path, "cannot be read, expected a file of sequences")
    }
    guard let text = String(data: data, encoding: .utf8) else { throw InputError(path, "is not UTF-8 text") }
    return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  private static func sequence(
    _ text: Substring, _ header: SequenceHeader, file: String, line: Int
  ) throws(InputError) -> Sequence {
    let items = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let label = Int(items[0]), (0..<header.classes).contains(label) else {
      throw InputError(file, line: line, "label '\(items[0])', expected 0 to \(header.classes - 1)")
    }
    let count = items.count - 1
    let perStep = header.features * header.frame
    guard count > 0, count % perStep == 0 else {
      throw InputError(
        file, line: line, "\(count) values after the label, expected a multiple of \(perStep) (values in a step)")
    }
    if !header.isVariable, let steps = header.steps, count != steps * header.features {
      throw InputError(
        file, line: line, "\(count) values after the label, expected T·F = \(steps * header.features)")
    }
    var values: [Int16] = []
    values.reserveCapacity(count)
    for (position, item) in items.dropFirst().enumerated() {
      values.append(try header.scaled(item, position: position + 1, file: file, line: line))
    }
    return Sequence(label: label, values: values, steps: count / perStep)
  }
}
