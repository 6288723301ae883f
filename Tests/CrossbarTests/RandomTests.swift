import TestSupport
import Testing

@testable import Crossbar

@Suite("Counter-based random numbers")
struct RandomTests {
  @Test("Philox4x32-10 gives the known answers of Random123")
  func knownAnswers() {
    #expect(
      CounterRandom.philox(counter: .zero, key: .zero) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      CounterRandom.philox(counter: .init(repeating: .max), key: .init(repeating: .max))
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      CounterRandom.philox(
        counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test("A draw is named by the documented counter words and keyed by the seed")
  func counterWords() {
    let random = CounterRandom(seed: 0x299f_31d0_a409_3822)
    let bits = random.bits(.resetPulse, tile: 7, operation: 0x1122_3344_5566_7788, index: 0x9abc)
    let counter: SIMD4<UInt32> = [0x9abc, 0x5566_7788, 0x1122_3344, 7 + 256 * 5]
    #expect(bits == CounterRandom.philox(counter: counter, key: [0xa409_3822, 0x299f_31d0]))
    #expect(
      random.gaussian(.resetPulse, tile: 7, operation: 0x1122_3344_5566_7788, index: 0x9abc)
        == CounterRandom.gaussian(bits))
  }

  @Test("Purposes have the numbers that logs and vectors rely on")
  func purposes() {
    let purposes: [CounterRandom.Purpose] = [
      .readNoise, .setRate, .resetRate, .setPulse, .resetPulse, .converterOffset, .converterGain, .setDisturb,
      .resetDisturb, .setNoise, .resetNoise, .setDisturbNoise, .resetDisturbNoise, .setVoltage, .resetVoltage,
      .setThreshold, .resetThreshold, .lowBound, .highBound, .stuck,
    ]
    #expect(purposes.map(\.rawValue) == Array(1...20))
    #expect(CounterRandom.Purpose.initialWeight.rawValue == 64 && CounterRandom.Purpose.order.rawValue == 65)
  }

  @Test("A draw does not depend on the draws before it")
  func order() {
    let random = CounterRandom(seed: 3)
    let forward = (0..<100).map { random.gaussian(.setPulse, tile: 1, operation: 5, index: $0) }
    let backward = (0..<100).reversed().map { random.gaussian(.setPulse, tile: 1, operation: 5, index: $0) }
    #expect(forward == backward.reversed())
    #expect(Set(forward).count > 95)
  }

  @Test("A normal draw is the population count of 96 bits and a triangular dither")
  func construction() {
    #expect(CounterRandom.gaussian([0, 0, 0, 0]) == -(48 << 16) - 65_535)
    #expect(CounterRandom.gaussian(.init(repeating: .max)) == (48 << 16) + 65_535)
    #expect(CounterRandom.gaussian([0xffff, 0xffff, 0xffff, 0x1234_0000]) == 0x1234 - 65_535)
    #expect(CounterRandom.gaussian([0xffff, 0xffff, 0xffff, 0x0000_1234]) == 0x1234 - 65_535)
    for bit in 0..<32 {
      for word in 0..<3 {
        var bits: SIMD4<UInt32> = [0xffff_0000, 0xffff_0000, 0xffff_0000, 0xffff]
        let before = CounterRandom.gaussian(bits)
        bits[word] ^= 1 << UInt32(bit)
        #expect(CounterRandom.gaussian(bits) - before == (bit < 16 ? 65_536 : -65_536))
      }
    }
  }

  @Test("A draw and its complement are opposite, so the mean is exactly zero")
  func complement() {
    var random = SeededRandom(1)
    for _ in 0..<1000 {
      let bits = SIMD4<UInt32>((0..<4).map { _ in UInt32(truncatingIfNeeded: random.next()) })
      #expect(CounterRandom.gaussian(bits) + CounterRandom.gaussian(~bits) == 0)
    }
  }

  @Test("The scale is the root of the variance 2^32 · (24 + 1/6)")
  func scale() {
    let scale = Int128(CounterRandom.gaussianScale)
    let variance6: Int128 = (1 << 32) * 145
    #expect(
      6 * (2 * scale - 1) * (2 * scale - 1) < 4 * variance6 && 4 * variance6 < 6 * (2 * scale + 1) * (2 * scale + 1))
  }

  /// Share of draws whose magnitude is above `raw`, from the exact distribution.
  static func exactTail(_ raw: Int) -> Double {
    var share = 0.0
    var binomial = 1.0
    for _ in 0..<96 { binomial /= 2 }
    // Share of triangular dithers above t steps of 2⁻¹⁶.
    func above(_ t: Double) -> Double {
      let u = t / 65_536
      if u <= -1 { return 1 }
      if u >= 1 { return 0 }
      return u < 0 ? 1 - (1 + u) * (1 + u) / 2 : (1 - u) * (1 - u) / 2
    }
    for ones in 0...96 {
      share += 2 * binomial * above(Double(raw) - Double((ones - 48) << 16))
      binomial *= Double(96 - ones) / Double(ones + 1)
    }
    return share
  }

  @Test("Mean, variance, kurtosis and tails of 100 000 draws are those of the exact distribution")
  func moments() {
    let random = CounterRandom(seed: 42)
    let count = 100_000
    let sample = (0..<count).map {
      Double(random.gaussian(.readNoise, tile: $0 & 7, operation: UInt64($0 >> 3), index: $0 % 613))
        / Double(CounterRandom.gaussianScale)
    }
    let moments = Moments(sample)
    let root = Double(count).squareRoot()
    #expect(abs(moments.mean) < 4 / root)
    #expect(abs(moments.deviation - 1) < 4 * 0.71 / root)
    #expect(abs(moments.excess + 0.0206) < 4 * 4.9 / root)
    for sigmas in [0.5, 1, 2, 3] {
      let exact = Self.exactTail(Int(sigmas * Double(CounterRandom.gaussianScale)))
      let beyond = Double(sample.count { abs($0) > sigmas })
      let deviation = (exact * (1 - exact) * Double(count)).squareRoot()
      #expect(abs(beyond - exact * Double(count)) < 4 * deviation, "beyond \(sigmas)")
    }
    // A normal distribution has 0.0455 and 0.0027 beyond two and three standard deviations.
    #expect(abs(Self.exactTail(2 * 322_172) - 0.0455) < 0.001)
    #expect(abs(Self.exactTail(3 * 322_172) - 0.0027) < 0.0002)
  }

  @Test("Neighbours in index, operation, tile, purpose and seed are uncorrelated")
  func independence() {
    let count = 8_000
    func sample(
      seed: UInt64 = 1, _ purpose: CounterRandom.Purpose = .setPulse, tile: Int = 0, operation: UInt64 = 1,
      from: Int = 0
    ) -> [Double] {
      (from..<from + count).map {
        Double(CounterRandom(seed: seed).gaussian(purpose, tile: tile, operation: operation, index: $0))
      }
    }
    let base = sample()
    let others = [
      sample(from: 1), sample(operation: 2), sample(operation: 1 << 32 | 1), sample(tile: 1), sample(.resetPulse),
      sample(seed: 2), sample(seed: 1 << 32 | 1),
    ]
    for other in others { #expect(abs(correlation(base, other)) < 4.5 / Double(count).squareRoot()) }
  }
}
