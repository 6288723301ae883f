import Files
import Foundation
import Registers
import Testing
import Trace

/// A directory that goes when its test does.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "trace-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }
}

@Suite struct LogFileTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

  @Test func aClosedFileHoldsWhatWasAppended() throws {
    let file = try OutputFile(scratch.file("a"))
    let line = String(repeating: "0123456789", count: 100)
    for _ in 0..<1000 { file.append(bytes(line)) }
    try file.close()
    try file.close()
    #expect(try scratch.names() == ["a"])
    #expect(try scratch.text("a") == String(repeating: line, count: 1000))
  }

  @Test func aFileThatIsNotClosedLeavesNothingBehindAndTheOldFileAlone() throws {
    try "old".write(toFile: scratch.file("a"), atomically: true, encoding: .utf8)
    do {
      let file = try OutputFile(scratch.file("a"))
      file.append(bytes("new"))
      #expect(try scratch.names() == ["a"])
    }
    #expect(try scratch.names() == ["a"])
    #expect(try scratch.text("a") == "old")
  }

  @Test func aRunThatFailsLeavesNoLog() throws {
    struct Failure: Error {}
    func run() throws {
      let names = RegisterNames(BlockMap.board(tiles: 2))
      var log = CSVLog(to: try OutputFile(scratch.file("log.csv")), description: "", names: names)
      for entry in randomEntries(10_000, seed: 1) { log.append(entry) }
      throw Failure()
    }
    #expect(throws: Failure.self) { try run() }
    #expect(try scratch.names() == [])
  }

  @Test func aDirectoryThatDoesNotExistIsNamed() {
    let path = scratch.file("missing/a.csv")
    #expect(throws: OutputError(path, "No such file or directory")) { try OutputFile(path) }
    #expect(
      OutputError("a", "Permission denied").description == "cannot write a: Permission denied")
  }

  @Test func aDirectoryIsNoFile() {
    #expect(throws: OutputError(scratch.path, "Is a directory")) { try OutputFile(scratch.path) }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsReportedByClose() throws {
    let file = try OutputFile("/dev/full")
    for _ in 0..<100 { file.append(bytes(String(repeating: "x", count: 10_000))) }
    #expect(throws: OutputError("/dev/full", "No space left on device")) { try file.close() }
  }

  @Test func aDeviceStaysADevice() throws {
    let file = try OutputFile("/dev/null")
    file.append(bytes("x"))
    try file.close()
    #expect(try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType != .typeRegular)
  }

  @Test func aLinkStaysALink() throws {
    try "old".write(toFile: scratch.file("target"), atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: scratch.file("link"), withDestinationPath: "target")
    let file = try OutputFile(scratch.file("link"))
    file.append(bytes("new"))
    try file.close()
    #expect(try scratch.names() == ["link", "target"])
    #expect(try scratch.text("target") == "new")
  }

  @Test func bothFilesOfAPairAreClosed() throws {
    let names = RegisterNames(BlockMap.board(tiles: 2))
    var pair = PairLog(
      CSVLog(to: try OutputFile(scratch.file("log.csv")), description: "", names: names),
      VCDLog(to: try OutputFile(scratch.file("log.vcd")), tiles: [randomTileSize, randomTileSize], features: []))
    for entry in randomEntries(100, seed: 2) { pair.append(entry) }
    try pair.close()
    #expect(try scratch.names() == ["log.csv", "log.vcd"])
  }
}
