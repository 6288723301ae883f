import Registers
import Trace

/// What controllers that work each in its own way leave different on two boards that are otherwise alike.
extension Machine {
  /// Takes over what programming, erasing and calibrating change on another board's chip of the same configuration: cells,
  /// trims, and the numbers of the operations, by which noise is drawn.
  package mutating func takeOver<Other: LogSink>(cellsOf other: Machine<Other>) {
    for number in chip.tiles.indices { chip.tiles[number].takeOver(cellsOf: other.chip.tiles[number]) }
  }

  /// Takes over the numbers of the operations alone; false where they are the same.
  package mutating func takeOver<Other: LogSink>(operationNumbersOf other: Machine<Other>) -> Bool {
    var isNew = false
    for number in chip.tiles.indices
    where chip.tiles[number].operationNumber != other.chip.tiles[number].operationNumber {
      chip.tiles[number].operationNumber = other.chip.tiles[number].operationNumber
      isNew = true
    }
    return isNew
  }
}

extension Tile {
  fileprivate mutating func takeOver(cellsOf other: Tile) {
    array = other.array
    operationNumber = other.operationNumber
    for line in 0..<lines { registers[.trim, line] = other.registers[.trim, line] }
    correctedLines = other.correctedLines
  }
}
