import FixedPoint
import Registers

/// Inference on a chip that has a cell unit: gates, states and outputs stay in the chip, lines are driven by it. Source:
/// `vectors/specification/firmware.md` 13.
extension Network {
  /// Whether the chip has one.
  @inline(__always)
  var hasCellUnit: Bool { cell.tile.hasCellUnit }

  /// Tells the unit where gates come from and outputs go, and has it forget the past.
  mutating func beginOnUnit(on bus: inout some Bus) {
    let (gates, outputs) = (side.tile(.lstm), side.tile(.dense))
    Self.write(.cells, 0, UInt32(truncatingIfNeeded: shape.hidden), on: &bus)
    Self.write(.source, 0, UInt32(truncatingIfNeeded: gates), on: &bus)
    let recurrent = CellRegister.Target.word(tile: gates, line: shape.hiddenRows.lowerBound)
    Self.write(.target, 0, recurrent, on: &bus)
    Self.write(.target, 1, CellRegister.Target.word(tile: outputs, line: 0), on: &bus)
    cell.tile.drive(biasRow: shape.lstm.biasRow, on: &bus)
    dense.tile.drive(biasRow: shape.dense.biasRow, on: &bus)
    Self.write(.start, 0, CellOperation.clear.rawValue, on: &bus)
  }

  /// A time step with the inputs that the request has next.
  mutating func stepOnUnit(_ request: inout Request, on bus: inout some Bus) throws(Status) {
    let tile = cell.tile
    for pair in 0..<shape.inputs / 2 {
      let word = try request.next(on: &bus)
      if tile.hasWindows {
        tile.write(.driveSignals, pair, word, on: &bus)
      } else {
        let codes = Lanes.pack(tile.code(Q0_15(raw: Lanes.even(word))), tile.code(Q0_15(raw: Lanes.odd(word))))
        tile.write(.drive, pair, codes, on: &bus)
      }
    }
    if shape.inputs & 1 == 1 {
      // The other half of its word is the line of h₀, which the unit drives.
      let word = try request.next(on: &bus)
      let kept = Lanes.odd(tile.read(.drive, shape.inputs / 2, on: &bus))
      let codes = Lanes.pack(tile.code(Q0_15(raw: Lanes.even(word))), kept)
      tile.write(.drive, shape.inputs / 2, codes, on: &bus)
    }
    tile.perform(.read, gain: WeightScale.computeGain, on: &bus)
    Self.write(.start, 0, CellOperation.step.rawValue, on: &bus)
  }

  /// Has the unit forget what it has refused.
  /// - Returns: whether there was anything.
  static func hasClearedCellErrors(on bus: inout some Bus) -> Bool {
    let address = MemoryMap.cellUnit + CellRegister.error.offset()
    let errors = bus.read(address)
    guard errors != 0 else { return false }
    bus.write(address, errors)
    return true
  }

  @inline(__always)
  private static func write(_ register: CellRegister, _ index: Int, _ value: UInt32, on bus: inout some Bus) {
    bus.write(MemoryMap.cellUnit + register.offset(index), value)
  }
}
