import FixedPoint
import Registers

/// Devices whose RESET is all or nothing are written by two operations of a row: RESET of the cells that change, then
/// SET of each from the bottom to where it is wanted.
extension PulseWidths {
  static var erasing: PulseWidths { PulseWidths(cell: PulseSteps(-1), partner: PulseSteps(-1)) }

  /// What brings an erased synapse to a share of the window.
  init(to target: Share, by times: PulseTimes, isPair: Bool) {
    let place = Place(carrying: target.limitedToOne)
    cell = times.width(upTo: place)
    partner = isPair ? times.width(upTo: place.opposite) : .none
  }
}

extension ProgramVerify {
  /// Writes every cell of a row that is not settled anew.
  ///
  /// What a device misses its target by is aimed beside it the next time, a quarter at once: devices that differ
  /// converge, and the noise of the pulses is averaged.
  func renew(
    _ number: Int, _ row: inout Row, columns: Int, of tile: TileDriver, with times: PulseTimes, on bus: inout some Bus
  ) {
    for column in 0..<columns where !row.columns[column].isSettled {
      PulseWidths.erasing.write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
    var writes = Effort.Writes(on: tile)
    for column in 0..<columns where !row.columns[column].isSettled {
      writes.noteRenewal()
      PulseWidths(to: row.columns[column].aimed(), by: times, isPair: tile.isDifferential)
        .write(column: column, of: tile, on: &bus)
    }
    row.effort.note(writes)
    tile.perform(.programRow, row: number, on: &bus)
  }
}
