import Foundation
import Testing

@testable import Files

@Suite("Values, lines and paths at their edges")
struct ReadingEdgeTests {
  private static func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "edges-\(UUID().uuidString)").path
    try FilePath.makeFolder(path)
    return path
  }

  @Test("What is taken of an object is taken once: by its name, or as the rest, after which nothing is left")
  func members() throws {
    var members = try JSONTests.node("{\"a\": 1, \"b\": 2,\n \"c\": 3}").members()
    #expect(members.has("a") && members.has("c") && !members.has("d") && !members.has(""))
    #expect(members.takeIfPresent("b")?.value == .integer(2) && members.takeIfPresent("b") == nil)
    #expect(!members.has("b") && members.has("a"))
    #expect(throws: InputError.self) { try members.end() }
    #expect(members.takeRest().map(\.name) == ["a", "c"])
    #expect(members.takeRest().isEmpty && !members.has("a") && members.takeIfPresent("c") == nil)
    try members.end()
    var others = try JSONTests.node("{\"a\": 1, \"b\": {\"c\": true}}").members()
    let rest = others.takeRest()
    #expect(rest[1].node.value == .object([.init("c", .bool(true))]))
    #expect(#expect(throws: InputError.self) { try others.take("a") }?.message == "'a' is missing")
    var inner = try rest[1].node.members()
    let flag = try inner.take("c").bool()
    #expect(flag && rest[1].node.error("x").member == "b")
  }

  @Test("64 levels are read, and one more is none; each level is left again")
  func levels() throws {
    func nested(_ count: Int, _ inner: String = "") -> String {
      String(repeating: "[", count: count) + inner + String(repeating: "]", count: count)
    }
    #expect(JSONTests.error(nested(64)) == nil && JSONTests.error(nested(63, "{}")) == nil)
    #expect(JSONTests.error(nested(65)) == "a.json:1:65: is not JSON: expected at most 64 levels, found '['")
    #expect(JSONTests.error(nested(64, "{}")) == "a.json:1:65: is not JSON: expected at most 64 levels, found '{'")
    #expect(JSONTests.error("[" + (0..<200).map { _ in nested(63) }.joined(separator: ",") + "]") == nil)
  }

  @Test("Whole numbers have 30 digits at most; longer ones are numbers, and all are finite")
  func digits() throws {
    let thirty = String(repeating: "9", count: 30)
    #expect(try JSONTests.node(thirty).value == .integer(Int128(999_999_999_999_999_999_999_999_999_999)))
    #expect(try JSONTests.node("-" + thirty).value.text == "-" + thirty)
    #expect(
      try JSONTests.node("1" + thirty).value == .number(2e30) && JSONTests.node(thirty + ".0").value == .number(1e30))
    for (text, value) in [
      ("0", .integer(0)), ("-0", .integer(0)), ("10", .integer(10)), ("0.5", .number(0.5)), ("1e2", .number(100)),
      ("1E+2", .number(100)), ("25e-1", .number(2.5)), ("0e0", .number(0)), ("-0.0", .number(-0.0)),
    ] as [(String, JSON)] { #expect(try JSONTests.node(text).value == value, "\(text)") }
    for text in ["01", "-01", "00", ".5", "1.", "1.e2", "1e", "1e+", "+1", "-", "1e400", "0x1", "1_0", "--1"] {
      #expect(JSONTests.error(text)?.contains("is not JSON: expected") == true, "\(text)")
    }
    #expect(JSONTests.error("-012") == "a.json:1:2: is not JSON: expected a number without leading zeros, found '0'")
    #expect(JSONTests.error("[1e400]") == "a.json:1:2: is not JSON: expected a number that is finite, found '1'")
  }

  @Test(
    "What is missing between values is told, with what is there",
    arguments: [
      ("[1 2]", "1:4", "',' or ']', found '2'"), ("{\"a\" 1}", "1:6", "':', found '1'"),
      ("{\"a\": 1 \"b\": 2}", "1:9", "',' or '}', found '\"'"), ("{a: 1}", "1:2", "a name in quotes, found 'a'"),
      ("1 2", "1:3", "the end of the file, found '2'"), ("[", "1:2", "a value, the file ends here"),
      ("[1", "1:3", "',' or ']', the file ends here"), ("{\"a\":", "1:6", "a value, the file ends here"),
      ("tru", "1:1", "a value, found 't'"), ("nul", "1:1", "a value, found 'n'"),
      ("falsy", "1:1", "a value, found 'f'"), ("truex", "1:5", "the end of the file, found 'x'"),
      ("\n\n  ]", "3:3", "a value, found ']'"), ("\"a", "1:3", "'\"' at the end of a string, the file ends here"),
      ("[1,\u{c}2]", "1:4", "a value, found '\u{c}'"),
      ("\"\u{1f}\"", "1:2", "'\"' at the end of a string, found '\u{1f}'"),
    ])
  func missing(_ text: String, _ place: String, _ expected: String) {
    #expect(JSONTests.error(text) == "a.json:\(place): is not JSON: expected \(expected)")
  }

  @Test("Ranges have both their ends, and a list as many elements as are asked for")
  func ranges() throws {
    for (text, isIn) in [("3", true), ("7", true), ("2", false), ("8", false), ("3.0", false), ("\"3\"", false)] {
      let error = JSONTests.error(text) { let _: UInt8 = try $0.integer(in: 3...7) }
      #expect((error == nil) == isIn, "\(text)")
      if !isIn { #expect(error == "a.json:1: expected a whole number from 3 to 7, found \(text)") }
      let list = JSONTests.error("[4, \(text)]") { let _: [UInt8] = try $0.integers(in: 3...7) }
      #expect((list == nil) == isIn && list?.contains("a.json:1: [1]: expected a whole number from 3 to 7") != false)
    }
    for (text, isIn) in [("0", true), ("1", true), ("0.5", true), ("-0.001", false), ("1.001", false)] {
      #expect((JSONTests.error(text) { _ = try $0.number(in: 0...1) } == nil) == isIn, "\(text)")
    }
    for (count, isIn) in [(1, false), (2, true), (3, false)] {
      let error = JSONTests.error("[1, 2]") { _ = try $0.elements(count: count) }
      #expect(error == (isIn ? nil : "a.json:1: expected \(count) elements, found 2"))
    }
    for (text, value) in [("255", 255), ("256", nil), ("-1", nil), ("0", 0)] as [(String, UInt8?)] {
      var found: UInt8?
      let error = JSONTests.error(text) { found = try $0.integer() }
      #expect(found == value && (error == nil) == (value != nil), "\(text)")
    }
    #expect(
      JSONTests.error("null") { _ = try $0.integer() as Int8 }
        == "a.json:1: expected a whole number from -128 to 127, found null")
  }

  @Test("A value is called by its kind in an error, a text by its first 40 characters")
  func kindNames() {
    let forty = String(repeating: "é", count: 40)
    for (text, name) in [
      ("null", "null"), ("true", "true"), ("false", "false"), ("-12", "-12"), ("2.5", "2.5"), ("[1]", "a list"),
      ("{}", "an object"), ("\"\(forty)\"", "\"\(forty)\""), ("\"\(forty)x\"", "\"\(forty)…\""),
    ] {
      #expect(
        JSONTests.error(text) { throw $0.mismatch("more") } == "a.json:1: expected more, found \(name)", "\(text)")
    }
  }

  @Test("A place in a file is its path of names and elements; a part has a name of its own; a value of no file no line")
  func paths() throws {
    let node = try JSONTests.node("{\"a\": [[1], {\"b\": [2, 3]}]}")
    var members = try node.members()
    let list = try members.take("a").elements()
    var inner = try list[1].members()
    let last = try inner.take("b").elements()[1]
    #expect("\(last.error("x"))" == "a.json:1: a[1].b[1]: x" && "\(list[0].error("x"))" == "a.json:1: a[0]: x")
    #expect("\(node.error("x"))" == "a.json:1: x" && "\(node.asPart("case 3").error("x"))" == "a.json:1: case 3: x")
    let part = last.asPart("case 3")
    #expect("\(part.error("x"))" == "a.json:1: case 3: x" && part.value == last.value && part.file == "a.json")
    let made = Node(.array([.integer(1)]), file: "b")
    #expect("\(try made.elements()[0].error("x"))" == "b: [0]: x" && made.error("x").line == nil)
    #expect(try JSONTests.node("\n\n1").error("x").line == 3 && JSON(.null, line: .max).line == Int(Int32.max))
    #expect(try JSONTests.node("null").isNull && !JSONTests.node("0").isNull)
  }

  @Test(
    "A line of 16 MiB is read, at the end of a file too, and a longer one is refused where it is looked for in vain")
  func longestLine() throws {
    let most = 1 << 24
    var whole = LineReader([UInt8](repeating: 0x78, count: most), named: "f")
    #expect(try whole.next()?.utf8.count == 16_777_216 && whole.next() == nil)
    var longer = LineReader([UInt8](repeating: 0x78, count: most + 1), named: "f")
    #expect(throws: InputError("f", line: 1, "is longer than 16 MiB, expected a shorter line")) { try longer.next() }
  }

  @Test("Lines end in LF or CR LF, a lone CR is a character, and an empty last line is none")
  func lineEnds() throws {
    for (text, lines) in [
      ("", []), ("\n", [""]), ("\r\n", [""]), ("\r", [""]), ("a\rb\n", ["a\rb"]), ("a\r\r\n", ["a\r"]), ("a\r", ["a"]),
      ("a\n\nb", ["a", "", "b"]), ("\u{feff}", []), ("\u{feff}\n\u{feff}a", ["", "\u{feff}a"]),
    ] as [(String, [String])] {
      #expect(try TextFile(Array(text.utf8), named: "f").lines.map(String.init) == lines, "\(text.debugDescription)")
    }
    let file = try TextFile(Array("a\nb".utf8), named: "f")
    #expect("\(file.error(line: 2, "is b"))" == "f:2: is b")
  }

  @Test("A head has 100 items at most, and an unknown one is told with the nearest that was asked for")
  func manyItems() throws {
    func items(_ count: Int) throws -> HeaderItems {
      try HeaderItems((0..<count).map { "k\($0)=\($0)" }.joined(separator: " "), of: "f", line: 1)
    }
    var hundred = try items(100)
    #expect(hundred.take("k99") == "99" && hundred.take("k99") == nil)
    #expect(throws: InputError("f", line: 1, "the header: more than 100 items")) { try items(101) }
    var items = try HeaderItems("sed=1", of: "f", line: 4)
    #expect(items.take("seed") == nil && items.take("tiles") == nil)
    #expect(throws: InputError("f", line: 4, "the header: 'sed' is unknown, did you mean 'seed'?")) { try items.end() }
  }

  @Test("Cells are what commas part, empty ones too; blanks around a text are spaces and tabs")
  func cells() {
    for (text, cells) in [("", [""]), (",", ["", ""]), ("a,b,", ["a", "b", ""]), ("a b", ["a b"])] {
      #expect(text[...].cells.map(String.init) == cells, "\(text)")
    }
    for (text, trimmed) in [
      ("", ""), (" \t ", ""), (" a b\t", "a b"), ("a", "a"), ("\na ", "\na"), ("\u{a0}a", "\u{a0}a"),
    ] {
      #expect(text[...].trimmed == trimmed, "\(text.debugDescription)")
    }
    for (text, isOneLine) in [("", true), ("a b\t", true), ("a\nb", false), ("a\r\n", false), ("a\u{2028}", false)] {
      #expect(text.isOneLine == isOneLine, "\(text.debugDescription)")
    }
  }

  @Test("The folder of a path is all before its last name, and a name what is behind it")
  func pathParts() throws {
    for (path, folder, name) in [
      ("a", ".", "a"), ("a/b", "a", "b"), ("/a", "/", "a"), ("/a/b", "/a", "b"), ("a/b/", "a/b", "b"), ("/", "/", "/"),
      ("", ".", ""), ("./a", ".", "a"),
    ] { #expect(FilePath.folder(of: path) == folder && FilePath.name(of: path) == name, "\(path)") }
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FilePath.makeFolder(folder + "/x/y/z")
    try FilePath.makeFolder(folder + "/x/y")
    for name in ["b", "a", ".c"] { try OutputFile.write("1", to: "\(folder)/x/y/\(name)") }
    #expect(
      try FilePath.entries(of: folder + "/x/y") == [".c", "a", "b", "z"] && FilePath.entries(of: folder) == ["x"])
    #expect(FilePath.exists(folder + "/x/y/a") && FilePath.exists(folder + "/x") && !FilePath.exists(folder + "/n"))
    #expect(throws: OutputError(folder + "/x/y/a", "File exists")) { try FilePath.makeFolder(folder + "/x/y/a") }
    #expect(throws: OutputError(folder + "/x/y/a", "File exists")) {
      try FilePath.makeFolder(folder + "/x/y/a/b")
    }
    let missing = InputError(folder + "/n", "cannot be read: No such file or directory; expected a folder")
    #expect(throws: missing) { try FilePath.entries(of: folder + "/n") }
    #expect(FilePath.resolvingLinks(folder + "/x") == folder + "/x")
    let (file, directory) = (FileStatus(folder + "/x/y/a"), FileStatus(folder + "/x"))
    #expect(file?.isRegular == true && file?.isFolder == false && file?.isDevice == false && file?.byteCount == 1)
    #expect(directory?.isFolder == true && directory?.isRegular == false && FileStatus(folder + "/n") == nil)
    #expect(FileStatus("/dev/null")?.isDevice == true && FileStatus("/dev/null")?.isRegular == false)
    #expect(file?.identity != directory?.identity && file?.identity == FileStatus(folder + "/x/../x/y/a")?.identity)
  }

  @Test("A lock that another holds is let go of at once, and nothing is left open")
  func refusedLocks() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func opened() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
        FilePath.resolvingLinks("/proc/self/fd/\(number)").hasSuffix(folder + "/run.lock")
      }
    }
    do {
      let lock = try FileLock(of: folder + "/run")
      for _ in 0..<3 { #expect(try FileLock(of: folder + "/run") == nil) }
      #expect(try lock != nil && opened() == 1)
      withExtendedLifetime(lock) {}
    }
    #expect(try opened() == 0 && FilePath.entries(of: folder).isEmpty)
  }

  @Test("An error has its place first: file, line, column and member as far as there are")
  func errors() {
    #expect("\(InputError("f", "x"))" == "f: x" && "\(InputError("f", line: 3, "x"))" == "f:3: x")
    #expect("\(InputError("f", line: 3, column: 9, "x"))" == "f:3:9: x")
    #expect("\(InputError("f", line: 3, column: 9, member: "a.b", "x"))" == "f:3:9: a.b: x")
    #expect(
      "\(InputError("--tiles", member: "a", "x"))" == "--tiles: a: x" && InputError("f", line: 2, "x").place == "f:2")
    #expect("\(OutputError("-", "x"))" == "cannot write standard output: x")
    #expect("\(OutputError("a", code: 2))" == "cannot write a: No such file or directory")
    #expect(
      "\(Interrupted(signal: 2))" == "interrupted by SIGINT" && "\(Interrupted(signal: 15))" == "interrupted by SIGTERM"
    )
  }

  @Test("A text that people write has 4 MiB at most, and is refused by the name of what should be there")
  func usualLength() {
    let kind: FileKind = "a recipe"
    #expect(kind.mostBytes == 4_194_304 && kind.problem(ofHead: [1, 2, 3]) == nil && kind.problem(ofHead: []) == nil)
    #expect("\(kind.tooLong("f"))" == "f: is too long; expected a recipe, of 4096 KiB at most")
    #expect("\(kind.tooLong("f", hasBytes: 9))" == "f: has 9 bytes; expected a recipe, of 4096 KiB at most")
    let own = FileKind("a chip", mostBytes: 9, signatures: ["AB", "CDE"], refusal: "is none")
    for (head, isOne) in [
      ("AB", true), ("ABx", true), ("A", true), ("CD", true), ("CDE", true), ("AC", false), ("CDX", false),
    ] {
      #expect((own.problem(ofHead: Array(head.utf8)) == nil) == isOne, "\(head)")
      #expect((own.problem(ofHead: TextFile.byteOrderMark + Array(head.utf8)) == nil) == isOne, "\(head)")
    }
    #expect(
      own.problem(ofHead: [0x58]) == "is none"
        && FileKind("a b", mostBytes: 1, signatures: ["Q"]).refusal == "is not a b, expected it to begin with 'Q'")
  }
}
