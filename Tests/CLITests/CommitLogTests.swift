import Foundation
import Testing

/// Logs that Spike wrote (riscv-isa-sim 1.1.1-dev, commit 55b4658d; `.ci/spike --record`), cut behind the store that ends
/// the program.
@Suite("Commit log")
struct CommitLogTests {
  /// Of Spike's boot ROM, which jumps to the program.
  private static let bootLines = 5

  @Test("Is Spike's, line by line, behind the five lines of Spike's boot ROM", arguments: ["csr-names", "commit-log"])
  func stored(_ name: String) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let log = try String(contentsOf: tests.appendingPathComponent("Spike/\(name).log"), encoding: .utf8)
    let spike = log.split(separator: "\n")
    #expect(spike.prefix(Self.bootLines).allSatisfy { $0.hasPrefix("core   0: 3 0x000010") })
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let ran = try Transcript.run(
      """
      \(Transcript.repository)/firmware/cc guest.elf \(tests.path)/Guests/\(name).S 2>&1 &&
      mblstm exec guest.elf --trace-instructions log
      """, in: folder)
    #expect(ran.status == 0, "\(ran.output)\(ran.error)")
    let core = try String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8).split(separator: "\n")
    for (number, (expected, got)) in zip(spike.dropFirst(Self.bootLines), core).enumerated() {
      try #require(got == expected, "line \(number + 1)")
    }
    #expect(core.count == spike.count - Self.bootLines)
  }
}
