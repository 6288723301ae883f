import Files
import Foundation
import Testing

@testable import Vectors

@Suite("Sentences of the specification")
struct SentenceTests {
  private static let folder = GoldenVectors.folder.deletingLastPathComponent().appendingPathComponent("specification")

  private static func number(_ text: String) throws -> SentenceNumber { try #require(SentenceNumber(text)) }

  @Test("A number is a file, a section and a running number, and nothing else is one")
  func numbers() throws {
    for text in ["CHIP-6.7", "DEV-0.1", "FW-1.4.1.3", "FMT-2.10"] { #expect("\(try Self.number(text))" == text) }
    for text in [
      "", "CHIP", "CHIP-", "CHIP-6", "CHIP-6.", "CHIP-.6", "CHIP-6.07", "CHIP-6.+7", "CHIP-6.-7", "chip-6.7", "X-1.1",
    ] {
      #expect(SentenceNumber(text) == nil, "\(text)")
    }
  }

  @Test("Numbers are in the order of files, sections and sentences")
  func order() throws {
    let texts = ["CHIP-6.2", "CHIP-6.2.1", "CHIP-6.10", "CHIP-10.1", "DEV-1.1", "FW-0.1", "FMT-0.1", "NRG-0.1"]
    let numbers = try texts.map(Self.number)
    #expect(numbers.reversed().sorted() == numbers)
  }

  @Test("The specification says each of its sentences once, in words")
  func specification() throws {
    let specification = try Specification(folder: Self.folder.path)
    #expect(specification.numbers.count > 600)
    #expect(specification.numbers.allSatisfy { specification[$0]?.isEmpty == false })
    #expect(
      specification[try Self.number("CHIP-1.1.2")] == "Saturated add / subtract: exact result clamped to the raw range."
    )
    #expect(specification[try Self.number("CHIP-1.2.2")] == "halfToEven | nearest; tie → even")
    #expect(specification[try Self.number("CHIP-999.1")] == nil)
  }

  private static func specification(chip: String) throws -> Specification {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("chip", chip), ("devices", ""), ("firmware", ""), ("format", ""), ("energy", "")] {
      try text.write(to: folder.appendingPathComponent("\(name).md"), atomically: true, encoding: .utf8)
    }
    return try Specification(folder: folder.path)
  }

  @Test(
    "A mark closes what stands before it, back to the mark before or to the beginning of its paragraph, item or row")
  func extents() throws {
    let text = """
      # The chip
      Of no section. [CHIP-0.1]
      ## 6. Time
      Explained.

      Time **begins** at
      cycle 0. [CHIP-6.1] It goes on; [CHIP-6.2] explained again.
      * an item [CHIP-6.4]
      1. another [CHIP-6.3]
      | a | row [CHIP-6.5] |
      ### 6.1 Ends
      Of a part. [CHIP-6.1.1]
      """
    let found = try Self.specification(chip: text)
    let expected = [
      "CHIP-0.1": "Of no section.", "CHIP-6.1": "Time begins at cycle 0.", "CHIP-6.2": "It goes on;",
      "CHIP-6.3": "another",
      "CHIP-6.4": "an item", "CHIP-6.5": "a | row", "CHIP-6.1.1": "Of a part.",
    ]
    #expect(
      found.numbers.map(\.description)
        == ["CHIP-0.1", "CHIP-6.1", "CHIP-6.1.1", "CHIP-6.2", "CHIP-6.3", "CHIP-6.4", "CHIP-6.5"])
    for (number, text) in expected { #expect(found[try Self.number(number)] == text) }
  }

  @Test("A number in another section, of another file or there twice is refused, with its line")
  func misplaced() throws {
    for (text, words) in [
      ("## 6. Time\n\nBegins. [CHIP-7.1]\n", "chip.md:3: CHIP-7.1 stands in section 6 of chip.md"),
      ("## 6. Time\nBegins. [FW-6.1]\n", "chip.md:2: FW-6.1 stands in section 6 of chip.md"),
      ("## 6. Time\nBegins. [CHIP-6.1]\nEnds. [CHIP-6.1]\n", "chip.md:3: CHIP-6.1 is there twice"),
    ] {
      let error = #expect(throws: InputError.self) { _ = try Self.specification(chip: text) }
      #expect(error?.description.hasSuffix(words) == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  private static func text(_ holds: String) -> String {
    vectorText(
      #"{"id": 1, "holds": \#(holds), "flags": [], "given": {"op": "round", "mode": "down", "value": 1, "shift": 0}, "expect": {"value": 1}}"#
    )
  }

  @Test("What a case holds is numbers of the specification in their order, each once")
  func cases() throws {
    #expect(readingError(Self.text("[]")) == nil)
    #expect(readingError(Self.text(#"["CHIP-1.2", "DEV-1.1"]"#)) == nil)
    for (holds, words) in [
      (#"["CHIP1"]"#, "the number of a sentence, as CHIP-6.7"),
      (#"["DEV-1.1", "CHIP-1.2"]"#, "CHIP-1.2 stands behind DEV-1.1, expected sentences in order, each once"),
      (#"["CHIP-1.2", "CHIP-1.2"]"#, "CHIP-1.2 stands behind CHIP-1.2"), (#""CHIP-1.2""#, "a list"),
    ] {
      #expect(readingError(Self.text(holds))?.contains(words) == true, "\(readingError(Self.text(holds)) ?? "")")
    }
    let specification = try Specification(folder: Self.folder.path)
    let error = #expect(throws: InputError.self) {
      _ = try VectorFile(Array(Self.text(#"["CHIP-1.999"]"#).utf8), path: "a.json", specification: specification)
    }
    #expect(error?.description.contains("the specification has no sentence CHIP-1.999") == true)
  }

  @Test("A trace counts a sentence once a case, whether the case or its file names it")
  func trace() throws {
    let specification = try Self.specification(chip: "## 1. One\nA. [CHIP-1.1] B. [CHIP-1.2] C. [CHIP-1.3]\n")
    var trace = SentenceTrace(specification)
    let body = #""given": {"op": "round", "mode": "down", "value": 1, "shift": 0}, "expect": {"value": 1}"#
    trace.add(
      try vectorFile(
        vectorText(
          head: #" "holds": ["CHIP-1.2"],"#, #"{"id": 1, "holds": ["CHIP-1.1", "CHIP-1.2"], "flags": [], \#(body)}"#,
          "{\"id\": 2, \(body)}")))
    #expect(trace.lines.map(\.cases) == [1, 2, 0])
    #expect(trace.lines.map(\.suites) == [[.fixed], [.fixed], []])
  }

  @Test("The likeliest to be broken is the sentence of whose cases most fail")
  func suspicion() throws {
    let (one, two, three) = (try Self.number("CHIP-1.1"), try Self.number("CHIP-1.2"), try Self.number("CHIP-1.3"))
    func entry(_ id: Int, _ holds: [SentenceNumber], fails: Bool) -> FileOutcome.Case {
      FileOutcome.Case(id: id, note: nil, holds: holds, verdict: fails ? .failed("differs") : .passed)
    }
    let suspicion = Suspicion([
      FileOutcome(
        path: "a.json", suite: .fixed, provenance: .golden,
        cases: [
          entry(1, [one, two, three], fails: true), entry(2, [two, three], fails: true), entry(3, [one], fails: false),
        ])
    ])
    #expect(suspicion.likeliestFirst([one, two, three]) == [two, three, one])
    let split = suspicion.split([one, two, three])
    #expect(split.likeliest == [two, three] && split.others == [one])
  }
}
