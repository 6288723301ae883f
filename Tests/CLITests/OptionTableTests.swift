import TestSupport
import Testing

@testable import mblstm

@Suite("The table of options")
struct OptionTableTests {
  static let names = Command.verbs.map { $0.name }

  private func verb(_ name: String) throws -> any Verb.Type { try Command.verb(name) }

  @Test("Alternatives are told with one 'or', one alone by itself")
  func alternatives() {
    let told = [[], ["a"], ["a", "b"], ["a", "b", "c"]].map { ValueKind.alternatives($0) }
    #expect(told == ["", "a", "a or b", "a, b or c"])
  }

  @Test("No verb is there twice")
  func verbs() { #expect(Set(Self.names).count == Self.names.count) }

  @Test("No option of a verb has a name of another, long or short", arguments: names)
  func once(_ name: String) throws {
    let all = try verb(name).allOptions.flatMap(\.names)
    #expect(Set(all).count == all.count, "\(all.sorted())")
  }

  @Test("Names have two dashes, short ones a dash and a letter, helps end with a full stop", arguments: names)
  func form(_ name: String) throws {
    for option in try verb(name).allOptions {
      #expect(option.name.wholeMatch(of: /--[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(option.name)")
      #expect(option.short?.wholeMatch(of: /-[a-z]/) != nil || option.short == nil, "\(option.name)")
      #expect(option.help.hasSuffix("."), "\(option.name): \(option.help)")
    }
  }

  private static func bounds(_ kind: ValueKind?) -> String? {
    switch kind {
    case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .list(let kind): bounds(kind)
    default: nil
    }
  }

  @Test("Numbers end where they are said to, the first and the last among them")
  func bounds() {
    let options = Command.verbs.flatMap { $0.allOptions }
    let found = Set(options.compactMap { option in Self.bounds(option.value?.kind).map { "\(option.name) \($0)" } })
    #expect(
      found.sorted() == [
        "--brown-out 1 to 4611686018427387904",
        "--cells 2 to 1024",
        "--descent-rate 0.0 to 8.0",
        "--extend 1 to 1000000",
        "--gdb 0 to 65535",
        "--hidden 1 to 1024",
        "--limit 1 to 9223372036854775807",
        "--log-every 1 to 2147483647",
        "--max-cycles 1 to 18446744073709551615",
        "--max-instructions 1 to 18446744073709551615",
        "--power-cut 1 to 4611686018427387904",
        "--pulse-width 1 to 32767",
        "--ram 1 to 1048576",
        "--runs 5 to 1000",
        "--seconds 0.001 to 60.0",
        "--seeds 1 to 10000",
        "--sequences 1 to 9223372036854775807",
        "--threads 1 to 1024",
        "--tiles 1 to 8",
        "--train-pulse 1 to 1000000000",
        "--updates 1 to 1000000",
        "--upset 1 to 1000000",
      ])
  }

  @Test("A default is a value of the option's kind", arguments: names)
  func defaults(_ name: String) throws {
    for option in try verb(name).allOptions {
      guard case .value(let text) = option.fallback, let kind = option.value?.kind else { continue }
      #expect(kind.refusal(of: text) == nil, "\(option.name) \(text)")
    }
  }

  @Test("A verb's manual begins its usage with it, and has its options and an example", arguments: names)
  func manual(_ name: String) throws {
    let verb = try verb(name)
    #expect(verb.usage.hasPrefix(name))
    #expect(verb.summary.hasSuffix("."))
    let manual = HelpText.manual(verb)
    for option in verb.allOptions { #expect(manual.contains("  \(option.label)  "), "\(option.name)") }
    #expect(manual.contains("example: mblstm") || manual.contains("example: swift run"))
    for line in HelpText.manual(verb).split(separator: "\n").drop(while: { $0 != "options:" }) {
      #expect(line.count <= 118, "\(line)")
    }
  }

  @Test("An option with a range refuses what is beside it", arguments: names)
  func ranges(_ name: String) throws {
    for option in try verb(name).allOptions {
      switch option.value?.kind {
      case .whole(let range)?:
        #expect(option.value?.kind.refusal(of: "\(range.lowerBound)") == nil)
        #expect(option.value?.kind.refusal(of: "\(range.upperBound)") == nil)
        #expect(option.value?.kind.refusal(of: "\(range.lowerBound - 1)") != nil)
        #expect(option.value?.kind.refusal(of: "\(range.upperBound + 1)") != nil)
      case .number(let range)?:
        #expect(option.value?.kind.refusal(of: "\(range.upperBound)") == nil)
        #expect(option.value?.kind.refusal(of: "\(range.upperBound.nextUp)") != nil)
        #expect(option.value?.kind.refusal(of: "nan") != nil)
      case .choice(let choices)?:
        for choice in choices { #expect(option.value?.kind.refusal(of: choice) == nil) }
        #expect(option.value?.kind.refusal(of: "") != nil)
      default: break
      }
    }
  }
}

@Suite("Options and their values")
struct OptionValueTests {
  private func refusal(_ words: [String], of verb: any Verb.Type) -> String {
    do {
      _ = try Arguments(words, of: verb)
      return ""
    } catch {
      return error.description
    }
  }

  @Test(
    "No option of any verb takes another option as its value, one that there is or not",
    arguments: OptionTableTests.names)
  func neverAnOption(_ name: String) throws {
    let verb = try Command.verb(name)
    let others = verb.allOptions.flatMap { $0.names + ($0.value == nil ? [] : $0.names.map { "\($0)=1" }) }
    for option in verb.allOptions {
      guard option.value != nil else { continue }
      for written in option.names {
        for word in others + ["--x", "--x=1", "-x", "-x=1", "--", "---", "--5"] {
          #expect(
            refusal([written, word], of: verb) == "\(option.name) needs a value: \(option.usage)", "\(written) \(word)")
        }
        #expect(refusal([written], of: verb) == "\(option.name) needs a value: \(option.usage)")
      }
    }
  }

  @Test("A negative number is a value, and so is '-'", arguments: OptionTableTests.names)
  func negative(_ name: String) throws {
    let verb = try Command.verb(name)
    for option in verb.allOptions where option.value != nil {
      for word in ["-1", "-0.5", "-.5", "-3mV", "-5%", "-"] {
        #expect(!refusal([option.name, word], of: verb).contains("needs a value"), "\(option.name) \(word)")
        #expect(
          refusal([option.name, word], of: verb) == refusal(["\(option.name)=\(word)"], of: verb),
          "\(option.name) \(word)")
      }
    }
  }
}

