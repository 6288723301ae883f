import Files
import Firmware
import Registers
import Testing

@testable import Vectors

@Suite("Outcomes, claims, waivers, words of accesses")
struct OutcomeTests {
  private static func outcome(_ cases: [FileOutcome.Case], level: AgreementLevel? = nil) -> FileOutcome {
    var outcome = FileOutcome(path: "a.json", suite: .dense, provenance: .recorded, cases: cases)
    outcome.level = level
    return outcome
  }

  private static var mixed: FileOutcome {
    outcome(
      [
        .init(id: 1, note: nil, verdict: .passed, seconds: 0.0625),
        .init(id: 2, note: nil, verdict: .skipped("why"), seconds: 1.25),
        .init(id: 3, note: "n", verdict: .waived("known", difference: "x"), seconds: 0.0004),
        .init(id: 4, note: nil, verdict: .failed("one\ntwo")), .init(id: 5, note: "m", verdict: .failed("three")),
      ], level: .state)
  }

  @Test("Cases count once each, and differences have their case's name")
  func counts() {
    let outcome = Self.mixed
    #expect(outcome.passed == 1 && outcome.skipped == 1 && outcome.waived == 1 && outcome.failed == 2)
    #expect(outcome.differences == ["case 4, one", "case 4, two", "case 5 (m), three"])
    #expect(outcome.differencesByCase.map(\.entry.id) == [4, 5])
    #expect(outcome.differencesByCase.map(\.differences.count) == [2, 1])
    #expect(outcome.firstDifference == "case 4, one\ntwo")
    #expect(Self.outcome([.init(id: 1, note: nil, verdict: .waived("a", difference: "b"))]).firstDifference == nil)
  }

