import Foundation

/// Programs outside of the product.
public enum Shell {
  /// Runs a program; its output has what it says on standard error too.
  public static func run(_ program: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
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

  /// The path of an outside tool, or nil where it is missing.
  /// - Throws: instead of nil in a run that requires the tools.
  public static func tool(_ name: String) throws(MissingTool) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let found = path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    if found == nil { try skip(name) }
    return found
  }

  /// Says what a test needs that is not there.
  /// - Throws: in a run that requires the tools.
  public static func skip(_ what: String) throws(MissingTool) {
    if ProcessInfo.processInfo.environment["MBLSTM_REQUIRE_TOOLS"] != nil { throw MissingTool(name: what) }
    print("skipped: needs \(what)")
  }
}

public struct MissingTool: Error {
  public let name: String
}
