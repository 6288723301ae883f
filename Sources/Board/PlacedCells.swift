import Crossbar

extension Machine {
  /// Sets one cell of a tile's array, as a device under test is placed in a known state.
  public mutating func setConductance(_ picosiemens: Int32, tile: Int, wordLine: Int, bitLine: Int) {
    chip.tiles[tile].array.setConductance(picosiemens, wordLine: wordLine, bitLine: bitLine)
  }
}
