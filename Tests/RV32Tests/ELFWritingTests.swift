import Testing

@testable import RV32

@Suite("Writing ELF files")
struct ELFWritingTests {
  @Test("What is written is read back: segments, zeros behind them, and the entry")
  func roundTrip() throws {
    let image = try Image(
      segments: [
        .init(address: 0x8000_0100, bytes: [1, 2, 3], zeroCount: 5), .init(address: 0x8000_0000, bytes: [4, 5, 6, 7]),
        .init(address: 0x8000_0200, bytes: [], zeroCount: 16),
      ], entry: 0x8000_0002)
    let read = try Image(elf: image.elf)
    #expect(read.segments == image.segments && read.entry == image.entry)
    #expect(image.segments.map(\.address) == [0x8000_0000, 0x8000_0100, 0x8000_0200])
  }
}
