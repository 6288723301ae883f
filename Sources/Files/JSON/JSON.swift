/// A JSON value, with whole numbers exact, and the line where it begins.
///
/// Equal are values, wherever they stand.
public struct JSON: Sendable {
  /// What a value can be.
  public enum Kind: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int128)
    case number(Double)
    case string(String)
    case array([JSON])
    /// In the order of the file.
    case object([Member])
  }

  /// A name and its value.
  public struct Member: Sendable, Equatable {
    public let name: String
    public let value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  public let kind: Kind
  private let line32: Int32

  /// From 1; 0 of a value that comes from no file.
  public var line: Int { Int(line32) }

  public init(_ kind: Kind, line: Int = 0) {
    self.kind = kind
    line32 = Int32(clamping: line)
  }

  public static var null: JSON { JSON(.null) }
  public static func bool(_ value: Bool) -> JSON { JSON(.bool(value)) }
  public static func integer(_ value: some BinaryInteger) -> JSON { JSON(.integer(Int128(value))) }
  /// - Precondition: the number is finite: JSON has no others.
  public static func number(_ value: Double) -> JSON {
    precondition(value.isFinite, "JSON has no \(value)")
    return JSON(.number(value))
  }
  public static func string(_ text: String) -> JSON { JSON(.string(text)) }
  public static func array(_ values: [JSON]) -> JSON { JSON(.array(values)) }
  public static func object(_ members: [Member]) -> JSON { JSON(.object(members)) }
  public static func integers(_ values: some Sequence<some BinaryInteger>) -> JSON {
    .array(values.map { .integer($0) })
  }

  /// What a value is called in an error.
  var kindName: String {
    switch kind {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let text): "\"\(text.count > 40 ? text.prefix(40) + "…" : text)\""
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSON: Equatable {
  public static func == (one: JSON, other: JSON) -> Bool { one.kind == other.kind }
}
