import TestSupport
import Testing

@testable import Trace

@Suite struct RealTextTests {
  private func text(_ number: Int64, places: Int) -> String {
    var text = ByteText()
    text.append(real: number, places: places)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test(
    "A number is exact, plain from 0.0001 on",
    arguments: [
      (0, 6, "0"), (1_000_000, 6, "1"), (-2_500_000, 6, "-2.5"), (200_000, 6, "0.2"), (-100, 6, "-0.0001"),
      (99, 6, "9.9e-05"), (-1, 6, "-1e-06"), (1_000_000_000_000, 6, "1000000"), (1, 18, "1e-18"),
      (-12_345_678_900_000, 18, "-1.23456789e-05"), (.max, 18, "9.223372036854775807"),
      (1_000_000_000_000_000_000, 18, "1"), (1_000_000_000_000_000_001, 18, "1.000000000000000001"),
      (99_999_999_999_999, 18, "9.9999999999999e-05"),
    ] as [(Int64, Int, String)])
  func cases(_ number: Int64, _ places: Int, _ expected: String) { #expect(text(number, places: places) == expected) }

  @Test("Any number reads as itself")
  func random() {
    var random = SeededRandom(1)
    for _ in 0..<20_000 {
      let number = Int64.random(in: .min + 1 ... .max, using: &random) >> Int64.random(in: 0...63, using: &random)
      let places = Bool.random(using: &random) ? 6 : 18
      #expect(Double(text(number, places: places)) == Double("\(number)e-\(places)"))
    }
  }
}
