import Foundation
import TestSupport
import Testing

@Suite("Continuous integration")
struct ContinuousIntegrationTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: Transcript.repository + "/" + path, encoding: .utf8)
  }

  @Test("CI installs every tool for want of which a test may be skipped, and requires them")
  func tools() throws {
    let lines = try Self.text(".ci/tools").split(separator: "\n").filter { !$0.hasPrefix("#") }
    let installed = Set(lines.compactMap { $0.split(separator: " ").first.map(String.init) })
    for tool in OutsideTool.allCases { #expect(installed.contains(tool.rawValue), "\(tool.rawValue)") }
    let run = try Self.text(".ci/run")
    #expect(run.contains("export MBLSTM_REQUIRE_TOOLS=1") && run.contains("< <(grep -v '^#' .ci/tools)"))
  }

  @Test("The parts of .ci/run have budgets of an hour in all")
  func budgets() throws {
    let minutes = try Self.text(".ci/run").matches(of: #/(?m)^part \w+ (\d+) /#).compactMap { Int($0.1) }
    #expect(minutes.count > 5 && minutes.reduce(0, +) <= 60)
  }

  @Test("CONTRIBUTING.md has every part that is run, with its minutes", arguments: [".ci/run", ".ci/long"])
  func parts(script: String) throws {
    let parts = try Self.text(script).matches(of: #/(?m)^part (\w+) (\d+) /#).map { "\($0.1) | \($0.2)" }
    let tables = try Self.text(".github/CONTRIBUTING.md").split(separator: "| part | minutes | what |").dropFirst()
    let table = try #require(script == ".ci/run" ? tables.first : tables.last)
    let rows = table.matches(of: #/(?m)^\| (\w+ \| \d+) \|/#).map { String($0.1) }
    #expect(parts.count > 5 && rows.sorted() == parts.sorted())
  }

  @Test("The handlers of the RV32 core are what their table makes", .needs(.python3))
  func generated() throws {
    let result = try Shell.run("/usr/bin/env", ["python3", Transcript.repository + "/.ci/generate-pairs", "--check"])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("FORMATS.md has the versions of the files that are written now")
  func formats() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let vectors = "--vectors \(Transcript.repository)/vectors"
    let result = try Transcript.run(
      """
      mblstm train airline --epochs 1 --hidden 2 --log log.csv --save chip.mbx \(vectors) >out.txt 2>&1 &&
      mblstm sweep digits --axis variation=0 --seeds 1 --limit 1 -o sweep.csv \(vectors) >out.txt 2>&1 &&
      mblstm record digits --sequences 1 --out vectors.json \(vectors) 2>out.txt &&
      mblstm run digits --limit 1 --answers answers.csv \(vectors) >out.txt 2>&1 &&
      head -n 2 log.csv chip.mbx sweep.csv answers.csv vectors.json | tr -d '\\000' &&
      sed -n 's/"format":/tables format/p' \(Transcript.repository)/vectors/tables.json
      """, in: folder)
    #expect(result.status == 0, "\(result)")
    let table = try Self.text(".github/FORMATS.md")
    for (format, pattern) in [
      ("register log (CSV)", #/# mblstm register log, version (\d+)/#),
      ("chip file, checkpoint", #/MBLSTM chip (\d+)/#),
      ("sweep results (CSV)", #/# mblstm sweep (\d+)/#),
      ("answers to a test set (CSV)", #/# mblstm answers (\d+)/#),
      ("golden and recorded vectors", #/"format": (\d+)/#),
      ("settings of tables (JSON)", #/tables format (\d+)/#),
    ] {
      let written = try #require(result.output.firstMatch(of: pattern)?.1, "\(format)")
      let row = table.split(separator: "\n").first { $0.hasPrefix("| \(format) |") }
      #expect(row?.hasSuffix("| \(written) |") == true, "\(format): \(written)")
    }
  }
}
