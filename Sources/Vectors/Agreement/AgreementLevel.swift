/// How closely a controller agrees with the vectors.
public enum AgreementLevel: String, Sendable, CaseIterable {
  /// What it answers: exactly where the specification fixes it, by contract where it leaves the way to an algorithm.
  case replies
  /// The same answers, and after each request the same conductances, errors and counters.
  case state
  /// Every access to the chip, in order, with its value.
  case accesses

  /// From the strictest on.
  package static var strictestFirst: [AgreementLevel] { allCases.reversed() }
}
