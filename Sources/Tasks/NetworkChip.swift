import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers

extension ChipConfiguration {
  /// The same chip with two tiles that are just large enough for a network.
  /// - Throws: when the network is larger than a tile can be, or a property is out of its range.
  public func sized(for shape: NetworkShape, named name: String) throws(InputError) -> ChipConfiguration {
    var chip = self
    chip.tiles = Layer.allCases.map { layer in
      TileConfiguration(wordLines: shape[layer].rows, bitLines: shape[layer].columns * synapse.bitLinesPerColumn)
    }
    let most = MemoryMap.maximumLines
    for (tile, layer) in zip(chip.tiles, ["LSTM cell", "dense layer"])
    where tile.wordLines > most || tile.bitLines > most {
      throw InputError(
        name,
        "the \(layer) of \(shape) needs \(tile.wordLines) word lines × \(tile.bitLines) bit lines,"
          + " a tile has at most \(most) × \(most)")
    }
    guard tiles.isEmpty || tiles == chip.tiles else {
      func text(_ tiles: [TileConfiguration]) -> String {
        tiles.map { "\($0.wordLines)x\($0.bitLines)" }.joined(separator: ",")
      }
      throw InputError(
        name,
        "the chip has tiles of \(text(tiles)), \(shape) needs \(text(chip.tiles)); leave them out"
      )
    }
    if let problem = chip.problem { throw InputError(name, "\(problem)") }
    return chip
  }

  /// Whether a network fits on the tiles that there are.
  func hasRoom(for shape: NetworkShape) -> Bool {
    tiles.count >= Layer.allCases.count
      && zip(tiles, Layer.allCases).allSatisfy { tile, layer in
        tile.wordLines >= shape[layer].rows && tile.bitLines >= shape[layer].columns * synapse.bitLinesPerColumn
      }
  }
}
