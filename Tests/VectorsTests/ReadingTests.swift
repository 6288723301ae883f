import Files
import Testing
import Vectors

private enum Sample {
  static let round = #""given": {"op": "round", "mode": "down", "value": 5, "shift": 1}, "expect": {"value": 2}"#
  static var good: String { "{\"id\": 1, \(round)}" }
}

@Suite("Reading a file of vectors")
struct ReadingTests {
  @Test("A good file is read")
  func good() throws {
    let file = try vectorFile(vectorText(Sample.good))
    #expect(file.suite == .fixed && file.provenance == .recorded && file.purpose == "a test" && file.count == 1)
    #expect(file.check().passed == 1)
  }

  @Test(
    "What is no JSON is told by line and column",
    arguments: [
      ("", "a.json:1:1: is not JSON: expected a value, the file ends here"),
      ("nothing", "a.json:1:1: is not JSON: expected a value, found 'n'"),
      ("{\n  \"format\": 1,\n", "a.json:3:1: is not JSON: expected a name in quotes, the file ends here"),
      ("{\"a\": 1, \"a\": 2}", "a.json:1:10: is not JSON: the name \"a\" is there twice, found '\"'"),
      ("{\"a\": 01}", "a.json:1:7: is not JSON: expected a number without leading zeros, found '0'"),
      ("{\"a\": \"b", "a.json:1:9: is not JSON: expected '\"' at the end of a string, the file ends here"),
      ("{\"a\": [1, 2}", "a.json:1:12: is not JSON: expected ',' or ']', found '}'"),
      ("{} {}", "a.json:1:4: is not JSON: expected the end of the file, found '{'"),
      (String(repeating: "[", count: 100), "a.json:1:65: is not JSON: expected at most 64 levels, found '['"),
      ("{}", "a.json:1: 'format' is missing"),
      ("[]", "a.json:1: expected an object, found a list"),
    ])
  func noJSON(_ text: String, _ error: String) { #expect(readingError(text) == error) }

  @Test("A file cut short anywhere is told as such")
  func truncated() {
    let text = vectorText(Sample.good)
    for count in 0..<text.utf8.count {
      #expect(readingError(String(text.prefix(count)))?.contains("is not JSON") == true)
    }
  }

  @Test(
    "The head",
    arguments: [
      (
        vectorText(suite: "wires", Sample.good),
        "a.json:2: suite: a file without a runner: no suite is called 'wires', expected one of fixed, activation, dac, adc,"
          + " pulse, random, energy, mvm, registers, program_row, abort, limits, interrupts, reset, power, flash, settle, windows, cell, program_verify,"
          + " lstm_step, dense, inference, training_step, calibration, boot, sides, scrub, features"
      ),
      (vectorText(kind: "bus", Sample.good), "a.json:2: kind: expected 'value', the kind of fixed"),
      (
        vectorText(provenance: "found", Sample.good),
        "a.json:2: provenance: expected one of golden, recorded, found \"found\""
      ),
      (vectorText(head: "\"x\": 1,", Sample.good), "a.json:2: the member 'x' is unknown"),
      (vectorText(), "a.json:4: cases: expected at least one case"),
      (
        vectorText(Sample.good).replacing("\"format\": 2", with: "\"format\": 1"),
        "a.json:2: format: expected format 2, found 1"
      ),
      (vectorText(Sample.good).replacing("\"purpose\": \"a test\",", with: ""), "a.json:1: 'purpose' is missing"),
    ])
  func head(_ text: String, _ error: String) { #expect(readingError(text) == error) }

  @Test(
    "Ids are 1, 2, 3 …",
    arguments: [
      (["1", "1"], "a.json:4: cases[1]: the id 1 is there twice"),
      (["1", "3"], "a.json:4: cases[1]: the id is 3, expected 2: ids have no gaps"),
      (["2"], "a.json:4: cases[0]: the id is 2, expected 1: ids have no gaps"),
      (["0"], "a.json:4: cases[0].id: expected a whole number from 1 to 9223372036854775807, found 0"),
      (["\"1\""], "a.json:4: cases[0].id: expected a whole number from 1 to 9223372036854775807, found \"1\""),
    ])
  func ids(_ ids: [String], _ error: String) {
    let cases = ids.map { "{\"id\": \($0), \(Sample.round)}" }
    #expect(readingError(vectorText(cases.joined(separator: ","))) == error)
  }

  @Test(
    "Cases",
    arguments: [
      ("\(Sample.round)", "a.json:4: cases[0]: 'id' is missing"),
      ("\"id\": 1, \"given\": {}", "a.json:4: case 1: 'expect' is missing"),
      ("\"id\": 1, \"free\": [], \(Sample.round)", "a.json:4: case 1: free: nothing is free in a suite of values"),
      ("\"id\": 1, \"comment\": 2, \(Sample.round)", "a.json:4: case 1: the member 'comment' is unknown"),
      (
        "\"id\": 1, \(Sample.round)".replacing("\"shift\": 1", with: "\"shift\": 64"),
        "a.json:4: case 1: given.shift: expected a whole number from 0 to 63, found 64"
      ),
      (
        "\"id\": 1, \(Sample.round)".replacing("\"value\": 5", with: "\"value\": 1.5"),
        "a.json:4: case 1: given.value: expected a whole number from -9223372036854775808 to 9223372036854775807, found 1.5"
      ),
      (
        "\"id\": 1, \(Sample.round)".replacing("\"value\": 2", with: "\"value\": 2, \"more\": 3"),
        "a.json:4: case 1: expect: the member 'more' is unknown"
      ),
      (
        "\"id\": 1, \(Sample.round)".replacing("\"down\"", with: "\"up\""),
        "a.json:4: case 1: given.mode: expected one of halfUp, halfToEven, halfAwayFromZero, down, towardZero"
      ),
    ])
  func cases(_ body: String, _ error: String) { #expect(readingError(vectorText("{\(body)}")) == error) }

  @Test(
    "Numbers outside their register's range",
    arguments: [
      (
        "activation", #""given": {"circuit": "hard", "function": "tanh", "inputs": [0, 32768]}, "expect": {}"#,
        "given.inputs[1]: expected a whole number from -32768 to 32767, found 32768"
      ),
      (
        "activation", #""given": {"circuit": "hard", "function": "tanh", "inputs": [0]}, "expect": {"values": []}"#,
        "expect.values: expected 1 numbers, found 0"
      ),
      (
        "dac", #""given": {"bits": 4, "offsetMicrovolts": 0, "inlMicrovolts": 0, "codes": [8]}, "expect": {}"#,
        "given.codes[0]: expected a whole number from -7 to 7, found 8"
      ),
      (
        "dac", #""given": {"bits": 3, "offsetMicrovolts": 0, "inlMicrovolts": 0, "codes": [8]}, "expect": {}"#,
        "given.bits: dac-bits is '3', expected a whole number from 4 to 12"
      ),
      (
        "random", #""given": {"seed": 1, "purpose": 22, "tile": 0, "operation": 0, "index": 0}, "expect": {}"#,
        "given.purpose: expected a purpose of random numbers: 1 to 21, 64 or 65, found 22"
      ),
      (
        "fixed",
        #""given": {"op": "requantise", "numerator": 1, "denominator": 9999999999, "value": 1}, "expect": {}"#,
        "given.denominator: the ratio is outside 2^-32 to 2^31"
      ),
      (
        "fixed", #""given": {"op": "add", "format": "Q0.7", "a": 128, "b": 0}, "expect": {}"#,
        "given.a: expected a whole number from -128 to 127, found 128"
      ),
    ])
  func ranges(_ suite: String, _ body: String, _ error: String) {
    #expect(readingError(vectorText(suite: suite, "{\"id\": 1, \(body)}")) == "a.json:4: case 1: \(error)")
  }

  @Test(
    "Scripts, transactions, chips",
    arguments: [
      (
        "\"W MBX0.DRIVE[0]\"", "",
        "given.script[0]: expected 'W NAME 0xVALUE', 'R NAME', 'advance CYCLE' or 'brown-out', found"
      ),
      ("\"W MBX0.DRIVE 0x00000001\"", "", "given.script[0]: there is no register 'MBX0.DRIVE'"),
      ("\"R MBX0.DRIVE[512]\"", "", "given.script[0]: there is no register 'MBX0.DRIVE[512]'"),
      ("\"R MBX8.STATUS\"", "", "given.script[0]: there is no register 'MBX8.STATUS'"),
      ("\"W MBX0.START 0x1\"", "", "given.script[0]: '0x1' is not 0x and eight digits"),
      ("\"advance -1\"", "", "given.script[0]: '-1' is not a cycle"),
      ("", "\"X MBX0.STATUS 0x00000000\"", "expect.transactions[0]: expected 'R NAME 0xVALUE' or"),
      (
        "", "\"@1 R MBX0.STATUS 0x00000000\", \"R MBX0.STATUS 0x00000000\"",
        "expect.transactions: expected cycles on all transactions or on none"
      ),
    ])
  func scripts(_ script: String, _ transactions: String, _ error: String) {
    let text = vectorText(
      suite: "mvm", kind: "bus",
      """
      {"id": 1, "given": {"chip": {"tiles": [[2, 2]]}, "script": [\(script)]}, \
      "expect": {"transactions": [\(transactions)]}}
      """)
    #expect(readingError(text)?.hasPrefix("a.json:4: case 1: \(error)") == true, "\(readingError(text) ?? "")")
  }

  @Test(
    "Chips and conductances",
    arguments: [
      (
        #"{"tiles": [[2, 3]], "synapse": "differential"}"#, "",
        "given.chip: bit lines of tile 0 are 3, expected an even"
      ),
      (#"{"tiles": []}"#, "", "given.chip: the number of tiles is 0, expected 1 to 8"),
      (#"{"tiles": [[2]]}"#, "", "given.chip.tiles[0]: expected 2 numbers, found 1"),
      (#"{"tiles": [[2, 2]], "wires": 1}"#, "", "given.chip: the member 'wires' is unknown"),
      (#"{"tiles": [[2, 2]], "device": {"model": "x"}}"#, "", "given.chip.device.model: expected one of vteam"),
      (#"{"tiles": [[1, 2]]}"#, #""1": []"#, "given.conductances.1: expected a tile, 0 to 0"),
      (#"{"tiles": [[1, 2]]}"#, #""0": [10000000]"#, "given.conductances.0: expected 2 conductances, found 1"),
      (
        #"{"tiles": [[1, 2]]}"#, #""0": [1, 10000000]"#,
        "given.conductances.0[0]: expected a whole number from 10000000 to 100000000, found 1"
      ),
    ])
  func chips(_ chip: String, _ conductances: String, _ error: String) {
    let text = vectorText(
      suite: "mvm", kind: "bus",
      """
      {"id": 1, "given": {"chip": \(chip), "conductances": {\(conductances)}, "script": []}, \
      "expect": {"transactions": []}}
      """)
    #expect(readingError(text)?.hasPrefix("a.json:4: case 1: \(error)") == true, "\(readingError(text) ?? "")")
  }

  @Test("Requests of the firmware")
  func requests() {
    let text = firmwareText(expected: [])
    #expect(readingError(text) == nil)
    #expect(
      readingError(text.replacing("[[1], [9, 1]]", with: "[[1], []]"))
        == "a.json:4: case 1: given.requests[1]: expected a command and its words")
    #expect(
      readingError(text.replacing("[[0, 1], [0]]", with: "[[0, 1]]"))
        == "a.json:4: case 1: expect.replies: expected 2 elements, found 1")
    #expect(
      readingError(firmwareText(expected: ["@3 R MBX.TILES 0x00000002"]))
        == "a.json:4: case 1: expect.transactions[1][0]: the cycles of a firmware are free, expected none")
  }

  @Test(
    "Free flags",
    arguments: [
      (#""pulse-orders""#, #"free[0]: expected "pulse-order" or {"pulse-width": n}, each at most once"#),
      (#"{"pulse-width": 0}"#, "free[0].pulse-width: expected a whole number from 1 to 32767, found 0"),
      (#"{"pulse-width": 1, "x": 2}"#, "free[0]: the member 'x' is unknown"),
      (#""pulse-order", "pulse-order""#, #"free[1]: expected "pulse-order" or {"pulse-width": n}, each at most once"#),
    ])
  func free(_ flags: String, _ error: String) {
    #expect(readingError(firmwareText(free: "\"free\": [\(flags)], ", expected: [])) == "a.json:4: case 1: \(error)")
  }
}
