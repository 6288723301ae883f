import Foundation
import Synchronization
import Testing

/// Skips a test where an outside tool is missing, or fails it in a run that requires the tools
/// (`MBLSTM_REQUIRE_TOOLS`). The end of the run counts and names what was skipped.
public struct Needs: TestTrait {
  let tools: [OutsideTool]

  public func prepare(for test: Test) async throws {
    let missing = tools.filter { !$0.isThere }.map(\.rawValue)
    let isRequired = ProcessInfo.processInfo.environment["MBLSTM_REQUIRE_TOOLS"] != nil
    guard missing.isEmpty || isRequired else {
      let reason = "needs \(missing.joined(separator: ", "))"
      SkippedTests.note("\(test.displayName ?? test.name): \(reason)")
      try Test.cancel("\(reason)")
    }
    SkippedTests.note(nil)
    if !missing.isEmpty { throw MissingTools(names: missing) }
  }
}

extension Trait where Self == Needs {
  public static func needs(_ tools: OutsideTool...) -> Needs { Needs(tools: tools) }
}

struct MissingTools: Error {
  let names: [String]
}

/// What is said when the test process ends, behind the summary of the test library, which names no skipped test.
private enum SkippedTests {
  private struct Account {
    var needing = 0
    var skipped: [String] = []
  }

  private static let account = Mutex(Account())

  /// Counts a test that needs a tool.
  /// - Parameter skipped: the test and what it needs, if that is missing.
  static func note(_ skipped: String?) {
    let isFirst = account.withLock { account in
      account.needing += 1
      if let skipped { account.skipped.append(skipped) }
      return account.needing == 1
    }
    if isFirst { atexit { FileHandle.standardOutput.write(Data(SkippedTests.summary.utf8)) } }
  }

  private static var summary: String {
    let account = account.withLock { $0 }
    let names = account.skipped.sorted().map { "  \($0)\n" }
    return "skipped for want of a tool: \(names.count) of \(account.needing) tests that need one\n" + names.joined()
  }
}
