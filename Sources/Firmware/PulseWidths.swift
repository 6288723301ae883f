import Registers

/// The signed pulse widths of a synapse: its memristor's, and the partner's in a pair; none for the partner that a lone
/// memristor does not have.
struct PulseWidths: Sendable {
  var cell: PulseSteps
  var partner: PulseSteps

  init(cell: PulseSteps, partner: PulseSteps) {
    self.cell = cell
    self.partner = partner
  }

  /// What moves a weight from one share of the window to another.
  init(from weight: Share, to target: Share, by times: PulseTimes, atLeastOne: Bool, isPair: Bool) {
    let (now, then) = (Place(carrying: weight), Place(carrying: target))
    cell = times.width(from: now, to: then, atLeastOne: atLeastOne)
    partner = isPair ? times.width(from: now.opposite, to: then.opposite, atLeastOne: atLeastOne) : .none
  }

  /// - Returns: whether any width is other than zero.
  @discardableResult
  func write(column: Int, of tile: TileDriver, on bus: inout some Bus) -> Bool {
    guard tile.isDifferential else {
      if cell != .none { tile.setPulse(cell, bitLine: column, on: &bus) }
      return cell != .none
    }
    guard cell != .none || partner != .none else { return false }
    if tile.hasWindows {
      tile.setPulses(cell, partner, pair: column, on: &bus)
    } else {
      if cell != .none { tile.setPulse(cell, bitLine: 2 * column, on: &bus) }
      if partner != .none { tile.setPulse(partner, bitLine: 2 * column + 1, on: &bus) }
    }
    return true
  }
}

extension TileDriver {
  fileprivate func setPulse(_ width: PulseSteps, bitLine: Int, on bus: inout some Bus) {
    write(.pulse, bitLine, TileRegister.Pulse.width.encode(width.count), on: &bus)
  }

  fileprivate func setPulses(_ even: PulseSteps, _ odd: PulseSteps, pair: Int, on bus: inout some Bus) {
    let widths = Lanes.pack(Int16(truncatingIfNeeded: even.count), Int16(truncatingIfNeeded: odd.count))
    write(.pulsePairs, pair, widths, on: &bus)
  }
}
