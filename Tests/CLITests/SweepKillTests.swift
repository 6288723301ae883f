import Foundation
import Testing

@Suite("A sweep killed and run again")
struct SweepKillTests {
  @Test("Ends with the bytes of one that was left alone, and repeats nothing")
  func kill() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let line =
      "mblstm sweep digits --vectors \(Transcript.repository)/vectors --axis variation=0,20% --seeds 3 --limit 2"
    #expect(try Transcript.run("\(line) -o whole.csv", in: folder).status == 0)

    let victim = Process()
    victim.executableURL = URL(fileURLWithPath: Transcript.program)
    victim.arguments = line.split(separator: " ").dropFirst().map(String.init) + ["-o", "killed.csv", "--threads", "1"]
    victim.currentDirectoryURL = folder
    victim.standardOutput = FileHandle.nullDevice
    try victim.run()
    let killed = folder.appendingPathComponent("killed.csv")
    func rows() -> ArraySlice<Substring> {
      ((try? String(contentsOf: killed, encoding: .utf8)) ?? "").split(separator: "\n").dropFirst(5)
    }
    while victim.isRunning && rows().count < 2 { usleep(1000) }
    Foundation.kill(victim.processIdentifier, SIGKILL)
    victim.waitUntilExit()
    let before = rows()
    #expect((2..<6).contains(before.count))

    let resumed = try Transcript.run("\(line) -o killed.csv", in: folder)
    #expect(resumed.status == 0)
    #expect(resumed.error == "killed.csv holds \(before.count) of 6 points already\n")
    #expect(try Data(contentsOf: killed) == Data(contentsOf: folder.appendingPathComponent("whole.csv")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["killed.csv", "whole.csv"])
  }
}

@Suite("Trainings on one checkpoint")
struct CheckpointLockTests {
  @Test("A second one is refused while the first is there; once that was killed, the same command goes on")
  func two() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let words =
      "train airline --schedule decay --hidden 2 --checkpoint run.mbx"
      + " --vectors \(Transcript.repository)/vectors --epochs"
    let first = Process()
    first.executableURL = URL(fileURLWithPath: Transcript.program)
    first.arguments = "\(words) 1000".split(separator: " ").map(String.init)
    first.currentDirectoryURL = folder
    first.standardOutput = FileHandle.nullDevice
    first.standardError = FileHandle.nullDevice
    try first.run()
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    while try first.isRunning && names() != ["run.mbx", "run.mbx.lock"] { usleep(1000) }
    let second = try Transcript.run("mblstm \(words) 1", in: folder)
    #expect(second.status == 2)
    #expect(
      second.error == "mblstm train: run.mbx: another run is writing it; expected a file that no other has\n")
    #expect(first.isRunning)
    Foundation.kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(try Transcript.run("mblstm \(words) 1", in: folder).status == 0)
    #expect(try names() == ["run.mbx"])
  }
}
