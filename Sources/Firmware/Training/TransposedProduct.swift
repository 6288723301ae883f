import FixedPoint
import Registers

/// `Wᵀδ` for some word lines of a tile.
struct TransposedProduct: Sendable {
  let tile: TileDriver
  /// The word lines wanted.
  let rows: Range<Int>
  let columns: Int
  /// The columns' outputs are 2^−headroom of Q3.12.
  let headroom: Int
  let window: Window
  /// What drives the columns, and what comes of it.
  private var block: BlockErrors
  private var sensed: [Q3_12]
  /// Row-major; empty when the array itself is read transposed.
  var weights: [Share]

  init(tile: TileDriver, rows: Range<Int>, columns: Int, headroom: Int, window: Window, path: BackwardPath) {
    self.tile = tile
    self.rows = rows
    self.columns = columns
    self.headroom = headroom
    self.window = window
    block = BlockErrors(capacity: columns)
    sensed = Array(repeating: .zero, count: tile.wordLines)
    weights = path == .readBack ? Array(repeating: .zero, count: rows.count * columns) : []
  }

  /// Takes over the weights of one of the rows, as they were read back.
  mutating func setWeights(row: Int, _ read: [ProgramVerify.Column]) {
    for column in 0..<columns { weights[(row - rows.lowerBound) * columns + column] = read[column].weight }
  }

  /// Adds one sum for each row to `sums`.
  mutating func add(_ errors: [Delta], to sums: inout [Delta], on bus: inout some Bus) {
    if weights.isEmpty {
      readTransposed(errors, &sums, on: &bus)
    } else {
      multiply(errors, &sums)
    }
  }

  /// Errors go to the columns' DACs as codes with a common exponent; the array forms the sums.
  private mutating func readTransposed(_ errors: [Delta], _ sums: inout [Delta], on bus: inout some Bus) {
    block.take(errors, count: columns, within: tile.fullScaleCode)
    guard block.isWorth else { return }
    tile.drive(block.mantissas, ofLines: tile.columns, on: &bus)
    tile.perform(.readTransposed, gain: WeightScale.computeGain, on: &bus)
    tile.sense(lines: rows, into: &sensed, on: &bus)
    for (k, row) in rows.enumerated() {
      // A full-scale code on a unit weight reads 1: the sum is y · full scale · 2^(headroom + exponent) of an error's unit.
      let product = Int64(sensed[row].raw) * Int64(tile.fullScaleCode) << Int64(headroom + block.exponent)
      sums[k] = Delta(WideDelta(sums[k]) + WideDelta(raw: product.shifted(rightBy: Q3_12.fractionBits)))
    }
  }

  private func multiply(_ errors: [Delta], _ sums: inout [Delta]) {
    typealias Exact = Fixed<Int64, 39>
    for k in 0..<rows.count {
      var sum = Exact.zero
      for column in 0..<columns { sum += weights[k * columns + column] × errors[column] }
      sums[k] = Delta(WideDelta(sums[k]) + WideDelta(sum) * window)
    }
  }
}
