import Board
import Crossbar
import Foundation
import RV32
import Tasks
import TestSupport
import Testing
import Trace

/// Where the repository is.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

extension BuiltFirmware {
  static func program(_ name: String) throws -> Program { try Program(path: path(name)) }
}

/// A chip with two small tiles.
func smallChip(inputs: Int = 2, hidden: Int = 3, outputs: Int = 2) -> ChipConfiguration {
  ChipConfiguration(tiles: [
    TileConfiguration(wordLines: inputs + hidden + 1, bitLines: 4 * hidden),
    TileConfiguration(wordLines: hidden + 1, bitLines: outputs),
  ])
}
