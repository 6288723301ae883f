import Files
import Firmware
import FixedPoint

/// How the learning rate falls.
public enum RateSchedule: String, Sendable, CaseIterable {
  /// On a straight line to zero, update by update, over all updates that are asked for.
  case linear
  /// By a factor from epoch to epoch: `TrainingOptions.decay`.
  case decay
}

extension TrainingOptions {
  /// With epochs and batch that suit a number of sequences, where they are 0.
  ///
  /// An update of 4 sequences where there are 1000 or more, else of one; and about 8000 updates' worth of sequences over four,
  /// within 5 … 200 passes: small sets are gone over often.
  package func fitted(to sequences: Int) -> TrainingOptions {
    var options = self
    if batch == 0 { options.batch = sequences >= 1000 ? 4 : 1 }
    if epochs == 0 {
      let wanted = 8000 * options.batch
      options.epochs = min(max((wanted + sequences - 1) / max(sequences, 1), 5), 200)
    }
    return options
  }

  /// Of all passes, extensions included.
  package var allEpochs: Int { extensions.reduce(epochs, +) }

  /// Adds a ramp behind the end; where it has been added already and is under way, nothing.
  /// - Parameter done: epochs that are behind.
  mutating func extend(by length: Int, after done: Int, named name: String) throws(InputError) {
    guard schedule == .linear else {
      throw InputError(name, "its rate falls by a factor from epoch to epoch: --epochs says how long it goes on")
    }
    if done == allEpochs {
      extensions.append(length)
    } else if extensions.last != length {
      throw InputError(
        name, "is at epoch \(done) of \(allEpochs): another ramp begins behind the end; go on without --extend first")
    }
  }

  /// Updates of an epoch of so many sequences; the last may be of a batch that is not full.
  package func updates(perEpochOf sequences: Int) -> Int { (sequences + max(batch, 1) - 1) / max(batch, 1) }

  /// The epochs from 0 that share the ramp of an epoch.
  package func ramp(of epoch: Int) -> Range<Int> {
    var start = 0
    for length in [epochs] + extensions {
      if epoch < start + length { return start..<start + length }
      start += length
    }
    return allEpochs..<allEpochs + 1
  }

  /// The words of `setRate` at the beginning of an epoch from 0.
  func rateWords(epoch: Int, sequences: Int) -> [UInt32] {
    switch schedule {
    case .decay:
      var rate = rate
      for _ in 0..<epoch { rate *= decay }
      return [Rate(rate).raw]
    case .linear:
      let (ramp, updates) = (ramp(of: epoch), updates(perEpochOf: sequences))
      let done = (epoch - ramp.lowerBound) * updates
      return [Rate(rate).raw, UInt32(clamping: done), UInt32(clamping: max(ramp.count * updates, 1))]
    }
  }
}
