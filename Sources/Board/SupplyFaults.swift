import Registers
import Trace

/// What becomes of a board's supply, by the cycles at which it does; nil for never.
public struct SupplyFaults: Sendable, Equatable {
  /// The power goes.
  public var powerCut: UInt64?
  /// The supplies of references and drivers fall below their thresholds.
  public var brownOut: UInt64?

  /// A supply that is always there but for what is given.
  public init(powerCut: UInt64? = nil, brownOut: UInt64? = nil) {
    self.powerCut = powerCut
    self.brownOut = brownOut
  }

  /// The first cycle of all; the greatest number for never.
  public var next: UInt64 { min(powerCut ?? .max, brownOut ?? .max) }
}

/// How a supply fails, of which a log has an event.
package enum SupplyFailure: Sendable, Equatable {
  case brownOut, powerOff

  /// Nil for what a chip does by itself.
  package init?(_ event: ChipEvent?) {
    switch event {
    case .brownOut: self = .brownOut
    case .powerOff: self = .powerOff
    default: return nil
    }
  }
}

extension Machine {
  /// Has the supply fail, in place of what was scheduled before.
  ///
  /// What ends at such a cycle has ended; an access of that cycle is made no more, or finds references and drivers
  /// without supply.
  /// - Precondition: no cycle is in the past.
  public mutating func schedule(_ faults: SupplyFaults) {
    precondition(faults.next >= cycle, "the past cannot be changed")
    chip.powerEnd = faults.powerCut ?? .max
    chip.brownOutCycle = faults.brownOut ?? .max
  }

  /// What is still to come, and the power cut that came.
  public var faults: SupplyFaults {
    func known(_ cycle: UInt64) -> UInt64? { cycle == .max ? nil : cycle }
    return SupplyFaults(powerCut: known(chip.powerEnd), brownOut: known(chip.brownOutCycle))
  }

  /// Has the supply fail as a log tells of it: at a cycle, or now where that has passed. What is due by then happens first.
  package mutating func make(_ failure: SupplyFailure, at cycle: UInt64) {
    guard powerLoss == nil else { return }
    let cycle = max(cycle, self.cycle)
    schedule(failure == .powerOff ? SupplyFaults(powerCut: cycle) : SupplyFaults(brownOut: cycle))
    finishOperations(by: cycle)
  }

  /// The supplies of references and drivers fail now: what ends at this cycle has ended, what is under way ends with the
  /// effect it has had, and both stay off until software switches them on, in their order.
  public mutating func brownOut() {
    guard powerLoss == nil, pass(by: cycle) else { return }
    brownOut(at: cycle)
  }

  mutating func brownOut(at moment: UInt64) {
    guard powerLoss == nil else { return }
    isDisturbed = true
    chip.brownOutCycle = .max
    append(.event(.brownOut), at: moment)
    chip.noteBrownOut()
    for tile in chip.tiles.indices {
      endEarly(tile, at: moment)
      guard chip.loseSupply(of: tile) else { continue }
      append(.event(chip.tiles[tile].supplyEvent), at: moment)
      append(.event(.tileError(tile: tile, .supply)), at: moment)
    }
    noteChipLine(at: moment)
  }
}
