import Testing

@testable import RV32

@Suite("Parts of an Intel HEX file")
struct ManyPartsTests {
  @Test("There are 65536 at most, as many as an ELF file has program headers")
  func most() throws {
    // Single bytes with one between them, 32768 to each upper half of an address.
    func file(_ count: Int) -> [UInt8] {
      let digits = Array("0123456789ABCDEF".utf8)
      func record(_ bytes: [UInt8], _ text: inout [UInt8]) {
        text.append(UInt8(ascii: ":"))
        for byte in bytes + [0 &- bytes.reduce(0, &+)] { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        text.append(UInt8(ascii: "\n"))
      }
      var text: [UInt8] = []
      for number in 0..<count {
        if number % 32768 == 0 { record([2, 0, 0, 4, 0, UInt8(number / 32768)], &text) }
        let offset = number % 32768 * 2
        record([1, UInt8(offset >> 8), UInt8(offset & 255), 0, 7], &text)
      }
      record([0, 0, 0, 1], &text)
      return text
    }
    #expect(try Image(intelHex: file(65_536)).segments.count == 65_536)
    let error = #expect(throws: ImageError.self) { try Image(intelHex: file(65_537)) }
    #expect(error?.description == "line 65540: more than 65536 parts apart")
  }
}
