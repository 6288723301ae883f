import Board
import Files
import Foundation
import Registers
import Tasks
import Testing
import Vectors

@Suite("What a check finds")
struct DifferenceTests {
  private static let erase = [
    "W MBX1.UNLOCK 0x50524f47", "W MBX1.START 0x00000004", "R MBX1.WAIT 0x00000040", "W MBX1.UNLOCK 0x00000000",
    "R MBX0.ERROR 0x00000000", "R MBX1.ERROR 0x00000000",
  ]

  /// A network on the smallest chip, and erasing its dense layer.
  private func text(_ transactions: [String], replies: String = "[[0], [0]]", conductances: String = "") -> String {
    firmwareText(expected: transactions, replies: replies, conductances: conductances)
      .replacing("[[1], [9, 1]]", with: "[[2, 1, 1, 1, 256, 256, 1], [9, 1]]")
  }

  @Test("Nothing, where there is none")
  func none() throws { #expect(try difference(text(Self.erase)) == nil) }

  @Test("The first access that differs, in words")
  func accesses() throws {
    func altered(_ place: Int, _ line: String) throws -> String? {
      var lines = Self.erase
      lines[place] = line
      return try difference(text(lines))
    }
    #expect(
      try altered(1, "W MBX1.START 0x00000003")
        == "case 1, request 2 (erase), transaction 2: expected write MBX1.START = 0x00000003, got 0x00000004"
        + " (OPERATION 3, got 4)")
    #expect(
      try altered(4, "R MBX1.ERROR 0x00000000")
        == "case 1, request 2 (erase), transaction 5: expected read MBX1.ERROR = 0x0000, got read MBX0.ERROR = 0x0000")
    #expect(
      try difference(text(Self.erase.dropLast()))
        == "case 1, request 2 (erase), transaction 6: expected nothing more, got read MBX1.ERROR = 0x0000")
    #expect(
      try difference(text(Self.erase + ["R MBX.TILES 0x00000002"]))
        == "case 1, request 2 (erase), transaction 7: expected read MBX.TILES = 0x0002, got nothing more")
  }

  @Test("A reply, a conductance")
  func replies() throws {
    #expect(
      try difference(text(Self.erase, replies: "[[0], [6]]"))
        == "case 1, request 2 (erase), status: expected 0x00000006, got 0x00000000")
    #expect(
      try difference(text(Self.erase, replies: "[[0], [0, 7]]"))
        == "case 1, request 2 (erase), word 1 of the reply: expected 0x00000007, got nothing more")
    #expect(
      try difference(text(Self.erase, conductances: #", "conductances": {"1": [10000000, 10000001]}"#))
        == "case 1, tile 1, word line 1, bit line 0: expected 10000001 pS, got 10000000 pS")
  }

  @Test("Gradients that a controller does not have")
  func gradients() throws {
    let text = text(Self.erase).replacing(
      "\"transactions\"", with: #""gradients": {"lstm": [1], "dense": []}, "transactions""#)
    let file = try vectorFile(text)
    #expect(file.casesWithGradients == 1)
    // Nobody configured training.
    #expect(file.check().firstDifference == "case 1, gradients of the LSTM layer: expected 1, got 0")
  }

  @Test("Cycles, events and counters of a chip")
  func bus() throws {
    let good = """
      {"id": 1, "given": {"chip": {"tiles": [[2, 2]]}, "script":
      ["W MBX0.START 0x00000001", "R MBX0.WAIT", "advance 100", "R 0x40019999"]},
      "expect": {"transactions": ["@1 W MBX0.START 0x00000001", "@31 R MBX0.WAIT 0x00000012",
      "@101 R 0x40019999 0x00000000"], "counters": {"0": {"reads": 1, "pulses": 0}},
      "events": ["@1 MBX0 started READ gain=0", "@31 MBX0 finished READ", "@101 MBX0 error MISALIGNED"]}}
      """
    func altered(_ old: String, _ new: String) throws -> String? {
      try difference(vectorText(suite: "mvm", kind: "bus", good.replacing(old, with: new)))
    }
    #expect(try altered("", "") == nil)
    #expect(
      try altered("@31 R", "@32 R")
        == "case 1, transaction 2: read MBX0.WAIT = 0x0012: expected cycle 32, got 31")
    #expect(
      try altered("@31 MBX0", "@30 MBX0")
        == "case 1, event 2: expected '@30 MBX0 finished READ', got '@31 MBX0 finished READ'")
    #expect(try altered("\"reads\": 1", "\"reads\": 2") == "case 1, counter reads of tile 0: expected 2, got 1")
    #expect(
      try altered(", \"@101 MBX0 error MISALIGNED\"", "")
        == "case 1, event 3: expected nothing more, got '@101 MBX0 error MISALIGNED'")
  }

  @Test("Every value in the files matters: one altered is noticed in its case", arguments: GoldenVectors.names)
  func mutation(_ name: String) throws {
    let text = try String(contentsOfFile: GoldenVectors.path(name), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let first = try #require(lines.firstIndex { $0.contains("\"cases\"") }) + 1
    // A dozen cases of each file, one number in the expectation of each.
    let count = lines.count - first - 3
    for number in stride(from: 0, to: count, by: max(count / 12, 1)) {
      let line = lines[first + number]
      let body = line.hasSuffix(",") ? String(line.dropLast()) : line
      // What is right within a part of itself is altered in its first digit.
      guard let altered = Self.altered(body, atEnd: name != "energy.json") else { continue }
      var single = Array(lines[..<first])
      single.append(Self.renumbered(altered))
      single += ["  ]", "}"]
      do throws(InputError) {
        let file = try VectorFile(Array(single.joined(separator: "\n").utf8), path: name)
        #expect(file.check().failed == 1, "\(name), case \(number + 1): \(altered.suffix(200))")
      } catch {
        // What cannot be (a conductance outside its range) is noticed even before.
        #expect(error.member.hasPrefix("case 1: expect"), "\(error)")
      }
    }
  }

  private static func renumbered(_ line: String) -> String {
    line.replacing(/"id":\d+/, with: "\"id\":1", maxReplacements: 1)
  }

  /// A line with a digit of the last number of its expectation changed, its last or its first; nil where it has none.
  private static func altered(_ line: String, atEnd: Bool) -> String? {
    guard let expectation = line.range(of: "\"expect\":"),
      let last = line[expectation.upperBound...].lastIndex(where: { "0123456789".contains($0) })
    else { return nil }
    let before = line[..<last].lastIndex { !"0123456789".contains($0) }
    let digit = atEnd ? last : before.map(line.index(after:)) ?? last
    var altered = line
    altered.replaceSubrange(digit...digit, with: line[digit] == "9" ? "1" : "9")
    return altered
  }
}
