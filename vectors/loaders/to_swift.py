"""The loader for Swift: `Codable` structures from the schema, in one file."""

from __future__ import annotations

from schema_types import Choice, Integer, List, Map, Plain, Schema, Struct

PLAIN = {"text": "String", "flag": "Bool", "real": "Double"}
HEAD = """\
// Golden vectors of the MbLSTM chip in Swift. Written by vectors/loaders/generate.py from vectors/v1/schema.json: do not edit it.
//
//     let file = try GoldenVectors(contentsOf: "mvm.json")
//     if case .bus(let cases) = file.cases { for each in cases { print(each.given.script) } }
//
// It needs Foundation's JSON decoder and nothing else. A file of another format, a missing member and a value of another type are
// errors; unknown members are passed over (`mblstm check` and the package's own VectorFile are strict).
// vectors/specification/format.md says what things mean.

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file of cases.
public struct GoldenVectors: Codable, Sendable, Equatable {
  /// Of the files that are read; another one is refused.
  public static var currentFormat: Int { FORMAT }

MEMBERS
  /// By what they give and expect.
  public var cases: Cases

  /// Reads a file.
  public init(contentsOf path: String) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

"""


def annotation(kind: object) -> str:
    if isinstance(kind, Plain):
        return PLAIN[kind.name]
    if isinstance(kind, Integer):
        return "Int64" if kind.is_signed else "UInt64"
    if isinstance(kind, Choice):
        return "String"
    if isinstance(kind, Struct):
        return kind.name
    if isinstance(kind, Map):
        return f"[String: {annotation(kind.item)}]"
    return f"[{annotation(kind.item)}]" + ("?" if kind.optional else "")


def name(member) -> str:
    first, *rest = member.key.split("-")
    return first + "".join(word.capitalize() for word in rest)


def properties(members, indent: str = "  ") -> list[str]:
    return [f"{indent}public var {name(each)}: {annotation(each.type)}" + ("" if each.is_required else "?") for each in members]


def structure(struct: Struct) -> list[str]:
    lines = ["", f"public struct {struct.name}: Codable, Sendable, Equatable {{", *properties(struct.members)]
    if struct.text:
        lines += text_in_place(struct)
    if struct.others:
        lines += further_members(struct)
    return lines + ["}"]


def keys(struct: Struct) -> list[str]:
    cases = [f"    case {name(each)}" + (f' = "{each.key}"' if name(each) != each.key else "") for each in struct.members]
    return ["", "  private enum CodingKeys: String, CodingKey {", *cases, "  }"]


def text_in_place(struct: Struct) -> list[str]:
    members = [f"    {name(each)} = try members.decodeIfPresent({annotation(each.type)}.self, forKey: .{name(each)})"
               for each in struct.members]
    encoded = [f"    try members.encodeIfPresent({name(each)}, forKey: .{name(each)})" for each in struct.members]
    return ["  /// In the place of all others.", "  public var text: String?", *keys(struct), "",
            "  public init(from decoder: any Decoder) throws {",
            "    if let text = try? decoder.singleValueContainer().decode(String.self) {", "      self.text = text", "      return",
            "    }", "    let members = try decoder.container(keyedBy: CodingKeys.self)", *members, "  }", "",
            "  public func encode(to encoder: any Encoder) throws {", "    if let text {",
            "      var container = encoder.singleValueContainer()", "      return try container.encode(text)", "    }",
            "    var members = encoder.container(keyedBy: CodingKeys.self)", *encoded, "  }"]


