import Testing

@testable import RV32

/// DWARF, chapter 6.2: the form of versions 2 to 4, and the machine that makes rows.
@Suite("Line number programs")
struct LineProgramTests {
  private static let address: UInt32 = 0x8000_0010

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

  /// A unit with a header as versions 2 to 4 have it.
  private struct Unit {
    var version: UInt8 = 4
    var isLong = false
    var minimum: UInt8 = 1
    var lineBase: Int8 = -3
    var lineRange: UInt8 = 12
    /// Operands of the standard operations.
    var counts: [UInt8] = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]
    var opcodeBase: UInt8?
    var names: [UInt8] = text("src") + [0] + text("src/a.c") + [1, 0, 0] + text("b.c") + [0, 0x80, 1, 7] + [0]
    var program: [UInt8]

    var bytes: [UInt8] {
      let lengths = [minimum] + (version >= 4 ? [1] : []) + [1, UInt8(bitPattern: lineBase), lineRange]
      let header = lengths + [opcodeBase ?? UInt8(counts.count + 1)] + counts + names
      let body = little(Int(version), 2) + little(header.count, isLong ? 8 : 4) + header + program
      return (isLong ? [0xff, 0xff, 0xff, 0xff] : []) + little(body.count, isLong ? 8 : 4) + body
    }

