/// A number or a name that is fixed when something is made: what it is called, what it means, what it may be, where it
/// is kept. A line of a `PropertyTable`.
///
/// Everything that speaks of it derives from this line: options and axes of a command and their help, heads of files,
/// members of JSON, reports, messages.
public struct Property<Owner>: Sendable {
  /// As an option (`--adc-offset`) and as an axis.
  public let name: String
  /// In a text of `name=value`, with its unit: `adc-offset-uv`.
  public let text: String
  /// As a member of JSON, with its unit: `adcOffsetMicrovolts`.
  public let key: String
  public let unit: PropertyUnit
  /// What it means: the beginning of a sentence, without its end.
  public let meaning: String
  public let range: PropertyRange
  /// Whether texts hold it also where it is as usual.
  public let isAlwaysWritten: Bool
  private let read: @Sendable (Owner) -> PropertyValue
  private let write: @Sendable (inout Owner, PropertyValue) -> Void

  private init(
    _ name: String, key: String?, unit: PropertyUnit, meaning: String, range: PropertyRange, isAlwaysWritten: Bool,
    read: @escaping @Sendable (Owner) -> PropertyValue, write: @escaping @Sendable (inout Owner, PropertyValue) -> Void
  ) {
    self.name = name
    text = unit.tag.isEmpty ? name : "\(name)-\(unit.tag)"
    self.key = key ?? Self.key(name) + unit.word
    self.unit = unit
    self.meaning = meaning
    self.range = range
    self.isAlwaysWritten = isAlwaysWritten
    self.read = read
    self.write = write
  }

  /// A whole number.
  public init<Number: FixedWidthInteger & Sendable>(
    _ name: String, key: String? = nil, _ path: WritableKeyPath<Owner, Number> & Sendable,
    in range: ClosedRange<Number>,
    _ unit: PropertyUnit = .none, isAlwaysWritten: Bool = false, _ meaning: String
  ) {
    self.init(
      name, key: key, unit: unit, meaning: meaning,
      range: .whole(Int128(range.lowerBound)...Int128(range.upperBound)), isAlwaysWritten: isAlwaysWritten,
      read: { .whole(Int128($0[keyPath: path])) }, write: { $0[keyPath: path] = Number($1.whole) })
  }

  /// A real number.
  public init(
    _ name: String, key: String? = nil, _ path: WritableKeyPath<Owner, Double> & Sendable,
    in range: ClosedRange<Double>,
    _ unit: PropertyUnit = .none, isAlwaysWritten: Bool = false, _ meaning: String
  ) {
    self.init(
      name, key: key, unit: unit, meaning: meaning, range: .real(range), isAlwaysWritten: isAlwaysWritten,
      read: { .real($0[keyPath: path]) }, write: { $0[keyPath: path] = $1.real })
  }

  /// One of a few names.
  public init<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, key: String? = nil, _ path: WritableKeyPath<Owner, Choice> & Sendable,
    isAlwaysWritten: Bool = false,
    _ meaning: String
  ) {
    self.init(
      name, key: key, names: Choice.allCases.map(\.rawValue), isAlwaysWritten: isAlwaysWritten, meaning,
      read: { $0[keyPath: path].rawValue },
      write: { owner, name in
        guard let choice = Choice(rawValue: name) else { preconditionFailure("a name out of range") }
        owner[keyPath: path] = choice
      })
  }

  /// One of a few names, however it is kept.
  public init(
    _ name: String, key: String? = nil, names: [String], isAlwaysWritten: Bool = false, _ meaning: String,
    read: @escaping @Sendable (Owner) -> String, write: @escaping @Sendable (inout Owner, String) -> Void
  ) {
    self.init(
      name, key: key, unit: .none, meaning: meaning, range: .names(names), isAlwaysWritten: isAlwaysWritten,
      read: { .name(read($0)) }, write: { write(&$0, $1.description) })
  }

  /// `adc-offset` → `adcOffset`.
  static func key(_ name: String) -> String {
    let words = name.split(separator: "-")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }

  public subscript(_ owner: Owner) -> PropertyValue { read(owner) }

  /// - Throws: when it is out of range.
  public func set(_ value: PropertyValue, of owner: inout Owner) throws(PropertyProblem) {
    guard let value = range.clean(value) else { throw problem("\(value)") }
    write(&owner, value)
  }

  /// The value that someone wrote, with or without its unit: `200000`, `200mV`, `5%`, `differential`.
  /// - Throws: when it cannot be read or is out of range.
  public func value(of written: some StringProtocol) throws(PropertyProblem) -> PropertyValue {
    let value: PropertyValue? =
      switch range {
      case .whole: WrittenNumber(written, unit: unit)?.whole.map { .whole($0) }
      case .real: WrittenNumber(written, unit: unit)?.real.map { .real($0) }
      case .names: .name(String(written))
      }
    guard let value = value.flatMap({ range.clean($0) }) else { throw problem(String(written)) }
    return value
  }

  /// For people, with its unit: `5 %`, `200000 µV`.
  public func described(_ value: PropertyValue) -> String {
    if unit == .share { return "\(PropertyValue.percent(value.real)) %" }
    return unit.symbol.isEmpty ? "\(value)" : "\(value) \(unit.symbol)"
  }

  /// What it may be: `a whole number of bits from 5 to 16`.
  public var expected: String {
    let unit = self.unit.symbol.isEmpty ? "" : " of \(self.unit.symbol)"
    return switch range {
    case .whole(let range): "a whole number\(unit) from \(range.lowerBound) to \(range.upperBound)"
    case .real(let range) where self.unit == .share:
      "a share from \(PropertyValue.real(range.lowerBound)) to \(PropertyValue.real(range.upperBound)), such as 0.05 or 5%"
    case .real(let range):
      "a number\(unit) from \(PropertyValue.real(range.lowerBound)) to \(PropertyValue.real(range.upperBound))"
    case .names(let names): "one of: \(names.joined(separator: ", "))"
    }
  }

  public func problem(_ written: String) -> PropertyProblem {
    PropertyProblem(name: name, written: written, expected: expected)
  }
}

/// A value that a property cannot have.
public struct PropertyProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Of the property.
  public let name: String
  public let written: String
  public let expected: String

  public var description: String { message(about: name) }
  /// - Parameter what: the property's name where it was written, such as `--adc-bits`.
  public func message(about what: String) -> String { "\(what) is '\(written)', expected \(expected)" }
}
