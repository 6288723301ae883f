import FixedPoint
import TestSupport
import Testing

@Suite("Rounding")
struct RoundingTests {
  @Test("The table of the rounding rules holds")
  func documentedTable() {
    let halves: [Int8] = [-3, -1, 1, 3, 5]
    let table: [(Rounding, [Int8])] = [
      (.halfUp, [-1, 0, 1, 2, 3]), (.halfToEven, [-2, 0, 0, 2, 2]), (.halfAwayFromZero, [-2, -1, 1, 2, 3]),
      (.down, [-2, -1, 0, 1, 2]), (.towardZero, [-1, 0, 0, 1, 2]),
    ]
    #expect(table.count == Rounding.allCases.count)
    for (rule, expected) in table {
      #expect(halves.map { $0.shifted(rightBy: 1, rounding: rule) } == expected, "\(rule)")
    }
  }

  @Test("Every Int8 shifted by every count rounds as its rule says", arguments: Rounding.allCases)
  func everyInt8(rule: Rounding) {
    var wrong: [String] = []
    for count in 0..<8 {
      for value in Int8.min...Int8.max {
        let expected = rounded(Int128(value), over: 1 << Int128(count), rule)
        let shifted = value.shifted(rightBy: count, rounding: rule)
        if Int128(shifted) != expected { wrong.append("\(value) >> \(count): \(shifted), not \(expected)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Random Int64 values of all magnitudes shift as a 128-bit oracle says", arguments: Rounding.allCases)
  func randomInt64(rule: Rounding) {
    var random = SeededRandom(1)
    var wrong: [String] = []
    for _ in 0..<10_000 {
      let value = random.int64()
      let count = Int(random.next() % 64)
      let expected = rounded(Int128(value), over: 1 << Int128(count), rule)
      if Int128(value.shifted(rightBy: count, rounding: rule)) != expected { wrong.append("\(value) >> \(count)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Extremes and exact ties of Int64 shift right by every count", arguments: Rounding.allCases)
  func extremes(rule: Rounding) {
    var wrong: [String] = []
    for count in 0..<64 {
      let half: Int64 = count == 0 ? 0 : 1 << Int64(count - 1)
      for value in [.min, .min + 1, -half &- 1, -half, -half &+ 1, -1, 0, 1, half - 1, half, half &+ 1, .max - 1, .max]
      {
        for value in [value, value &+ half &* 2] {
          let expected = rounded(Int128(value), over: 1 << Int128(count), rule)
          if Int128(value.shifted(rightBy: count, rounding: rule)) != expected { wrong.append("\(value) >> \(count)") }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Random Int16 and Int32 values shift as a 128-bit oracle says", arguments: Rounding.allCases)
  func narrowerTypes(rule: Rounding) {
    var random = SeededRandom(2)
    var wrong: [String] = []
    for _ in 0..<5_000 {
      let bits = random.int64()
      let short = Int16(truncatingIfNeeded: bits)
      let long = Int32(truncatingIfNeeded: bits)
      let count = Int(random.next() % 32)
      if Int128(short.shifted(rightBy: count % 16, rounding: rule))
        != rounded(Int128(short), over: 1 << Int128(count % 16), rule)
      {
        wrong.append("Int16 \(short) >> \(count % 16)")
      }
      if Int128(long.shifted(rightBy: count, rounding: rule)) != rounded(Int128(long), over: 1 << Int128(count), rule) {
        wrong.append("Int32 \(long) >> \(count)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("A shift without a rule rounds half up")
  func defaultRule() {
    #expect(Int32(-3).shifted(rightBy: 1) == -1)
    #expect(Int32(3).shifted(rightBy: 1) == 2)
  }

  @Test("Every Int8 over every positive Int8 divides half up")
  func everyInt8Quotient() {
    var wrong: [String] = []
    for value in Int8.min...Int8.max {
      for divisor in 1...Int8.max {
        let expected = rounded(Int128(value), over: Int128(divisor), .halfUp)
        let quotient = value.dividedHalfUp(by: divisor)
        if Int128(quotient) != expected { wrong.append("\(value) / \(divisor): \(quotient), not \(expected)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Random Int64 quotients and the extremes divide half up as a 128-bit oracle says")
  func randomQuotients() {
    var random = SeededRandom(3)
    var wrong: [String] = []
    func check(_ value: Int64, _ divisor: Int64) {
      let expected = rounded(Int128(value), over: Int128(divisor), .halfUp)
      if Int128(value.dividedHalfUp(by: divisor)) != expected { wrong.append("\(value) / \(divisor)") }
    }
    for value in [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max] {
      for divisor in [Int64(1), 2, 3, 1 << 62, .max - 1, .max] { check(value, divisor) }
    }
    for _ in 0..<20_000 {
      let divisor = random.int64()
      check(random.int64(), max(1, divisor < 0 ? ~divisor : divisor))
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test("Narrowing saturates for every Int16 and around the limits of Int64")
  func narrowing() {
    var wrong: [String] = []
    for value in Int16.min...Int16.max {
      let expected = clamped(Int128(value), -128, 127)
      if Int128(value.saturated(to: Int8.self)) != expected { wrong.append("\(value)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    let cases: [(Int64, Int32)] = [
      (.max, .max), (.min, .min), (2_147_483_648, .max), (2_147_483_647, .max), (-2_147_483_648, .min),
      (-2_147_483_649, .min), (-1, -1),
    ]
    for (wide, narrow) in cases { #expect(wide.saturated(to: Int32.self) == narrow) }
  }

  @Test("A shift outside the word and a divisor that is not positive are programmer's mistakes")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = Int8(1).shifted(rightBy: 8) }
    await #expect(processExitsWith: .failure) { _ = Int8(1).shifted(rightBy: -1) }
    await #expect(processExitsWith: .failure) { _ = Int8(1).dividedHalfUp(by: 0) }
    await #expect(processExitsWith: .failure) { _ = Int8(1).dividedHalfUp(by: -1) }
  }
}
