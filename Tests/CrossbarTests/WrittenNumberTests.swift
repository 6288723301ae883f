import Testing

@testable import Crossbar

@Suite("Numbers as they are written")
struct WrittenNumberTests {
  @Test("Are whole where no fraction is left, up to a power of ten of 36 either way")
  func whole() {
    let most = (0..<36).reduce(Int128(1)) { power, _ in power * 10 }
    for (text, number) in [
      ("0", 0), ("0e400", 0), ("-7", -7), ("1e36", most), ("-1.0e36", -most), ("1e37", nil), ("0.5e37", most * 5),
      ("0.5e38", nil),
      ("1000000000000000000000000000000e-30", 1), ("100000000000000000000000000000000000e-35", 1), ("15e-1", nil),
      ("150e-1", 15), ("2.50e1", 25), ("1e-1", nil), ("9e38", nil),
    ] as [(String, Int128?)] { #expect(WrittenNumber(text, unit: .none)?.whole == number, "\(text)") }
  }
}
