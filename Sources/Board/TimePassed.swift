/// Cycles that have passed on a board since it was made or put back, by what they passed for. An account: no part of its state.
struct TimePassed: Sendable, Equatable {
  /// The cycle at which the account begins.
  var begin: UInt64 = 0
  /// Accesses were held longer than the cycle that each takes.
  var held: UInt64 = 0
  /// Nothing was accessed.
  var idle: UInt64 = 0
}

extension Machine {
  /// Cycles since the board was made or put back in which an access was held by an operation of a tile or the flash: those of
  /// loads of `WAIT` beyond their own.
  public var heldCycles: UInt64 { timePassed.held }
  /// Cycles since then in which nothing was accessed: somebody computed, or slept.
  public var idleCycles: UInt64 { timePassed.idle }
  /// Accesses since then, a cycle each.
  public var accesses: UInt64 { elapsedCycles &- timePassed.held &- timePassed.idle }
  /// All cycles since then.
  public var elapsedCycles: UInt64 { cycle &- timePassed.begin }
}

// Loads that are held.
extension Machine {
  /// - Returns: whether there still is power.
  mutating func stall(until tile: Int) -> Bool {
    guard chip.tiles[tile].isBusy else { return true }
    let begin = cycle
    cycle = max(cycle, stallEnd(of: tile, from: cycle))
    return passStall(since: begin)
  }

  /// A load of `FLASH.WAIT`.
  /// - Returns: whether there still is power.
  mutating func stallForFlash() -> Bool {
    guard flash.isBusy else { return true }
    let begin = cycle
    cycle = max(cycle, flash.endCycle)
    return passStall(since: begin)
  }

  /// Ends a stall at the present cycle, or where the power goes before.
  /// - Returns: whether there still is power.
  mutating func passStall(since begin: UInt64) -> Bool {
    let isOn = pass(by: cycle)
    longestStall = max(longestStall, cycle - begin)
    timePassed.held &+= cycle - begin
    return isOn
  }
}
