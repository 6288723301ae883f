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

/// The programs of `firmware/`, built once for all tests.
enum BuiltFirmware {
  private static let problem: String? = {
    do {
      let result = try Shell.run("/bin/bash", [repository + "/firmware/build.sh"])
      return result.status == 0 ? nil : result.output
    } catch {
      return "\(error)"
    }
  }()

  static func path(_ name: String) throws -> String {
    try #require(problem == nil, "firmware/build.sh: \(problem ?? "")")
    return repository + "/.build/firmware/\(name).elf"
  }

  static func program(_ name: String) throws -> Program { try Program(path: path(name)) }
}

/// A chip with two small tiles.
func smallChip(inputs: Int = 2, hidden: Int = 3, outputs: Int = 2) -> ChipConfiguration {
  ChipConfiguration(tiles: [
    TileConfiguration(wordLines: inputs + hidden + 1, bitLines: 4 * hidden),
    TileConfiguration(wordLines: hidden + 1, bitLines: outputs),
  ])
}
