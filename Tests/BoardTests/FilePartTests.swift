import Testing

@testable import Board

@Suite("Parts of a chip file")
struct FilePartTests {
  @Test(
    "A checksum is that of Ethernet, zip and PNG",
    arguments: [
      ("", "00000000"), ("a", "e8b7be43"), ("abc", "352441c2"), ("123456789", "cbf43926"),
      ("The quick brown fox jumps over the lazy dog", "414fa339"),
    ])
  func checksums(_ text: String, _ digits: String) {
    #expect(CRC32.digits(text.utf8) == digits)
    #expect(CRC32.checksum(AnySequence(text.utf8)) == UInt32(digits, radix: 16))
  }

  @Test("A checksum that begins with zeros has eight digits all the same")
  func leadingZeros() throws {
    let found = (0..<1000 as Range<UInt32>).first { CRC32.checksum("\($0)".utf8) < 0x1000_0000 }
    let digits = CRC32.digits("\(try #require(found))".utf8)
    #expect(digits.count == 8 && digits.hasPrefix("0"))
  }

  @Test(
    "Letters, digits, dash, dot and underscore name a section",
    arguments: ["a", "z", "A", "Z", "0", "9", "-", ".", "_", "tile-0.cells_A9"])
  func names(_ name: String) { #expect(BinarySection.isName(name)) }

  @Test(
    "What is next to them does not", arguments: ["", "`", "{", "@", "[", "/", ":", ",", " ", "ä", "a b", "a\n", "\0"])
  func noNames(_ name: String) { #expect(!BinarySection.isName(name)) }

  @Test("Integers are little-endian bytes, and are read again only where the bytes are whole numbers of them")
  func integers() {
    let section = BinarySection("numbers", [0x0102_0304, -2] as [Int32])
    #expect(section.bytes == [4, 3, 2, 1, 0xfe, 0xff, 0xff, 0xff])
    #expect(section.integers(Int32.self) == [0x0102_0304, -2])
    #expect(section.integers(UInt64.self) == [0xffff_fffe_0102_0304])
    let three = BinarySection("three", bytes: [1, 2, 3])
    #expect(three.integers(UInt16.self) == nil && three.integers(UInt8.self) == [1, 2, 3])
    #expect(BinarySection("none").integers(UInt32.self) == [])
  }

  @Test("A reader takes one integer after another, and nothing where too few bytes are left")
  func reader() {
    var reader = SectionReader(BinarySection("bytes", bytes: [1, 2, 3, 4, 5, 6, 7]))
    #expect(reader.next(UInt8.self) == .some(1))
    #expect(reader.next(UInt32.self) == .some(0x0504_0302))
    #expect(reader.next(UInt32.self) == .none)
    #expect(!reader.isAtEnd)
    #expect(reader.next(UInt16.self) == .some(0x0706))
    #expect(reader.isAtEnd)
    #expect(reader.next(UInt8.self) == .none)
  }
}
