/// A value in a file, which knows where it is: every way to read it ends in a value of the right kind or an error that
/// names file, line and member, and says what was expected.
package struct Node: Sendable {
  package let value: JSON
  package let file: String
  private let path: Path

  private indirect enum Path: Sendable {
    /// The whole of a file, or of a part that has a name.
    case top(String)
    case member(Path, String)
    case element(Path, Int)

    var text: String {
      switch self {
      case .top(let name): name
      case .member(.top(let top), let name): top.isEmpty ? name : "\(top): \(name)"
      case .member(let path, let name): "\(path.text).\(name)"
      case .element(let path, let index): "\(path.text)[\(index)]"
      }
    }
  }

  /// The whole of a file's content.
  /// - Parameter file: what errors call it.
  /// - Throws: what is not JSON, with line and column.
  package init(_ bytes: [UInt8], file: String) throws(InputError) {
    self.init(try JSONParser.parse(bytes, file: file), file: file)
  }

  /// The whole of a file.
  package init(_ value: JSON, file: String) { self.init(value, file, .top("")) }

  private init(_ value: JSON, _ file: String, _ path: Path) {
    self.value = value
    self.file = file
    self.path = path
  }

  /// The same value as the top of a part: `case 17`.
  package func asPart(_ name: String) -> Node { Node(value, file, .top(name)) }

  func member(_ member: JSON.Member) -> Node { Node(member.value, file, .member(path, member.name)) }
  private func element(_ index: Int, _ value: JSON) -> Node { Node(value, file, .element(path, index)) }

  /// An error at this value.
  package func error(_ message: String) -> InputError { error(message, at: value) }

  /// An error in this value, at the line of a part.
  func error(_ message: String, at part: JSON) -> InputError {
    InputError(file, line: part.line == 0 ? nil : part.line, member: path.text, message)
  }

  /// An error that says what is there.
  /// - Parameter expected: `a number from 0 to 1`.
  package func mismatch(_ expected: String) -> InputError {
    error("expected \(expected), found \(value.kindName)")
  }

  package var isNull: Bool { value.kind == .null }

  // MARK: Plain values

  package func string() throws(InputError) -> String {
    guard case .string(let text) = value.kind else { throw mismatch("a text") }
    return text
  }

  package func bool() throws(InputError) -> Bool {
    guard case .bool(let flag) = value.kind else { throw mismatch("true or false") }
    return flag
  }

  /// A whole number, exact up to 128 bits.
  package func integer<Number: FixedWidthInteger>(
    in range: ClosedRange<Number> = Number.min...Number.max
  ) throws(InputError) -> Number {
    guard case .integer(let wide) = value.kind, let number = Number(exactly: wide), range.contains(number) else {
      throw mismatch("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A finite number.
  package func number() throws(InputError) -> Double {
    switch value.kind {
    case .integer(let whole): return Double(whole)
    case .number(let real): return real
    case .null, .bool, .string, .array, .object: throw mismatch("a number")
    }
  }

  package func number(in range: ClosedRange<Double>) throws(InputError) -> Double {
    let number = try number()
    guard range.contains(number) else { throw mismatch("a number from \(range.lowerBound) to \(range.upperBound)") }
    return number
  }

  package func choice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type = Choice.self
  ) throws(InputError) -> Choice where Choice.RawValue == String {
    let names = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: try choice(among: names)) else { preconditionFailure("a name is one of all") }
    return choice
  }

  /// One of some texts.
  package func choice(among names: [String]) throws(InputError) -> String {
    guard case .string(let text) = value.kind, names.contains(text) else {
      let hint = if case .string(let text) = value.kind { NearestName.hint(text, among: names) } else { "" }
      throw error("expected one of \(names.joined(separator: ", ")), found \(value.kindName)\(hint)")
    }
    return text
  }

  // MARK: Lists and objects

  package func elements() throws(InputError) -> [Node] {
    guard case .array(let values) = value.kind else { throw mismatch("a list") }
    return values.enumerated().map { element($0, $1) }
  }

  package func elements(count: Int) throws(InputError) -> [Node] {
    let nodes = try elements()
    guard nodes.count == count else { throw error("expected \(count) elements, found \(nodes.count)") }
    return nodes
  }

  /// A list of whole numbers, read without a node for each.
  package func integers<Number: FixedWidthInteger>(
    in range: ClosedRange<Number> = Number.min...Number.max
  ) throws(InputError) -> [Number] {
    guard case .array(let values) = value.kind else { throw mismatch("a list of whole numbers") }
    var numbers: [Number] = []
    numbers.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard case .integer(let wide) = value.kind, let number = Number(exactly: wide), range.contains(number) else {
        throw element(index, value).mismatch("a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      numbers.append(number)
    }
    return numbers
  }

  package func members() throws(InputError) -> Members {
    guard case .object(let members) = value.kind else { throw mismatch("an object") }
    return Members(members, of: self)
  }
}
