/// Writing, members in their order. What is written is read again as the same value.
extension JSON {
  /// All on one line.
  package var text: String {
    switch kind {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let text): Self.quoted(text)
    case .array(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .object(let members): "{" + members.map(\.text).joined(separator: ", ") + "}"
    }
  }

  /// For people: a member a line, lists of plain values on one, two blanks a level, a line feed at the end.
  package var prettyText: String { pretty(indent: "") + "\n" }

  private func pretty(indent: String) -> String {
    let inner = indent + "  "
    switch kind {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { inner + Self.quoted($0.name) + ": " + $0.value.pretty(indent: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    case .array(let values) where values.contains(where: \.isNested):
      let lines = values.map { inner + $0.pretty(indent: inner) }
      return "[\n" + lines.joined(separator: ",\n") + "\n" + indent + "]"
    default: return text
    }
  }

  private var isNested: Bool {
    switch kind {
    case .object, .array: true
    case .null, .bool, .integer, .number, .string: false
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return quoted + "\""
  }
}

extension JSON.Member {
  /// `"name": value`, on one line.
  package var text: String { JSON.string(name).text + ": " + value.text }
}
