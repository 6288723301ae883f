import Board
import Crossbar
import Files
import Firmware
import Foundation
import Registers
import Tasks
import TestSupport
import Testing
import Vectors

/// This product's controller with one thing wrong, or done in another way.
private struct Altered: ControllerRunner {
  /// What is done to the answer, and to the board, after a request.
  typealias Alteration = @Sendable (_ request: [UInt32], _ reply: inout [UInt32], inout Machine<AccessLog>) -> Void

  private var inner: NativeController<AccessLog>
  private let alteration: Alteration

  init(_ machine: Machine<AccessLog>, _ alteration: @escaping Alteration) {
    inner = NativeController(machine)
    self.alteration = alteration
  }

  var machine: Machine<AccessLog> {
    get { inner.machine }
    set { inner.machine = newValue }
  }

  mutating func serve() throws(ControllerFailure) {
    let count = inner.machine.mailbox.waiting
    var ahead = inner.machine
    let request = (0..<count).map { _ in ahead.read(MemoryMap.host + HostRegister.data.offset()) }
    try inner.serve()
    var reply = inner.machine.mailbox.collect()
    alteration(Array(request.prefix(1) + request.dropFirst(2)), &reply, &inner.machine)
    for word in reply { inner.machine.write(MemoryMap.host + HostRegister.data.offset(), word) }
  }
}

@Suite("Levels of agreement")
struct AgreementTests {
  private static let suites = Suite.allCases.filter { $0.kind == .firmware }

  private static func file(_ suite: Suite) throws -> VectorFile {
    try VectorFile(path: GoldenVectors.path("\(suite.rawValue).json"))
  }

  /// How a suite goes at a level with an altered controller: the first difference, nil where there is none.
  private static func difference(
    _ suite: Suite, _ level: AgreementLevel, _ alteration: @escaping Altered.Alteration
  ) throws -> String? {
    try file(suite).check(Agreement(level)) { Altered($0, alteration) }.firstDifference
  }

  /// The strictest level at which a suite passes.
  private static func strictest(_ suite: Suite, _ alteration: @escaping Altered.Alteration) throws -> AgreementLevel? {
    try file(suite).certify(Agreement(), nil) { Altered($0, alteration) }.level
  }

  @Test(
    "This product's controller passes every suite at the looser levels too", arguments: suites,
    [AgreementLevel.state, .replies])
  func product(_ suite: Suite, _ level: AgreementLevel) throws {
    let file = try Self.file(suite)
    let outcome = file.check(Agreement(level))
    #expect(outcome.firstDifference == nil && outcome.passed == file.count)
  }

  @Test("One more look at a register is another access, and the same state")
  func accesses() throws {
    let look: Altered.Alteration = { request, _, machine in
      if request[0] == Command.infer.rawValue { _ = machine.read(MemoryMap.tile(0) + TileRegister.status.offset()) }
    }
    #expect(try Self.strictest(.lstmStep, look) == .state)
    #expect(try Self.difference(.lstmStep, .accesses, look)?.contains("(infer), transaction ") == true)
  }

