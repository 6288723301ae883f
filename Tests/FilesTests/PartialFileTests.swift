import Foundation
import Testing

@testable import Files

@Suite("What killed runs leave")
struct PartialFileTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "partial-\(UUID().uuidString)").path
    try FilePath.makeFolder(folder)
  }

  private func path(_ name: String) -> String { "\(folder)/\(name)" }

  private func plant(_ names: [String]) throws {
    for name in names { try "half".write(toFile: path(name), atomically: false, encoding: .utf8) }
  }

  @Test(
    "The next run that writes a file collects what killed ones left of it, and nothing else", arguments: [true, false])
  func collected(hasUnnamed: Bool) throws {
    let others = [
      "f.csv.1-0.partial.bak", "f.csv.1.partial", "f.csv.a-0.partial", "f.csv.1-.partial", "f.csv.1-0-2.partial",
      "f.csv.1--2.partial",
      "f.csv2.1-0.partial", "g.csv.1-0.partial",
    ]
    try plant(others + ["f.csv.1-0.partial", "f.csv.99999999-12.partial"])
    try FilePath.makeFolder(path("f.csv.2-0.partial"))
    #expect(symlink(path("g.csv.1-0.partial"), path("f.csv.3-0.partial")) == 0)
    let kept = (others + ["f.csv.2-0.partial", "f.csv.3-0.partial"]).sorted()
    try OutputFile(path("f.csv"), hasUnnamed: hasUnnamed).close(with: "whole")
    #expect(try FilePath.entries(of: folder) == (kept + ["f.csv"]).sorted())
    #expect(try TextFile(path("f.csv"), expecting: "").lines == ["whole"])
  }

  @Test("What is written reaches the disk as it grows, all but a quarter of a MiB, and whole at the end")
  func growing() throws {
    let file = try OutputFile(path("f.csv"), hasUnnamed: false)
    let piece = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
    for count in 1...40 {
      file.append(piece[...])
      let written = try FilePath.entries(of: folder).reduce(0) {
        try $0 + Data(contentsOf: URL(filePath: path($1))).count
      }
      #expect((count * piece.count - written) < 1 << 18 && written <= count * piece.count)
    }
    try file.close()
    #expect(try FilePath.entries(of: folder) == ["f.csv"])
    #expect(try [UInt8](Data(contentsOf: URL(filePath: path("f.csv")))) == (0..<40).flatMap { _ in piece })
  }

  @Test("What a process is writing is never collected, and both come to their end", arguments: [true, false])
  func alive(hasUnnamed: Bool) throws {
    try plant(["f.csv"])
    let slow = try OutputFile(path("f.csv"), hasUnnamed: hasUnnamed)
    slow.append("slow")
    let there = try FilePath.entries(of: folder)
    #expect(there.count == (hasUnnamed ? 1 : 2))
    try OutputFile(path("f.csv"), hasUnnamed: hasUnnamed).close(with: "fast")
    #expect(try FilePath.entries(of: folder) == there)
    #expect(try TextFile(path("f.csv"), expecting: "").lines == ["fast"])
    try slow.close()
    #expect(try FilePath.entries(of: folder) == ["f.csv"])
    #expect(try TextFile(path("f.csv"), expecting: "").lines == ["slow"])
  }

  @Test("A process identifier that comes again takes another name")
  func again() throws {
    try plant(["f.csv", "f.csv.\(getpid())-0.partial"])
    let holder = open(path("f.csv.\(getpid())-0.partial"), O_WRONLY)
    defer { close(holder) }
    #expect(flock(holder, LOCK_EX | LOCK_NB) == 0)
    let file = try OutputFile(path("f.csv"), hasUnnamed: false)
    #expect(try FilePath.entries(of: folder).last == "f.csv.\(getpid())-1.partial")
    try file.close(with: "whole")
    #expect(try FilePath.entries(of: folder) == ["f.csv", "f.csv.\(getpid())-0.partial"])
  }

  @Test("A lock has one holder; what a killed one left is taken over, and removed at the end")
  func locks() throws {
    let file = path("run.mbx")
    do {
      let lock = try FileLock(of: file)
      #expect(lock != nil)
      #expect(try FileLock(of: file) == nil)
      #expect(try FilePath.entries(of: folder) == ["run.mbx.lock"])
      withExtendedLifetime(lock) {}
    }
    #expect(try FilePath.entries(of: folder) == [])
    try plant(["run.mbx.lock"])
    do {
      let lock = try FileLock(of: file)
      #expect(lock != nil)
      withExtendedLifetime(lock) {}
    }
    #expect(try FilePath.entries(of: folder) == [])
    #expect(throws: OutputError(path("none/run.mbx"), "No such file or directory")) {
      try FileLock(of: path("none/run.mbx"))
    }
  }
}
