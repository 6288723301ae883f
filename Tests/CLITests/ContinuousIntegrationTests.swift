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

  @Test("The handlers of the RV32 core are what their table makes", .needs(.python3))
  func generated() throws {
    let result = try Shell.run("/usr/bin/env", ["python3", Transcript.repository + "/.ci/generate-pairs", "--check"])
    #expect(result.status == 0, "\(result.output)")
  }
}
