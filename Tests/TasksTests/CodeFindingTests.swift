import Crossbar
import Registers
import TestSupport
import Testing

@testable import Tasks

/// The five tests of `CodeStatistics`, computed again from whole lists by their definitions.
private struct Definition {
  struct Read {
    let difference: Double
    let code: Double
    let isOdd: Bool
    let deviation: CodeDeviation

    var weight: Double { 1 / deviation.drawn }
  }

  let reads: [Read]
  let sigmas: Double
  /// False alarms that this line may have: a fifth of one log in a thousand, among so many lines.
  let share: Double

  private static func logarithm(_ x: Double) -> Double { Exponential.logarithm(x) }
  private var limit: Double { max(sigmas, (2 * Self.logarithm(2 / share)).squareRoot()) }
  private func sum(_ term: (Read) -> Double) -> Double { reads.reduce(0) { $0 + term($1) } }

  /// The variance of Σ a·d: what is drawn anew in each read, and what is fixed on a die with the same sign in all.
  private func variance(_ factor: (Read) -> Double) -> Double {
    let most = reads.map(\.deviation)
    var variance = sum { factor($0) * factor($0) * $0.deviation.drawn }
    let (shifts, gains) = (sum(factor), sum { factor($0) * $0.code })
    variance += (most.map(\.offset).max() ?? 0) * shifts * shifts + (most.map(\.gain).max() ?? 0) * gains * gains
    for line in most.map(\.cells.count).max().map({ 0..<$0 }) ?? 0..<0 {
      let cell = sum { factor($0) * $0.deviation.cells[line] }
      variance += cell * cell
    }
    return variance
  }

  var finding: String? {
    let odd = reads.count(where: \.isOdd)
    let alike = sum { Self.logarithm(min(1, 0.5 + 0.636_62 * Exponential.exp(-4.9348 * $0.deviation.noise))) }
    if reads.count > 1, odd == 0 || odd == reads.count, Self.logarithm(2) + alike < Self.logarithm(share) {
      return "bit \(odd == 0 ? 0 : 1)"
    }
    let weight = sum(\.weight)
    let middle = sum { $0.weight * $0.code } / weight
    let spread = sum { $0.weight * ($0.code - middle) * ($0.code - middle) }
    let slope = sum { $0.weight * ($0.code - middle) * $0.difference }
    let slopeBias = (spread * sum { $0.weight * $0.deviation.bias * $0.deviation.bias }).squareRoot()
    if spread > 1e-9, abs(slope) > limit * variance({ $0.weight * ($0.code - middle) }).squareRoot() + slopeBias {
      return "gain"
    }
    let bias = sum { $0.weight * $0.deviation.bias }
    if abs(sum { $0.weight * $0.difference }) > limit * variance(\.weight).squareRoot() + bias { return "mean" }
    let t = Self.logarithm(1 / share)
    let fixed = sum { $0.weight * $0.deviation.fixed(at: $0.code) }
    let (trace, norm) = (Double(reads.count) + fixed, 1 + fixed)
    let traceOfSquare = Double(reads.count) + 2 * fixed + fixed * fixed
    let most = trace + 2 * (traceOfSquare * t).squareRoot() + 2 * norm * t
    return sum { $0.weight * $0.difference * $0.difference } > most ? "spread" : nil
  }
}

/// Lines with differences of any kind and size.
private struct Line {
  let codes: [Int]
  let expected: [Int]
  let deviation: CodeDeviation

  init(_ random: inout SeededRandom) {
    func unit() -> Double { Double(random.next() % 1_000_001) / 1_000_000 }
    let count = random.pick([1, 2, 5, 20, 60])
    let noise = random.pick([0, 0.05, 0.3, 2])
    deviation = CodeDeviation(
      drawn: 2 * (noise + 0.25), noise: noise, offset: random.pick([0, 0, 0.5, 4]),
      gain: random.pick([0, 0, 1e-6, 1e-4]), cells: random.pick([[], [], [0.5], [0.25, 1.5]]),
      bias: random.pick([0, 0.05, 0.5]))
    let (shift, slope) = (random.pick([0, 1, 2, 4, 8]), random.pick([0, 0.01, 0.03]))
    let width = random.pick([1, 2, 4, 9])
    let isEven = random.next() % 4 == 0
    var codes: [Int] = []
    var expected: [Int] = []
    for _ in 0..<count {
      let code = Int(random.next() % 801) - 400
      let difference = Double(shift) + slope * Double(code) + Double(width) * (unit() + unit() + unit() - 1.5)
      codes.append(isEven ? code & ~1 : code)
      expected.append(code - Int(difference.rounded()))
    }
    (self.codes, self.expected) = (codes, expected)
  }

