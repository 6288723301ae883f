import Foundation
import TestSupport
import Testing

/// A session at the shell: commands with what they print and how they end.
///
///     $ mblstm map --tiles 9
///     --- error
///     mblstm map: --tiles is '9', …
///     --- status 2
///
/// Set MBLSTM_RECORD=1 to write what the commands print now; then read the change before keeping it.
struct Transcript {
  let name: String
  private let path: String
  private let commands: [String]
  let text: String

  static let folder = (#filePath as NSString).deletingLastPathComponent + "/Transcripts"
  static let repository = ((folder as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent
    .replacingOccurrences(of: "/Tests", with: "")

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".txt") }.sorted()
  }

  init(_ name: String) throws {
    self.name = name
    path = Self.folder + "/" + name
    text = try String(contentsOfFile: path, encoding: .utf8)
    commands = text.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
  }

  /// Runs the commands in a fresh folder, one after another.
  func play() throws -> String {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    return try commands.map { command in
      let (output, error, status) = try Self.run(command, in: place)
      return "$ \(command)\n" + output + (error.isEmpty ? "" : "--- error\n" + error) + "--- status \(status)\n"
    }.joined(separator: "\n")
  }

  func record(_ played: String) throws { try played.write(toFile: path, atomically: true, encoding: .utf8) }

  /// The command beside the test program.
  static var program: String {
    let folder = (CommandLine.arguments[0] as NSString).deletingLastPathComponent
    let beside = folder + "/mblstm"
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : repository + "/.build/debug/mblstm"
  }

  /// Runs a line of the shell, with `mblstm` as the command under test.
  static func run(_ line: String, in folder: URL) throws -> (output: String, error: String, status: Int32) {
    // What `--core rv32` runs.
    try BuiltFirmware.make()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    // A program on the path and no function: `&` makes a process of it that can be killed.
    let folders = [(program as NSString).deletingLastPathComponent, ProcessInfo.processInfo.environment["PATH"] ?? ""]
    process.environment = ProcessInfo.processInfo.environment.merging(["PATH": folders.joined(separator: ":")]) { $1 }
    process.currentDirectoryURL = folder
    let errorFile = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let error = try String(contentsOf: errorFile, encoding: .utf8)
    try FileManager.default.removeItem(at: errorFile)
    return (String(decoding: printed, as: UTF8.self), stable(error), process.terminationStatus)
  }

  /// Without what differs from machine to machine and from run to run.
  private static func stable(_ text: String) -> String {
    text.replacingOccurrences(of: repository + "/", with: "")
      .replacing(/emulated in .*/, with: "emulated in (some time)")
  }
}