  @Test("One more read of the array is another state, and the same answers")
  func state() throws {
    let read: Altered.Alteration = { request, _, machine in
      guard request[0] == Command.configure.rawValue else { return }
      machine.write(MemoryMap.tile(0) + TileRegister.start.offset(), 1)
      _ = machine.read(MemoryMap.tile(0) + TileRegister.wait.offset())
    }
    #expect(try Self.strictest(.lstmStep, read) == .replies)
    let difference = try Self.difference(.lstmStep, .state, read)
    #expect(
      difference?.contains("(configure), counter reads of tile 0: expected 0, got 1") == true, "\(difference ?? "")")
  }

  @Test("A cell that is left elsewhere is another state, though no answer shows it")
  func cell() throws {
    let pulse: Altered.Alteration = { request, reply, machine in
      guard request[0] == Command.program.rawValue, reply[0] == 0, request[1] == 0 else { return }
      let array = machine.chip.tiles[0].array
      let other = array.conductance[array.conductance.count - 1] == 20_000_000 ? 21_000_000 : 20_000_000 as Int32
      machine.setConductance(other, tile: 0, wordLine: array.wordLines - 1, bitLine: array.bitLines - 1)
    }
    let difference = try Self.difference(.programVerify, .state, pulse)
    #expect(difference?.contains("(program), tile 0, word line ") == true, "\(difference ?? "")")
  }

  @Test("Rounds and reads of 'program' are its own affair; what it says of the cells has to be true")
  func program() throws {
    func altered(_ change: @escaping @Sendable (inout [UInt32], [UInt32]) -> Void) -> Altered.Alteration {
      { request, reply, _ in
        if request[0] == Command.program.rawValue, reply.first == 0 { change(&reply, request) }
      }
    }
    #expect(try Self.strictest(.programVerify, altered { reply, _ in (reply[3], reply[4]) = (7, 9) }) == .replies)
    for (change, told): (@Sendable (inout [UInt32], [UInt32]) -> Void, String) in [
      ({ reply, _ in reply[2] = 0 }, "are further than "),
      ({ reply, _ in reply[2] += 1 }, "cells are outside the tolerance of "),
      ({ reply, _ in reply[1] = 98_304 }, "reported worst error 98304, the cells' is "),
      ({ reply, _ in reply.removeLast() }, "4 words of the reply, expected 5"),
      ({ reply, _ in reply[0] = 6 }, "status: expected 0x00000000, got 0x00000006"),
    ] {
      let difference = try Self.difference(.programVerify, .replies, altered(change))
      #expect(difference?.contains("(program), ") == true && difference?.contains(told) == true, "\(difference ?? "")")
    }
  }

  @Test("A cell far from its target is noticed on the chip, whatever is reported")
  func farCell() throws {
    let difference = try Self.difference(.programVerify, .replies) { request, reply, machine in
      guard request[0] == Command.program.rawValue, reply[0] == 0, reply[2] == 0 else { return }
      let tile = Int(request[1])
      let other: Int32 = machine.chip.tiles[tile].array.conductance[0] > 50_000_000 ? 10_000_000 : 100_000_000
      machine.setConductance(other, tile: tile, wordLine: 0, bitLine: 0)
    }
    #expect(difference?.contains("1 cells are further than ") == true, "\(difference ?? "")")
    #expect(difference?.contains("(row 0, column 0 by ") == true)
  }

  @Test("Programming one layer leaves the other")
  func neighbour() throws {
    let difference = try Self.difference(.programVerify, .replies) { request, reply, machine in
      guard request[0] == Command.program.rawValue, reply[0] == 0 else { return }
      machine.setConductance(55_000_000, tile: 1 - Int(request[1]), wordLine: 0, bitLine: 0)
    }
    #expect(difference?.contains("have changed, which has another layer") == true, "\(difference ?? "")")
  }

  @Test("'calibrate' is held to the error that is left, and to what it says")
  func calibrate() throws {
    let stub: Altered.Alteration = { request, reply, machine in
      guard request[0] == Command.calibrate.rawValue, reply[0] == 0 else { return }
      for tile in 0..<2 {
        let base = MemoryMap.tile(tile)
        machine.write(base + TileRegister.unlock.offset(), TileRegister.unlockKey)
        let lines = max(machine.chip.tiles[tile].array.wordLines, machine.chip.tiles[tile].array.columns)
        for line in 0..<lines { machine.write(base + TileRegister.trim.offset(line), TileRegister.Trim.unit) }
        machine.write(base + TileRegister.unlock.offset(), 0)
      }
    }
    let left = try Self.difference(.calibration, .replies, stub)
    #expect(left?.contains("(calibrate), converters of tile 0 are off by ") == true, "\(left ?? "")")
    let said = try Self.difference(.calibration, .replies) { request, reply, _ in
      if request[0] == Command.calibrate.rawValue, reply[0] == 0 { reply[1] += 1000 }
    }
    #expect(said?.contains("(calibrate), reported largest offset of tile 0 1") == true, "\(said ?? "")")
    // A step beside the reference's, as an average of more samples may be.
    #expect(
      try Self.strictest(.calibration) { request, reply, _ in
        if request[0] == Command.calibrate.rawValue, reply[0] == 0 { reply[1] ^= 1 }
      } == .replies)
  }

  @Test("Behind a 'scrub' answers are this product's on the cells that it has left, whatever the vector has")
  func scrubbed() throws {
    let bytes = try Data(contentsOf: URL(filePath: GoldenVectors.path("scrub.json")))
    var file = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let cases = try #require(file["cases"] as? [[String: Any]])
    // The only one that programs nothing before; its weights are read behind it, with words that no chip has.
    var one = try #require(
      cases.first { $0["note"] as? String == "weights of the row that are read as beyond the ends" })
    var (given, expect) = (try #require(one["given"] as? [String: Any]), try #require(one["expect"] as? [String: Any]))
    given["requests"] = (given["requests"] as? [Any] ?? []) + [[Command.readWeights.rawValue, Layer.dense.rawValue, 0]]
    expect["replies"] = (expect["replies"] as? [Any] ?? []) + [[0, 0x7777, 0x7777]]
    expect["transactions"] = (expect["transactions"] as? [Any] ?? []) + [NSNull()]
    (one["given"], one["expect"], one["id"]) = (given, expect, 1)
    file["cases"] = [one]
    let text = try JSONSerialization.data(withJSONObject: file, options: .sortedKeys)
    let vector = try VectorFile(Array(text), path: "scrub.json")
    #expect(vector.check(Agreement(.replies)).firstDifference == nil)
    #expect(vector.check(Agreement(.accesses)).firstDifference?.contains("request 7 (readWeights), ") == true)
  }

  @Test("A wrong output, class, weight or status does not even pass at the loosest level")
  func wrongAnswers() throws {
    for (command, suite, word) in [
      (Command.infer, Suite.inference, 2), (.infer, .inference, 1), (.readWeights, .dense, 1), (.infer, .lstmStep, 0),
      (.train, .trainingStep, 1), (.exportState, .trainingStep, 3), (.predict, .dense, 2),
    ] {
      let wrong: Altered.Alteration = { request, reply, _ in
        if request[0] == command.rawValue, word < reply.count { reply[word] ^= 1 }
      }
      let difference = try Self.difference(suite, .replies, wrong)
      #expect(difference?.contains("(\(command)), ") == true, "\(difference ?? "")")
    }
  }

  @Test("A network set wrongly shows after other programming too")
  func feedback() throws {
    let difference = try Self.difference(.inference, .replies) { request, reply, machine in
      guard request[0] == Command.configure.rawValue, reply[0] == 0 else { return }
      let base = MemoryMap.tile(0)
      machine.write(base + TileRegister.unlock.offset(), TileRegister.unlockKey)
      let ohms = machine.read(base + TileRegister.feedback.offset())
      machine.write(base + TileRegister.feedback.offset(), ohms * 2)
      machine.write(base + TileRegister.unlock.offset(), 0)
    }
    #expect(difference?.contains("(infer), word ") == true, "\(difference ?? "")")
  }

  @Test("What is not claimed is sent and not judged, or left out")
  func claims() throws {
    let wrong: Altered.Alteration = { request, reply, _ in
      if request[0] == Command.calibrate.rawValue { reply = [3] }
    }
    func outcome(_ claims: Claims) throws -> FileOutcome {
      try Self.file(.calibration).check(Agreement(.replies, claims: claims)) { Altered($0, wrong) }
    }
    #expect(try outcome(.everything).failed == 48)
    let others = try outcome(Claims(["configure", "infer", "readWeights", "refusals", "pairs"]))
    #expect(others.failed == 0 && others.skipped == 0)
    let infer = try outcome(Claims(["infer"]))
    #expect(infer.failed == 0 && infer.skipped > 16 && infer.passed > 10)
    #expect(Claims(Claims.names) == .everything)
  }

  @Test("All differences of a case, where they are asked for")
  func all() throws {
    let wrong: Altered.Alteration = { request, reply, _ in
      if request[0] == Command.infer.rawValue { reply = reply.map { $0 ^ 2 } }
    }
    let file = try Self.file(.lstmStep)
    let first = try file.check(Agreement(.replies)) { Altered($0, wrong) }
    let all = try file.check(Agreement(.replies, findsAll: true)) { Altered($0, wrong) }
    #expect(first.differences.count == file.count && all.differences.count > 2 * file.count)
    #expect(all.differences.contains { $0.contains("word 1 of the reply") })
  }
}

