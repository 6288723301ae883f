import Files
import FixedPoint

/// Labelled sequences, as the chip will see them.
public struct SequenceSet: Sendable, Equatable {
  /// What the network is fed, step by step, and the answer that is right.
  public struct Sequence: Sendable, Equatable {
    /// The class, from 0; 0 for regression.
    public var label: Int
    /// `steps × features`, time-major, Q0.15.
    public var values: [Int16]
    /// Time steps.
    public var steps: Int
    /// Regression: `steps × outputs`, Q0.15; otherwise empty.
    public var targets: [Int16] = []
    /// Regression of a transformed series: its steps as they were measured; otherwise empty.
    public var measured: [Measured] = []

    package init(label: Int, values: [Int16], steps: Int, targets: [Int16] = []) {
      self.label = label
      self.values = values
      self.steps = steps
      self.targets = targets
    }
  }

  /// A step of a series, in the data's unit.
  public struct Measured: Sendable, Equatable {
    /// What is known at the step.
    public var last: Double
    /// What is to be predicted.
    public var next: Double
  }

  /// As the header of its file says; `sequences` if it does not.
  public var name: String
  /// Values of a time step.
  public var features: Int
  /// 0 for regression.
  public var classes: Int
  /// In the order of the file; one for regression.
  public var sequences: [Sequence]
  /// Regression: what a target of 1 is above one of 0, in the data's unit, or in that of its `transform`.
  public var targetScale = 1.0
  /// Regression: what a target of 0 is, in the data's unit, or in that of its `transform`.
  public var targetOffset = 0.0
  /// Regression: what its values are changed to before they are scaled; nil for a series that is taken as it is.
  public var transform: SeriesTransform?
  /// Regression: steps after which the series is like itself, where the header says so.
  public var season: Int?
  /// Regression: leading steps of the test series that only bring the state up to date.
  public var warmUp = 0
  /// Whether targets are predicted at every step, in place of a class at the last one.
  public var isRegression: Bool { classes == 0 }
  /// Columns of the dense layer.
  public var outputs: Int { isRegression ? 1 : classes }

  /// The same values in their order, in steps of another width; nil where a step is not a whole number of such.
  package func inSteps(of inputs: Int) -> SequenceSet? {
    guard !isRegression, inputs > 0, features % inputs == 0 else { return nil }
    var set = self
    set.features = inputs
    for number in set.sequences.indices { set.sequences[number].steps *= features / inputs }
    return set
  }
}

/// The first line of a sequence file: `# name=… T=… F=… classes=… offset=… scale=… [variable_length=1] [frame=k]`, or
/// `# name=… regression F=… offset=… scale=… [transform=log-difference] [season=k]`.
///
/// What is behind a `(` is a remark. A key that is unknown or there twice is refused, and so is a number of sequences
/// (`n=`) that is another than the file's.
struct SequenceHeader {
  var name = "sequences"
  /// Sequences, where the header says so.
  var count: Int?
  var steps: Int?
  var features = 0
  var classes = 0
  var isVariable = false
  /// Each line is a step: target, then inputs.
  var isRegression = false
  /// Of a series.
  var transform: SeriesTransform?
  /// Steps of a series after which it is like itself.
  var season: Int?
  var offset = 0.0
  var scale = 1.0
  /// Successive steps read as one.
  var frame = 1

