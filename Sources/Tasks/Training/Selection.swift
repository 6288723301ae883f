import Board
import Firmware
import Registers
import Trace

/// The weights of the epoch that was best on the validation set, as the array read them then.
struct BestWeights: Sendable, Equatable {
  let epoch: Int
  /// By layer, as `readWeights` gave them and `program` takes them.
  let words: [[UInt32]]

  init(epoch: Int, words: [[UInt32]]) {
    self.epoch = epoch
    self.words = words
  }

  /// As a file keeps them: the epoch, then the words of either layer.
  init?(_ numbers: [UInt32], of shape: NetworkShape) {
    let counts = Layer.allCases.map { shape[$0].rows * ((shape[$0].columns + 1) / 2) }
    guard let epoch = numbers.first, epoch > 0, numbers.count == counts.reduce(1, +) else { return nil }
    self.init(
      epoch: Int(epoch), words: [Array(numbers[1...counts[0]]), Array(numbers[(1 + counts[0])...])])
  }

  var numbers: [UInt32] { [UInt32(epoch)] + words.flatMap { $0 } }
}

extension TrainingRun where Runner: ~Copyable {
  /// Whether an epoch was better on the validation set than all before it.
  private func isBest(_ report: EpochReport) -> Bool {
    guard let quality = report.validationQuality else { return false }
    return reports.compactMap(\.validationQuality).allSatisfy { quality > $0 }
  }

  /// Reads the weights, if they are the best so far and that is asked for.
  mutating func noteBest(_ report: EpochReport) throws {
    guard options.selection == .best, isBest(report) else { return }
    let samples = plan.programming.samplesLog2(on: chip)
    best = BestWeights(
      epoch: report.epoch,
      words: try Layer.allCases.map { try session.request(.readWeights, [$0.rawValue, samples]) })
  }

  /// The epoch whose weights the chip has at the end: with `select best` the best one.
  package var endingEpoch: Int { options.selection == .best ? best?.epoch ?? epoch : epoch }

  /// Writes the best weights back, where the last are others.
  mutating func restoreBest() throws {
    guard options.selection == .best, let best, best.epoch != epoch else { return }
    for (layer, words) in zip(Layer.allCases, best.words) {
      try session.request(.program, [layer.rawValue] + plan.programming.words(on: chip) + words)
    }
  }
}

extension EpochReport {
  /// More is better.
  fileprivate var validationQuality: Double? { validationAccuracy ?? validationError.map { -$0 } }
}
