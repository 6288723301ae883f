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
    chip.tiles = tiles(for: shape)
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

  /// The same chip with two more tiles, for a second network.
  /// - Throws: as `sized(for:named:)`.
  package func extended(for shape: NetworkShape, named name: String) throws(InputError) -> ChipConfiguration {
    var (chip, second) = (self, self)
    second.tiles = []
    chip.tiles += try second.sized(for: shape, named: name).tiles
    return chip
  }

  private func tiles(for shape: NetworkShape) -> [TileConfiguration] {
    Layer.allCases.map { layer in
      TileConfiguration(wordLines: shape[layer].rows, bitLines: shape[layer].columns * synapse.bitLinesPerColumn)
    }
  }

  /// Whether a network fits on the tiles that there are.
  package func hasRoom(for shape: NetworkShape, on side: Side = .first) -> Bool {
    tiles.count >= side.tilesNeeded
      && zip(Layer.allCases, tiles(for: shape)).allSatisfy { layer, needed in
        let tile = tiles[side.tile(layer)]
        return tile.wordLines >= needed.wordLines && tile.bitLines >= needed.bitLines
      }
  }
}
