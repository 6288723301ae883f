import FixedPoint
import Registers

/// The memristor dense layer: word lines `[h ; 1]`, one linear column for each output.
public struct DenseLayer: Sendable {
  /// Where its weights are.
  public let tile: TileDriver
  /// Of the whole network.
  public let shape: NetworkShape
  /// The columns' outputs are 2^−headroom of what they stand for, so that large ones fit.
  public let headroom: Int
  /// DAC codes of `[h ; 1]`.
  var lines: [Int16]
  /// y · 2^−headroom.
  public internal(set) var output: [Q3_12]

  /// A layer whose buffers are taken once, here.
  public init(tile: TileDriver, shape: NetworkShape, headroom: Int) {
    self.tile = tile
    self.shape = shape
    self.headroom = headroom
    lines = Array(repeating: 0, count: shape.dense.rows)
    lines[shape.dense.biasRow] = Int16(truncatingIfNeeded: tile.fullScaleCode)
    output = Array(repeating: .zero, count: shape.outputs)
  }

  /// y = D·[h ; 1].
  mutating func apply(to hidden: [Q0_15], on bus: inout some Bus) {
    for k in 0..<shape.hidden { lines[k] = tile.code(hidden[k]) }
    tile.drive(lines, ofLines: tile.wordLines, on: &bus)
    tile.perform(.read, gain: WeightScale.computeGain, linear: true, on: &bus)
    tile.sense(into: &output, on: &bus)
  }

  /// The index of the largest output, the lowest of equals.
  var winner: Int {
    var best = 0
    for k in 1..<max(shape.outputs, 1) where output[k] > output[best] { best = k }
    return best
  }
}
