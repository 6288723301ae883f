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
  let specification: Specification?
  /// Asked for by `--trace`.
  private var trace: SentenceTrace?

  init(_ waivers: Waivers?, _ specification: Specification?, isTraced: Bool) {
    self.waivers = waivers
    self.specification = specification
    trace = isTraced ? specification.map { SentenceTrace($0) } : nil
  }

  var isPassed: Bool { outcomes.allSatisfy { $0.failed == 0 } }

  mutating func add(_ file: VectorFile, _ outcome: FileOutcome) {
    outcomes.append(outcome)
    trace?.add(file)
    unseenGradients += file.casesWithGradients
  }

  /// On the console, and to the file asked for.
  func write(_ arguments: Arguments) throws {
    try arguments.outputs.write("--junit", JUnit.text(outcomes, errors: errors))
    try arguments.outputs.write("--coverage", coverage.text)
    if arguments.has("--json") {
      try Console.json(JSONReport(outcomes, errors, waivers.map { $0.unused(in: outcomes) }, trace))
    } else if !outcomes.isEmpty {
      Console.print(text(isWhole: arguments.has("--all")))
      if let trace { Console.print("\n" + trace.text) }
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

  /// Of all cases.
  private var coverage: CoverageTable {
    outcomes.compactMap(\.coverage).reduce(into: CoverageTable()) { $0.merge($1) }
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
    let suspicion = Suspicion(outcomes)
    let differences = outcomes.flatMap { file in
      file.differencesByCase.prefix(isWhole ? .max : 1).flatMap { entry, differences in
        (isWhole ? differences : Array(differences.prefix(1))).map { "\(file.path): \($0)" }
          + suspicion.lines(of: entry, specification)
      }
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
    /// Sentences one of which is broken, the likeliest first.
    let breaks: [String]?
  }

  struct Sentence: Encodable {
    let number: String
    let text: String
    let cases: Int
    let suites: [String]
  }

  let files: [File]
  let errors: [String]
  let unusedWaivers: [Unused]?
  let sentences: [Sentence]?

  /// - Parameter unused: nil where there is no file of waivers.
  init(
    _ outcomes: [FileOutcome], _ errors: [InputError], _ unused: [Waivers.Waiver]?, _ trace: SentenceTrace?
  ) {
    let suspicion = Suspicion(outcomes)
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
            Difference(
              id: entry.id, note: entry.note, difference: String($0),
              breaks: entry.holds.isEmpty ? nil : suspicion.likeliestFirst(entry.holds).map(\.description))
          }
        })
    }
    self.errors = errors.map(\.description)
    unusedWaivers = unused?.map { Unused(suite: $0.suite.rawValue, id: $0.id, line: $0.line) }
    sentences = trace?.lines.map {
      Sentence(number: "\($0.number)", text: $0.text, cases: $0.cases, suites: $0.suites.map(\.rawValue))
    }
  }
}