  func definition(sigmas: Int, share: Double) -> Definition {
    Definition(
      reads: zip(codes, expected).map {
        .init(
          difference: Double($0 - $1), code: Double($0 + $1) / 2, isOdd: $0 & 1 != 0, deviation: deviation)
      }, sigmas: Double(sigmas), share: share)
  }
}

@Suite("What is wrong with a line of codes")
struct CodeFindingTests {
  private static let conversion = Conversion(
    operation: .read, gain: 0, sensed: 4, isLinear: true, ohms: 10_000, drive: [], slope: 1)
  private static let noisy = CodeDeviation(drawn: 2, noise: 0.75, offset: 0, gain: 0, cells: [], bias: 0)

  private static func kind(_ words: String) -> String {
    if words.contains("lowest bit") { return "bit \(words.last ?? "?")" }
    if words.contains("its gain is off by") { return "gain" }
    return words.contains("in the mean") ? "mean" : words.contains("spread") ? "spread" : words
  }

  @Test("A line is refused for the first of bit, gain, mean and spread that by its definition is beyond its share")
  func definitions() {
    var random = SeededRandom(41)
    print("lines by the seed 41")
    var found: [String: Int] = [:]
    for trial in 0..<Trials.count(4000, long: 100_000) {
      let sigmas = random.pick([1, 3, 6])
      let lines = (0..<random.pick([1, 3])).map { _ in Line(&random) }
      var statistics = CodeStatistics(sigmas: sigmas, adcBits: 12)
      for (number, line) in lines.enumerated() {
        for (code, expected) in zip(line.codes, line.expected) {
          _ = statistics.judge(code, expected: expected, tile: 1, line: number, of: Self.conversion, line.deviation)
        }
      }
      let share = CodeStatistics.falseAlarmRate / 5 / Double(lines.count)
      let expected = lines.enumerated().compactMap { number, line in
        line.definition(sigmas: sigmas, share: share).finding.map { "\(number) \($0)" }
      }
      let got = statistics.findings().map { "\($0.line) \(Self.kind($0.words))" }
      #expect(got == expected, "trial \(trial)")
      for finding in expected { found[String(finding.dropFirst(2)), default: 0] += 1 }
    }
    #expect(Set(found.keys) == ["bit 0", "gain", "mean", "spread"] && found.values.allSatisfy { $0 > 20 }, "\(found)")
  }

  @Test("Words tell operation, reads and how much is off, to a hundredth")
  func words() {
    func said(_ pairs: [(code: Int, expected: Int)], _ deviation: CodeDeviation = Self.noisy) -> [String] {
      var statistics = CodeStatistics(sigmas: 3, adcBits: 12)
      for pair in pairs {
        _ = statistics.judge(pair.code, expected: pair.expected, tile: 0, line: 2, of: Self.conversion, deviation)
      }
      return statistics.findings().map(\.words)
    }
    let codes = (0..<40).map { ($0 * 37) % 101 - 50 }
    #expect(said(codes.map { ($0, $0) }) == [])
    #expect(said(codes.map { ($0 + 6, $0) }) == ["READ, 40 reads: its codes are off by 6.00 in the mean"])
    #expect(said(codes.map { ($0 - 3, $0 + 1) }) == ["READ, 40 reads: its codes are off by −4.00 in the mean"])
    // (9 · 1.25 … in the middle of 9 and 10): 10 % more than 95 % of it.
    let gain = said(codes.map { ($0 * 20 * 21, $0 * 20 * 19) }.map { ($0.0 / 20, $0.1 / 20) })
    #expect(gain == ["READ, 40 reads: its gain is off by 10.00 %"])
    #expect(said(codes.map { ($0 * 19, $0 * 21) }) == ["READ, 40 reads: its gain is off by −10.00 %"])
    // Codes of both signs, so that neither mean nor slope is off.
    let wide = (0..<20).flatMap { number in
      [3 * number, -3 * number].map { ($0 + (number & 1 == 0 ? 8 : -8), $0) }
    }
    #expect(said(wide) == ["READ, 40 reads: its codes are spread 5.66 times as wide as the model's"])
    #expect(said(codes.map { ($0 * 2, $0 * 2) }) == ["READ, 40 reads: the lowest bit of its code is always 0"])
    #expect(said(codes.map { ($0 * 2 + 1, $0 * 2) }) == ["READ, 40 reads: the lowest bit of its code is always 1"])
  }

