/// How a file's cases went.
public struct FileOutcome: Sendable {
  public enum Verdict: Sendable, Equatable {
    case passed
    /// With the first difference, in words.
    case failed(String)
    /// With the reason.
    case skipped(String)
  }

  public struct Case: Sendable, Equatable {
    public let id: Int
    public let note: String?
    public let verdict: Verdict

    public init(id: Int, note: String?, verdict: Verdict) {
      self.id = id
      self.note = note
      self.verdict = verdict
    }
  }

  public let path: String
  public let suite: Suite
  public let provenance: Provenance
  public let cases: [Case]

  public init(path: String, suite: Suite, provenance: Provenance, cases: [Case]) {
    self.path = path
    self.suite = suite
    self.provenance = provenance
    self.cases = cases
  }

  public var passed: Int { cases.count { $0.verdict == .passed } }
  public var skipped: Int { cases.count { if case .skipped = $0.verdict { true } else { false } } }
  public var failed: Int { cases.count - passed - skipped }

  /// `case 17, transaction 132: expected …`.
  public var firstDifference: String? {
    for entry in cases {
      guard case .failed(let difference) = entry.verdict else { continue }
      return "case \(entry.id)\(entry.note.map { " (\($0))" } ?? ""), \(difference)"
    }
    return nil
  }
}
