import FixedPoint
import Registers

/// The memristor dense layer: word lines `[h ; 1]`, one linear column for each output.
public struct DenseLayer: Sendable {
  public let tile: TileDriver
  public let inputs: Int
  public let outputs: Int
  var lines: [Int16]
  /// Q3.12, or 2^headroom times as much.
  public internal(set) var output: [Int16]

  public init(tile: TileDriver, inputs: Int, outputs: Int) {
    self.tile = tile
    self.inputs = inputs
    self.outputs = outputs
    lines = Array(repeating: 0, count: inputs + 1)
    lines[inputs] = Int16(truncatingIfNeeded: tile.fullScaleCode)
    output = Array(repeating: 0, count: outputs)
  }

  /// y = D·[h ; 1].
  mutating func apply(to hidden: [Int16], on bus: inout some Bus) {
    for k in 0..<inputs { lines[k] = tile.code(Q0_15(raw: hidden[k])) }
    tile.drive(lines, ofLines: tile.wordLines, on: &bus)
    tile.perform(.read, gain: WeightScale.computeGain, linear: true, on: &bus)
    tile.sense(into: &output, on: &bus)
  }

  /// The index of the largest output, the lowest of equals.
  var winner: Int {
    var best = 0
    for k in 1..<max(outputs, 1) where output[k] > output[best] { best = k }
    return best
  }
}
