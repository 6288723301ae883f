import Files

/// Differences that someone has looked at and lets be: `inference 29, takes requests on trust`, a case a line. Empty lines
/// and those that begin with `#` say nothing.
package struct Waivers: Sendable {
  package struct Waiver: Sendable, Equatable {
    package let suite: Suite
    package let id: Int
    package let reason: String
    package let line: Int
  }

  /// What errors call the file.
  package let path: String
  package let waivers: [Waiver]

  /// - Throws: for the first line that is none, or that waives what another one does.
  package init(path: String) throws(InputError) {
    try self.init(TextFile(path, expecting: "waivers: a suite, the number of a case, a comma and a reason a line"))
  }

  package init(_ file: TextFile) throws(InputError) {
    path = file.path
    var waivers: [Waiver] = []
    var waived: [Suite: [Int: Int]] = [:]
    for (number, line) in file.lines.enumerated() {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      let waiver = try Self.waiver(line, number + 1, path)
      if let earlier = waived[waiver.suite]?[waiver.id] {
        throw InputError(path, line: number + 1, "waives what line \(earlier) does")
      }
      waived[waiver.suite, default: [:]][waiver.id] = waiver.line
      waivers.append(waiver)
    }
    self.waivers = waivers
  }

  private static func waiver(_ line: Substring, _ number: Int, _ path: String) throws(InputError) -> Waiver {
    let parts = line.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split { $0.isWhitespace || $0 == "/" || $0 == ":" }.filter { $0 != "case" }
    let reason = parts.count == 2 ? parts[1].trimmed : ""
    guard words.count == 2, let id = Int(words[1]), id > 0, !reason.isEmpty else {
      throw InputError(
        path, line: number, "is '\(line)', expected a suite, the number of a case, a comma and a reason: 'dense 3, why'"
      )
    }
    guard let suite = Suite(rawValue: String(words[0])) else {
      let names = Suite.allCases.map(\.rawValue)
      throw InputError(
        path, line: number, "no suite is called '\(words[0])'\(NearestName.hint(String(words[0]), among: names))")
    }
    return Waiver(suite: suite, id: id, reason: String(reason), line: number)
  }

  /// An outcome whose waived cases no longer count as failed.
  package func applied(to outcome: FileOutcome) -> FileOutcome {
    var outcome = outcome
    for place in outcome.cases.indices {
      guard case .failed(let difference) = outcome.cases[place].verdict,
        let waiver = waivers.first(where: { $0.suite == outcome.suite && $0.id == outcome.cases[place].id })
      else { continue }
      outcome.cases[place].verdict = .waived(waiver.reason, difference: difference)
    }
    return outcome
  }

  /// Those that waive nothing in these outcomes: the case passes, was skipped, or is in no file.
  package func unused(in outcomes: [FileOutcome]) -> [Waiver] {
    waivers.filter { waiver in
      !outcomes.contains { outcome in
        outcome.suite == waiver.suite
          && outcome.cases.contains { entry in
            if case .waived = entry.verdict { entry.id == waiver.id } else { false }
          }
      }
    }
  }
}
