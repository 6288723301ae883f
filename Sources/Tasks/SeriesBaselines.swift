import FixedPoint

/// What a series is in the data's unit.
extension SequenceSet {
  /// What predictions, and what was measured, count from: a series that is not transformed is compared above its offset.
  package var origin: Double { transform == nil ? targetOffset : 0 }

  /// What is known at a step, and what is to be predicted, above `origin`.
  func level(at step: Int) -> Measured {
    let own = sequences[0]
    guard transform == nil else { return own.measured[step] }
    func unit(_ value: Int16) -> Double { Double(Q0_15(raw: value)) * targetScale }
    return Measured(last: unit(own.values[(step + 1) * features - 1]), next: unit(own.targets[step]))
  }

  /// What an output of a network says at a step, above `origin`: with a transform turned back from the true value before it.
  func prediction(_ output: Double, at step: Int) -> Double {
    guard let transform else { return output * targetScale }
    return transform.value(after: level(at: step).last, changedBy: output * targetScale + targetOffset)
  }

  /// Root of the mean squared error of predictions, above `origin`, over the steps that count, in the data's unit.
  func error(of prediction: (Int) -> Double) -> Double {
    let steps = warmUp..<max(sequences.first?.steps ?? 0, warmUp)
    let errors = steps.map { step in
      let error = prediction(step) - level(at: step).next
      return error * error
    }
    return (errors.reduce(0, +) / Double(max(errors.count, 1))).squareRoot()
  }

  /// Root of the mean squared error of saying "as this month", in the data's unit.
  package func persistenceError() -> Double { error { level(at: $0).last } }
}

/// A way to predict a series that takes no network, and how it errs on the test series.
public struct SeriesBaseline: Sendable, Equatable, Encodable {
  /// Which one.
  public enum Name: String, Sendable, Encodable, CaseIterable {
    /// The last value.
    case last
    /// The value a season before the one that is predicted.
    case season
    /// That, times what the series has grown by since: last ÷ the value a season before it.
    case seasonalGrowth = "seasonal-growth"
    /// Least squares on the inputs that the network has, with a constant, fitted to what the network learns from.
    case leastSquares = "least-squares"
  }

  /// Which one.
  public var name: Name
  /// Root of its mean squared error over the steps that count, in the data's unit.
  public var error: Double
}

extension SequenceSet {
  /// Of a test series whose header has a transform or a season, those that it allows and that come to a number; otherwise none.
  /// A season has to lie behind the first step that counts.
  /// - Parameter train: what the network learns from, with the same inputs at a step.
  package func baselines(fittedTo train: SequenceSet) -> [SeriesBaseline] {
    guard isRegression, transform != nil || season != nil else { return [] }
    return SeriesBaseline.Name.allCases.compactMap { name in
      guard let error = error(of: name, fittedTo: train), error.isFinite else { return nil }
      return SeriesBaseline(name: name, error: error)
    }
  }

  private func error(of name: SeriesBaseline.Name, fittedTo train: SequenceSet) -> Double? {
    let season = season ?? .max
    switch name {
    case .last: return persistenceError()
    case .leastSquares:
      return train.leastSquares().map { weights in error { prediction(output(weights, at: $0), at: $0) } }
    case .season, .seasonalGrowth: guard season <= warmUp else { return nil }
    }
    if name == .season { return error { level(at: $0 - season).next } }
    // Of positive series, which alone grow by a factor.
    guard (0..<sequences[0].steps).allSatisfy({ level(at: $0).last + origin > 0 }) else { return nil }
    return error { step in
      let (now, then) = (level(at: step), level(at: step - season))
      return (then.next + origin) * ((now.last + origin) / (then.last + origin)) - origin
    }
  }

  /// The inputs of a step and a 1 for the constant.
  private func line(at step: Int) -> [Double] {
    sequences[0].values[step * features..<(step + 1) * features].map { Double(Q0_15(raw: $0)) } + [1]
  }

  private func output(_ weights: [Double], at step: Int) -> Double {
    zip(line(at: step), weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Weights of the inputs and a constant with the least squared error on the targets; nil where the steps do not decide them.
  private func leastSquares() -> [Double]? {
    let count = features + 1
    guard let own = sequences.first, own.steps >= count else { return nil }
    // A row of the normal equations is that of AᵀA, then that of Aᵀb.
    var rows = Array(repeating: Array(repeating: 0.0, count: count + 1), count: count)
    for step in 0..<own.steps {
      let terms = line(at: step) + [Double(Q0_15(raw: own.targets[step]))]
      for row in 0..<count {
        for column in row...count { rows[row][column] += terms[row] * terms[column] }
      }
    }
    return LinearEquations.solution(ofSymmetric: rows)
  }
}
