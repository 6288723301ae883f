import Files
import Foundation
import Testing

@testable import Vectors

@Suite("Texts of sentences")
struct SentenceTextTests {
  private static func specification(_ chip: String, energy: String = "") throws -> Specification {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("chip", chip), ("devices", ""), ("firmware", ""), ("format", ""), ("energy", energy)] {
      try text.write(to: folder.appendingPathComponent("\(name).md"), atomically: true, encoding: .utf8)
    }
    return try Specification(folder: folder.path)
  }

  /// What the sentence `CHIP-6.1` says, which is all that a section has.
  private static func text(_ lines: String) throws -> String? {
    let specification = try specification("## 6. Time\n\n\(lines)\n")
    #expect(specification.numbers.map(\.description) == ["CHIP-6.1"])
    return specification[try #require(SentenceNumber("CHIP-6.1"))]
  }

  @Test(
    "A line goes on with what is before it unless it begins an item or a row",
    arguments: [
      ("Has at most\n16 words. [CHIP-6.1]", "Has at most 16 words."),
      ("Lasts\n2.5 ns at least. [CHIP-6.1]", "Lasts 2.5 ns at least."),
      ("As in\n3.1. It ends. [CHIP-6.1]", "As in 3.1. It ends."),
      ("Before.\n7. Numbered. [CHIP-6.1]", "Numbered."), ("Before.\n12. Numbered. [CHIP-6.1]", "Numbered."),
      ("Before.\n  12. Numbered. [CHIP-6.1]", "Numbered."),
      ("12. Numbered\n    and going on,\n    on line three. [CHIP-6.1]", "Numbered and going on, on line three."),
      ("9. Numbered\n   16 times. [CHIP-6.1]", "Numbered 16 times."),
      ("Before.\n- An item\n  of two lines. [CHIP-6.1]", "An item of two lines."),
      ("Before.\n  * An item. [CHIP-6.1]", "An item."), ("Before.\n| a | b [CHIP-6.1] |", "a | b"),
      ("Less\n-1 at the end. [CHIP-6.1]", "Less -1 at the end."),
      ("All\n**bold** things. [CHIP-6.1]", "All bold things."),
      ("1.2 V is\nthe supply. [CHIP-6.1]", "1.2 V is the supply."), ("Before.\n\nAfter. [CHIP-6.1]", "After."),
      ("Before.\n \nAfter. [CHIP-6.1]", "After."), ("With [a link] in it. [CHIP-6.1]", "With [a link] in it."),
      ("An array a[3] [CHIP-6.1]", "An array a[3]"), ("**Bold**: plain. [CHIP-6.1]", "Bold: plain."),
    ])
  func extent(_ lines: String, _ text: String) throws { #expect(try Self.text(lines) == text) }

  @Test("Headings without a number leave the section as it is, and end what is before them")
  func headings() throws {
    let found = try Self.specification(
      """
      ## 6 Time
      One. [CHIP-6.1] Begun
      ### Notes
      Two. [CHIP-6.2]
      ### 6.2. Ends
      Three. [CHIP-6.2.1]
      #
      Four. [CHIP-6.2.2]
      ## A.1 Letters
      Five. [CHIP-6.2.3]
      """)
    let texts = found.numbers.map { "\($0) \(found[$0] ?? "")" }
    #expect(
      texts == [
        "CHIP-6.1 One.", "CHIP-6.2 Two.", "CHIP-6.2.1 Three.", "CHIP-6.2.2 Four.", "CHIP-6.2.3 Five.",
      ])
  }

  @Test("Each file is read: a number of another stands where it should not")
  func files() throws {
    let found = try Self.specification("## 1. A\nOne. [CHIP-1.1]\n", energy: "## 2. B\nTwo. [NRG-2.1]\n")
    #expect(found.numbers.map(\.description) == ["CHIP-1.1", "NRG-2.1"])
    let error = #expect(throws: InputError.self) {
      _ = try Self.specification("", energy: "\n\n## 2. B\nTwo. [CHIP-2.1]\n")
    }
    #expect(error?.description.hasSuffix("energy.md:4: CHIP-2.1 stands in section 2 of energy.md") == true)
    let missing = #expect(throws: InputError.self) { _ = try Specification(folder: "/nowhere/at/all") }
    #expect(missing?.description.hasPrefix("/nowhere/at/all/chip.md: ") == true, "\(missing?.description ?? "")")
  }

  @Test("The specification of vectors is in their folder, or beside it")
  func folder() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: place) }
    let vectors = place.appendingPathComponent("v1")
    try FileManager.default.createDirectory(at: vectors, withIntermediateDirectories: true)
    #expect(Specification.folder(beside: vectors.path + "/a.json") == nil)
    for name in ["v1/specification", "specification"] {
      let folder = place.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try "".write(to: folder.appendingPathComponent("chip.md"), atomically: true, encoding: .utf8)
      let found = try #require(Specification.folder(beside: vectors.path + "/a.json"))
      #expect(found == vectors.path + (name == "specification" ? "/../specification" : "/specification"))
    }
  }

  private static func entry(
    _ id: Int, _ holds: [String], _ verdict: FileOutcome.Verdict
  ) -> FileOutcome.Case {
    FileOutcome.Case(id: id, note: nil, holds: holds.compactMap { SentenceNumber($0) }, verdict: verdict)
  }

  @Test("Skipped cases tell nothing of a sentence, waived ones hold it, and shares count, not numbers")
  func suspicion() {
    let cases = [
      Self.entry(1, ["CHIP-1.1"], .failed("a")), Self.entry(2, ["CHIP-1.1"], .waived("why", difference: "b")),
      Self.entry(3, ["CHIP-1.2"], .failed("c")), Self.entry(4, ["CHIP-1.2"], .skipped("why")),
      Self.entry(5, ["CHIP-1.3"], .failed("d")), Self.entry(6, ["CHIP-1.3"], .failed("e")),
      Self.entry(7, ["CHIP-1.3"], .passed), Self.entry(8, ["CHIP-1.4"], .passed),
    ]
    let numbers = ["CHIP-1.1", "CHIP-1.2", "CHIP-1.3", "CHIP-1.4"].compactMap { SentenceNumber($0) }
    let halves = [cases.prefix(4), cases.dropFirst(4)].map {
      FileOutcome(path: "a.json", suite: .fixed, provenance: .golden, cases: Array($0))
    }
    let suspicion = Suspicion(halves)
    // Of 1.1 one of two fails, of 1.2 one of one, of 1.3 two of three, of 1.4 none of one.
    #expect(suspicion.likeliestFirst(numbers).map(\.description) == ["CHIP-1.2", "CHIP-1.3", "CHIP-1.1", "CHIP-1.4"])
    let split = suspicion.split(numbers)
    #expect(split.likeliest.map(\.description) == ["CHIP-1.2"] && split.others.count == 3)
    #expect(suspicion.split([]).likeliest.isEmpty && suspicion.split([]).others.isEmpty)
  }
}
