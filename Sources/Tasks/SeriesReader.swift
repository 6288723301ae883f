import Files

/// A series to be continued: each step of its one sequence is asked for its target.
extension SequenceSet {
  /// Reads the steps of a regression file, a step a line: target, then inputs. With a transform both are changes, the target
  /// from the input of its line, the input from that of the line before, or from the last one of the history.
  static func series(
    _ file: inout LineReader, _ header: SequenceHeader, after history: SequenceSet?
  ) throws(InputError) -> Sequence {
    var sequence = Sequence(label: 0, values: [], steps: 0)
    var before = history?.sequences.first?.measured.last?.last
    var first: Int?
    while let line = try file.next() {
      if line.isEmpty { continue }
      let items = line[...].cells
      guard items.count == header.features + 1 else {
        throw file.error(
          "\(items.count) values, expected a target and \(header.features) input(s)")
      }
      if let transform = header.transform {
        before = try sequence.append(items, behind: before, header, transform, at: file)
      } else {
        try sequence.append(items, header, at: file)
      }
      first = first ?? file.number
    }
    guard sequence.steps > 0 else {
      guard let first else { throw InputError(file.path, "no steps, expected at least one after the header") }
      throw InputError(
        file.path, line: first, "the only step, expected 2 or more: the first is what the second changes from")
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
    let measured = (before?.measured ?? []) + own.measured
    var result = self
    var sequence = Sequence(label: 0, values: [], steps: 0)
    for step in max(lags - 1, 0)..<max(values.count / features, lags - 1) {
      sequence.values += values[(step - lags + 1) * features..<(step + 1) * features]
      sequence.targets.append(targets[step])
      if !measured.isEmpty { sequence.measured.append(measured[step]) }
      sequence.steps += 1
    }
    result.features = features * lags
    result.sequences = [sequence]
    result.warmUp = max(sequence.steps - own.steps, 0)
    if history == nil { result.warmUp = 0 }
    return result
  }
}

extension SequenceSet.Sequence {
  /// A step as its line has it.
  fileprivate mutating func append(
    _ items: [Substring], _ header: SequenceHeader, at file: LineReader
  ) throws(InputError) {
    for (position, item) in items.enumerated() {
      let value = try header.scaled(item, position: position, file: file.path, line: file.number)
      if position == 0 { targets.append(value) } else { values.append(value) }
    }
    steps += 1
  }

  /// A step as changes, where there is something before it.
  /// - Returns: what the next line is a change from.
  fileprivate mutating func append(
    _ items: [Substring], behind before: Double?, _ header: SequenceHeader, _ transform: SeriesTransform,
    at file: LineReader
  ) throws(InputError) -> Double {
    let next = try header.level(items[0], position: 0, of: transform, at: file)
    let last = try header.level(items[1], position: 1, of: transform, at: file)
    guard let before else { return last }
    targets.append(try header.scaled(from: last, to: next, position: 0, by: transform, at: file))
    values.append(try header.scaled(from: before, to: last, position: 1, by: transform, at: file))
    measured.append(SequenceSet.Measured(last: last, next: next))
    steps += 1
    return last
  }
}
