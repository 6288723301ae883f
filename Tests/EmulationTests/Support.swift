import Board
import Crossbar
import Foundation
import RV32
import Tasks
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

enum Shell {
  /// Runs a program; its output has what it says on standard error too.
  static func run(_ program: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
  }

  /// The path of an outside tool, or nil where it is missing; a run that requires them fails then.
  static func tool(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let found = path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    if found == nil {
      if ProcessInfo.processInfo.environment["MBLSTM_REQUIRE_TOOLS"] != nil {
        Issue.record("\(name) is missing")
      } else {
        print("skipped: needs \(name)")
      }
    }
    return found
  }
}

/// A chip with two small tiles.
func smallChip(inputs: Int = 2, hidden: Int = 3, outputs: Int = 2) -> ChipConfiguration {
  ChipConfiguration(tiles: [
    TileConfiguration(wordLines: inputs + hidden + 1, bitLines: 4 * hidden),
    TileConfiguration(wordLines: hidden + 1, bitLines: outputs),
  ])
}
