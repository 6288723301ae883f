import Registers
import Trace

/// Resets, and power that goes and comes.
extension Machine {
  /// What an accepted write of `RESET` does: what is under way there ends first, and is logged before the access.
  mutating func reset(_ word: UInt32) {
    isDisturbed = true
    for tile in chip.tiles(resetBy: word) { endEarly(tile) }
    chip.reset(word)
    isHartReset = ChipRegister.Reset.hart(.writeOnly).decode(word) == 1
  }

  /// Ends everything that is under way, as power that goes does: with the effect it has had by now.
  public mutating func cutPower() {
    for tile in chip.tiles.indices { endEarly(tile) }
  }

  private mutating func endEarly(_ tile: Int) {
    guard let operation = chip.endEarly(tile, at: cycle) else { return }
    append(.event(.aborted(tile: tile, operation)), at: cycle)
  }
}

extension MachineSnapshot {
  /// The same board once its power has gone and come again: cells are as they were left, everything else is as after
  /// power-up. What was under way ends with the effect it has had.
  /// - Throws: what in the snapshot no board could have.
  public func powerCycled() throws(SnapshotProblem) -> MachineSnapshot {
    var machine = try Machine(self, log: NoLog())
    machine.cutPower()
    let left = machine.snapshot
    return MachineSnapshot(
      configuration: configuration, cycle: 0, exitStatus: nil, registers: [],
      tiles: left.tiles.map {
        TileState(conductance: $0.conductance, operationNumber: $0.operationNumber, counters: .zero)
      },
      toController: [], fromController: [], uartInput: [], uartOutput: [], ramWords: ramWords, ram: [])
  }
}
