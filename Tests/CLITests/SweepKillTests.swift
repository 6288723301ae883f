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
