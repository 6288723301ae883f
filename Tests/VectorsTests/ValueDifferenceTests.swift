import Files
import Tasks
import Testing
import Trace

@testable import Vectors

@Suite("Words of the first difference")
struct ValueDifferenceTests {
  private static func activation(_ given: String, _ expect: String) -> String {
    vectorText(suite: "activation", #"{"id": 1, "given": {\#(given)}, "expect": {\#(expect)}}"#)
  }

  @Test("Of a circuit: an output or a slope at its input, a segment, a rail, the checksum of all")
  func activation() throws {
    let inputs = #""circuit": "hard", "function": "tanh", "inputs": [1, -4096]"#
    let own = #""segments": [[0, 1, 2]], "rails": [-5, 5], "#
    for (given, expect, words) in [
      (inputs, #""values": [8, -32768], "slopes": [16384, 0]"#, nil),
      (inputs, #""values": [8, 5], "slopes": [16384, 0]"#, "value at -4096: expected 5, got -32768"),
      (inputs, #""values": [8, -32768], "slopes": [7, 0]"#, "slope at 1: expected 7, got 16384"),
      (own + #""table": true"#, #""segments": [[0, 1, 2]], "rails": [-5, 5]"#, nil),
      (own + #""table": true"#, #""segments": [[0, 1, 2]], "rails": [-5, 6]"#, "rail 1: expected 6, got 5"),
      (own + #""table": true"#, #""segments": [[0, 1, 2]], "rails": [-4, 5]"#, "rail 0: expected -4, got -5"),
      (
        own + #""table": true"#, #""segments": [[0, 1, 3]], "rails": [-5, 5]"#,
        "segment 0: expected [0, 1, 3], got [0, 1, 2]"
      ),
      (
        own + #""table": true"#, #""segments": [[0, 1, 2], [1, 1, 1]], "rails": [-5, 5]"#,
        "segments: expected 2, got 1"
      ),
    ] as [(String, String, String?)] {
      #expect(try difference(Self.activation(given, expect)) == words.map { "case 1, \($0)" })
    }
    let sum = try difference(Self.activation(own + #""all": true"#, #""crc32": 1"#))
    #expect(sum?.hasPrefix("case 1, crc32 over all inputs: expected 1, got ") == true)
  }

  @Test("A circuit has 1 to 16 segments of three numbers, and two rails; what is asked for is true")
  func circuits() {
    func error(_ segments: Int, rails: String = "[-5, 5]", table: String = "true") -> String? {
      let list = Array(repeating: "[0, 1, 2]", count: segments).joined(separator: ", ")
      return readingError(
        Self.activation(
          #""segments": [\#(list)], "rails": \#(rails), "table": \#(table)"#,
          #""segments": [[0, 1, 2]], "rails": [0, 1]"#))
    }
    #expect(error(1) == nil && error(16) == nil)
    #expect(error(0)?.contains("expected 1 to 16 segments, found 0") == true)
    #expect(error(17)?.contains("expected 1 to 16 segments, found 17") == true)
    #expect(error(1, rails: "[1]")?.contains("expected 2 numbers, found 1") == true)
    #expect(error(1, rails: "[1, 2, 3]")?.contains("expected 2 numbers, found 3") == true)
    #expect(error(1, table: "false")?.contains("expected true") == true)
  }

  private static func random(_ purpose: Int, tile: Int = 0, index: Int = 0) -> String? {
    readingError(
      vectorText(
        suite: "random",
        """
        {"id": 1, "given": {"seed": 1, "purpose": \(purpose), "tile": \(tile), "operation": 0, "index": \(index)},
        "expect": {"gaussian": 0, "words": [0, 0, 0, 0]}}
        """))
  }

  @Test("Random words are told by their place, of a purpose, a tile and an index that there are")
  func random() throws {
    for purpose in [1, 21, 64, 65] { #expect(Self.random(purpose) == nil, "\(purpose)") }
    for purpose in [0, 22, 63, 66, 67, 68] {
      #expect(Self.random(purpose)?.contains("a purpose of random numbers: 1 to 21, 64 or 65") == true, "\(purpose)")
    }
    #expect(Self.random(1, tile: 7, index: 4_294_967_295) == nil)
    #expect(Self.random(1, tile: 8) != nil && Self.random(1, index: 4_294_967_296) != nil)
    // Philox4x32-10 of zeros: 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
    let zeros = #"{"id": 1, "given": {"key": [0, 0], "counter": [0, 0, 0, 0]}, "expect": {"words": [WORDS]}}"#
    func told(_ words: String) throws -> String? {
      try difference(vectorText(suite: "random", zeros.replacing("WORDS", with: words)))
    }
    let right: [UInt32] = [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
    #expect(try told(right.map(String.init).joined(separator: ", ")) == nil)
    for place in 0..<4 {
      var wrong = right
      wrong[place] ^= 1
      let words = "word \(place): expected \(wrong[place]), got \(right[place])"
      #expect(try told(wrong.map(String.init).joined(separator: ", ")) == "case 1, \(words)")
    }
  }

  private static func bus(_ expect: String) throws -> String? {
    try difference(
      vectorText(
        suite: "mvm", kind: "bus",
        """
        {"id": 1, "given": {"chip": {"tiles": [[2, 3], [1, 1]]}, "script": ["R MBX.TILES"]},
        "expect": {"transactions": ["R MBX.TILES 0x00000002"]\(expect)}}
        """))
  }

  @Test("Of a chip: a cell by its lines, a counter by its tile, an event by its number")
  func chips() throws {
    let (fresh, other) = ("10000000, 10000000", "10000001")
    #expect(try Self.bus("") == nil)
    #expect(try Self.bus(#", "conductances": {"0": [\#(fresh), \#(fresh), \#(fresh)], "1": [10000000]}"#) == nil)
    #expect(
      try Self.bus(#", "conductances": {"0": [\#(fresh), \#(fresh), 10000000, \#(other)]}"#)
        == "case 1, tile 0, word line 1, bit line 2: expected 10000001 pS, got 10000000 pS")
    #expect(
      try Self.bus(#", "conductances": {"1": [\#(other)], "0": [\#(fresh), 10000000, \#(other), \#(fresh)]}"#)
        == "case 1, tile 0, word line 1, bit line 0: expected 10000001 pS, got 10000000 pS")
    for counter in ["reads", "phases", "pulses", "programCycles", "serialCycles", "energyAttojoules"] {
      #expect(try Self.bus(#", "counters": {"0": {"\#(counter)": 0}, "1": {"\#(counter)": 0}}"#) == nil)
      #expect(
        try Self.bus(#", "counters": {"0": {"\#(counter)": 0}, "1": {"\#(counter)": 7}}"#)
          == "case 1, counter \(counter) of tile 1: expected 7, got 0")
    }
    #expect(try Self.bus(#", "events": []"#) == nil)
    #expect(try Self.bus(#", "events": ["@1 x"]"#) == "case 1, event 1: expected '@1 x', got nothing more")
  }

  @Test("Logs of many thousand lines are compared to their end, each difference at its line")
  func longLogs() throws {
    func log(_ changed: Set<Int>) -> String {
      let head = """
        # mblstm register log, version 4
        # results version=3
        # chip seed=1 synapse=reference device=vteam
        # tile word-lines=3 bit-lines=4
        cycle,initiator,kind,address,value,register,detail

        """
      return head
        + (0..<13_000).map { place in
          "\(place + 1),firmware,write,0x40011000,0x0000000\(changed.contains(place) ? 1 : 0),,\n"
        }.joined()
    }
    let changed = [0, 4095, 4096, 4097, 8193, 12_999]
    var options = LogComparison.Options()
    options.findsAll = true
    var comparison = try LogComparison(
      LogReader(Array(log([]).utf8), file: "a"), named: "a",
      against: LogReader(Array(log(Set(changed)).utf8), file: "b"), named: "b", options)
    var found: [LogComparison.Difference] = []
    while let difference = try comparison.next() { found.append(difference) }
    #expect(found.map(\.line) == changed.map { $0 + 6 } && found.map(\.cycle) == changed.map { UInt64($0 + 1) })
    #expect(comparison.accesses == 13_000 && comparison.events == 0)
    #expect(found[3].words.hasPrefix("a:4103, b:4103: access 4098: expected write MBX0.DRIVE[0] = "))
  }
}
