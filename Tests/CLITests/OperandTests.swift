import Testing

@testable import mblstm

@Suite("Operands and required options")
struct OperandTests {
  private static let options = [
    Option("--out", short: "-o", "F", .output("csv"), isRequired: true, "Where to."),
    Option("--part", "F", .output("csv", .streamOfPart), "A part."), Option("--in", "F", .input("csv"), "From where."),
    Option("--like", "NAME|F.csv", .nameOrInput(["a"], FileForm(suffixes: ["csv"])), "A name or a file."),
    Option("--sizes", "N,N", .list(of: .integer(1...9)), default: .words("none"), "Sizes."),
    Option("--old", "N", .integer(0...4_294_967_295), default: .value("7"), "A number."),
  ]
  private static let operands = [
    Operand("SIZE", "a size", .integer(1...9)), Operand("FILE", "some files", .input("csv"), count: 0...2),
    Operand("KIND", "a kind", .choice(["x", "y"]), count: 0...1),
  ]

  private static func read(_ line: String) throws(UsageError) -> Arguments {
    try Arguments(
      line.split(separator: " ").map(String.init), options: options, operands: operands, moved: ["--gone": "it"])
  }

  private static func refusal(_ line: String) -> String? {
    do {
      _ = try read(line)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Too few are told by those that are needed, too many by all; each is of its kind")
  func counts() {
    for (line, error) in [
      ("-o f 1", nil), ("-o f 9 a b x", nil), ("-o f", "expected a size, got nothing"),
      ("-o f 1 a b x z", "expected a size and some files and a kind, got '1' 'a' 'b' 'x' 'z'"),
      ("-o f 0", "SIZE is '0', expected a whole number from 1 to 9"),
      ("-o f 10", "SIZE is '10', expected a whole number from 1 to 9"),
      ("-o f 1 a b other", "KIND is 'other', expected one of: x, y"), ("1", "expected --out F"),
      ("1 --gone 3", "--gone is gone; use 'it'"), ("1 -o a -o b", "--out is given twice"),
      ("1 -o a --sizes 1,10", "--sizes is '1,10', expected a whole number from 1 to 9, or several with commas between"),
    ] as [(String, String?)] { #expect(Self.refusal(line) == error, "\(line)") }
    let none = #expect(throws: UsageError.self) { _ = try Arguments(["a"], options: []) }
    #expect(none?.description == "expected no operand, got 'a'")
  }

  @Test("Files are what is named as one: read, or written without the part that is asked for")
  func files() throws {
    let arguments = try Self.read("-o o.csv --part p.csv:3:5 --in i.csv --like l.csv 1 a b x")
    #expect(arguments.inputs.map(\.path) == ["i.csv", "l.csv", "a", "b"])
    #expect(arguments.inputs.map(\.name) == ["--in", "--like", "some files", "some files"])
    #expect(arguments.outputFiles.map(\.path) == ["o.csv", "p.csv"])
    #expect(arguments.outputFiles.map(\.manner) == [.whole, .streamOfPart])
    #expect(try Self.read("-o a:b:c --like csv 1").inputs.isEmpty)
    #expect(try Self.read("-o a:b:c 1").outputFiles.map(\.path) == ["a:b:c"])
    #expect(try Self.read("-o a --part :1 1").outputFiles.map(\.path) == ["a", ""])
  }

  @Test("Values are read, and defaults where there are none")
  func values() throws {
    let given = try Self.read("-o a 1 --sizes 1,2,9 --old 4294967295")
    #expect(given.list("--sizes") == ["1", "2", "9"] && given.integer("--old") as UInt32 == .max)
    #expect(given.givenNames == ["--out", "--sizes", "--old"] && given.has("--old") && !given.has("--in"))
    let bare = try Self.read("-o a 1")
    #expect(bare.list("--sizes").isEmpty && bare.integer("--old") == 7 && !bare.has("--old"))
    #expect(bare.integer("--sizes", default: 5) == 5 && bare.required("--out") == "a" && bare.text("--in") == nil)
    #expect(bare.declares("--in") && !bare.declares("--none"))
    #expect(throws: Never.self) { try bare.expectOperands(1...1, "one") }
    let error = #expect(throws: UsageError.self) { try bare.expectOperands(2...3, "two or three") }
    #expect(error?.description == "expected two or three, got '1'")
  }

  @Test("A help says what may be given and what holds otherwise, where there is something to say")
  func explanations() {
    #expect(
      Self.options.map(\.explanation) == [
        "Where to.", "A part.", "From where.", "A name or a file (a or F.csv).", "Sizes (1 to 9; default: none).",
        "A number (0 to 4294967295; default 7).",
      ])
    #expect(Self.options[0].label == "-o, --out F" && Self.options[0].usage == "--out F")
    #expect(Option("--all", "All.").label == "--all" && Option("--all", short: "-a", "All.").names == ["--all", "-a"])
  }
}
