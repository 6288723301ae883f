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
  /// What lines take for `[h ; 1]`.
  var lines: [Int16]
  /// y · 2^−headroom.
  public internal(set) var output: [Q3_12]

  /// A layer whose buffers are taken once, here.
  public init(tile: TileDriver, shape: NetworkShape, headroom: Int) {
    self.tile = tile
    self.shape = shape
    self.headroom = headroom
    lines = Array(repeating: 0, count: shape.dense.rows)
    lines[shape.dense.biasRow] = tile.fullLine
    output = Array(repeating: .zero, count: shape.outputs)
  }

  /// y = D·[h ; 1].
  mutating func apply(to hidden: [Q0_15], on bus: inout some Bus) {
    for k in 0..<shape.hidden { lines[k] = tile.line(hidden[k]) }
    tile.drive(wordLines: lines, on: &bus)
    convert(on: &bus)
  }

  /// y of what drives the lines.
  mutating func convert(on bus: inout some Bus) {
    tile.perform(.read, gain: WeightScale.computeGain, linear: true, on: &bus)
    tile.sense(into: &output, on: &bus)
  }

  /// The index of the largest output, the lowest of equals.
  // In line: a call would be given a copy of the layer.
  @inline(__always)
  var winner: Int {
    var best = 0
    for k in 1..<max(shape.outputs, 1) where output[k] > output[best] { best = k }
    return best
  }
}
