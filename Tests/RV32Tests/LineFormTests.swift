import Testing

@testable import RV32

/// DWARF 5, chapter 6.2.4: tables of folders and files say the form of each of their columns.
@Suite("Line tables that say their own form")
struct LineFormTests {
  private static let address: UInt32 = 0x8000_0010

  /// One row, of the second of two files, each with a number of a form behind its name.
  private static func unit(_ form: UInt8, _ number: [UInt8]) -> [UInt8] {
    func file(_ name: String) -> [UInt8] { Array(name.utf8) + [0] + number }
    // Lengths of instructions, operations, statements; the first row is of line 4; no standard operations.
    let parameters: [UInt8] = [1, 1, 1, 3, 1, 1]
    let folders: [UInt8] = [1, 1, 8, 1] + Array("src".utf8) + [0]
    let header = parameters + folders + [2, 1, 8, 3, form, 2] + file("a.c") + file("b.c")
    let setAddress: [UInt8] = [0, 5, 2, 0x10, 0, 0, 0x80]
    let program = setAddress + [1, 0, 1, 1]
    let unit: [UInt8] = [5, 0, 4, 0] + bytes(header.count) + header + program
    return bytes(unit.count) + unit
  }

  private static func bytes(_ count: Int) -> [UInt8] { [UInt8(count & 0xff), UInt8(count >> 8), 0, 0] }

  private static func line(_ form: UInt8, _ number: [UInt8]) -> String? {
    let strings = Array("one\0two\0".utf8)
    let sections = DWARFSections(lines: unit(form, number)[...], lineStrings: strings[...], strings: strings[...])
    return LineTable(sections).line(of: address)?.description
  }

  @Test(
    "A number of any form is passed over by its size",
    arguments: [
      (0x0B, 1), (0x05, 2), (0x06, 4), (0x07, 8), (0x1E, 16),
    ])
  func numbers(_ form: UInt8, _ size: Int) {
    #expect(Self.line(form, Array(repeating: 0x41, count: size)) == "b.c:4")
    #expect(Self.line(form, Array(repeating: 0x41, count: size - 1)) != "b.c:4")
    #expect(Self.line(form, Array(repeating: 0x41, count: size + 1)) != "b.c:4")
  }

  @Test("So are a text, a block, a number of many lengths and a place among the strings")
  func texts() {
    for number: [UInt8] in [[7], [0x87, 1], [0xff, 0xff, 1]] { #expect(Self.line(0x0F, number) == "b.c:4") }
    #expect(Self.line(0x08, Array("mine".utf8) + [0]) == "b.c:4")
    #expect(Self.line(0x09, [3, 0, 1, 2]) == "b.c:4" && Self.line(0x09, [3, 0, 1]) != "b.c:4")
    for form: UInt8 in [0x0E, 0x1F] {
      #expect(Self.line(form, [4, 0, 0, 0]) == "b.c:4")
      #expect(Self.line(form, [9, 0, 0, 0]) == nil, "beyond the strings")
    }
  }

  @Test("What has an unknown form ends its unit", arguments: [0x01, 0x0C, 0x17, 0x7f])
  func unknown(_ form: UInt8) { #expect(Self.line(form, [0]) == nil) }
}