@Suite("Words of a command line")
struct ArgumentsTests {
  private static let options = [
    Option("--count", short: "-c", "N", .integer(-5...5), default: .value("2"), "A number."),
    Option("--kind", "KIND", .choice(["plain", "fancy"]), "A choice."),
    Option("--path", "F", .input("csv"), "A file."),
    Option("--all", "A switch."),
    Option("--axis", "A", .text, isRepeatable: true, "Many."),
  ]

  private func read(_ line: String, operands: ClosedRange<Int> = Operand.any) throws(UsageError) -> Arguments {
    try Arguments(
      line.isEmpty ? [] : line.split(separator: " ", omittingEmptySubsequences: false).map(String.init),
      options: Self.options, operands: [Operand("WORD", "words", .text, count: operands)])
  }

  private func refusal(_ line: String, operands: ClosedRange<Int> = Operand.any) -> String {
    do {
      _ = try read(line, operands: operands)
      return ""
    } catch {
      return error.description
    }
  }

  @Test("A value comes behind its option or behind '=', negative too; without one the default holds")
  func values() throws {
    for line in ["--count -3", "--count=-3", "-c -3", "-c=-3"] {
      #expect(try read(line).integer("--count") == -3, "\(line)")
    }
    #expect(try read("").integer("--count") == 2)
    #expect(try read("--path=a=b").text("--path") == "a=b")
    #expect(try read("--path -").inputs.map(\.path) == ["-"])
    #expect(try read("--axis a --axis b").texts("--axis") == ["a", "b"])
  }

  @Test("After '--' all words are operands; '-' always is one")
  func operands() throws {
    #expect(try read("a - --all -- --all -- -x").operands == ["a", "-", "--all", "--", "-x"])
    #expect(try read("-- --all").has("--all") == false)
  }

  @Test("What is wrong is said with what was expected")
  func refusals() {
    #expect(refusal("--count") == "--count needs a value: --count N")
    #expect(refusal("--count --all") == "--count needs a value: --count N")
    #expect(refusal("--count -- 3") == "--count needs a value: --count N")
    #expect(refusal("--count 6") == "--count is '6', expected a whole number from -5 to 5")
    #expect(refusal("--count=") == "--count is '', expected a whole number from -5 to 5")
    #expect(refusal("--count 1 --count=1") == "--count is given twice")
    #expect(refusal("--all --all") == "--all is given twice")
    #expect(refusal("--all=yes") == "--all takes no value")
    #expect(refusal("--kind fanci") == "--kind is 'fanci', expected one of: plain, fancy, did you mean 'fancy'?")
    #expect(refusal("--cuont 1") == "unknown option '--cuont', did you mean '--count'?")
    #expect(refusal("-q") == "unknown option '-q'; --help lists what there is")
    #expect(refusal("--path=") == "--path is '', expected a file to read")
    #expect(refusal("a b", operands: 0...1) == "expected words, got 'a' 'b'")
  }
}

@Suite("The progress bar")
struct ProgressLineTests {
  @Test("Is shorter than the terminal, whatever its width and words")
  func width() {
    for (what, note) in [
      ("digits", "loss 0.1"), ("手書き数字の認識", "損失"), (String(repeating: "long ", count: 40), ""), ("a\u{1b}[2Jb\n", "\t"),
    ] {
      for columns in 0..<130 {
        for isUnicode in [true, false] {
          for done in [0, 7, 1797, 99999] {
            let line = ProgressLine(what: what, done: done, total: 1797, note: note)
              .text(columns: columns, isUnicode: isUnicode)
            #expect(line.columns <= max(columns - 1, 0))
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && (isUnicode || $0.isASCII) })
          }
        }
      }
    }
  }

  @Test("Shows the share, in letters that the locale has")
  func text() {
    let line = ProgressLine(what: "x", done: 1, total: 2, note: "n")
    #expect(line.text(columns: 20, isUnicode: true) == "x ██████░░░░░░░ 1/2")
    #expect(line.text(columns: 80, isUnicode: false) == "x ###############--------------- 1/2 n")
  }
}
