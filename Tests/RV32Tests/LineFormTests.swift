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

  /// The line of the first row of a program that changes it first, by a unit that has the standard operations.
  private static func line(advancedBy number: [UInt8]) -> String? {
    let parameters: [UInt8] = [1, 1, 1, 3, 1, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1]
    let header = parameters + [1, 1, 8, 1] + Array("src".utf8) + [0, 1, 1, 8, 2] + Array("a.c\0b.c\0".utf8)
    let setAddress: [UInt8] = [0, 5, 2, 0x10, 0, 0, 0x80]
    let program = setAddress + [3] + number + [1, 0, 1, 1]
    let unit: [UInt8] = [5, 0, 4, 0] + bytes(header.count) + header + program
    return LineTable(DWARFSections(lines: (bytes(unit.count) + unit)[...])).line(of: address)?.description
  }

  @Test("Signed numbers have 64 bits, whatever they are written with; a line below 1 is none")
  func signed() {
    let nine = [UInt8](repeating: 0x80, count: 9)
    for (number, line) in [
      ([5], "b.c:6"), ([0], "b.c:1"), ([0x7f], nil), ([0x85, 0], "b.c:6"), ([0x85, 0x7f], nil), ([0xc0, 0], "b.c:65"),
      ([0x40], nil), (nine + [0], "b.c:1"), (nine + [1], nil), (nine + [2], "b.c:1"), (nine + [0x7f], nil),
      ([0x85] + nine.dropFirst() + [0x80, 0x80, 0], "b.c:6"), ([0x80, 0x80], nil),
    ] as [([UInt8], String?)] { #expect(Self.line(advancedBy: number) == line, "\(number)") }
  }
}