  /// Takes the first line.
  /// - Parameter history: the series that this one goes on from.
  init(_ lines: inout LineReader, after history: SequenceSet?) throws(InputError) {
    guard let text = try lines.next(), text.hasPrefix("#") else {
      throw InputError(
        lines.path, line: 1, "expected a header line such as '# T=8 F=8 classes=10 offset=8 scale=8'")
    }
    var items = try HeaderItems(text.dropFirst().prefix { $0 != "(" }, of: lines.path, line: 1)
    name = items.take("name") ?? name
    _ = items.take("part")
    isRegression = items.take("regression") != nil
    count = try items.positive("n")
    steps = try items.positive("T")
    features = try items.positive("F") ?? 0
    classes = try items.positive("classes") ?? 0
    isVariable = try items.flag("variable_length")
    frame = try items.positive("frame") ?? frame
    offset = try items.real("offset") ?? offset
    scale = try items.real("scale") ?? scale
    transform = try items.transform()
    season = try items.positive("season")
    try items.end()
    guard name.isOneLine else { throw items.error("the name is not one line of text") }
    guard !isRegression || frame == 1 else { throw items.error("frame=\(frame), expected none for regression") }
    guard scale != 0 else { throw items.error("scale=0, expected another number") }
    guard features > 0 else { throw items.error("F=…, the number of values in a step, is missing") }
    guard isRegression || classes > 1 else { throw items.error("classes=…, 2 or more, is missing") }
    if !isVariable, let steps, steps % frame != 0 {
      throw items.error("T=\(steps) is not a multiple of frame=\(frame)")
    }
    try expectSeries(items)
    if let history, transform ?? history.transform != nil { try expect(like: history, items) }
  }
}

extension HeaderItems {
  fileprivate mutating func positive(_ key: String) throws(InputError) -> Int? {
    guard let value = take(key) else { return nil }
    guard let number = Int(value), number > 0, number <= 1_000_000 else {
      throw error("\(key)=\(value), expected a positive whole number")
    }
    return number
  }

  fileprivate mutating func real(_ key: String) throws(InputError) -> Double? {
    guard let value = take(key) else { return nil }
    // Sums of squares of such numbers are finite.
    guard let number = Double(value), number.magnitude <= 1e100 else {
      throw error("\(key)=\(value), expected a number from -1e100 to 1e100")
    }
    return number
  }

  fileprivate mutating func transform() throws(InputError) -> SeriesTransform? {
    guard let value = take("transform") else { return nil }
    guard let transform = SeriesTransform(rawValue: value) else {
      let names = SeriesTransform.allCases.map(\.rawValue).joined(separator: " or ")
      throw error("transform=\(value), expected \(names)")
    }
    return transform
  }

  fileprivate mutating func flag(_ key: String) throws(InputError) -> Bool {
    guard let value = take(key) else { return false }
    guard value == "0" || value == "1" else { throw error("\(key)=\(value), expected 0 or 1") }
    return value == "1"
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
  /// Reads a sequence file: a header line, then a sequence a line, label first, values time-major; of a series
  /// (`regression`) a step a line, target first.
  ///
  /// Of a series with `transform=…` offset and scale are those of its changes, and the first step is only what the second is a
  /// change from.
  /// - Parameters:
  ///   - path: of the file.
  ///   - history: the series that this one goes on from: the first step is then a change from its last one.
  /// - Throws: the first thing wrong, with file and line.
  public init(csv path: String, after history: SequenceSet? = nil) throws(InputError) {
    try self.init(LineReader(path, expecting: "a file of sequences"), after: history)
  }

  /// Reads a sequence file by its lines.
  package init(_ file: LineReader, after history: SequenceSet? = nil) throws(InputError) {
    var file = file
    let path = file.path
    let header = try SequenceHeader(&file, after: history)
    name = header.name
    features = header.features * header.frame
    classes = header.isRegression ? 0 : header.classes
    targetScale = header.scale
    targetOffset = header.offset
    transform = header.transform
    season = header.season
    sequences = []
    if header.isRegression {
      sequences = [try Self.series(&file, header, after: history)]
    } else {
      while let line = try file.next() {
        if line.isEmpty { continue }
        sequences.append(try Self.sequence(line[...], header, file: path, line: file.number))
      }
      guard !sequences.isEmpty else { throw InputError(path, "no sequences, expected at least one after the header") }
    }
    if let count = header.count, count != sequences.count {
      throw InputError(path, line: 1, "the header: n=\(count), the file has \(sequences.count)")
    }
  }

  private static func sequence(
    _ text: Substring, _ header: SequenceHeader, file: String, line: Int
  ) throws(InputError) -> Sequence {
    let items = text.cells
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
