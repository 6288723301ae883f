import Tasks

/// What a series is predicted as without a network, for people.
enum SeriesText {
  /// How each errs on the test series, and, where it was transformed, in what sense the network does.
  static func baselines(_ test: SequenceSet, fittedTo train: SequenceSet) -> String {
    let all = test.baselines(fittedTo: train)
    guard !all.isEmpty else { return "saying 'as the last' \(decimal(test.persistenceError(), 2))" }
    let errors = all.map { "\(name($0.name, test.season)) \(decimal($0.error, 2))" }.joined(separator: ", ")
    return errors + (test.transform.map(way) ?? "")
  }

  private static func name(_ baseline: SeriesBaseline.Name, _ season: Int?) -> String {
    switch baseline {
    case .last: "saying 'as the last'"
    case .season: "'as \(season ?? 0) steps before'"
    case .seasonalGrowth: "that times the growth since"
    case .leastSquares: "least squares on the same inputs"
    }
  }

  private static func way(_ transform: SeriesTransform) -> String {
    let back =
      switch transform {
      case .difference: "last + difference"
      case .logDifference: "last × exp(log-difference)"
      }
    return "\nin the data's unit, one step ahead: \(back), with the true last value"
  }
}