@Suite("Waivers")
struct WaiverTests {
  private let outcome = FileOutcome(
    path: "a.json", suite: .dense, provenance: .golden,
    cases: [
      .init(id: 1, note: nil, verdict: .passed), .init(id: 2, note: "n", verdict: .failed("x\ny"), seconds: 0.0126),
      .init(id: 3, note: nil, verdict: .failed("z")),
    ])

  @Test("A waived case does not fail, and its reason is told; what waives nothing is told too")
  func waived() throws {
    let text = "\u{feff}# known\n\ndense 2, we round, as always\r\n dense case 1 ,passes\ninference/3, no\n"
    let waivers = try Waivers(TextFile(Array(text.utf8), named: "w"))
    let applied = waivers.applied(to: outcome)
    #expect(applied.failed == 1 && applied.waived == 1 && applied.passed == 1)
    #expect(applied.cases[1].verdict == .waived("we round, as always", difference: "x\ny"))
    #expect(waivers.unused(in: [applied]).map(\.line) == [4, 5])
    #expect(applied.differences == ["case 3, z"] && outcome.differences.count == 3)
    let junit = JUnit.text([applied], errors: [])
    #expect(
      junit.contains(#"name="case 2 (n)" time="0.013"><skipped message="waived: we round, as always: x&#10;y"/>"#))
    #expect(junit.contains(#"failures="1" errors="0" skipped="1" time="0.013" file="#))
  }

  @Test(
    "A line that is none is refused with its place",
    arguments: [
      ("dense 2\n", "w:1: is 'dense 2', expected a suite"), ("\ndense, why", "w:2: is"), ("dense 2,  ", "w:1: is"),
      ("dense -1, why", "w:1: is"), ("dens 2, why", "w:1: no suite is called 'dens', did you mean 'dense'?"),
      ("dense 2, a\ndense 2, b", "w:2: waives what line 1 does"), (",", "w:1: is ','"), (" ,,", "w:1: is ',,'"),
    ])
  func refused(_ text: String, _ told: String) {
    let error = #expect(throws: InputError.self) { _ = try Waivers(TextFile(Array(text.utf8), named: "w")) }
    #expect(error?.description.hasPrefix(told) == true, "\(error?.description ?? "")")
  }
}