    var table: LineTable { LineTable(DWARFSections(lines: bytes[...])) }
  }

  private static func set(_ address: UInt32) -> [UInt8] { [0, 5, 2] + little(Int(address), 4) }
  private static let end: [UInt8] = [0, 1, 1]

  /// The lines of all rows, by address.
  private static func rows(_ table: LineTable) -> [String] {
    table.rows.map { row in
      "+\(row.address &- address) " + (row.file.map { "\(table.files[$0]):\(row.line)" } ?? "none")
    }
  }

  private static func rows(_ program: [UInt8], _ change: (inout Unit) -> Void = { _ in }) -> [String] {
    var unit = Unit(program: set(address) + program)
    change(&unit)
    return rows(unit.table)
  }

  @Test("Versions 2 to 4 are read, in 32-bit and 64-bit form; another version is none", arguments: [false, true])
  func versions(_ isLong: Bool) {
    for version in 0...9 as ClosedRange<UInt8> where version != 5 {
      let found = Self.rows([1] + Self.end) {
        $0.version = version
        $0.isLong = isLong
      }
      #expect(found == ((2...4).contains(version) ? ["+0 none", "+0 a.c:1"] : []), "\(version)")
    }
  }

  @Test("A special operation moves address and line by its quotient and its remainder", arguments: [1, 2, 4])
  func special(_ minimum: UInt8) {
    for opcode in 13...255 as ClosedRange<UInt8> {
      // From line 101 on, so that no line is below 1.
      let found = Self.rows([3, 0xe4, 0, opcode]) { $0.minimum = minimum }
      let (quotient, remainder) = (Int(opcode) - 13).quotientAndRemainder(dividingBy: 12)
      #expect(found == ["+\(quotient * Int(minimum)) a.c:\(101 - 3 + remainder)"], "\(opcode)")
    }
    let first = Self.rows([255]) {
      $0.counts = []
      $0.lineBase = 0
      $0.lineRange = 1
    }
    #expect(first == ["+254 a.c:1"], "without standard operations the first is special")
  }

  @Test("Standard operations move what they name, by their operand, times an instruction's least length or not")
  func standard() {
    for minimum in [1, 2, 4] as [UInt8] {
      let least = Int(minimum)
      func found(_ program: [UInt8]) -> [String] { Self.rows(program) { $0.minimum = minimum } }
      #expect(found([2, 7, 1]) == ["+\(7 * least) a.c:1"])
      #expect(found([2, 0x81, 1, 1]) == ["+\(129 * least) a.c:1"])
      #expect(found([3, 9, 1, 3, 0x7e, 1]) == ["+0 a.c:10", "+0 a.c:8"])
      #expect(found([4, 2, 1]) == ["+0 b.c:1"] && found([4, 3, 1]) == ["+0 none"] && found([4, 0, 1]) == ["+0 ?:1"])
      #expect(found([5, 99, 6, 7, 10, 11, 12, 3, 1]) == ["+0 a.c:1"], "column, statement, blocks, set of instructions")
      // As special operation 255 does: (255 − 13) ÷ 12 = 20.
      #expect(found([8, 1]) == ["+\(20 * least) a.c:1"])
      #expect(found([9, 0x34, 0x12, 1]) == ["+\(0x1234) a.c:1"])
      #expect(found([1, 2, 1, 3, 1, 1]) == ["+0 a.c:1", "+\(least) a.c:2"])
    }
  }

  @Test("An operation that is not known is passed over with as many operands as the header says")
  func unknown() {
    let found = Self.rows([13, 0x80, 1, 7, 14, 15, 1, 2, 3, 1]) { $0.counts += [2, 0, 3] }
    #expect(found == ["+0 a.c:1"])
    #expect(Self.rows([0, 4, 0x80, 1, 2, 3, 1]) == ["+0 a.c:1"], "extended ones by their length")
    #expect(Self.rows([0, 1, 4, 1]) == ["+0 a.c:1"])
  }

  @Test("What is cut ends the rows, and those before it stay")
  func cut() {
    let whole: [UInt8] = [1, 2, 4, 1]
    for rest in [[2], [2, 0x80], [3], [3, 0x80], [4], [9], [9, 1], [5], [12, 0x80], [0], [0, 9, 1], [0, 0x80]] {
      #expect(Self.rows(whole + rest.map { UInt8($0) }) == ["+0 a.c:1", "+4 a.c:1"], "\(rest)")
    }
  }

  @Test("An address has as many bytes as its operation, and 32 bits count")
  func addresses() {
    func found(_ operands: [UInt8]) -> UInt32? {
      Unit(program: [0, UInt8(operands.count + 1), 2] + operands + [1]).table.rows.first?.address
    }
    #expect(found([0x78, 0x56, 0x34, 0x12]) == 0x1234_5678 && found([0x78, 0x56]) == 0x5678)
    #expect(found([9]) == 9 && found([]) == 0)
    #expect(found([0x78, 0x56, 0x34, 0x12, 1, 0, 0, 0]) == 0x1234_5678)
    #expect(found([0x78, 0x56, 0x34, 0x12, 1, 0, 0, 0, 0xff]) == 0x1234_5678)
  }

  @Test("Behind the end of a sequence no line is known, and the next begins with line 1 of file 1")
  func sequences() {
    let first: [UInt8] = [3, 9, 4, 2, 1, 2, 8] + Self.end
    let second = Self.set(Self.address + 0x100) + [1, 2, 4] + Self.end
    let table = Unit(program: Self.set(Self.address) + first + second).table
    #expect(Self.rows(table) == ["+0 b.c:10", "+8 none", "+256 a.c:1", "+260 none"])
    for (offset, line) in [
      (0, "b.c:10"), (7, "b.c:10"), (8, nil), (255, nil), (256, "a.c:1"), (259, "a.c:1"), (260, nil),
    ] as [(UInt32, String?)] {
      #expect(table.line(of: Self.address + offset)?.description == line, "\(offset)")
    }
    #expect(table.line(of: Self.address - 1) == nil && table.line(of: 0) == nil && table.line(of: .max) == nil)
    #expect(table.lines.map(\.description) == ["b.c:10", "a.c:1"] && !table.isEmpty)
  }

  @Test("Each unit has files of its own, one after another")
  func units() {
    func unit(_ name: String, _ place: UInt32) -> Unit {
      Unit(names: [0] + Self.text(name) + [0, 0, 0, 0], program: Self.set(place) + [1, 2, 4] + Self.end)
    }
    let bytes = unit("x/one.c", Self.address).bytes + unit("two.c", Self.address + 4).bytes
    let table = LineTable(DWARFSections(lines: bytes[...]))
    #expect(table.files == ["?", "one.c", "?", "two.c"])
    // Where one sequence ends and another begins, the code there is the other's.
    #expect(table.line(of: Self.address + 3)?.description == "one.c:1")
    #expect(table.line(of: Self.address + 4)?.description == "two.c:1" && table.line(of: Self.address + 8) == nil)
  }

  @Test("A name is the last of its path", arguments: [("a.c", "a.c"), ("/x/y/a.c", "a.c"), ("x/", "x"), ("/", "?")])
  func names(_ path: String, _ name: String) {
    #expect(Self.rows([1]) { $0.names = [0] + Self.text(path) + [0, 0, 0, 0] } == ["+0 \(name):1"])
  }

  @Test(
    "A name of 4095 bytes is read with its zero, a longer one ends the unit",
    arguments: [1, 4094, 4095, 4096, 9000])
  func longNames(_ count: Int) {
    let name = String(repeating: "n", count: count)
    let files = Self.rows([1]) { $0.names = [0] + Self.text(name) + [0, 0, 0, 0] }
    #expect(files == (count < 4096 ? ["+0 \(name):1"] : []))
    let folders = Self.rows([1]) { $0.names = Self.text(name) + [0] + Self.text("a.c") + [0, 0, 0, 0] }
    #expect(folders == (count < 4096 ? ["+0 a.c:1"] : []))
  }

  @Test("A header that is cut, or that nothing can be counted with, has no rows")
  func headers() {
    let names = Unit(program: []).names
    for count in 0..<names.count {
      #expect(Self.rows([1]) { $0.names = Array(names.prefix(count)) } == [], "\(count)")
    }
    #expect(Self.rows([1]) { $0.lineRange = 0 } == [] && Self.rows([1]) { $0.opcodeBase = 0 } == [])
    #expect(Self.rows([1]) { $0.names = [0, 0] } == ["+0 none"])
    let whole = Unit(program: Self.set(Self.address) + [1]).bytes
    for count in whole.indices {
      #expect(LineTable(DWARFSections(lines: whole[..<count])).isEmpty, "\(count)")
    }
    #expect(!LineTable(DWARFSections(lines: (whole + [1, 2, 3])[...])).isEmpty)
  }
}
