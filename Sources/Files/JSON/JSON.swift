/// A JSON value, with whole numbers exact, and the line where it begins.
///
/// Equal are values, wherever they stand.
package struct JSON: Sendable {
  /// What a value can be.
  package enum Kind: Sendable, Equatable {
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
  package struct Member: Sendable, Equatable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  package let kind: Kind
  private let line32: Int32

  /// From 1; 0 of a value that comes from no file.
  package var line: Int { Int(line32) }

  package init(_ kind: Kind, line: Int = 0) {
    self.kind = kind
    line32 = Int32(clamping: line)
  }

  package static var null: JSON { JSON(.null) }
  package static func bool(_ value: Bool) -> JSON { JSON(.bool(value)) }
  package static func integer(_ value: some BinaryInteger) -> JSON { JSON(.integer(Int128(value))) }
  /// - Precondition: the number is finite: JSON has no others.
  package static func number(_ value: Double) -> JSON {
    precondition(value.isFinite, "JSON has no \(value)")
    return JSON(.number(value))
  }
  package static func string(_ text: String) -> JSON { JSON(.string(text)) }
  package static func array(_ values: [JSON]) -> JSON { JSON(.array(values)) }
  package static func object(_ members: [Member]) -> JSON { JSON(.object(members)) }
  package static func integers(_ values: some Sequence<some BinaryInteger>) -> JSON {
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
  package static func == (one: JSON, other: JSON) -> Bool { one.kind == other.kind }
}
