/// A value in a file, which knows where it is: every way to read it ends in a value of the right kind or an error that
/// names the place.
struct Node {
  let value: JSON
  let file: String
  let caseID: Int?
  private let path: Path

  private indirect enum Path {
    case top
    case member(Path, String)
    case element(Path, Int)

    var text: String {
      switch self {
      case .top: ""
      case .member(.top, let name): name
      case .member(let path, let name): "\(path.text).\(name)"
      case .element(let path, let index): "\(path.text)[\(index)]"
      }
    }
  }

  /// The whole of a file.
  init(_ value: JSON, file: String) { self.init(value, file, nil, .top) }

  private init(_ value: JSON, _ file: String, _ caseID: Int?, _ path: Path) {
    self.value = value
    self.file = file
    self.caseID = caseID
    self.path = path
  }

  /// The same value as the top of a case.
  func asCase(_ id: Int) -> Node { Node(value, file, id, .top) }

  fileprivate func member(_ name: String, _ value: JSON) -> Node { Node(value, file, caseID, .member(path, name)) }
  private func element(_ index: Int, _ value: JSON) -> Node { Node(value, file, caseID, .element(path, index)) }

  func error(_ message: String) -> VectorError {
    VectorError(file: file, caseID: caseID, field: path.text, message)
  }

  private func mismatch(_ expected: String) -> VectorError { error("expected \(expected), found \(value.kindName)") }

  // MARK: Reading

  func string() throws(VectorError) -> String {
    guard case .string(let text) = value else { throw mismatch("a text") }
    return text
  }

  func bool() throws(VectorError) -> Bool {
    guard case .bool(let flag) = value else { throw mismatch("true or false") }
    return flag
  }

  func integer<Number: FixedWidthInteger>(
    in range: ClosedRange<Number> = Number.min...Number.max
  ) throws(VectorError) -> Number {
    guard case .integer(let wide) = value, let number = Number(exactly: wide), range.contains(number) else {
      throw mismatch("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func number(in range: ClosedRange<Double>) throws(VectorError) -> Double {
    let number: Double
    switch value {
    case .integer(let whole): number = Double(whole)
    case .number(let real): number = real
    default: throw mismatch("a number")
    }
    guard range.contains(number) else { throw mismatch("a number from \(range.lowerBound) to \(range.upperBound)") }
    return number
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type = Choice.self
  ) throws(VectorError) -> Choice where Choice.RawValue == String {
    guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
      throw mismatch("one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  var isNull: Bool { value == .null }

  func elements() throws(VectorError) -> [Node] {
    guard case .array(let values) = value else { throw mismatch("a list") }
    return values.enumerated().map { element($0, $1) }
  }

  func elements(count: Int) throws(VectorError) -> [Node] {
    let nodes = try elements()
    guard nodes.count == count else { throw error("expected \(count) elements, found \(nodes.count)") }
    return nodes
  }

  /// A list of whole numbers, read without a node for each.
  func integers<Number: FixedWidthInteger>(
    in range: ClosedRange<Number> = Number.min...Number.max
  ) throws(VectorError) -> [Number] {
    guard case .array(let values) = value else { throw mismatch("a list of whole numbers") }
    var numbers: [Number] = []
    numbers.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard case .integer(let wide) = value, let number = Number(exactly: wide), range.contains(number) else {
        throw element(index, value).mismatch("a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      numbers.append(number)
    }
    return numbers
  }

  func members() throws(VectorError) -> Members {
    guard case .object(let members) = value else { throw mismatch("an object") }
    return Members(members, of: self)
  }
}

/// The members of an object, taken one by one; what nobody took is unknown.
struct Members {
  private var untaken: [JSON.Member]
  private let node: Node

  fileprivate init(_ members: [JSON.Member], of node: Node) {
    untaken = members
    self.node = node
  }

  mutating func takeIfPresent(_ name: String) -> Node? {
    guard let place = untaken.firstIndex(where: { $0.name == name }) else { return nil }
    return node.member(name, untaken.remove(at: place).value)
  }

  mutating func take(_ name: String) throws(VectorError) -> Node {
    guard let member = takeIfPresent(name) else { throw node.error("'\(name)' is missing") }
    return member
  }

  func has(_ name: String) -> Bool { untaken.contains { $0.name == name } }

  /// All that nobody took.
  mutating func takeRest() -> [(name: String, node: Node)] {
    defer { untaken = [] }
    return untaken.map { ($0.name, node.member($0.name, $0.value)) }
  }

  /// - Throws: when there is a member that nobody took.
  func end() throws(VectorError) {
    guard let first = untaken.first else { return }
    throw node.error("the field '\(first.name)' is unknown")
  }
}
