import TestSupport

@testable import Crossbar

extension CrossbarArray {
  /// A default array whose cells have random conductances over the whole range of the device, ends included.
  static func random(
    _ wordLines: Int, _ bitLines: Int, _ synapse: Synapse = .reference, variation: Variation = .none, seed: UInt64 = 1
  ) -> CrossbarArray {
    var array = CrossbarArray(
      wordLines: wordLines, bitLines: bitLines, synapse: synapse, device: .vteam(.analog), variation: variation,
      seed: seed)
    var random = SeededRandom(seed)
    for wordLine in 0..<wordLines {
      for bitLine in 0..<bitLines {
        let value = Int32.random(in: 9_000_000...101_000_000, using: &random)
        array.setConductance(min(max(value, 10_000_000), 100_000_000), wordLine: wordLine, bitLine: bitLine)
      }
    }
    return array
  }

  /// RESET phases of all word lines in turn, as the chip's ERASE.
  mutating func erase(millivolts: Int, width: Nanoseconds, operation: UInt64) {
    for wordLine in 0..<wordLines {
      _ = apply(
        RowPhase(
          wordLine: wordLine, polarity: .reset, millivolts: millivolts,
          widths: Array(repeating: width, count: bitLines), operation: operation))
    }
  }

  func conductance(_ wordLine: Int, _ bitLine: Int) -> Int32 { conductance[wordLine * bitLines + bitLine] }

  /// Conductance to the nearest step, as the read path sees it, from the documentation of the array.
  func steps(_ wordLine: Int, _ bitLine: Int) -> Int128 {
    let step = Int128(conductanceStep)
    return min((2 * Int128(conductance(wordLine, bitLine)) + step) / (2 * step), 32_767)
  }

  /// Signed weight of a word line and a column, conductance steps.
  func naiveWeight(_ wordLine: Int, _ column: Int) -> Int128 {
    synapse == .reference
      ? steps(wordLine, column) - Int128(referenceCode) : steps(wordLine, 2 * column) - steps(wordLine, 2 * column + 1)
  }

  /// Σ V · G for one sensed line, attoamperes.
  func naiveCurrent(_ microvolts: [Int128], _ direction: ReadDirection, sensed: Int) -> Int128 {
    var sum: Int128 = 0
    for (driven, voltage) in microvolts.enumerated() where voltage != 0 {
      sum += voltage * (direction == .forward ? naiveWeight(driven, sensed) : naiveWeight(sensed, driven))
    }
    return sum * Int128(conductanceStep)
  }

  func currents(_ drive: LineDrive, _ direction: ReadDirection) -> [Int64] {
    var currents: [Int64] = []
    read(drive, direction, into: &currents)
    return currents
  }

  /// The same conductances put into a fresh array.
  var rebuilt: CrossbarArray {
    var fresh = CrossbarArray(
      wordLines: wordLines, bitLines: bitLines, synapse: synapse, device: device, variation: variation, tile: tile,
      seed: random.seed)
    for wordLine in 0..<wordLines {
      for bitLine in 0..<bitLines {
        fresh.setConductance(conductance(wordLine, bitLine), wordLine: wordLine, bitLine: bitLine)
      }
    }
    return fresh
  }

  /// Whether everything derived from the conductances is equal.
  func hasSameDerivedState(as other: CrossbarArray) -> Bool {
    columnWeights == other.columnWeights && rowWeights == other.rowWeights && wordLineLoad == other.wordLineLoad
      && bitLineLoad == other.bitLineLoad
  }
}

/// Mean, standard deviation and excess kurtosis of a sample.
struct Moments {
  let count: Int
  let mean: Double
  let deviation: Double
  let excess: Double

  init(_ sample: [Double]) {
    count = sample.count
    let mean = sample.reduce(0, +) / Double(sample.count)
    let second = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sample.count)
    let fourth = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) * ($1 - mean) * ($1 - mean) } / Double(sample.count)
    self.mean = mean
    deviation = second.squareRoot()
    excess = fourth / (second * second) - 3
  }
}

func correlation(_ left: [Double], _ right: [Double]) -> Double {
  let (a, b) = (Moments(left), Moments(right))
  let product = zip(left, right).reduce(0) { $0 + ($1.0 - a.mean) * ($1.1 - b.mean) } / Double(left.count)
  return product / (a.deviation * b.deviation)
}
