import Testing

@testable import Files

@Suite("Text of files in messages")
struct MessageTextTests {
  @Test("What would tell a terminal something is shown as JSON writes it; all other text stays as it is")
  func printable() {
    for value in 0..<0x500 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)é"
      let isControl = value < 0x20 && value != 9 && value != 10 || (0x7f...0x9f).contains(value)
      let digits = String(value, radix: 16)
      let shown = "a\\u" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits + "é"
      #expect(Array(text.printable.unicodeScalars) == Array((isControl ? shown : text).unicodeScalars), "\(value)")
    }
    #expect("\u{1b}[2J\r\n".printable == "\\u001b[2J\\u000d\n")
  }

  @Test("A message is cut where it is longer than anybody reads")
  func cut() {
    let long = String(repeating: "é", count: 1 << 13)
    #expect(long.cutForReading == long)
    #expect((long + "x").cutForReading == String(repeating: "é", count: 1 << 12) + "…")
    #expect(InputError("f", long + "x").message == (long + "x").cutForReading)
  }
}
