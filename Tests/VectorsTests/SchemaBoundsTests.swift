import Files
import Foundation
import Testing
import Vectors

/// `vectors/v1/schema.json`, which was written beside the readers, not from them.
@Suite("Bounds of the schema")
struct SchemaBoundsTests {
  private static func json(_ name: String) throws -> JSON {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: GoldenVectors.path("\(name).json")))
    return try Node([UInt8](bytes), file: name).value
  }

  /// Numbers that other numbers of a case bound more closely.
  private static let dependent = ["given.codes.#", "given.picosiemens.#", "given.conductances.#.#"]

  @Test("Every whole number is read up to its bounds, and refused beyond them", arguments: Suite.allCases)
  func bounds(_ suite: Suite) throws {
    let schema = Schema(root: try Self.json("schema"))
    let file = try Self.json(suite.rawValue)
    var seen = Set<String>()
    for (index, each) in try #require(file["cases"]?.elements).enumerated() {
      let leaves = schema.leaves(of: each, suite).filter { seen.insert($0.name).inserted }
      for leaf in leaves {
        #expect(leaf.bounds != nil, "\(suite) \(leaf.name) has no bounds")
        for (number, isIn) in leaf.tries {
          let changed = each.setting(leaf.path[...], to: .integer(number)).setting(["id"], to: .integer(1))
          let error = Self.error(file.setting(["cases"], to: .array([changed])))
          let isOfNumber = Self.tells(error, of: number)
          guard !isIn || !Self.dependent.contains(leaf.name) else { continue }
          #expect(
            isIn != isOfNumber, "\(suite) case \(index + 1) \(leaf.name) \(number): \(error ?? "read")")
        }
      }
    }
    #expect(!seen.isEmpty)
  }

  @Test("Every property of a chip that the schema has is read up to its bounds, and refused beyond them")
  func chips() throws {
    let schema = Schema(root: try Self.json("schema"))
    let file = try Self.json("mvm")
    let properties = try #require(schema.root["$defs"]?["chip"]?["properties"]?.members)
    let one = JSON.array([.integer(1), .integer(2)])
    var tried = 0
    for property in properties {
      for (value, isIn) in schema.tries(of: property.value) {
        let chip = JSON.object([.init("tiles", .array([one])), .init(property.name, value)])
        let each = JSON.object([
          .init("id", .integer(1)), .init("verdict", .string("valid")),
          .init("given", .object([.init("chip", chip), .init("script", .array([]))])),
          .init("expect", .object([.init("transactions", .array([]))])),
        ])
        let error = Self.error(file.setting(["cases"], to: .array([each])))
        let isOfValue = error?.contains("chip.\(property.name)") == true
        // Two properties may not go together; each by itself is in its range.
        #expect(isIn ? !isOfValue : isOfValue, "\(property.name) \(value.text): \(error ?? "read")")
        tried += 1
      }
    }
    #expect(tried > 80)
  }

  /// Whether an error is that of a number, in the words of any reader.
  private static func tells(_ error: String?, of number: Int128) -> Bool {
    guard let error, error.contains("expected") else { return false }
    return error.hasSuffix("found \(number)") || error.contains("is \(number), ") || error.contains("is '\(number)', ")
  }

  private static func error(_ file: JSON) -> String? { readingError(file.text) }
}

/// As much of JSON Schema as that file has.
private struct Schema {
  let root: JSON

  /// A whole number of a case, and where it stands.
  struct Leaf {
    let path: [String]
    /// Nil where the schema does not give both.
    let bounds: ClosedRange<Int128>?

    /// Elements of a list alike.
    var name: String { path.map { Int($0) == nil ? $0 : "#" }.joined(separator: ".") }

    /// Numbers at its bounds and beyond, and whether they are in.
    var tries: [(Int128, Bool)] {
      guard let bounds else { return [] }
      return [
        (bounds.lowerBound, true), (bounds.upperBound, true), (bounds.lowerBound - 1, false),
        (bounds.upperBound + 1, false),
      ]
    }
  }

