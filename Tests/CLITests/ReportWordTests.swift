import Board
import Crossbar
import Foundation
import Registers
import Tasks
import Testing
import Trace

@testable import mblstm

/// A field of every access, with numbers that have bounds or names.
enum ConstrainedBlock: UInt32, RegisterBlock {
  case bounded = 0x00
  case named = 0x04
  case packed = 0x08
  case closed = 0x0c

  var hardwareSide: HardwareSide { .reads }
  var register: Register {
    switch self {
    case .bounded:
      Register(
        "BOUNDED", "A test.",
        fields: [
          Field("RO", .readOnly, bits: 0...4, of: .segments, "A."),
          Field("RW", .readWrite, bits: 5...9, of: .segments, "A."),
          Field("WO", .writeOnly, bits: 10...14, of: .segments, "A."),
          Field("RC", .readToClear, bits: 15...19, of: .segments, "A."),
          Field("PORT", .port, bits: 20...24, of: .segments, "A."),
        ])
    case .named:
      Register(
        "NAMED", "A test.",
        fields: [
          Field("NAMED_WO", .writeOnly, bits: 0...3, of: .operation, "A & <b>."),
          Field("NAMED_RO", .readOnly, bits: 4...7, of: .operation, "A."),
          Field("ONE_TO_SET", .writeOneToSet, bits: 8...11, of: .operation, "A."),
          Field("ONE_TO_CLEAR", .writeOneToClear, bits: 12...15, of: .operation, "A."),
          Field("LATEST", .readWrite, bits: 16...19, of: .latestOperation, "A."),
        ])
    case .packed:
      Register("PACKED", .writeOnly, packed: PackedFields("COLUMN", width: 2, of: .circuit, "A."), "A test.")
    case .closed:
      Register("CLOSED", .readOnly, packed: PackedFields("FIXED", width: 2, of: .circuit, "A."), "A test.")
    }
  }
}

@Suite("Words of reports and maps")
struct ReportWordTests {
  /// What SVD says of each field, by its name.
  private static var fields: [String: String] {
    let text = SVDMap(fresh: FreshMap([BlockMap("TEST", at: 0x5000_0000, of: ConstrainedBlock.self)])).text
    let pieces = text.components(separatedBy: "<field>").dropFirst().map {
      $0.components(separatedBy: "</field>")[0]
    }
    let named = pieces.map { ($0.components(separatedBy: "<name>")[1].components(separatedBy: "</name>")[0], $0) }
    return Dictionary(named) { first, _ in first }
  }

  @Test("In SVD what can be written is constrained, write-only fields too, and nothing else is")
  func constraints() throws {
    let fields = Self.fields
    for (name, isBounded) in [("RO", false), ("RW", true), ("WO", true), ("RC", false), ("PORT", true)] {
      let text = try #require(fields[name])
      #expect(text.contains("<minimum>1</minimum>") == isBounded, "\(name)")
      #expect(text.contains("<maximum>16</maximum>") == isBounded, "\(name)")
      #expect(text.contains("<writeConstraint>") == isBounded && !text.contains("useEnumeratedValues"), "\(name)")
      #expect(!text.contains("<enumeratedValues>"), "\(name)")
    }
    for (name, isBounded) in [
      ("NAMED_WO", true), ("NAMED_RO", false), ("ONE_TO_SET", true), ("ONE_TO_CLEAR", true), ("LATEST", false),
      ("COLUMN%s", true), ("FIXED%s", false),
    ] {
      let text = try #require(fields[name])
      #expect(text.contains("<useEnumeratedValues>true</useEnumeratedValues>") == isBounded, "\(name)")
      #expect(text.contains("<enumeratedValues>") && !text.contains("<range>"), "\(name)")
    }
    let column = try #require(fields["COLUMN%s"])
    for element in ["<dim>16</dim>", "<dimIncrement>2</dimIncrement>", "<bitWidth>2</bitWidth>", "<bitOffset>0<"] {
      #expect(column.contains(element), "\(element)")
    }
    #expect(fields["NAMED_WO"]?.contains("<description>A &amp; &lt;b&gt;.</description>") == true)
    #expect(fields["WO"]?.contains("<bitOffset>10</bitOffset>") == true)
  }

