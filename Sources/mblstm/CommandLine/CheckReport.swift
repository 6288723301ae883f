import Files
import Tasks
import Trace
import Vectors

/// What a check found, for people and machines.
struct CheckReport {
  private(set) var outcomes: [FileOutcome] = []
  var errors: [InputError] = []
  /// Cases whose gradients a binary does not show.
  private var unseenGradients = 0
  private let waivers: Waivers?

  init(_ waivers: Waivers?) { self.waivers = waivers }

  var failed: Int { outcomes.reduce(0) { $0 + $1.failed } }

  mutating func add(_ file: VectorFile, _ outcome: FileOutcome) {
    outcomes.append(outcome)
    unseenGradients += file.casesWithGradients
  }

  /// On the console, and to the file asked for.
  func write(_ arguments: Arguments) throws {
    try arguments.outputs.write("--junit", JUnit.text(outcomes, errors: errors))
    if arguments.has("--json") {
      try Console.json(JSONReport(outcomes, errors, waivers.map { $0.unused(in: outcomes) }))
    } else if !outcomes.isEmpty {
      Console.print(text(isWhole: arguments.has("--all")))
      if arguments.text("--firmware") != nil, unseenGradients > 0 {
        Console.message("gradients of \(unseenGradients) cases not compared: no access shows them")
      }
    }
    for waiver in unused {
      Console.message(
        "\(waivers?.path ?? ""):\(waiver.line): unused: case \(waiver.id) of \(waiver.suite.rawValue) does not fail")
    }
    for error in errors { Console.message("mblstm check: \(error)") }
  }

  private var unused: [Waivers.Waiver] { waivers?.unused(in: outcomes) ?? [] }

  private func text(isWhole: Bool) -> String {
    let hasLevels = outcomes.contains { $0.level != nil || !$0.obstacles.isEmpty }
    func row(_ name: String, _ files: [FileOutcome], _ last: [String]) -> [String] {
      func sum(_ count: (FileOutcome) -> Int) -> String { grouped(files.reduce(0) { $0 + count($1) }) }
      return [name, sum(\.passed), sum(\.failed), sum(\.skipped)] + (waivers == nil ? [] : [sum(\.waived)]) + last
    }
    let head =
      ["", "passed", "failed", "skipped"] + (waivers == nil ? [] : ["waived"]) + ["provenance"]
      + (hasLevels ? ["level"] : [])
    let rows = outcomes.map { file in
      row(
        file.suite.rawValue, [file],
        [file.provenance.rawValue] + (hasLevels ? [file.level?.rawValue ?? "none"] : []))
    }
    let total = row("total", outcomes, hasLevels ? ["", ""] : [""])
    let differences = outcomes.flatMap { file in
      (isWhole ? file.differences : Array(file.differences.prefix(1))).map { "\(file.path): \($0)" }
    }
    return ([table([head] + rows + [total], indent: "").trimmingLines] + differences + obstacles + waivedCases)
      .joined(separator: "\n")
  }

  /// What keeps suites that pass from a stricter level.
  private var obstacles: [String] {
    outcomes.filter { $0.failed == 0 }.flatMap { file in file.obstacles.map { "\(file.path): \($0)" } }
  }

  private var waivedCases: [String] {
    outcomes.flatMap { file in
      file.cases.compactMap { entry in
        guard case .waived(let reason, let difference) = entry.verdict else { return nil }
        let first = difference.split(separator: "\n").first ?? ""
        return "\(file.path): waived (\(reason)): \(entry.name), \(first)"
      }
    }
  }
}

extension String {
  fileprivate var trimmingLines: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
  }
}

private struct JSONReport: Encodable {
  struct File: Encodable {
    let file: String
    let suite: String
    let provenance: String
    let passed: Int
    let failed: Int
    let skipped: Int
    /// Where there is a file of waivers.
    let waived: [Waived]?
    /// At which a controller agrees.
    let level: String?
    /// What keeps a controller from a stricter level.
    let obstacles: [String]?
    let differences: [Difference]
  }

  struct Waived: Encodable {
    let id: Int
    let reason: String
    let difference: String
  }

  struct Unused: Encodable {
    let suite: String
    let id: Int
    let line: Int
  }

  struct Difference: Encodable {
    let id: Int
    let note: String?
    let difference: String
  }

  let files: [File]
  let errors: [String]
  let unusedWaivers: [Unused]?

  /// - Parameter unused: nil where there is no file of waivers.
  init(_ outcomes: [FileOutcome], _ errors: [InputError], _ unused: [Waivers.Waiver]?) {
    files = outcomes.map { file in
      File(
        file: file.path, suite: file.suite.rawValue, provenance: file.provenance.rawValue, passed: file.passed,
        failed: file.failed, skipped: file.skipped,
        waived: unused.map { _ in
          file.cases.compactMap { entry in
            guard case .waived(let reason, let difference) = entry.verdict else { return nil }
            return Waived(id: entry.id, reason: reason, difference: difference)
          }
        },
        level: file.level?.rawValue, obstacles: file.obstacles.isEmpty ? nil : file.obstacles,
        differences: file.cases.flatMap { entry -> [Difference] in
          guard case .failed(let text) = entry.verdict else { return [] }
          return text.split(separator: "\n").map {
            Difference(id: entry.id, note: entry.note, difference: String($0))
          }
        })
    }
    self.errors = errors.map(\.description)
    unusedWaivers = unused?.map { Unused(suite: $0.suite.rawValue, id: $0.id, line: $0.line) }
  }
}
