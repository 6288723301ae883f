import Crossbar
import Registers

/// Whether the codes of two dies are of one distribution, decided for a whole log at once.
///
/// Five tests, each with a fifth of the false alarms that a log may have, shared out over what it looks at. All hold for
/// any sum of bounded and normal draws ("subgaussian" ones), whose tails are those of a normal one of the same variance
/// or less: the draws of the model are such (sums of bits), and so is the rounding to a code.
///
/// 1. Single codes: |d| > z·√v + bias, with P ≤ 2·exp(−z²/2). The k-th code of a log may take 6/(π²k²) of the share,
///    which adds up to the whole, however long the log.
/// 2. The mean of a line's differences, each weighted by its variance; its variance is exact with what is fixed on a die.
/// 3. Their slope over the codes, as of a gain that is off: orthogonal to the mean.
/// 4. The sum of their squares: P(Q > tr Σ + 2·√(tr Σ²·t) + 2·‖Σ‖·t) ≤ exp(−t) (Hsu, Kakade, Zhang: A tail inequality
///    for quadratic forms of subgaussian random vectors, 2012, theorem 1).
/// 5. A lowest bit that never changes: noise of σ codes makes a code odd with ½ ± (2/π)·exp(−π²σ²/2) whatever its mean,
///    so that all of n codes are alike with at most 2·∏(½ + …).
package struct CodeStatistics {
  /// Of a whole log, at most.
  package static let falseAlarmRate = 1e-3
  private static let share = falseAlarmRate / 5

  /// What conversions of one line are alike in.
  private struct Key: Hashable {
    let tile: Int
    let line: Int
    let operation: Operation
    let gain: Int
    let isLinear: Bool
  }

  /// Sums over the conversions of a line; weights are 1/r with r the variance of what is drawn anew in each.
  fileprivate struct Sums {
    var count = 0.0
    var weights = 0.0
    var codes = 0.0
    var squares = 0.0
    var differences = 0.0
    var products = 0.0
    var biases = 0.0
    var biasSquares = 0.0
    /// Σ d²/r, and what of its mean is due to what is fixed on a die.
    var quadratic = 0.0
    var fixed = 0.0
    var offset = 0.0
    var gain = 0.0
    /// For each driven line Σ g/r and Σ y·g/r.
    var cells: [Double] = []
    var cellProducts: [Double] = []
    /// ln of the greatest probability that all lowest bits so far are alike, and how many were odd of how many.
    var alike = 0.0
    var odd = 0
    var bits = 0
  }

  /// No code counts as outside within this many standard deviations.
  private let sigmas: Double
  private let largestCode: Int
  private var places: [Key: Int] = [:]
  private var sums: [(key: Key, Sums)] = []
  /// Codes that were judged.
  package private(set) var codes = 0

  init(sigmas: Int, adcBits: Int) {
    self.sigmas = Double(sigmas)
    largestCode = 1 << (adcBits - 1) - 1
  }

  /// Takes a code of a line and what was expected of it.
  /// - Returns: whether it is by itself what the model has.
  mutating func judge(
    _ code: Int, expected: Int, tile: Int, line: Int, of conversion: Conversion, _ deviation: CodeDeviation
  ) -> Bool {
    codes += 1
    let difference = Double(code - expected)
    guard !deviation.isCertain else { return difference == 0 }
    let middle = Double(code + expected) / 2
    let key = Key(
      tile: tile, line: line, operation: conversion.operation, gain: conversion.gain, isLinear: conversion.isLinear)
    let place = places[key] ?? sums.count
    if place == sums.count {
      places[key] = place
      sums.append((key, Sums()))
    }
    let isFree = conversion.isLinear && abs(code) < largestCode
    sums[place].1.add(difference, at: middle, deviation, isOdd: isFree ? code & 1 != 0 : nil)
    let most = Self.share * 6 / (9.8697 * Double(codes) * Double(codes))
    let variance = deviation.drawn + deviation.fixed(at: middle)
    return abs(difference) <= threshold(most) * variance.squareRoot() + deviation.bias
  }

  /// Standard deviations that a subgaussian variable is beyond with this probability at most, either way.
  private func threshold(_ probability: Double) -> Double {
    max(sigmas, (2 * Exponential.logarithm(2 / probability)).squareRoot())
  }

  /// What is wrong with lines as a whole: one finding a line, in order of their first conversion.
  package func findings() -> [(tile: Int, line: Int, words: String)] {
    let share = Self.share / Double(max(sums.count, 1))
    return sums.compactMap { key, sums in
      finding(sums, share).map { (key.tile, key.line, "\(key.operation.name), \(Int(sums.count)) reads: \($0)") }
    }
  }

  private func finding(_ sums: Sums, _ share: Double) -> String? {
    let limit = threshold(share)
    if sums.bits > 1, sums.odd == 0 || sums.odd == sums.bits,
      Exponential.logarithm(2) + sums.alike < Exponential.logarithm(share)
    {
      return "the lowest bit of its code is always \(sums.odd == 0 ? 0 : 1)"
    }
    let slope = sums.slope
    if slope.spread > 0, abs(slope.value) > limit * slope.deviation + slope.bias {
      return "its gain is off by \(Self.percent(slope.value / slope.spread))"
    }
    let mean = sums.mean
    if abs(mean.value) > limit * mean.deviation + mean.bias {
      return "its codes are off by \(Self.rounded(mean.value / sums.weights)) in the mean"
    }
    let t = Exponential.logarithm(1 / share)
    let (trace, norm) = (sums.count + sums.fixed, 1 + sums.fixed)
    let traceOfSquare = sums.count + 2 * sums.fixed + sums.fixed * sums.fixed
    guard sums.quadratic > trace + 2 * (traceOfSquare * t).squareRoot() + 2 * norm * t else { return nil }
    let ratio = (sums.quadratic / trace).squareRoot()
    return "its codes are spread \(Self.rounded(ratio)) times as wide as the model's"
  }

  private static func percent(_ share: Double) -> String { "\(rounded(100 * share)) %" }

  private static func rounded(_ value: Double) -> String {
    let hundredths = (abs(value) * 100).rounded()
    guard hundredths < 1e15 else { return "\(value)" }
    let (whole, rest) = Int(hundredths).quotientAndRemainder(dividingBy: 100)
    return "\(value < 0 ? "−" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension CodeStatistics.Sums {
  fileprivate mutating func add(_ difference: Double, at code: Double, _ deviation: CodeDeviation, isOdd: Bool?) {
    let weight = 1 / deviation.drawn
    count += 1
    weights += weight
    codes += weight * code
    squares += weight * code * code
    differences += weight * difference
    products += weight * difference * code
    biases += weight * deviation.bias
    biasSquares += weight * deviation.bias * deviation.bias
    quadratic += weight * difference * difference
    fixed += weight * deviation.fixed(at: code)
    offset = max(offset, deviation.offset)
    gain = max(gain, deviation.gain)
    if !deviation.cells.isEmpty {
      if cells.isEmpty {
        cells = Array(repeating: 0, count: deviation.cells.count)
        cellProducts = cells
      }
      for line in cells.indices {
        cells[line] += weight * deviation.cells[line]
        cellProducts[line] += weight * code * deviation.cells[line]
      }
    }
    guard let isOdd, deviation.noise > 0 else { return }
    bits += 1
    if isOdd { odd += 1 }
    let most = 0.5 + 0.636_62 * Exponential.exp(-4.9348 * deviation.noise)
    alike += Exponential.logarithm(min(1, most))
  }

  /// Σ d/r.
  fileprivate var mean: (value: Double, deviation: Double, bias: Double) {
    let cellVariance = cells.reduce(0) { $0 + $1 * $1 }
    let variance = weights + offset * weights * weights + gain * codes * codes + cellVariance
    return (differences, variance.squareRoot(), biases)
  }

  /// Σ (y − ȳ)·d/r, and the spread Σ (y − ȳ)²/r that a gain is multiplied by there.
  fileprivate var slope: (value: Double, deviation: Double, bias: Double, spread: Double) {
    let middle = codes / weights
    let spread = max(0, squares - middle * codes)
    var cellVariance = 0.0
    for line in cells.indices {
      let share = cellProducts[line] - middle * cells[line]
      cellVariance += share * share
    }
    let variance = spread + gain * spread * spread + cellVariance
    // Cauchy and Schwarz: Σ |y − ȳ|·bias/r.
    let bias = (spread * biasSquares).squareRoot()
    return (products - middle * differences, variance.squareRoot(), bias, spread)
  }
}