  @Test("JUnit has times to the millisecond where somebody looked, sums of files, levels, waived cases as skipped")
  func junit() {
    let plain = Self.outcome([.init(id: 1, note: nil, verdict: .failed("x"))])
    let text = JUnit.text([Self.mixed, plain], errors: [])
    #expect(text.contains("<testsuites name=\"mblstm check\" tests=\"6\" failures=\"3\" errors=\"0\">"))
    // 62.5 ms, 1250 ms and 0.4 ms are 1312.9 ms.
    #expect(
      text.contains(
        "tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"2\" time=\"1.313\" file=\"a.json\">"), "\(text)")
    #expect(text.contains("tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\" file=\"a.json\">"))
    for time in [" name=\"case 1\" time=\"0.063\"/>", " time=\"1.250\"><skipped", " time=\"0.000\"><skipped"] {
      #expect(text.contains(time), "\(time)")
    }
    #expect(text.contains("<property name=\"level\" value=\"state\"/>"))
    #expect(text.contains("<skipped message=\"waived: known: x\"/>"))
    #expect(text.split(separator: "name=\"level\"").count == 2)
  }

  @Test(
    "What XML cannot hold is replaced, what an attribute cannot hold is escaped",
    arguments: [
      ("a\tb\r\n", "a&#9;b&#13;&#10;"), ("\u{0}\u{8}\u{b}\u{1f}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
      (" !\u{7f}", " !\u{7f}"), ("\u{fffd}\u{fffe}\u{ffff}\u{10000}", "\u{fffd}\u{fffd}\u{fffd}\u{10000}"),
      ("<&>\"'", "&lt;&amp;&gt;&quot;'"), ("µ", "µ"),
    ])
  func escapes(_ text: String, _ escaped: String) { #expect(JUnit.escaped(text) == escaped) }

  @Test("Of a file every second or third case is taken, the first always")
  func thinned() throws {
    let cases = (1...7).map {
      #"{"id": \#($0), "given": {"op": "round", "mode": "down", "value": 5, "shift": 1}, "expect": {"value": 2}}"#
    }
    let file = try vectorFile(vectorText(cases.joined(separator: ",")))
    for (stride, ids) in [(1, [1, 2, 3, 4, 5, 6, 7]), (2, [1, 3, 5, 7]), (3, [1, 4, 7]), (7, [1]), (6, [1, 7])] {
      #expect(file.thinned(by: stride).cases.map(\.id) == ids)
    }
  }

  @Test("What is not claimed is sent, a refusal that is not claimed is left out")
  func claims() {
    // 0 is done and 6 that a tile refused; 2 is a wrong length. Opcode 99 is none.
    let some = Claims(["infer", "refusals"])
    #expect(some.commands.count == 1 && some.refusals && !some.pairs)
    let (infer, erase) = (Command.infer.rawValue, Command.erase.rawValue)
    #expect(some.standing(of: infer, answered: 0) == .judged && some.standing(of: infer, answered: 2) == .judged)
    #expect(some.standing(of: erase, answered: 0) == .sent && some.standing(of: erase, answered: 2) == .sent)
    #expect(some.standing(of: 99, answered: 1) == .judged)
    let meek = Claims(["infer", "pairs", "nonsense"])
    #expect(meek.commands == some.commands && !meek.refusals && meek.pairs)
    #expect(meek.standing(of: infer, answered: 0) == .judged && meek.standing(of: infer, answered: 6) == .judged)
    #expect(meek.standing(of: infer, answered: 2) == .leftOut && meek.standing(of: erase, answered: 2) == .leftOut)
    #expect(meek.standing(of: 99, answered: 1) == .leftOut)
    #expect(Claims.names.suffix(2) == ["refusals", "pairs"] && Claims(Claims.names) == .everything)
  }

  private static func waivers(_ text: String) throws(InputError) -> Waivers {
    try Waivers(TextFile(Array(text.utf8), named: "w"))
  }

  @Test("A waiver is a suite and a case, with what messages write between them; the first comma ends it")
  func waivers() throws {
    let waivers = try Self.waivers("dense 3, why, and why not\n\n# no\n dense case 4 ,b\ndense/5, c\nfixed:5, d")
    #expect(waivers.waivers.map(\.id) == [3, 4, 5, 5] && waivers.waivers.map(\.line) == [1, 4, 5, 6])
    #expect(waivers.waivers.map(\.reason) == ["why, and why not", "b", "c", "d"])
    let applied = waivers.applied(to: Self.mixed)
    #expect(applied.waived == 3 && applied.failed == 0 && applied.passed == 1)
    #expect(applied.cases[3].verdict == .waived("b", difference: "one\ntwo"))
    #expect(waivers.unused(in: [applied]).map(\.line) == [6])
    #expect(waivers.unused(in: []).count == 4)
  }

  @Test(
    "What is no waiver is refused with its line",
    arguments: [
      ("dense 0, why", "expected a suite"), ("dense -1, why", "expected a suite"), ("dense 3", "expected a suite"),
      ("dense 3,", "expected a suite"), ("dense 3, ", "expected a suite"), ("dense, why", "expected a suite"),
      ("dense 3 4, why", "expected a suite"), ("dence 3, why", "no suite is called 'dence', did you mean 'dense'?"),
      ("dense 1, why\ndense 2, b\ndense 1, c", "w:4: waives what line 2 does"),
    ])
  func refused(_ text: String, _ words: String) {
    let error = #expect(throws: InputError.self) { try Self.waivers("#\n" + text) }
    let line = text.contains("\n") ? 4 : 2
    #expect(error?.line == line && error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("A name has an index where there is an array, within it, and a place in the register behind '+'")
  func addresses() {
    let registers = RegisterText()
    let (start, drive) = (MemoryMap.tile(0) + 8, MemoryMap.tile(0) + TileRegister.drive.rawValue)
    for (name, address) in [
      ("MBX0.START", start), ("MBX0.START+1", start + 1), ("MBX0.START+3", start + 3), ("MBX0.START+0", nil),
      ("MBX0.START+4", nil), ("MBX0.START+", nil), ("MBX0.START+1+1", nil), ("MBX0.DRIVE", nil),
      ("MBX0.DRIVE[0]", drive), ("MBX0.DRIVE[511]", drive + 2044), ("MBX0.DRIVE[512]", nil), ("MBX0.DRIVE[-1]", nil),
      ("MBX0.DRIVE[511]+3", drive + 2047), ("MBX0.DRIVE[1", nil), ("MBX0.DRIVE[]", nil), ("MBX0.NONE", nil),
      ("MBX0", nil), ("MBX7.START", MemoryMap.tile(7) + 8), ("MBX8.START", nil), ("0x40010008", 0x4001_0008),
      ("0x4001000", nil), ("0x+4001000", nil), ("0x400100080", nil), ("0xffffffff", .max), ("0X40010008", nil),
    ] as [(String, UInt32?)] { #expect(registers.address(of: name) == address, "\(name)") }
    #expect(registers.name(of: drive + 2044) == "MBX0.DRIVE[511]" && registers.name(of: 0x9999_9998) == "0x99999998")
    #expect(registers.line(Transaction(.read, start, 0xab)) == "R MBX0.START 0x000000ab")
    #expect(registers.line(Transaction(.write, drive + 4, 1)) == "W MBX0.DRIVE[1] 0x00000001")
  }

  @Test("Words of memory files: lines of a comment, digits by bits, how many, and their checksum")
  func memory() {
    var text = HexText("a.hex", "one\ntwo")
    #expect(text.size == "0 words of 0 bits" && text.file.text == "// one\n// two\n")
    text.append([(0x1f, 8), (2, 4)])
    #expect(text.size == "1 words of 12 bits" && text.bits == 12 && text.count == 1)
    text.append([(3, 4)], ones: [0, 5], of: 6)
    #expect(text.file.text == "// one\n// two\n1f_2\n3_21\n" && text.size == "2 words of 12 bits")
    // CRC-32 of "1f2321".
    #expect(
      text.reader("words")
        == "localparam WORDS = 2;\nmblstm_hex_file #(.NAME(\"a.hex\"), .WORDS(WORDS), .BITS(12), .CHECKSUM(32'ha837c8ee)) words();"
    )
    #expect(Int16(-2).bits == (0xfffe, 16) && UInt8(255).bits == (255, 8) && Int32(-1).bits == (0xffff_ffff, 32))
    #expect(UInt64.max.bits == (.max, 64))
  }
}
