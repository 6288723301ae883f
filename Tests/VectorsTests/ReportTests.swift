import Board
import Crossbar
import Files
import Firmware
import Foundation
import Tasks
import Testing
import Trace
import Vectors

@Suite("Reports, recordings, exports")
struct ReportTests {
  private var outcome: FileOutcome {
    FileOutcome(
      path: "a<b>.json", suite: .adc, provenance: .golden,
      cases: [
        .init(id: 1, note: nil, verdict: .passed),
        .init(id: 2, note: "a \"note\"", verdict: .failed("x & y\u{1}\n<z>")),
        .init(id: 3, note: nil, verdict: .skipped("why")),
      ])
  }

  @Test("JUnit's XML, with everything escaped that has to be")
  func junit() throws {
    #expect(outcome.passed == 1 && outcome.failed == 1 && outcome.skipped == 1)
    #expect(outcome.firstDifference == "case 2 (a \"note\"), x & y\u{1}\n<z>")
    #expect(
      JUnit.text([outcome], errors: [InputError("c.json", line: 7, member: "case 4: given.x", "wrong")]) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="mblstm check" tests="4" failures="1" errors="1">
          <testsuite name="adc" tests="3" failures="1" errors="0" skipped="1" file="a&lt;b&gt;.json">
            <properties><property name="provenance" value="golden"/></properties>
            <testcase classname="adc" name="case 1"/>
            <testcase classname="adc" name="case 2 (a &quot;note&quot;)"><failure message="x &amp; y\u{fffd}&#10;&lt;z&gt;"/></testcase>
            <testcase classname="adc" name="case 3"><skipped message="why"/></testcase>
          </testsuite>
          <testsuite name="c.json" tests="1" failures="0" errors="1" skipped="0">
            <testcase classname="c.json" name="is a file of golden vectors"><error message="c.json:7: case 4: given.x: wrong"/></testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("A recording is a file that the same controller passes, and another chip does not")
  func recording() throws {
    let chip = ChipConfiguration(
      tiles: [TileConfiguration(wordLines: 3, bitLines: 4), TileConfiguration(wordLines: 2, bitLines: 1)], adcBits: 9,
      seed: .max)
    var session = Session(try Machine(chip, log: RequestLog()))
    _ = try session.request(.configure, [1, 1, 1, 256, 256, 1])
    _ = try session.request(.calibrate, [1])
    #expect(throws: FirmwareRefusal.self) { _ = try session.request(.erase, [7, 7]) }
    _ = try session.request(.infer, [1, 16_000])
    let text = Recording(suite: .inference, purpose: "a test", generator: "this test").text(of: session.machine)
    let file = try vectorFile(text)
    #expect(file.provenance == .recorded && file.count == 1)
    #expect(file.check().firstDifference == nil)
    let other = try vectorFile(text.replacing("\"adcBits\": 9", with: "\"adcBits\": 8"))
    #expect(other.check().firstDifference?.hasPrefix("case 1, request 1 (configure), transaction 3: ") == true)
    #expect(text.contains("18446744073709551615"))
  }

  @Test("A recording holds every property of its chip: each at another value passes the check of its own file")
  func recordedProperties() throws {
    let usual = ChipConfiguration(tiles: [.init(wordLines: 3, bitLines: 8), .init(wordLines: 2, bitLines: 2)])
    for property in ChipConfiguration.properties.properties {
      var chip = usual
      let others: [PropertyValue] =
        switch property.range {
        case .whole(let range): [.whole(range.upperBound), .whole(range.lowerBound)]
        case .real(let range): [.real(range.upperBound / 50), .real(range.lowerBound)]
        case .names(let names), .words(let names): names.map { .name($0) }
        }
      let other = try #require(others.first { $0 != property[usual] })
      try property.set(other, of: &chip)
      var session = Session(try Machine(chip, log: RequestLog()))
      _ = try? session.request(.configure, [1, 1, 1, 256, 256, 1])
      _ = try? session.request(.calibrate, [1])
      let text = Recording(suite: .inference, purpose: "a test", generator: "this test").text(of: session.machine)
      #expect(text.contains("\"\(property.key)"), "\(property.name)")
      #expect(try vectorFile(text).check().firstDifference == nil, "\(property.name)")
    }
  }

  @Test("The runs of PROGRAM_ROW for Verilog")
  func programRow() throws {
    let text = vectorText(
      suite: "program_row", kind: "bus",
      """
      {"id": 1, "given": {"chip": {"tiles": [[2, 5]]}, "script": ["W MBX0.UNLOCK 0x50524f47",
      "W MBX0.PULSE[0] 0x00000003", "W MBX0.PULSE[1] 0x0000ffff", "W MBX0.PULSE[4] 0x00000005",
      "W MBX0.START 0x00010003", "R MBX0.WAIT"]},
      "expect": {"transactions": ["W MBX0.UNLOCK 0x50524f47", "W MBX0.PULSE[0] 0x00000003",
      "W MBX0.PULSE[1] 0x0000ffff", "W MBX0.PULSE[4] 0x00000005", "W MBX0.START 0x00010003", "R MBX0.WAIT 0x00000030"]}}
      """)
    var export = VerilogExport()
    try export.add(try vectorFile(text))
    let files = Dictionary(uniqueKeysWithValues: export.files.map { ($0.name, $0.text) })
    #expect(files.keys.sorted() == ["README.txt", "program_row.hex", "program_row_runs.hex", "program_row_tb.v"])
    #expect(files["program_row.hex"]?.hasSuffix("\n0001_0005_0000_0000_ffff_0003\n") == true)
    let runs = files["program_row_runs.hex"]?.split(separator: "\n").dropFirst().map(String.init)
    #expect(
      runs == [
        "0000_1_00000006_11", "0000_1_00000004_10", "0000_0_00000032_00", "0000_2_00000002_02", "0000_0_00000032_00",
      ])
    #expect(throws: InputError.self) {
      try export.add(try vectorFile(text.replacing("0x00000030", with: "0x00000031")))
    }
  }

  @Test("The activation circuits for Verilog")
  func activation() throws {
    let body =
      #""given": {"circuit": "hard", "function": "tanh", "inputs": [1, -4096]}, "#
      + #""expect": {"values": [8, -32768], "slopes": [16384, 0]}"#
    var export = VerilogExport()
    try export.add(try vectorFile(vectorText(suite: "activation", "{\"id\": 1, \(body)}")))
    let files = Dictionary(uniqueKeysWithValues: export.files.map { ($0.name, $0.text) })
    #expect(files["activation.hex"]?.hasSuffix("\n0000_0001_0008_4000\n0000_f000_8000_0000\n") == true)
    let words = files["activation_circuits.hex"]?.split(separator: "\n").dropFirst().map(String.init) ?? []
    #expect(words.count == 34 && words[0] == "0000_0001" && words[1] == "7fff_8000" && words[18] == "0000_4000")
  }
}
