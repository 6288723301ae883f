import FixedPoint
import Registers

/// `Wᵀδ` for some word lines of a tile. Errors are 32-bit numbers in 2⁻²⁴.
struct TransposedProduct: Sendable {
  let tile: TileDriver
  /// The word lines wanted.
  let rows: Range<Int>
  let columns: Int
  /// The columns' outputs are 2^−headroom of Q3.12.
  let headroom: Int
  /// UQ8.8.
  let window: UInt32
  private var codes: [Int16]
  private var steps: [Int16]
  /// Shares of the window, Q0.15, row-major; empty when the array itself is read transposed.
  var weights: [Int32]

  init(tile: TileDriver, rows: Range<Int>, columns: Int, headroom: Int, window: UInt32, path: BackwardPath) {
    self.tile = tile
    self.rows = rows
    self.columns = columns
    self.headroom = headroom
    self.window = window
    codes = Array(repeating: 0, count: columns)
    steps = Array(repeating: 0, count: tile.wordLines)
    weights = path == .readBack ? Array(repeating: 0, count: rows.count * columns) : []
  }

  var needsWeights: Bool { !weights.isEmpty }

  /// Takes over the weights of one of the rows, as they were read back.
  mutating func setWeights(row: Int, _ shares: [Int32]) {
    for column in 0..<columns { weights[(row - rows.lowerBound) * columns + column] = shares[column] }
  }

  /// Adds one sum for each row to `sums`.
  mutating func add(_ errors: [Int32], to sums: inout [Int32], on bus: inout some Bus) {
    if weights.isEmpty {
      readTransposed(errors, &sums, on: &bus)
    } else {
      multiply(errors, &sums)
    }
  }

  /// Errors go to the columns' DACs as codes with a common exponent; the array forms the sums.
  private mutating func readTransposed(_ errors: [Int32], _ sums: inout [Int32], on bus: inout some Bus) {
    let exponent = Exponent.of(errors, count: columns, bits: tile.fullScaleCode)
    guard exponent.isWorth else { return }
    for column in 0..<columns {
      codes[column] = Int16(truncatingIfNeeded: errors[column].shifted(rightBy: exponent.shift))
    }
    tile.drive(codes, ofLines: tile.columns, on: &bus)
    tile.perform(.readTransposed, gain: WeightScale.computeGain, on: &bus)
    tile.sense(lines: rows, into: &steps, on: &bus)
    for (k, row) in rows.enumerated() {
      // A full-scale code on a unit weight is 2¹² steps, so this many errors of 2^shift.
      let product = Int64(steps[row]) * Int64(tile.fullScaleCode)
      let sum = (product << Int64(headroom + exponent.shift)).shifted(rightBy: 12)
      sums[k] = (Int64(sums[k]) + sum).saturated(to: Int32.self)
    }
  }

  private func multiply(_ errors: [Int32], _ sums: inout [Int32]) {
    for k in 0..<rows.count {
      var sum: Int64 = 0
      for column in 0..<columns { sum += Int64(weights[k * columns + column]) * Int64(errors[column]) }
      let scaled = (sum.shifted(rightBy: 15) * Int64(window)).shifted(rightBy: 8)
      sums[k] = (Int64(sums[k]) + scaled).saturated(to: Int32.self)
    }
  }
}

/// A common power of two for a row of numbers.
struct Exponent {
  let shift: Int
  /// Whether any number is other than zero.
  let isWorth: Bool

  /// The smallest shift that brings every one of the first `count` numbers, rounded, within ±`bits`.
  static func of(_ numbers: [Int32], count: Int, bits largest: Int32) -> Exponent {
    var peak: UInt32 = 0
    for k in 0..<count { peak = max(peak, numbers[k].magnitude) }
    var shift = 0
    while (Int64(peak)).shifted(rightBy: shift) > Int64(largest) { shift += 1 }
    return Exponent(shift: shift, isWorth: peak > 0)
  }
}
