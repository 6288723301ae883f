import Board
import Crossbar
import Firmware

extension Machine {
  /// Moves cells to that end of their range which is farther, as a disturbance does that no operation of the chip is.
  /// - Parameters:
  ///   - count: of different cells, drawn by the chip's seed from those that hold a network's weights; all if there are fewer.
  ///   - side: whose tiles hold the network.
  package mutating func upset(_ count: Int, of shape: NetworkShape, on side: Side) {
    let random = CounterRandom(seed: chip.configuration.seed)
    var cells = Layer.allCases.flatMap { layer in
      let bitLines = shape[layer].columns * chip.configuration.synapse.bitLinesPerColumn
      return (0..<shape[layer].rows * bitLines).map {
        (tile: side.tile(layer), wordLine: $0 / bitLines, bitLine: $0 % bitLines)
      }
    }
    for number in 0..<min(count, cells.count) {
      let bits = random.bits(.upset, tile: 0, operation: UInt64(number), index: 0)
      cells.swapAt(Int(bits[0]) % cells.count, cells.count - 1)
      let cell = cells.removeLast()
      upset(cell.tile, wordLine: cell.wordLine, bitLine: cell.bitLine)
    }
  }

  private mutating func upset(_ tile: Int, wordLine: Int, bitLine: Int) {
    let bounds = chip.tiles[tile].array.bounds(wordLine: wordLine, bitLine: bitLine)
    let now = chip.tiles[tile].array.conductance[wordLine * chip.tiles[tile].array.bitLines + bitLine]
    let isNearTop = now - bounds.lowerBound > bounds.upperBound - now
    setConductance(
      isNearTop ? bounds.lowerBound : bounds.upperBound, tile: tile, wordLine: wordLine, bitLine: bitLine)
  }
}
