import Files
import Testing

@testable import Vectors

/// The first and the last of what a file of vectors may have, and what is refused beside them.
@Suite("Ends of what vectors may have")
struct EndsOfValuesTests {
  private static func script(_ line: String) -> String? {
    readingError(
      vectorText(
        suite: "mvm", kind: "bus",
        #"{"id": 1, "given": {"chip": {"tiles": [[1, 1]]}, "script": ["\#(line)"]}, "expect": {"transactions": []}}"#))
  }

  private static func transactions(_ lines: String...) -> String? {
    let list = lines.map { "\"\($0)\"" }.joined(separator: ", ")
    return readingError(
      vectorText(
        suite: "mvm", kind: "bus",
        #"{"id": 1, "given": {"chip": {"tiles": [[1, 1]]}, "script": []}, "expect": {"transactions": [\#(list)]}}"#))
  }

  @Test(
    "Lines of a script",
    arguments: [
      ("advance 0", nil), ("advance 4611686018427387903", nil),
      ("advance 4611686018427387904", "'4611686018427387904' is not a cycle"), ("advance -1", "'-1' is not a cycle"),
      ("advance", "'W NAME 0xVALUE', 'R NAME', 'advance CYCLE' or 'brown-out'"), ("brown-out", nil),
      ("brown-out 1", "'advance CYCLE' or 'brown-out'"), ("R MBX.TILES", nil), ("R MBX.TILES 0x00000001", "'R NAME'"),
      ("R", "'R NAME'"), ("W MBX0.START 0x00000001", nil), ("W MBX0.START", "'W NAME 0xVALUE'"),
      ("W MBX0.START 0x0000001", "'0x0000001' is not 0x and eight digits"),
      ("W MBX0.START 0x000000001", "'0x000000001' is not 0x and eight digits"),
      ("W MBX0.START  0x00000001", "'W NAME 0xVALUE'"), ("R MBX0.STARTS", "there is no register 'MBX0.STARTS'"),
    ] as [(String, String?)])
  func script(_ line: String, _ error: String?) {
    let found = Self.script(line)
    #expect(error.map { found?.contains($0) == true } ?? (found == nil), "\(found ?? "read")")
  }

  @Test("Accesses are of cycles all, or of none")
  func cycles() {
    let (plain, timed) = ("R MBX.TILES 0x00000001", "@18446744073709551615 R MBX.TILES 0x00000001")
    #expect(Self.transactions() == nil && Self.transactions(plain, plain) == nil)
    #expect(Self.transactions(timed) == nil && Self.transactions(timed, timed) == nil)
    for lines in [[plain, timed], [timed, plain]] {
      #expect(Self.transactions(lines[0], lines[1])?.contains("expected cycles on all transactions or on none") == true)
    }
    #expect(
      Self.transactions("@18446744073709551616 R MBX.TILES 0x00000001")?.contains(
        "'@18446744073709551616' is not a cycle") == true)
    #expect(Self.transactions("@ R MBX.TILES 0x00000001")?.contains("'@' is not a cycle") == true)
    #expect(Self.transactions("X MBX.TILES 0x00000001")?.contains("'R NAME 0xVALUE' or 'W NAME 0xVALUE'") == true)
    #expect(Self.transactions("R MBX.TILES")?.contains("'R NAME 0xVALUE' or 'W NAME 0xVALUE'") == true)
  }

  private static func free(_ free: String) -> String? {
    readingError(
      vectorText(
        suite: "mvm", kind: "bus",
        """
        {"id": 1, "free": \(free), "given": {"chip": {"tiles": [[1, 1]]}, "script": []}, "expect": {"transactions": []}}
        """))
  }

  @Test(
    "What is free",
    arguments: [
      (#"[]"#, nil), (#"["pulse-order"]"#, nil), (#"[{"pulse-width": 1}]"#, nil), (#"[{"pulse-width": 32767}]"#, nil),
      (#"[{"pulse-width": 1}, "pulse-order"]"#, nil),
      (#"[{"pulse-width": 0}]"#, "expected a whole number from 1 to 32767, found 0"),
      (#"[{"pulse-width": 32768}]"#, "expected a whole number from 1 to 32767, found 32768"),
      (#"["pulse-order", "pulse-order"]"#, "each at most once"), (#"["order"]"#, "each at most once"),
      (#"[{"pulse-width": 1}, {"pulse-width": 1}]"#, "\"pulse-width\" is there twice"),
      (#"[{"pulse-width": 1, "x": 1}]"#, "the member 'x' is unknown"),
    ] as [(String, String?)])
  func freedom(_ free: String, _ error: String?) {
    let found = Self.free(free)
    #expect(error.map { found?.contains($0) == true } ?? (found == nil), "\(found ?? "read")")
  }

  private static func firmware(_ accesses: String) -> String? {
    readingError(
      firmwareText(expected: []).replacing("\"requests\":", with: "\"accesses\": \(accesses), \"requests\":"))
  }

  @Test("What the bench does is before one of the requests")
  func bench() {
    for (accesses, error) in [
      ("{}", nil), (#"{"0": ["R MBX.TILES"], "1": []}"#, nil),
      (#"{"2": []}"#, "expected the index of a request, 0 to 1"),
      (#"{"-1": []}"#, "expected the index of a request, 0 to 1"),
      (#"{"a": []}"#, "expected the index of a request, 0 to 1"),
    ] as [(String, String?)] {
      let found = Self.firmware(accesses)
      #expect(error.map { found?.contains($0) == true } ?? (found == nil), "\(found ?? "read")")
    }
    let timed = firmwareText(expected: ["@1 R MBX.TILES 0x00000002"])
    #expect(readingError(timed)?.contains("the cycles of a firmware are free, expected none") == true)
    let empty = firmwareText(expected: []).replacing("\"requests\": [[1]", with: "\"requests\": [[]")
    #expect(readingError(empty)?.contains("expected a command and its words") == true)
  }

  @Test("A tile is one of the chip's, and has all of its cells")
  func tiles() {
    func error(_ conductances: String) -> String? {
      readingError(
        vectorText(
          suite: "mvm", kind: "bus",
          """
          {"id": 1, "given": {"chip": {"tiles": [[1, 2], [2, 2]]}, "script": []},
          "expect": {"transactions": [], "conductances": \(conductances)}}
          """))
    }
    #expect(error(#"{"0": [1, 2147483647], "1": [1, 1, 1, 1]}"#) == nil)
    #expect(error(#"{"2": [1, 1]}"#)?.contains("expected a tile, 0 to 1") == true)
    #expect(error(#"{"01": [1, 1]}"#)?.contains("expected a tile, 0 to 1") == true)
    #expect(error(#"{"1": [1, 1]}"#)?.contains("expected 4 conductances, found 2") == true)
    #expect(error(#"{"0": [1, 1, 1]}"#)?.contains("expected 2 conductances, found 3") == true)
    #expect(error(#"{"0": [0, 1]}"#)?.contains("from 1 to 2147483647, found 0") == true)
    #expect(error(#"{"0": [1, 2147483648]}"#)?.contains("found 2147483648") == true)
  }

  @Test("Cells that begin somewhere are on a chip whose cells have the bounds of their device")
  func givenCells() {
    for (property, isTaken) in [
      ("", true), (#", "boundsSpread": 0.1"#, false), (#", "stuckLRS": 0.1"#, false), (#", "stuckHRS": 0.1"#, false),
      (#", "deviceToDevice": 0.1"#, true),
    ] {
      let found = readingError(
        vectorText(
          suite: "mvm", kind: "bus",
          """
          {"id": 1, "given": {"chip": {"tiles": [[1, 1]]\(property)}, "conductances": {"0": [10000000]}, "script": []},
          "expect": {"transactions": []}}
          """))
      let words = "cells with bounds of their own begin as after reset, expected no conductances"
      #expect(isTaken ? found == nil : found?.contains(words) == true, "\(property) \(found ?? "read")")
    }
  }
}
