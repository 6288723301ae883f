import Files
import TestSupport
import Testing

@Suite("Reading and writing JSON")
struct JSONTests {
  static func node(_ text: String) throws -> Node { try Node(Array(text.utf8), file: "a.json") }

  /// The error that reading a text with `body` ends in.
  static func error(_ text: String, _ body: (Node) throws -> Void = { _ in }) -> String? {
    do {
      try body(try node(text))
      return nil
    } catch { return "\(error)" }
  }

  @Test(
    "What is no JSON is refused with line and column",
    arguments: [
      ("", "a.json:1:1: is not JSON: expected a value, the file ends here"),
      ("{\"a\": 1,\n}", "a.json:2:1: is not JSON: expected a name in quotes, found '}'"),
      ("[1,\n 2,]", "a.json:2:4: is not JSON: expected a value, found ']'"),
      ("{\"a\": 1,\n\n \"a\": 2}", "a.json:3:2: is not JSON: the name \"a\" is there twice, found '\"'"),
      ("[NaN]", "a.json:1:2: is not JSON: expected a value, found 'N'"),
      ("[-Infinity]", "a.json:1:3: is not JSON: expected a digit, found 'I'"),
      ("[1e999]", "a.json:1:2: is not JSON: expected a number that is finite, found '1'"),
      ("\u{feff}\u{feff}1", "a.json:1:4: is not JSON: expected a value, found '\u{fffd}'"),
      ("// c\n1", "a.json:1:1: is not JSON: expected a value, found '/'"),
      ("'a'", "a.json:1:1: is not JSON: expected a value, found '''"),
    ])
  func refused(_ text: String, _ expected: String) { #expect(Self.error(text) == expected) }

  @Test(
    "Every escape is the character that it stands for, in a name too",
    arguments: [
      (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"), (#"a\u0041z"#, "aAz"), (#"\u00e9\u20AC"#, "é€"),
      (#"\ud834\udd1e\uD834\uDD1E!"#, "𝄞𝄞!"), (#"é\nµ𝄞"#, "é\nµ𝄞"), (#"\u0000"#, "\0"), (#"\uffff"#, "\u{ffff}"),
    ])
  func escapes(_ escaped: String, _ text: String) throws {
    #expect(try Self.node("\"\(escaped)\"").string() == text)
    var members = try Self.node("{\"\(escaped)\": 1}").members()
    let value: Int = try members.take(text).integer()
    #expect(value == 1)
    try members.end()
  }

  @Test(
    "What is no escape, and half a character, is refused where it ends",
    arguments: [
      (#""\x""#, "expected an escaped character"), (#""\"#, "expected an escaped character"),
      (#""\u12""#, "expected four hexadecimal digits"), (#""\u12g4""#, "expected four hexadecimal digits"),
      (#""\u+123""#, "expected four hexadecimal digits"), (#""\ud834""#, "expected a whole character"),
      (#""\ud834\n""#, "expected a whole character"), (#""\udd1e""#, "expected a whole character"),
      (#""\ud834\u0041""#, "expected a whole character"), ("\"a\\nb\nc\"", "expected '\"' at the end of a string"),
    ])
  func noEscapes(_ text: String, _ expected: String) {
    #expect(Self.error(text)?.contains("is not JSON: \(expected)") == true, "\(Self.error(text) ?? "read")")
  }

  @Test("What is not UTF-8 is refused, escaped or not")
  func noText() {
    for bytes in [[0x22, 0xff, 0x22], [0x22, 0x5c, 0x6e, 0xc3, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]] as [[UInt8]] {
      let error = #expect(throws: InputError.self) { try Node(bytes, file: "a.json") }
      #expect(error?.description.contains("expected UTF-8 in a string") == true)
    }
  }

  @Test("Line ends of any system and a byte order mark do not matter, and lines are counted")
  func lines() throws {
    for end in ["\n", "\r\n"] {
      let node = try Self.node("\u{feff}{\"a\":\(end) [1,\(end) true]}\(end)")
      var members = try node.members()
      let elements = try members.take("a").elements()
      #expect(elements.map(\.value.line) == [2, 3] && node.value.line == 1)
    }
  }

  @Test("An error names file, line and member, and says what was expected")
  func places() {
    let text = "{\"given\": {\n \"script\": [3,\n 300, \"x\"]}}"
    #expect(
      Self.error(text) { node in
        var members = try node.asPart("case 17").members()
        var given = try members.take("given").members()
        let _: [UInt8] = try given.take("script").integers()
      } == "a.json:3: case 17: given.script[1]: expected a whole number from 0 to 255, found 300")
    #expect(
      Self.error("{\n \"wndow\": 3}") { node in
        var members = try node.members()
        _ = members.takeIfPresent("window")
        try members.end()
      } == "a.json:2: the member 'wndow' is unknown, did you mean 'window'?")
    #expect(
      Self.error("{\"wndow\": 3}") { node in
        var members = try node.members()
        _ = try members.take("window")
      } == "a.json:1: 'window' is missing, did you mean 'wndow'?")
    #expect(
      Self.error("[2]") { node in _ = try node.elements()[0].number(in: 0...1) }
        == "a.json:1: [0]: expected a number from 0.0 to 1.0, found 2")
    #expect(
      Self.error("\"vtem\"") { node in _ = try node.choice(among: ["vteam", "umass"]) }
        == "a.json:1: expected one of vteam, umass, found \"vtem\", did you mean 'vteam'?")
  }

  @Test("Every value of the wrong kind is refused by every reader")
  func kinds() {
    let readers: [(kinds: String, read: (Node) throws -> Void)] = [
      ("s", { _ = try $0.string() }), ("b", { _ = try $0.bool() }), ("i", { let _: Int = try $0.integer() }),
      ("in", { _ = try $0.number() }), ("a", { _ = try $0.elements() }), ("a", { let _: [Int] = try $0.integers() }),
      ("o", { _ = try $0.members() }),
    ]
    let values: [(kind: Character, text: String)] = [
      ("z", "null"), ("b", "true"), ("i", "7"), ("n", "7.5"), ("s", "\"t\""), ("a", "[]"), ("o", "{}"),
    ]
    for (number, reader) in readers.enumerated() {
      for value in values {
        let error = Self.error(value.text, reader.read)
        #expect(
          (error == nil) == reader.kinds.contains(value.kind), "reader \(number) of \(value.text): \(error ?? "")")
      }
    }
  }

  @Test("What is written is read as the same value, on one line or on many")
  func roundTrip() throws {
    var random = SeededRandom(11)
    for turn in 0..<500 {
      let value = Self.value(&random, levels: 4)
      for text in [value.text, value.prettyText] {
        #expect(try Self.node(text).value == value, "seed 11, turn \(turn): \(text)")
      }
      #expect(!value.text.contains("\n"))
    }
  }

  @Test("Whole numbers are exact up to 128 bits, others to the last bit of a double")
  func exact() throws {
    let whole: UInt64 = try Self.node("18446744073709551615").integer()
    #expect(whole == .max)
    let wide: Int128 = try Self.node("-100000000000000000000000000001").integer()
    #expect(wide == -100_000_000_000_000_000_000_000_000_001)
    for number in [Double.leastNonzeroMagnitude, 0.1, -2.5e-7, Double.greatestFiniteMagnitude] {
      #expect(try Self.node(JSON.number(number).text).number() == number)
    }
  }

  private static func value(_ random: inout SeededRandom, levels: Int) -> JSON {
    switch Int.random(in: 0..<(levels == 0 ? 5 : 7), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
    case 3: return .number(Double.random(in: -1e6...1e6, using: &random) + 0.5e-9)
    case 4: return .string(text(&random))
    case 5:
      return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, levels: levels - 1) })
    default:
      let count = Int.random(in: 0..<4, using: &random)
      return .object((0..<count).map { JSON.Member("\($0)\(text(&random))", value(&random, levels: levels - 1)) })
    }
  }

  private static func text(_ random: inout SeededRandom) -> String {
    (0..<4).map { _ in random.pick(["a", "\"", "\\", "\n", "é", "😀", "\u{0}"]) }.joined()
  }
}
