import Registers

/// Devices whose RESET is all or nothing are written by two operations of a row: RESET of the cells that change, then
/// SET of each from the bottom to where it is wanted.
extension PulseWidths {
  static var erasing: PulseWidths { PulseWidths(cell: -1, partner: -1) }

  /// What brings an erased synapse to a share of the window (Q0.15 in 32 bits).
  init(to target: Int32, by times: PulseTimes) {
    let place = (32_768 + min(max(target, -32_768), 32_768)) >> 1
    cell = times.width(upTo: place)
    partner = times.width(upTo: 32_768 - place)
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
    for column in 0..<columns where !row.isSettled[column] {
      PulseWidths.erasing.write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
    for column in 0..<columns where !row.isSettled[column] {
      let target = Int32(row.targets[column])
      // `damping` counts whether there was a pulse before; `lastErrors` is how far beside the target to aim.
      if row.damping[column] > 0 {
        let aim = row.lastErrors[column] + (target - row.weights[column]) / 4
        row.lastErrors[column] = min(max(aim, -32_768), 32_768)
      }
      row.damping[column] = 1
      PulseWidths(to: target + row.lastErrors[column], by: times).write(column: column, of: tile, on: &bus)
    }
    tile.perform(.programRow, row: number, on: &bus)
  }
}