  func leaves(of each: JSON, _ suite: Suite) -> [Leaf] {
    let name = suite.kind == .value ? suite.rawValue : suite.kind.rawValue
    guard let rule = root["$defs"]?[name] else { return [] }
    return leaves(of: each, by: rule, at: [])
  }

  /// Values at the bounds of a number and beyond, and whether they are in.
  func tries(of rule: JSON) -> [(JSON, Bool)] {
    let rule = resolved(rule)
    guard let bounds = bounds(of: rule) else { return [] }
    guard rule["type"]?.string == "number" else {
      return Leaf(path: [], bounds: bounds).tries.map { (.integer($0), $1) }
    }
    let (low, high) = (Double(bounds.lowerBound), Double(bounds.upperBound))
    return [
      (.number(low), true), (.number(high), true), (.number(low - 1e-6), false), (.number(high + 1e-6), false),
    ]
  }

  private func leaves(of value: JSON, by rule: JSON, at path: [String]) -> [Leaf] {
    let rule = resolved(rule)
    if let choices = rule["oneOf"]?.elements ?? rule["anyOf"]?.elements {
      guard let choice = choices.first(where: { accepts(value, $0) }) else { return [] }
      return leaves(of: value, by: choice, at: path)
    }
    if value.integer != nil {
      return rule["type"]?.string == "integer" ? [Leaf(path: path, bounds: bounds(of: rule))] : []
    }
    var found: [Leaf] = []
    for (number, element) in (value.elements ?? []).enumerated() {
      if let items = rule["items"] { found += leaves(of: element, by: items, at: path + ["\(number)"]) }
    }
    for member in value.members ?? [] {
      guard let own = rule["properties"]?[member.name] ?? rule["additionalProperties"] else { continue }
      found += leaves(of: member.value, by: own, at: path + [member.name])
    }
    return found
  }

  private func bounds(of rule: JSON) -> ClosedRange<Int128>? {
    guard let least = rule["minimum"]?.integer, let most = rule["maximum"]?.integer else { return nil }
    return least...most
  }

  /// Whether a choice is that of a value: by its names, and its members that are constant.
  private func accepts(_ value: JSON, _ rule: JSON) -> Bool {
    let rule = resolved(rule)
    if let only = rule["const"] { return value == only }
    if let some = rule["enum"]?.elements { return some.contains(value) }
    if let type = rule["type"]?.string, type != value.typeName { return false }
    guard let members = value.members else { return true }
    let known = rule["properties"]
    if rule["additionalProperties"] == .bool(false), members.contains(where: { known?[$0.name] == nil }) {
      return false
    }
    let required = rule["required"]?.elements?.compactMap(\.string) ?? []
    return required.allSatisfy { value[$0] != nil }
      && members.allSatisfy { member in known?[member.name].map { accepts(member.value, $0) } ?? true }
  }

  private func resolved(_ rule: JSON) -> JSON {
    guard let reference = rule["$ref"]?.string else { return rule }
    return root["$defs"]?[reference.split(separator: "/").last.map(String.init) ?? ""].map(resolved) ?? rule
  }
}

extension JSON {
  fileprivate var elements: [JSON]? { if case .array(let values) = kind { values } else { nil } }
  fileprivate var members: [Member]? { if case .object(let members) = kind { members } else { nil } }
  fileprivate var string: String? { if case .string(let text) = kind { text } else { nil } }
  fileprivate var integer: Int128? { if case .integer(let number) = kind { number } else { nil } }
  fileprivate subscript(name: String) -> JSON? { members?.first { $0.name == name }?.value }

  fileprivate var typeName: String {
    switch kind {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The same with another value at a place that it has.
  fileprivate func setting(_ path: ArraySlice<String>, to value: JSON) -> JSON {
    guard let name = path.first else { return value }
    switch kind {
    case .array(let values):
      return .array(
        values.enumerated().map { String($0) == name ? $1.setting(path.dropFirst(), to: value) : $1 })
    case .object(let members):
      return .object(
        members.map { $0.name == name ? Member(name, $0.value.setting(path.dropFirst(), to: value)) : $0 })
    default: return self
    }
  }
}