  @Test("A certain code differs in nothing; the k-th code of a log has its share of 6/(π²k²) and its bias")
  func single() {
    let certain = CodeDeviation(drawn: 0, noise: 0, offset: 0, gain: 0, cells: [], bias: 0)
    var exact = CodeStatistics(sigmas: 3, adcBits: 8)
    for (code, isRight) in [(5, true), (6, false), (4, false)] {
      #expect(exact.judge(code, expected: 5, tile: 0, line: 0, of: Self.conversion, certain) == isRight)
    }
    #expect(exact.findings().isEmpty && exact.codes == 3)
    let deviation = CodeDeviation(drawn: 2, noise: 0.75, offset: 3, gain: 1e-3, cells: [2, 1], bias: 0.75)
    for sigmas in [1, 9] {
      var statistics = CodeStatistics(sigmas: sigmas, adcBits: 12)
      for number in 1...300 {
        // Largest difference that is taken, by the definition: |d| ≤ z·√(2 + 3 + 10⁻³·y² + 5) + 0.75.
        let share = 1e-3 / 5 * 6 / (Double.pi * Double.pi * Double(number * number))
        let z = max(Double(sigmas), (2 * Exponential.logarithm(2 / share)).squareRoot())
        var most = 0
        func isTaken(_ difference: Int) -> Bool {
          let middle = Double(200 + 200 - difference) / 2
          return Double(difference) <= z * (10 + 1e-3 * middle * middle).squareRoot() + 0.75
        }
        while isTaken(most + 1) { most += 1 }
        let difference = number & 1 == 0 ? most : most + 1
        let isRight = statistics.judge(
          200, expected: 200 - difference, tile: 0, line: number, of: Self.conversion, deviation)
        #expect(isRight == (number & 1 == 0), "\(sigmas) \(number) \(difference)")
      }
    }
  }

  @Test("Codes at a rail, and of a circuit, say nothing of their lowest bit; tiles, lines, operations, gains are apart")
  func keys() {
    func count(_ change: (Int) -> (tile: Int, line: Int, Conversion), _ code: Int = 100) -> [String] {
      var statistics = CodeStatistics(sigmas: 3, adcBits: 8)
      for number in 0..<60 {
        let (tile, line, conversion) = change(number % 2)
        _ = statistics.judge(code, expected: code, tile: tile, line: line, of: conversion, Self.noisy)
      }
      return statistics.findings().map { "\($0.tile) \($0.line) \($0.words.prefix { $0 != ":" })" }
    }
    func conversion(_ operation: Operation = .read, gain: Int = 0, isLinear: Bool = true) -> Conversion {
      Conversion(operation: operation, gain: gain, sensed: 4, isLinear: isLinear, ohms: 10_000, drive: [], slope: 1)
    }
    #expect(count { _ in (0, 3, conversion()) } == ["0 3 READ, 60 reads"])
    #expect(count { (0, $0, conversion()) } == ["0 0 READ, 30 reads", "0 1 READ, 30 reads"])
    #expect(count { ($0, 0, conversion()) } == ["0 0 READ, 30 reads", "1 0 READ, 30 reads"])
    #expect(count { (0, 0, conversion(gain: $0)) }.count == 2)
    #expect(
      count { (0, 0, conversion($0 == 0 ? .read : .readTransposed)) }
        == ["0 0 READ, 30 reads", "0 0 READ_T, 30 reads"])
    #expect(count { (0, 0, conversion(isLinear: $0 == 0)) } == ["0 0 READ, 30 reads"])
    #expect(count({ _ in (0, 3, conversion()) }, 126).count == 1)
    for rail in [127, -127] { #expect(count({ _ in (0, 3, conversion()) }, rail).isEmpty) }
  }
}