  @Test("A probability has two digits, four below a hundredth, and none below a ten-thousandth")
  func probabilities() {
    for (p, text) in [
      (1, "p = 1.00"), (0.05, "p = 0.05"), (0.01, "p = 0.01"), (0.0099, "p = 0.0099"), (0.0012, "p = 0.0012"),
      (0.0001, "p = 0.0001"), (0.000_099, "p < 0.0001"), (0, "p < 0.0001"),
    ] as [(Double, String)] {
      #expect(
        PairedText.line(("one", 1200), ("the other", 7), p: p)
          == "only one right 1 200, only the other right 7: \(text) (McNemar, exact)")
    }
  }

  @Test("Time is told by its parts; of a chip with a cell unit that is named")
  func time() {
    let time = TimeParts(arrayCycles: 3, busCycles: 20, controllerCycles: 1000)
    let plain = TimeText.parts(time, on: []) { decimal($0, 0) }
    #expect(plain == "arrays and converters 3, bus 20, controller 1000")
    #expect(TimeText.parts(time, on: .windows) { decimal($0, 0) } == plain)
    #expect(
      TimeText.parts(time, on: [.windows, .cell]) { decimal($0, 0) }
        == "arrays, converters and cell unit 3, bus 20, controller 1000")
  }

  @Test("A head tells converters, noise, the larger variation, and on a line of its own what else is not usual")
  func heads() {
    func head(_ change: (inout ChipConfiguration) -> Void) -> [Substring] {
      var chip = ChipConfiguration(tiles: [.init(wordLines: 2, bitLines: 2)])
      (chip.dacBits, chip.adcBits, chip.seed) = (7, 11, 99)
      change(&chip)
      return ChipText.converters(chip).split(separator: "\n")
    }
    let usual = head { _ in }
    #expect(usual == ["DAC 7 bits, ADC 11 bits, read noise 0.0 %, variation 0.0 %, seed 99"])
    let same = head { ($0.variation.deviceToDevice, $0.variation.cycleToCycle) = (0.125, 0.125) }
    #expect(same.count == 1 && same[0].contains("variation 12.5 %,"))
    for (d2d, c2c) in [(0.125, 0.0625), (0.0625, 0.125)] {
      let other = head { ($0.variation.deviceToDevice, $0.variation.cycleToCycle) = (d2d, c2c) }
      #expect(other.count == 2 && other[0].contains("variation 12.5 %,"))
      #expect(other[1] == "d2d \(percent(d2d)), c2c \(percent(c2c))")
    }
    #expect(head { $0.variation.stuckLRS = 0.02 }.last == "stuck LRS 2.00 %")
    #expect(head { $0.variation.stuckHRS = 0.5 }.last == "stuck HRS 50.00 %")
    #expect(head { $0.mismatch.adcOffset = 500 }.last?.hasPrefix("ADC offset 500") == true)
  }

  @Test("Rows of Markdown hide bars, columns are ruled by their number")
  func markdown() {
    #expect(
      MarkdownTable.text(["a", "b"], [["1|2", ""], ["", "x"]]) == "| a | b |\n|---|---|\n| 1\\|2 |  |\n|  | x |")
    #expect(MarkdownTable.text(["a"], []) == "| a |\n|---|")
    let row = Characteristic(name: "n", minimum: "1", maximum: "3", unit: "V", standing: Standing.Kind.allCases[0]).row
    #expect(row == ["n", "1", "", "3", "V", Standing.Kind.allCases[0].rawValue, ""])
  }

  @Test(
    "A timing diagram has a mark every 1, 2 or 5 times a power of ten cycles, twelve and the first at most",
    arguments: [(1, 1), (10, 1), (11, 2), (22, 2), (23, 5), (58, 5), (59, 10), (118, 10), (119, 20), (598, 50)]
      as [(UInt64, Int)])
  func marks(_ end: UInt64, _ step: Int) {
    let chip = ChipConfiguration(tiles: [.init(wordLines: 2, bitLines: 2)])
    let entry = LogEntry(cycle: end, .access(Transaction(.write, MemoryMap.tile(0) + TileRegister.drive.offset(), 5)))
    let diagram = TimingDiagram(title: "t", waves: Waves([entry], of: chip), start: 0, rows: [])
    let marks = diagram.svg.matches(of: />([0-9]+)<\/text>/).compactMap { Int($0.1) }
    #expect(marks == Array(stride(from: 0, through: Int(end) + 2, by: step)), "\(marks)")
    #expect(diagram.svg.contains("1  cycle \(end): write MBX0.DRIVE[0] = "))
  }

  @Test("Completion offers what a value may be")
  func completions() {
    #expect(Completion(.choice(["a", "b"])) == .words(["a", "b"]))
    #expect(Completion(.nameOrInput(["a"], FileForm(suffixes: ["csv"]))) == .wordsOrFiles(["a"], suffixes: ["csv"]))
    #expect(
      Completion(.input("json", "csv")) == .files(["json", "csv"]) && Completion(.output("svg")) == .files(["svg"]))
    #expect(Completion(.folder(.read)) == .folders && Completion(.folder(.written)) == .folders)
    for kind in [ValueKind.text, .whole(0...1), .number(0...1), .share, .address, .list(of: .text)] {
      #expect(Completion(kind) == .nothing)
    }
  }

  @Test(
    "What a number may be is told up to 2³² in help and up to 2⁶³ in a refusal",
    arguments: [
      (0...5, "0 to 5", "from 0 to 5"), (-3...4_294_967_296, "-3 to 4294967296", "from -3 to 4294967296"),
      (1...4_294_967_297, nil, "from 1 to 4294967297"),
      (1...9_223_372_036_854_775_806, nil, "from 1 to 9223372036854775806"),
      (1...9_223_372_036_854_775_807, nil, "of at least 1"), (2...18_446_744_073_709_551_615, nil, "of at least 2"),
    ] as [(ClosedRange<Int128>, String?, String)])
  func spans(_ range: ClosedRange<Int128>, _ domain: String?, _ span: String) {
    let kind = ValueKind.whole(range)
    #expect(kind.domain == domain && kind.refusal(of: "x") == "a whole number \(span)")
    #expect(ValueKind.list(of: kind).domain == domain)
    #expect(
      ValueKind.list(of: kind).refusal(of: "\(range.lowerBound),")
        == "a whole number \(span), or several with commas between")
    #expect(ValueKind.list(of: kind).refusal(of: "\(range.lowerBound),\(range.upperBound)") == nil)
  }

  @Test("Real limits are told without a fraction that they have not")
  func reals() {
    let kind = ValueKind.number(0.001...60)
    #expect(kind.domain == "0.001 to 60" && kind.refusal(of: "61") == "a number from 0.001 to 60")
    #expect(kind.refusal(of: "60") == nil && kind.refusal(of: "0.001") == nil && kind.refusal(of: "0.0009") != nil)
    #expect(ValueKind.nameOrInput(["a", "b"], FileForm(suffixes: ["csv"])).domain == "a, b or F.csv")
    #expect(ValueKind.input("x").refusal(of: "") == "a file to read" && ValueKind.input("x").refusal(of: "y") == nil)
    #expect(ValueKind.output("x").refusal(of: "") == "a file to write")
    #expect(ValueKind.folder(.read).refusal(of: "") == "a folder" && ValueKind.folder(.read).refusal(of: ".") == nil)
    #expect("ab".padding(to: 4) == "ab  " && "ab".leftPadding(to: 4) == "  ab" && "abc".padding(to: 2) == "abc")
  }
}
