import Board
import Crossbar
import Registers

/// A chip in words.
enum ChipSummary {
  /// `a chip of 2 tiles (32 × 64, 32 × 16 lines), vteam, and otherwise as usual`.
  static func sentence(_ chip: ChipConfiguration) -> String {
    let tiles = chip.tiles.map { "\($0.wordLines) × \($0.bitLines)" }.joined(separator: ", ")
    let table = ChipConfiguration.properties
    let others = table.written(of: chip).filter { $0[chip] != $0[table.usual] }
      .map { "\($0.name) \($0.described($0[chip]))" }
    return "a chip of \(chip.tiles.count) tile\(chip.tiles.count == 1 ? "" : "s") (\(tiles) lines)"
      + (others.isEmpty ? ", otherwise as usual" : ", \(others.joined(separator: ", "))")
  }
}
