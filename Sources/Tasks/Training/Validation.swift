import Crossbar
import Files

extension SequenceSet {
  /// Two parts of a training set: what is learned from, and a share that is kept apart to measure on.
  ///
  /// Of each class the same share, drawn by the seed, one sequence at least where the class has two; of a series its end, with
  /// what came before as history.
  /// - Parameter share: above 0, below 1.
  /// - Throws: when nothing would be left of either part.
  package func keepingApart(
    _ share: Double, seed: UInt64
  ) throws(InputError) -> (train: SequenceSet, validation: SequenceSet) {
    let parts = isRegression ? cut(share) : drawn(share, seed: seed)
    var (train, validation) = (self, self)
    (train.sequences, validation.sequences) = parts
    guard parts.0.contains(where: { $0.steps > 0 }), parts.1.contains(where: { $0.steps > 0 }) else {
      let what =
        isRegression ? "\(sequences.first?.steps ?? 0) steps" : "\(sequences.count) sequences in \(classes) classes"
      throw InputError(name, "has \(what), expected enough to keep a share of \(share) apart and to train on the rest")
    }
    return (train, validation)
  }

  private func drawn(_ share: Double, seed: UInt64) -> ([Sequence], [Sequence]) {
    let random = CounterRandom(seed: seed)
    var isApart = Array(repeating: false, count: sequences.count)
    for label in 0..<classes {
      var own = sequences.indices.filter { sequences[$0].label == label }
      let count = own.count < 2 ? 0 : min(max(Int((Double(own.count) * share).rounded()), 1), own.count - 1)
      for place in 0..<count {
        let bits = random.bits(.order, tile: 1, operation: UInt64(label), index: place)
        own.swapAt(place, place + Int(bits[0]) % (own.count - place))
        isApart[own[place]] = true
      }
    }
    return (
      sequences.indices.filter { !isApart[$0] }.map { sequences[$0] },
      sequences.indices.filter { isApart[$0] }.map { sequences[$0] }
    )
  }

  private func cut(_ share: Double) -> ([Sequence], [Sequence]) {
    guard let series = sequences.first else { return ([], []) }
    let count = Int((Double(series.steps) * share).rounded())
    func part(_ steps: Range<Int>) -> Sequence {
      var part = Sequence(
        label: 0, values: Array(series.values[steps.lowerBound * features..<steps.upperBound * features]),
        steps: steps.count, targets: Array(series.targets[steps.lowerBound * outputs..<steps.upperBound * outputs]))
      if transform != nil { part.measured = Array(series.measured[steps]) }
      return part
    }
    return ([part(0..<series.steps - count)], [part(series.steps - count..<series.steps)])
  }
}
