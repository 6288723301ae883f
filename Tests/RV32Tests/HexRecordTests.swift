import Testing

@testable import RV32

@Suite("Records of Intel HEX files")
struct HexRecordTests {
  private static func record(_ type: UInt8, _ offset: UInt16 = 0, _ data: [UInt8] = []) -> String {
    let bytes = [UInt8(data.count), UInt8(offset >> 8), UInt8(truncatingIfNeeded: offset), type] + data
    let all = bytes + [0 &- bytes.reduce(0, &+)]
    return ":" + all.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static let last = record(1)

  private static func image(_ records: [String], end: String = "\n") throws(ImageError) -> Image {
    try Image(intelHex: Array(records.map { $0 + end }.joined().utf8))
  }

  @Test("Bases are those of the latest record: 16 times a segment, or the upper half of an address")
  func bases() throws {
    let image = try Self.image([
      Self.record(0, 0x10, [1]), Self.record(2, 0, [0x12, 0x34]), Self.record(0, 0xFFFF, [2]),
      Self.record(4, 0, [0x80, 0x01]), Self.record(0, 0, [3]), Self.record(2, 0, [0xFF, 0xFF]),
      Self.record(0, 0xFFFF, [4]), Self.record(4, 0, [0xFF, 0xFF]), Self.record(0, 0xFFFF, [5]), Self.last,
    ])
    #expect(image.segments.map(\.address) == [0x10, 0x2233F, 0x10FFEF, 0x8001_0000, 0xFFFF_FFFF])
    #expect(image.segments.map(\.bytes) == [[1], [2], [4], [3], [5]] && image.entry == 0x10)
  }

  @Test("Execution begins where a record says, the latest one, by segment or by address; else with the lowest byte")
  func entries() throws {
    let data = Self.record(0, 0x40, [7])
    #expect(try Self.image([data, Self.record(3, 0, [0x12, 0x34, 0x00, 0x15]), Self.last]).entry == 0x12355)
    #expect(try Self.image([Self.record(5, 0, [0x80, 0, 0x12, 0x34]), data, Self.last]).entry == 0x8000_1234)
    let both = [Self.record(5, 0, [1, 2, 3, 4]), Self.record(3, 0, [0, 1, 0, 2]), data, Self.last]
    #expect(try Self.image(both).entry == 0x12)
    #expect(try Self.image([data, Self.record(0, 0x20, [1]), Self.last]).entry == 0x20)
  }

  @Test("Records that follow each other are one part, those that do not are parts of their own; empty ones are none")
  func joined() throws {
    let image = try Self.image([
      Self.record(0, 0x10, [1, 2]), Self.record(0, 0x12, [3]), Self.record(0, 0x20), Self.record(0, 0x13, [4]),
      Self.record(0, 0x15, [5]), Self.record(0, 0x0F, [6]), Self.last,
    ])
    #expect(
      image.segments == [
        .init(address: 0x0F, bytes: [6]), .init(address: 0x10, bytes: [1, 2, 3, 4]), .init(address: 0x15, bytes: [5]),
      ])
    #expect(
      #expect(throws: ImageError.self) { try Self.image([Self.record(0, 0x20), Self.last]) }?.description
        == "line 2: no data record")
    let long = [UInt8](repeating: 9, count: 255)
    #expect(try Self.image([Self.record(0, 0, long), Self.last]).segments == [.init(address: 0, bytes: long)])
  }

  @Test("Lines may be empty, end in LF or CR LF or the last not at all, and have digits of either case")
  func lines() throws {
    let records = [Self.record(0, 0xABCD, [0xEF, 0xFE]), Self.last]
    let expected = try Self.image(records)
    #expect(try Self.image(records, end: "\r\n") == expected && Self.image(records, end: "\n\r\n\n") == expected)
    #expect(try Self.image(records.map { ":" + $0.dropFirst().uppercased() }) == expected)
    #expect(try Image(intelHex: Array(records.joined(separator: "\n").utf8)) == expected)
  }

  @Test("What is wrong is told with its line and its numbers")
  func wrong() {
    func told(_ text: String) -> String? {
      #expect(throws: ImageError.self) { try Image(intelHex: Array(text.utf8)) }?.description
    }
    let data = Self.record(0, 0, [1])
    #expect(told("\(data)\n\n:00000001F0\n") == "line 3: checksum 0xf0; expected 0xff")
    #expect(told(":01000000FF01\n") == "line 1: checksum 0x01; expected 0x00")
    #expect(told(":0F00000000\n") == "line 1: 0 bytes of data, but the count says 15")
    #expect(told(":0000000000FF\n") == "line 1: 1 bytes of data, but the count says 0")
    #expect(
      told(":000000FF\n") == "line 1: truncated: 4 bytes, a record has at least 5"
        && told(":") == "line 1: truncated: 0 bytes, a record has at least 5")
    #expect(told("\(data)\n\(data)\n:x") == "line 3: a character that is no hexadecimal digit, code 120")
    #expect(told("\(data)\n:000") == "line 2: an odd number of hexadecimal digits")
    #expect(told("\(data)\n \(data)") == "line 2: expected a record that starts with ':'")
    #expect(told("\(data)\n\(Self.last)\n\n\(data)") == "line 4: a record after the end-of-file record")
    #expect(
      told("\(data)\n\n") == "line 2: truncated: no end-of-file record"
        && told("") == "line 0: truncated: no end-of-file record")
    #expect(told(Self.record(6) + "\n") == "line 1: record type 6; expected 0 to 5")
    #expect(
      told("\(data)\n\(Self.record(0, 0, [2]))\n\(Self.last)")
        == "at address 0x00000000: overlaps the part that starts at 0x00000000")
  }
}
