import Board
import Crossbar
import Firmware
import Registers
import Tasks

/// First silicon in twenty steps, for one chip: programs, what they find on a good part, and where to look if not.
///
/// Bands hold for chips without stuck cells. Steps build on those before them.
struct BringUpGuide: Sendable {
  let chip: ChipConfiguration

  /// - Throws: when the guide does not fit the chip.
  init(_ chip: ChipConfiguration) throws(UsageError) {
    self.chip = chip
    if let problem = Self.problem(of: chip) { throw UsageError("the guide needs \(problem)") }
  }

  var steps: [BringUpStep] { digitalSteps + converterSteps + arraySteps + controllerSteps }

  /// What the guide needs and the chip does not have, or nil.
  static func problem(of chip: ChipConfiguration) -> String? {
    let shape = network.shape
    let perColumn = chip.synapse.bitLinesPerColumn
    guard chip.tiles.count >= Layer.allCases.count else { return "\(Layer.allCases.count) tiles" }
    for (number, tile) in chip.tiles.enumerated() {
      let layer = Layer(rawValue: UInt32(number)).map { shape[$0] } ?? NetworkShape.Lines(rows: 3, columns: 2)
      guard tile.wordLines >= layer.rows, tile.bitLines >= layer.columns * perColumn else {
        return "\(layer.rows) word lines and \(layer.columns * perColumn) bit lines of tile \(number)"
      }
      guard ArrayPlan(chip, tile: number).movesCells else {
        return "an amplitude and a pulse step that move a cell"
      }
    }
    return nil
  }
}

extension ChipConfiguration {
  /// The map of a tile, with the values that its registers have after reset.
  func map(ofTile number: Int) -> BlockMap {
    guard let map = maps.first(where: { $0.number == number }) else { preconditionFailure("no tile \(number)") }
    return map
  }

  /// The first offset of `MBX` without a register.
  var firstGap: UInt32 {
    guard let map = maps.first(where: { $0.base == MemoryMap.chip }),
      let gap = map.places.firstIndex(of: BlockMap.nowhere)
    else { preconditionFailure("MBX has a gap") }
    return UInt32(gap) * map.registerBytes
  }

  /// The longest pulse that `PULSE` holds, steps.
  var longestPulse: Int {
    min(Int(PulseSteps.longest.count), Int(TileRegister.Limit.width.decode(reset(of: .limitWidth))))
  }
}
