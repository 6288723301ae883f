/// What one way of making an update asks of a tile; of several updates the sums.
///
/// Time is that of pulse phases with the rest behind each. Energy is what the array dissipates under them, half-selected
/// cells included; converters, drivers, generators of pulse trains and the controller are in none of the ways.
package struct UpdateCost: Sendable, Equatable {
  /// Word lines that get a pulse, where it is not all of them at once.
  package var wordLines: Double?
  /// PROGRAM_ROWs, single pulses or slots of pulse trains, by the way.
  package var operations = 0.0
  /// Pulse phases.
  package var phases = 0.0
  /// Pulses on selected cells.
  package var pulses = 0.0
  /// What was to be expected of them, where they are drawn.
  package var expectedPulses: Double?
  /// READs that verify.
  package var reads = 0.0
  package var pulseSeconds = 0.0
  /// Of these, what rests take.
  package var restSeconds = 0.0
  /// With reads and the bus, where the chip has done it.
  package var chipSeconds: Double?
  package var energyJoules = 0.0
  /// Of these, what half-selected cells dissipate.
  package var halfSelectedJoules = 0.0
  /// Σ over the weights, of (what it moved by − what it was to move by)² and of (what it was to move by)², shares of the
  /// window, where a way makes the whole of the update.
  package var missedSquares: Double?
  package var wantedSquares: Double?

  /// Root mean square of what weights missed, over that of what they were to move by.
  package var missed: Double? {
    guard let missedSquares, let wantedSquares, wantedSquares > 0 else { return nil }
    return (missedSquares / wantedSquares).squareRoot()
  }

  package init() {}

  package static func += (left: inout UpdateCost, right: UpdateCost) {
    func sum(_ one: Double?, _ other: Double?) -> Double? {
      guard let other else { return one }
      return (one ?? 0) + other
    }
    left.wordLines = sum(left.wordLines, right.wordLines)
    left.operations += right.operations
    left.phases += right.phases
    left.pulses += right.pulses
    left.expectedPulses = sum(left.expectedPulses, right.expectedPulses)
    left.reads += right.reads
    left.pulseSeconds += right.pulseSeconds
    left.restSeconds += right.restSeconds
    left.chipSeconds = sum(left.chipSeconds, right.chipSeconds)
    left.energyJoules += right.energyJoules
    left.halfSelectedJoules += right.halfSelectedJoules
    left.missedSquares = sum(left.missedSquares, right.missedSquares)
    left.wantedSquares = sum(left.wantedSquares, right.wantedSquares)
  }

  /// Of one of so many updates; squares stay sums.
  package func divided(by updates: Int) -> UpdateCost {
    let share = 1 / Double(max(updates, 1))
    var mean = self
    mean.wordLines = wordLines.map { $0 * share }
    mean.operations *= share
    mean.phases *= share
    mean.pulses *= share
    mean.expectedPulses = expectedPulses.map { $0 * share }
    mean.reads *= share
    mean.pulseSeconds *= share
    mean.restSeconds *= share
    mean.chipSeconds = chipSeconds.map { $0 * share }
    mean.energyJoules *= share
    mean.halfSelectedJoules *= share
    return mean
  }

  /// Notes how far moves are from those that were wanted.
  mutating func note(moves: [Double], wanted: [Double]) {
    missedSquares = zip(moves, wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    wantedSquares = wanted.reduce(0) { $0 + $1 * $1 }
  }
}

/// The ways to make an update that are compared.
package enum UpdateScheme: String, Sendable, CaseIterable {
  /// As the chip does it: word line by word line, what is worth a write.
  case rowParallel = "row-parallel"
  /// The same pulses, one cell at a time.
  case cellSerial = "cell-serial"
  /// Word line by word line, every weight that is to move at all.
  case rowParallelAll = "row-parallel, all"
  /// These pulses, one cell at a time.
  case cellSerialAll = "cell-serial, all"
  /// All cells at once by stochastic pulse trains, whose expected change is that of the update.
  case stochastic
  /// The same for plain gradient descent.
  case stochasticDescent = "stochastic, descent"
}
