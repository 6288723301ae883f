import Files
import Foundation
import TestSupport
import Testing
import Vectors

@testable import mblstm

@Suite("What checks of several files come to")
struct CheckSumTests {
  private static func file(_ values: [Int]) throws -> VectorFile {
    let cases = values.enumerated().map { number, value in
      #"{"id": \#(number + 1), "given": {"op": "round", "mode": "down", "value": 5, "shift": 1}, "expect": {"value": "#
        + "\(value)}}"
    }
    let text = """
      {"format": 2, "suite": "fixed", "kind": "value", "provenance": "recorded", "purpose": "a test",
      "source": {"generator": "this test", "specification": "none"}, "fields": {},
      "cases": [\(cases.joined(separator: ","))]}
      """
    return try VectorFile(Array(text.utf8), path: "a.json")
  }

  @Test("A check of several files is passed as long as none has a case that fails")
  func sum() throws {
    var report = CheckReport(nil, nil, isTraced: false)
    #expect(report.isPassed)
    for (values, isPassed) in [([2, 2], true), ([2, 3, 3], false), ([2, 2], false), ([3], false)] {
      let file = try Self.file(values)
      report.add(file, file.check())
      #expect(report.isPassed == isPassed)
    }
    #expect(report.outcomes.map(\.failed) == [0, 2, 0, 1])
  }

  @Test("Two files that fail end a check with 1, one that cannot be read with 2; a row a file, and their sums")
  func statuses() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      """
      sed 's/"stepMicrovolts":1575,/"stepMicrovolts":1576,/' \(Transcript.repository)/vectors/v1/dac.json >a.json
      cp a.json b.json; cp \(Transcript.repository)/vectors/v1/dac.json good.json
      mblstm check a.json; echo "status $?"; mblstm check a.json b.json; echo "status $?"
      mblstm check a.json good.json none.json >told; echo "status $?"; mblstm check good.json >told; echo "status $?"
      """, in: folder)
    let statuses = ran.output.split(separator: "\n").filter { $0.hasPrefix("status ") }
    #expect(statuses == ["status 1", "status 1", "status 2", "status 0"], "\(ran)")
    let rows = ran.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let counts = rows.filter { $0.first == "dac" || $0.first == "total" }.map { $0[1...3].compactMap { Int($0) } }
    #expect(counts.count == 5 && counts[0] == counts[1] && counts[2] == counts[3], "\(counts)")
    #expect(counts[0].count == 3 && counts[4] == counts[0].map { 2 * $0 } && counts[0][1] > 0, "\(counts)")
    #expect(ran.error.contains("mblstm check: none.json: "), "\(ran.error)")
  }

  private static func specification(_ sentences: [String]) throws -> Specification {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = sentences.enumerated().map { "\($0.element) [CHIP-1.\($0.offset + 1)]\n\n" }
    for (name, text) in [
      ("chip", "## 1. One\n\n" + lines.joined()), ("devices", ""), ("firmware", ""), ("format", ""), ("energy", ""),
    ] {
      try text.write(to: folder.appendingPathComponent("\(name).md"), atomically: true, encoding: .utf8)
    }
    return try Specification(folder: folder.path)
  }

  @Test("Up to three of the likeliest sentences are told in words of up to 110 characters, others by their numbers")
  func sentences() throws {
    let (fitting, long) = (String(repeating: "a", count: 110), String(repeating: "b", count: 111))
    let specification = try Self.specification([fitting, long, "c.", "d.", "e."])
    let numbers = specification.numbers
    #expect(numbers.count == 5)
    func lines(_ holds: [SentenceNumber], _ passing: [SentenceNumber] = []) -> [String] {
      let entry = FileOutcome.Case(id: 1, note: nil, holds: holds, verdict: .failed("x"))
      let other = FileOutcome.Case(id: 2, note: nil, holds: passing, verdict: .passed)
      let outcome = FileOutcome(path: "a.json", suite: .fixed, provenance: .golden, cases: [entry, other])
      return Suspicion([outcome]).lines(of: entry, specification)
    }
    #expect(
      lines(Array(numbers.prefix(3))) == [
        "  breaks CHIP-1.1: \(fitting)", "  breaks CHIP-1.2: \(long.prefix(109))…", "  breaks CHIP-1.3: c.",
      ])
    #expect(lines(numbers).suffix(2) == ["  breaks CHIP-1.3: c.", "  or CHIP-1.4, CHIP-1.5"])
    #expect(
      lines(Array(numbers.suffix(3)), [numbers[2], numbers[4]])
        == ["  breaks CHIP-1.4: d.", "  or CHIP-1.3, CHIP-1.5"])
    #expect(lines([]) == [])
    let trace = SentenceTrace(specification)
    #expect(trace.text.hasPrefix("5 sentences, 0 with a case\n\nwithout a case\n  CHIP-1.1: \(fitting)\n"))
    #expect(trace.text.contains("\n  CHIP-1.2: \(long.prefix(109))…\n") && trace.text.hasSuffix("\n  CHIP-1.5: e."))
  }

  @Test("Parameters of a device are separated by one comma each, and nothing is none")
  func deviceParameters() throws {
    let folder = try FileMannersTests.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for items in ["on-resistance=5k,", ",on-resistance=5k", "on-resistance=5k,,set-threshold=0.9", "", ","] {
      let ran = try Transcript.run("mblstm device vteam --device-set '\(items)'", in: folder)
      #expect(ran.status == 2 && ran.output == "", "'\(items)'")
      #expect(ran.error.contains("--device-set: '' of the device, expected name=value"), "\(ran.error)")
    }
    for items in ["on-resistance=5k,set-threshold=0.9", "on-resistance=5k --device-set set-threshold=0.9"] {
      let ran = try Transcript.run("mblstm device vteam --device-set \(items)", in: folder)
      #expect(ran.status == 0, "\(ran.error)")
      let first = ran.output.split(separator: "\n").first ?? ""
      #expect(first.contains("on-resistance") && first.contains("set-threshold"), "\(first)")
    }
  }

  @Test("A table in README.md is between its two lines, which are there once each and in order")
  func readme() throws {
    func table(_ text: String) throws(InputError) -> ReadmeTable {
      try ReadmeTable("t", in: TextFile(Array(text.utf8), named: "R"))
    }
    let (begin, end) = ("<!-- table t -->", "<!-- end t -->")
    let found = try table("x\n\(begin)\na\nb\n\(end)\ny\n")
    #expect(found.lines == ["a", "b"] && found.firstLine == 3)
    for (made, difference) in [
      (["a", "b"], nil), (["a", "c"], "R:4: expected 'c', found 'b' (table 't')"),
      (["c", "b"], "R:3: expected 'c', found 'a' (table 't')"),
      (["a"], "R:4: expected no line, found 'b' (table 't')"), ([], "R:3: expected no line, found 'a' (table 't')"),
      (["a", "b", "c"], "R:5: expected 'c', found no line (table 't')"),
    ] as [([String], String?)] { #expect(found.difference(from: made) == difference) }
    #expect(try table("\(begin)\n\(end)\n").lines.isEmpty)
    for (text, words) in [
      ("\(end)\n\(begin)\n", "R:1: the table 't' ends before it begins"),
      ("a\n\(end)\n", "R: has the line '\(begin)' 0 times, expected it once"),
      ("\(begin)\n\(end)\n\(end)\n", "R: has the line '\(end)' 2 times, expected it once"),
    ] {
      let error = #expect(throws: InputError.self) { _ = try table(text) }
      #expect(error?.description == words)
    }
  }
}
