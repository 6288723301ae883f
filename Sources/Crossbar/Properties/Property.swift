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
  /// What its number counts; `none` for a name.
  public let unit: PropertyUnit
  /// What it means: the beginning of a sentence, without its end.
  public let meaning: String
  /// What values it may have, in its unit.
  public let range: PropertyRange
  /// Whether texts hold it also where it is as usual.
  public let isAlwaysWritten: Bool
  private let read: @Sendable (Owner) -> PropertyValue
  /// What makes the value unusable, or nil.
  private let write: @Sendable (inout Owner, PropertyValue) -> String?

  private init(
    _ name: String, key: String?, unit: PropertyUnit, meaning: String, range: PropertyRange, isAlwaysWritten: Bool,
    read: @escaping @Sendable (Owner) -> PropertyValue,
    write: @escaping @Sendable (inout Owner, PropertyValue) -> String?
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
      read: { .whole(Int128($0[keyPath: path])) },
      write: {
        $0[keyPath: path] = Number($1.whole)
        return nil
      })
  }

  /// A real number.
  public init(
    _ name: String, key: String? = nil, _ path: WritableKeyPath<Owner, Double> & Sendable,
    in range: ClosedRange<Double>,
    _ unit: PropertyUnit = .none, isAlwaysWritten: Bool = false, _ meaning: String
  ) {
    self.init(
      name, key: key, unit: unit, meaning: meaning, range: .real(range), isAlwaysWritten: isAlwaysWritten,
      read: { .real($0[keyPath: path]) },
      write: {
        $0[keyPath: path] = $1.real
        return nil
      })
  }

  /// One of a few names.
  public init<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, key: String? = nil, _ path: WritableKeyPath<Owner, Choice> & Sendable,
    isAlwaysWritten: Bool = false,
    _ meaning: String
  ) {
    self.init(
      name, key: key, unit: .none, meaning: meaning, range: .names(Choice.allCases.map(\.rawValue)),
      isAlwaysWritten: isAlwaysWritten, read: { .name($0[keyPath: path].rawValue) },
      write: { owner, name in
        guard let choice = Choice(rawValue: name.description) else { preconditionFailure("a name out of range") }
        owner[keyPath: path] = choice
        return nil
      })
  }

  /// A word that begins with one of a few.
  /// - `write`: keeps it, or says what makes it unusable.
  public init(
    _ name: String, key: String? = nil, words: [String], isAlwaysWritten: Bool = false, _ meaning: String,
    read: @escaping @Sendable (Owner) -> String, write: @escaping @Sendable (inout Owner, String) -> String?
  ) {
    self.init(
      name, key: key, unit: .none, meaning: meaning, range: .words(words), isAlwaysWritten: isAlwaysWritten,
      read: { .name(read($0)) }, write: { write(&$0, $1.description) })
  }

  /// `adc-offset` → `adcOffset`.
  static func key(_ name: String) -> String {
    let words = name.split(separator: "-")
    return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }

  /// The value that `owner` has.
  public subscript(_ owner: Owner) -> PropertyValue { read(owner) }

  /// - Throws: when it is out of range.
  public func set(_ value: PropertyValue, of owner: inout Owner) throws(PropertyProblem) {
    guard let value = range.clean(value) else { throw problem("\(value)") }
    if let reason = write(&owner, value) {
      throw PropertyProblem(name: name, written: "\(value)", expected: expected, reason: reason)
    }
  }

  /// The value that someone wrote, with or without its unit: `200000`, `200mV`, `5%`, `1/16`, `differential`.
  /// - Throws: when it cannot be read or is out of range.
  public func value(of written: some StringProtocol) throws(PropertyProblem) -> PropertyValue {
    let value: PropertyValue? =
      switch range {
      case .whole: WrittenNumber(written, unit: unit)?.whole.map { .whole($0) }
      case .real where unit == .share: WrittenShare.value(of: written).map { .real($0) }
      case .real: WrittenNumber(written, unit: unit)?.real.map { .real($0) }
      case .names, .words: .name(String(written))
      }
    guard let value = value.flatMap({ range.clean($0) }) else { throw problem(String(written)) }
    return value
  }

  /// For people, with its unit: `5 %`, `200000 µV`.
  public func described(_ value: PropertyValue) -> String {
    if unit == .share { return "\(value.shortest(times: 2)) %" }
    let text = value.number == nil ? value.description : value.shortest()
    return unit.symbol.isEmpty ? text : "\(text) \(unit.symbol)"
  }

  /// As someone would write it: `5%`, `200000`.
  public func written(_ value: PropertyValue) -> String {
    unit == .share ? "\(value.shortest(times: 2))%" : value.number == nil ? value.description : value.shortest()
  }

  /// As the title of an axis on which `place(of:)` puts values.
  public var title: String {
    switch range {
    case .names(let names), .words(let names):
      "\(name) (\(names.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")))"
    case .whole, .real: unit == .share ? "\(name) (%)" : unit.symbol.isEmpty ? name : "\(name) (\(unit.symbol))"
    }
  }

  /// Where a value is on an axis: shares in per cent, names in the order of their list.
  public func place(of value: PropertyValue) -> Double? {
    switch (value, range) {
    case (.name(let name), .names(let names)), (.name(let name), .words(let names)):
      names.firstIndex(of: name).map(Double.init)
    default: value.number.map { unit == .share ? $0 * 100 : $0 }
    }
  }

  /// What it may be, for a help: `5 to 16`.
  public var limits: String {
    switch range {
    case .whole(let range): "\(range.lowerBound) to \(described(.whole(range.upperBound)))"
    case .real(let range) where unit == .share:
      "\(described(.real(range.lowerBound))) to \(described(.real(range.upperBound)))"
    case .real(let range): "\(PropertyValue.real(range.lowerBound).shortest()) to \(described(.real(range.upperBound)))"
    case .names(let names), .words(let names): names.joined(separator: ", ")
    }
  }

  /// The same of a part of something larger.
  public func at<Whole>(_ path: WritableKeyPath<Whole, Owner> & Sendable) -> Property<Whole> {
    Property<Whole>(
      name, key: key, unit: unit, meaning: meaning, range: range, isAlwaysWritten: isAlwaysWritten,
      read: { read($0[keyPath: path]) }, write: { write(&$0[keyPath: path], $1) })
  }

  /// What it may be: `a whole number of cycles from 1 to 255`.
  public var expected: String {
    let unit = self.unit.symbol.isEmpty ? "" : " of \(self.unit.symbol)"
    return switch range {
    case .whole(let range): "a whole number\(unit) from \(range.lowerBound) to \(range.upperBound)"
    case .real(let range) where self.unit == .share:
      "a share from \(PropertyValue.real(range.lowerBound).shortest()) to "
        + "\(PropertyValue.real(range.upperBound).shortest()), such as 0.05 or 5%"
    case .real(let range):
      "a number\(unit) from \(PropertyValue.real(range.lowerBound).shortest()) to "
        + PropertyValue.real(range.upperBound).shortest()
    case .names(let names), .words(let names): "one of: \(names.joined(separator: ", "))"
    }
  }

  /// That it cannot be what was written.
  public func problem(_ written: String) -> PropertyProblem {
    PropertyProblem(name: name, written: written, expected: expected)
  }
}

/// A value that a property cannot have.
public struct PropertyProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Of the property.
  public let name: String
  /// The value that it cannot have, as it was written.
  public let written: String
  /// What it may be: `a whole number of cycles from 1 to 255`.
  public let expected: String
  /// Why it is unusable, where it is not its range.
  public var reason: String?

  public var description: String { message(about: name) }
  /// - Parameter what: the property's name where it was written, such as `--adc-bits`.
  public func message(about what: String) -> String {
    reason.map { "\(what): \($0)" } ?? "\(what) is '\(written)', expected \(expected)"
  }
}
