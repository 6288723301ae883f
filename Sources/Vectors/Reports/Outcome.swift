import Trace

/// How a file's cases went.
public struct FileOutcome: Sendable {
  /// How a case went.
  public enum Verdict: Sendable, Equatable {
    /// All as expected.
    case passed
    /// With the first difference in words, or with all, one a line.
    case failed(String)
    /// With the reason that a file of waivers gives, and what differs.
    case waived(String, difference: String)
    /// With the reason.
    case skipped(String)
  }

  /// A case of the file, and how it went.
  public struct Case: Sendable, Equatable {
    /// Its number in the file, from 1.
    public let id: Int
    /// What the file says about it, if anything.
    public let note: String?
    /// Sentences of the specification one of which is broken where it fails.
    public let holds: [SentenceNumber]
    /// How it went.
    public internal(set) var verdict: Verdict
    /// How long it took; nil where nobody looked.
    public let seconds: Double?

    /// A case by its number and note in the file.
    public init(
      id: Int, note: String?, holds: [SentenceNumber] = [], verdict: Verdict, seconds: Double? = nil
    ) {
      self.id = id
      self.note = note
      self.holds = holds
      self.verdict = verdict
      self.seconds = seconds
    }

    /// `case 17 (its note)`.
    package var name: String { "case \(id)\(note.map { " (\($0))" } ?? "")" }
  }

  /// The file, as it was named.
  public let path: String
  /// What its cases are about.
  public let suite: Suite
  /// Where its cases come from.
  public let provenance: Provenance
  /// One for each case of the file, in its order.
  public internal(set) var cases: [Case]
  /// How closely a controller was held to it; nil where there is none.
  public internal(set) var level: AgreementLevel?
  /// What keeps a controller from a stricter level, in words: the first difference there.
  public internal(set) var obstacles: [String] = []

  /// What was accessed in which state, where that was asked for.
  package internal(set) var coverage: CoverageTable?

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
  /// How many cases differ in a way that is waived.
  public var waived: Int { cases.count { if case .waived = $0.verdict { true } else { false } } }
  /// How many cases failed.
  public var failed: Int { cases.count - passed - skipped - waived }

  /// `case 17, transaction 132: expected …`.
  public var firstDifference: String? {
    for entry in cases {
      guard case .failed(let difference) = entry.verdict else { continue }
      return "\(entry.name), \(difference)"
    }
    return nil
  }

  /// Every difference that was found of cases that failed, each with its case.
  package var differences: [String] { differencesByCase.flatMap(\.differences) }

  /// The cases that failed, and what was found of each, with its name.
  package var differencesByCase: [(entry: Case, differences: [String])] {
    cases.compactMap { entry in
      guard case .failed(let text) = entry.verdict else { return nil }
      return (entry, text.split(separator: "\n").map { "\(entry.name), \($0)" })
    }
  }
}
