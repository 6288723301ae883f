import Files

/// A series to be continued: each step of its one sequence is asked for its target.
extension SequenceSet {
  /// Reads the steps of a regression file, a step a line: target, then inputs.
  static func series(
    _ file: inout LineReader, _ header: SequenceHeader
  ) throws(InputError) -> Sequence {
    var sequence = Sequence(label: 0, values: [], steps: 0)
    while let line = try file.next() {
      if line.isEmpty { continue }
      let items = line[...].cells
      guard items.count == header.features + 1 else {
        throw file.error(
          "\(items.count) values, expected a target and \(header.features) input(s)")
      }
      for (position, item) in items.enumerated() {
        let value = try header.scaled(item, position: position, file: file.path, line: file.number)
        if position == 0 { sequence.targets.append(value) } else { sequence.values.append(value) }
      }
      sequence.steps += 1
    }
    return sequence
  }

  /// The same series with the last `lags` inputs at every step; steps without as many before them fall away.
  ///
  /// - Parameter history: the series that came before, whose steps then lead and do not count.
  package func withLags(_ lags: Int, after history: SequenceSet? = nil) -> SequenceSet {
    guard isRegression, let own = sequences.first else { return self }
    let before = history?.sequences.first
    let values = (before?.values ?? []) + own.values
    let targets = (before?.targets ?? []) + own.targets
    var result = self
    var sequence = Sequence(label: 0, values: [], steps: 0)
    for step in max(lags - 1, 0)..<max(values.count / features, lags - 1) {
      sequence.values += values[(step - lags + 1) * features..<(step + 1) * features]
      sequence.targets.append(targets[step])
      sequence.steps += 1
    }
    result.features = features * lags
    result.sequences = [sequence]
    result.warmUp = max(sequence.steps - own.steps, 0)
    if history == nil { result.warmUp = 0 }
    return result
  }

  /// Root of the mean squared error of saying "as this month", in the data's unit.
  package func persistenceError() -> Double {
    guard let own = sequences.first else { return 0 }
    let errors = (warmUp..<own.steps).map { step in
      let last = Double(own.values[(step + 1) * features - 1])
      let difference = (last - Double(own.targets[step])) / 32_768 * targetScale
      return difference * difference
    }
    return (errors.reduce(0, +) / Double(max(errors.count, 1))).squareRoot()
  }
}
