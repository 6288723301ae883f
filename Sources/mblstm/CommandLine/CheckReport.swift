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

  var failed: Int { outcomes.reduce(0) { $0 + $1.failed } }

  mutating func add(_ file: VectorFile, _ outcome: FileOutcome) {
    outcomes.append(outcome)
    unseenGradients += file.casesWithGradients
  }

  /// On the console, and to the file asked for.
  func write(_ arguments: Arguments) throws {
    try arguments.outputs.write("--junit", JUnit.text(outcomes, errors: errors))
    if arguments.has("--json") {
      try Console.json(JSONReport(outcomes, errors))
    } else if !outcomes.isEmpty {
      Console.print(text)
      if arguments.text("--firmware") != nil, unseenGradients > 0 {
        Console.message("gradients of \(unseenGradients) cases not compared: no access shows them")
      }
    }
    for error in errors { Console.message("mblstm check: \(error)") }
  }

  private var text: String {
    let rows = outcomes.map { file in
      [
        file.suite.rawValue, grouped(file.passed), grouped(file.failed), grouped(file.skipped),
        file.provenance.rawValue,
      ]
    }
    let passed = outcomes.reduce(0) { $0 + $1.passed }
    let skipped = outcomes.reduce(0) { $0 + $1.skipped }
    let total = ["total", grouped(passed), grouped(failed), grouped(skipped), ""]
    let differences = outcomes.compactMap { file in file.firstDifference.map { "\(file.path): \($0)" } }
    let head = ["", "passed", "failed", "skipped", "provenance"]
    return ([table([head] + rows + [total], indent: "").trimmingLines] + differences).joined(separator: "\n")
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
    let differences: [Difference]
  }

  struct Difference: Encodable {
    let id: Int
    let note: String?
    let difference: String
  }

  let files: [File]
  let errors: [String]

  init(_ outcomes: [FileOutcome], _ errors: [InputError]) {
    files = outcomes.map { file in
      File(
        file: file.path, suite: file.suite.rawValue, provenance: file.provenance.rawValue, passed: file.passed,
        failed: file.failed, skipped: file.skipped,
        differences: file.cases.compactMap { entry in
          guard case .failed(let difference) = entry.verdict else { return nil }
          return Difference(id: entry.id, note: entry.note, difference: difference)
        })
    }
    self.errors = errors.map(\.description)
  }
}
