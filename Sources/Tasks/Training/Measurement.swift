import Board
import Crossbar
import Firmware
import FixedPoint
import Registers
import Trace

/// How good the network is, and what it has cost.
extension TrainingRun where Runner: ~Copyable {
  /// How an epoch ended: what it cost; how good it is on the validation set; at the end, and where that is asked for, on the
  /// test set.
  mutating func measure(loss: Double, trainAccuracy: Double?) throws -> EpochReport {
    // Costs first: measuring is not training.
    var report = costs(loss: loss, trainAccuracy: trainAccuracy)
    if let validation = plan.validation {
      (report.validationAccuracy, report.validationError) = try quality(on: validation)
    }
    try noteBest(report)
    if isAtEnd {
      let before = costs(loss: loss, trainAccuracy: trainAccuracy)
      try restoreBest()
      report.add(costs(loss: loss, trainAccuracy: trainAccuracy), since: before)
    }
    if isAtEnd || options.testEvery > 0 && epoch % options.testEvery == 0 {
      (report.testAccuracy, report.testError) = try quality(on: test)
    }
    return report
  }

  /// Whether a ramp of the rate, or the whole of the training, is over.
  private var isAtEnd: Bool { options.ramp(of: epoch - 1).upperBound == epoch }

  private func costs(loss: Double, trainAccuracy: Double?) -> EpochReport {
    let counters = session.machine.chip.tiles.map(\.counters)
    func sum(_ value: (TileCounters) -> UInt64) -> UInt64 { counters.reduce(0) { $0 + value($1) } }
    func seconds(_ cycles: UInt64) -> Double { Double(cycles) * Double(Timing.nanosecondsPerCycle) * 1e-9 }
    let report = EpochReport(
      epoch: epoch, loss: loss, trainAccuracy: trainAccuracy, pulses: sum(\.pulses), phases: sum(\.phases),
      chipSeconds: session.time.totalSeconds, time: session.time, pulseSeconds: seconds(sum(\.programCycles)),
      cellSerialSeconds: seconds(sum(\.serialCycles)),
      programEnergyJoules: Double(sum { $0.programEnergy.attojoules }) * 1e-18,
      readEnergyJoules: Double(sum { $0.readEnergy.attojoules }) * 1e-18)
    // A chip that was powered up again has counted from nothing.
    return costsBefore.map { report.adding(costsOf: $0) } ?? report
  }

  /// Share of the sequences right, or the error of the predictions.
  mutating func quality(on set: SequenceSet) throws -> (accuracy: Double?, error: Double?) {
    if set.isRegression { return (nil, try error(on: set)) }
    let right = zip(try answers(to: set), set.sequences).count { $0 == $1.label }
    return (Double(right) / Double(set.sequences.count), nil)
  }

  /// The class that the chip gives each sequence.
  package mutating func answers(to set: SequenceSet) throws -> [Int] {
    var answers: [Int] = []
    for sequence in set.sequences {
      answers.append(try session.classify(InferenceRequest(sequence, features: set.features)))
    }
    return answers
  }
}