def further_members(struct: Struct) -> list[str]:
    known = ", ".join(f'"{each.key}"' for each in struct.members)
    decoded = [f'    {name(each)} = try members.decode({annotation(each.type)}.self, forKey: AnyKey("{each.key}"))' for each in struct.members]
    encoded = [f'    try members.encode({name(each)}, forKey: AnyKey("{each.key}"))' for each in struct.members]
    return ["  /// Further members: a number is a table of one.", "  public var others: [String: [[Double]]] = [:]", "",
            "  public init(from decoder: any Decoder) throws {",
            "    let members = try decoder.container(keyedBy: AnyKey.self)", *decoded,
            f"    for key in members.allKeys where ![{known}].contains(key.stringValue) {{",
            "      if let number = try? members.decode(Double.self, forKey: key) {",
            "        others[key.stringValue] = [[number]]", "      } else {",
            "        others[key.stringValue] = try members.decode([[Double]].self, forKey: key)", "      }", "    }", "  }", "",
            "  public func encode(to encoder: any Encoder) throws {",
            "    var members = encoder.container(keyedBy: AnyKey.self)", *encoded, "    for (key, table) in others {",
            "      if table.count == 1, table[0].count == 1 {", "        try members.encode(table[0][0], forKey: AnyKey(key))",
            "      } else {", "        try members.encode(table, forKey: AnyKey(key))", "      }", "    }", "  }", "",
            "  private struct AnyKey: CodingKey {", "    let stringValue: String", "    var intValue: Int? { nil }",
            "    init(_ name: String) { stringValue = name }", "    init?(stringValue: String) { self.init(stringValue) }",
            "    init?(intValue: Int) { nil }", "  }"]


def cases(schema: Schema) -> list[str]:
    lines = ["  /// What the cases of a suite give and expect.", "  public enum Cases: Sendable, Equatable {"]
    lines += [f"    case {shape.name}([Case<{shape.given.name}, {shape.expect.name}>])" for shape in schema.shapes]
    lines += ["  }", "", "  private enum CodingKeys: String, CodingKey {",
              "    case " + ", ".join([*(name(each) for each in schema.head), "cases"]), "  }", "",
              "  public init(from decoder: any Decoder) throws {",
              "    let members = try decoder.container(keyedBy: CodingKeys.self)"]
    for each in schema.head:
        how = "decode" if each.is_required else "decodeIfPresent"
        lines.append(f"    {name(each)} = try members.{how}({annotation(each.type)}.self, forKey: .{name(each)})")
        if each.key == "format":
            lines += ["    guard format == Self.currentFormat else {", "      throw DecodingError.dataCorruptedError(",
                      '        forKey: .format, in: members, debugDescription: "expected format \\(Self.currentFormat), found \\(format)")',
                      "    }"]
    lines.append("    switch suite {")
    for shape in schema.shapes:
        suites = ", ".join(f'"{suite}"' for suite in shape.suites)
        lines += [f"    case {suites}:",
                  f"      cases = .{shape.name}(try members.decode([Case<{shape.given.name}, {shape.expect.name}>].self, forKey: .cases))"]
    lines += ["    default:", "      throw DecodingError.dataCorruptedError(",
              '        forKey: .suite, in: members, debugDescription: "no suite is called \\(suite)")', "    }", "  }", "",
              "  public func encode(to encoder: any Encoder) throws {", "    var members = encoder.container(keyedBy: CodingKeys.self)"]
    lines += [f"    try members.encode{'' if each.is_required else 'IfPresent'}({name(each)}, forKey: .{name(each)})" for each in schema.head]
    lines.append("    switch cases {")
    lines += [f"    case .{shape.name}(let cases): try members.encode(cases, forKey: .cases)" for shape in schema.shapes]
    return lines + ["    }", "  }", "}", "",
                    "/// One case.",
                    "public struct Case<Given: Codable & Sendable & Equatable, Expect: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {",
                    *properties(schema.case), "  public var given: Given", "  public var expect: Expect", "}"]


def source(schema: Schema) -> str:
    head = HEAD.replace("FORMAT }", f"{schema.format} }}").replace("MEMBERS", "\n".join(properties(schema.head)))
    lines = [*cases(schema), *(line for struct in schema.structs.values() for line in structure(struct))]
    return head + "\n".join(lines) + "\n"
