/// Whether one of two ways to classify the same sequences is better than the other: McNemar's test in its exact form.
///
/// Sequences that both have right, or neither, say nothing. Where neither way is better, each of the n others is right by the
/// one or by the other with probability ½, so that their numbers are those of heads and tails. Source: Q. McNemar,
/// Psychometrika 12, 1947; for two classifiers on one test set, T. G. Dietterich, Neural Computation 10, 1998. Runs, and
/// seeds, are not in it: it is about these two networks as they are.
package enum McNemar {
  /// Two-sided p: the probability of numbers as unlike as these where neither way is better.
  ///
  /// min(1, 2·Σ C(n, k)/2ⁿ) for k from 0 to the smaller number; products and quotients alone, so that it is the same on
  /// every machine. What is below 5·10⁻³²⁴ is 0.
  /// - Parameters:
  ///   - one: sequences that the one way alone has right, 0 or more.
  ///   - other: sequences that the other way alone has right, 0 or more.
  package static func exactP(_ one: Int, _ other: Int) -> Double {
    let (all, few) = (one + other, min(one, other))
    // The tail is half of all, or more.
    guard abs(one - other) > 1 else { return 1 }
    let step = 500
    var (term, sum, scale) = (1.0, 1.0, 0)
    for k in 0..<few {
      term *= Double(all - k) / Double(k + 1)
      sum += term
      if sum >= Double(sign: .plus, exponent: step, significand: 1) {
        let down = Double(sign: .plus, exponent: -step, significand: 1)
        (term, sum, scale) = (term * down, sum * down, scale + step)
      }
    }
    return min(1, Double(sign: .plus, exponent: scale + 1 - all, significand: sum))
  }
}

/// How two ways of classifying the same sequences do.
package struct RightAnswers: Sendable, Equatable {
  /// Sequences that the first way has right.
  package var first = 0
  /// Sequences that the second way has right.
  package var second = 0
  /// Sequences that the first way alone has right.
  package var firstAlone = 0
  /// Sequences that the second way alone has right.
  package var secondAlone = 0
  /// Of these two numbers.
  package var mcnemarExactP: Double { McNemar.exactP(firstAlone, secondAlone) }

  /// - Precondition: an answer of either way for each label.
  package init(_ one: [Int], _ other: [Int], labels: [Int]) {
    precondition(one.count == labels.count && other.count == labels.count, "an answer for each sequence")
    for place in labels.indices {
      let (isOne, isOther) = (one[place] == labels[place], other[place] == labels[place])
      if isOne { first += 1 }
      if isOther { second += 1 }
      if isOne, !isOther { firstAlone += 1 }
      if isOther, !isOne { secondAlone += 1 }
    }
  }
}
