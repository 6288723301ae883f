import Files
import Testing
import Vectors

@Suite("Verdicts and flags of cases")
struct VerdictTests {
  private static let rounding =
    #""given": {"op": "round", "mode": "down", "value": 5, "shift": 1}, "expect": {"value": 2}"#

  private static func golden(_ body: String, head: String = #""version": "1.0", "flags": {"a": "of a", "b": "of b"},"#)
    -> String
  {
    vectorText(head: head, provenance: "golden", "{\"id\": 1, \(body)}")
  }

  @Test("A golden file has the version of its set, and its cases have verdicts")
  func read() throws {
    let file = try vectorFile(Self.golden(#""verdict": "valid", \#(Self.rounding)"#))
    #expect(
      file.version == "1.0" && file.flags.map(\.name) == ["a", "b"] && file.flags.map(\.meaning) == ["of a", "of b"])
    #expect(file.check().passed == 1)
    let recorded = try vectorFile(vectorText("{\"id\": 1, \(Self.rounding)}"))
    #expect(recorded.version == nil && recorded.flags.isEmpty)
  }

  @Test(
    "What a golden file lacks or has otherwise",
    arguments: [
      ("", #""verdict": "valid","#, "a.json:1: 'version' is missing"),
      (
        #""version": "1","#, #""verdict": "valid","#,
        "a.json:2: version: expected the version of a set, two numbers, as 1.10, found \"1\""
      ),
      (
        #""version": "1.01","#, #""verdict": "valid","#,
        "a.json:2: version: expected the version of a set, two numbers, as 1.10, found \"1.01\""
      ),
      (
        #""version": "1.0", "flags": {"a": 1},"#, #""verdict": "valid","#, "a.json:2: flags.a: expected a text, found 1"
      ),
      (#""version": "1.0","#, "", "a.json:4: case 1: 'verdict' is missing"),
      (
        #""version": "1.0","#, #""verdict": "invalid","#,
        "a.json:4: case 1: verdict: expected one of valid, must-refuse, implementation-defined, found \"invalid\""
          + ", did you mean 'valid'?"
      ),
      (
        #""version": "1.0","#, #""verdict": "must-refuse","#,
        "a.json:4: case 1: verdict: expected 'valid', which the case is, found 'must-refuse'"
      ),
      (#""version": "1.0","#, #""verdict": "valid", "holds": [],"#, "a.json:4: case 1: 'flags' is missing"),
      (#""version": "1.0","#, #""verdict": "valid", "flags": [],"#, "a.json:4: case 1: the member 'flags' is unknown"),
    ])
  func problems(_ head: String, _ body: String, _ error: String) {
    #expect(readingError(Self.golden(body + Self.rounding, head: head)) == error)
  }

  @Test(
    "Flags are those of the head, each once",
    arguments: [
      (#"["b", "a"]"#, nil), ("[]", nil), (#"["a", "a"]"#, "flags[1]: 'a' is there twice"),
      (#"["c"]"#, "expected one of a, b, found \"c\""),
    ] as [(String, String?)])
  func flags(_ flags: String, _ error: String?) {
    let found = readingError(Self.golden(#""verdict": "valid", "holds": [], "flags": \#(flags), \#(Self.rounding)"#))
    #expect(found == nil && error == nil || error.map { found?.contains($0) == true } == true, "\(found ?? "read")")
  }

  private static func accesses(_ verdict: String, free: String = "", _ script: String, _ transactions: String) -> String
  {
    vectorText(
      suite: "registers", kind: "bus",
      """
      {"id": 1, "verdict": "\(verdict)", \(free)"given": {"chip": {"tiles": [[1, 1]]}, "script": [\(script)]}, \
      "expect": {"transactions": [\(transactions)]}}
      """)
  }

  @Test("Whether an access has to be refused is held against the run")
  func refusals() throws {
    let refused = (#""W MBX0.START 0x0000000f""#, #""W MBX0.START 0x0000000f""#)
    let done = (#""R MBX.TILES""#, #""R MBX.TILES 0x00000001""#)
    #expect(try difference(Self.accesses("must-refuse", refused.0, refused.1)) == nil)
    #expect(try difference(Self.accesses("valid", done.0, done.1)) == nil)
    #expect(
      try difference(Self.accesses("valid", refused.0, refused.1))
        == "case 1, expected every access to be carried out, 1 refused")
    #expect(
      try difference(Self.accesses("must-refuse", done.0, done.1))
        == "case 1, expected an access to be refused, none was")
    // An operation that the watchdog ends is refused nothing.
    let watched = #""W MBX0.UNLOCK 0x50524f47", "W MBX0.WATCHDOG 0x00000005", "W MBX0.START 0x00000001", "advance 90""#
    let made = #""W MBX0.UNLOCK 0x50524f47", "W MBX0.WATCHDOG 0x00000005", "W MBX0.START 0x00000001""#
    #expect(try difference(Self.accesses("valid", watched, made)) == nil)
  }

  @Test("More than one answer passes where something is free, and nowhere else")
  func free() {
    let made = (#""R MBX.TILES""#, #""R MBX.TILES 0x00000001""#)
    let free = #""free": ["pulse-order"], "#
    #expect(readingError(Self.accesses("implementation-defined", free: free, made.0, made.1)) == nil)
    #expect(
      readingError(Self.accesses("valid", free: free, made.0, made.1))
        == "a.json:4: case 1: verdict: expected 'implementation-defined', which the case is, found 'valid'")
    #expect(
      readingError(Self.accesses("implementation-defined", made.0, made.1))
        == "a.json:4: case 1: verdict: expected 'valid' or 'must-refuse': nothing is free")
  }

  @Test("A request that is answered with a status has to be refused")
  func requests() {
    let text = firmwareText(free: #""verdict": "valid", "#, expected: [], replies: "[[0, 1], [4]]")
    #expect(readingError(text) == "a.json:4: case 1: verdict: expected 'must-refuse', which the case is, found 'valid'")
    let told = text.replacing("\"verdict\": \"valid\"", with: "\"verdict\": \"must-refuse\"")
    #expect(readingError(told) == nil)
  }
}
