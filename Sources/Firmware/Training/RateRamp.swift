import FixedPoint

/// The learning rate of one update after another: the same for all, or on a straight line to zero.
struct RateRamp: Sendable {
  /// Of the first update.
  let rate: Rate
  /// Of the whole ramp; 0 where the rate stays.
  let updates: UInt32
  /// Updates that are behind.
  private(set) var done: UInt32

  init(_ rate: Rate, done: UInt32 = 0, of updates: UInt32 = 0) {
    self.rate = rate
    self.done = done
    self.updates = updates
  }

  /// Of the update that comes.
  var next: Rate {
    guard updates > 0 else { return rate }
    guard done < updates else { return .zero }
    return Rate(raw: UInt32(truncatingIfNeeded: UInt64(rate.raw) * UInt64(updates - done) / UInt64(updates)))
  }

  /// Over how many sequences it is known to go: fewer than 2¹⁴, fewer than 2¹⁵, or more.
  enum Length: Sendable { case short, middling, long }

  func length(batch: Int) -> Length {
    let sequences = UInt64(updates) * UInt64(batch)
    return sequences < 1 << 14 ? .short : sequences < 1 << 15 ? .middling : .long
  }

  mutating func advance() {
    if done < updates { done += 1 }
  }
}
