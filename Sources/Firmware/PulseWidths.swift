import Registers

/// The signed pulse widths of a synapse, pulse steps: its memristor, and the partner in a pair.
struct PulseWidths: Sendable {
  var cell: Int32
  var partner: Int32

  init(cell: Int32, partner: Int32) {
    self.cell = cell
    self.partner = partner
  }

  /// What moves a weight from one share of the window to another (Q0.15 in 32 bits).
  ///
  /// A weight w is the place (1 + w)/2 of the device's range, and (1 − w)/2 of its partner's.
  init(from weight: Int32, to target: Int32, by times: PulseTimes, atLeastOne: Bool) {
    let now = (32_768 + weight) >> 1
    let then = (32_768 + target) >> 1
    cell = times.width(from: now, to: then, atLeastOne: atLeastOne)
    partner = times.width(from: 32_768 - now, to: 32_768 - then, atLeastOne: atLeastOne)
  }

  /// - Returns: whether any width is other than zero.
  @discardableResult
  func write(column: Int, of tile: TileDriver, on bus: inout some Bus) -> Bool {
    guard tile.isDifferential else {
      if cell != 0 { put(cell, bitLine: column, of: tile, on: &bus) }
      return cell != 0
    }
    if cell != 0 { put(cell, bitLine: 2 * column, of: tile, on: &bus) }
    if partner != 0 { put(partner, bitLine: 2 * column + 1, of: tile, on: &bus) }
    return cell != 0 || partner != 0
  }

  private func put(_ width: Int32, bitLine: Int, of tile: TileDriver, on bus: inout some Bus) {
    tile.write(.pulse, bitLine, TileRegister.Pulse.width.encode(width), on: &bus)
  }
}
