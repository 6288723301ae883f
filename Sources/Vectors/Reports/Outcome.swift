/// How a file's cases went.
public struct FileOutcome: Sendable {
  /// How a case went.
  public enum Verdict: Sendable, Equatable {
    /// All as expected.
    case passed
    /// With the first difference, in words.
    case failed(String)
    /// With the reason.
    case skipped(String)
  }

  /// A case of the file, and how it went.
  public struct Case: Sendable, Equatable {
    /// Its number in the file, from 1.
    public let id: Int
    /// What the file says about it, if anything.
    public let note: String?
    /// How it went.
    public let verdict: Verdict

    /// A case by its number and note in the file.
    public init(id: Int, note: String?, verdict: Verdict) {
      self.id = id
      self.note = note
      self.verdict = verdict
    }
  }

  /// The file, as it was named.
  public let path: String
  /// What its cases are about.
  public let suite: Suite
  /// Where its cases come from.
  public let provenance: Provenance
  /// One for each case of the file, in its order.
  public let cases: [Case]

  /// The outcome of a file whose cases have been run.
  public init(path: String, suite: Suite, provenance: Provenance, cases: [Case]) {
    self.path = path
    self.suite = suite
    self.provenance = provenance
    self.cases = cases
  }

  /// How many cases passed.
  public var passed: Int { cases.count { $0.verdict == .passed } }
  /// How many cases were skipped.
  public var skipped: Int { cases.count { if case .skipped = $0.verdict { true } else { false } } }
  /// How many cases failed.
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
