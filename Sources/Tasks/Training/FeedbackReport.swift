import Firmware
import FixedPoint
import Trace

/// What training with error feedback has come to in one layer, as the controller tells it.
public struct FeedbackReport: Sendable, Equatable, Codable {
  /// Updates that had a rate.
  public var updates: UInt32
  /// Weights that got a pulse, each time.
  public var writes: UInt32
  /// Share of the weights that an update writes.
  public var writesPerWeight: Double
  /// Weights that sixteen writes in a row have not moved.
  public var givenUp: UInt32
  /// What a write misses, moving average, share of the window.
  public var writeError: Double
  /// What a weight is owed before it is written, share of the window.
  public var threshold: Double
}

extension TrainingRun where Runner: ~Copyable {
  /// Of the LSTM and of the dense layer; nil with another rule.
  public mutating func feedback() throws -> [FeedbackReport]? {
    guard options.rule == .errorFeedback else { return nil }
    let words = try session.request(.trainingReport)
    let wordsOfLayer = words.count / Layer.allCases.count
    return Layer.allCases.enumerated().map { place, layer in
      let own = Array(words[place * wordsOfLayer..<(place + 1) * wordsOfLayer])
      func share(_ word: UInt32) -> Double { Double(Residual(raw: Int32(truncatingIfNeeded: word))) }
      let weights = Double(plan.shape[layer].cells) * Double(max(own[0], 1))
      return FeedbackReport(
        updates: own[0], writes: own[1], writesPerWeight: Double(own[1]) / weights, givenUp: own[2],
        writeError: share(own[3]), threshold: share(own[4]))
    }
  }
}
