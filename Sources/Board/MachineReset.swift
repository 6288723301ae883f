import RV32
import Registers
import Trace

/// Resets, and power that goes and comes.
extension Machine {
  /// What an accepted write of `RESET` does: what is under way there ends first, and is logged before the access.
  mutating func reset(_ word: UInt32) {
    isDisturbed = true
    for tile in chip.tiles(resetBy: word) { endEarly(tile, at: cycle) }
    if ChipRegister.Reset.chip(.writeOnly).decode(word) == 1 {
      endFlashEarly()
      flash.reset()
      noteFlash(at: cycle)
    }
    chip.reset(word)
    if ChipRegister.Reset.hart(.writeOnly).decode(word) == 1 { hartEnd = .reset }
  }

  /// Resets what a word of `RESET` names, as a debugger does: without an access, and without a word in the log but of
  /// what ends. What ends at this cycle has ended.
  /// - Returns: whether the hart is among it, which its owner has begin anew; nil, and nothing is reset, for a tile that
  ///   is not there. Without power nothing is reset.
  package mutating func reset(parts word: UInt32) -> Bool? {
    guard chip.refusal(of: word, by: .reset) == nil else { return nil }
    guard pass(by: cycle) else { return false }
    reset(word)
    defer { hartEnd = nil }
    return hartEnd != nil
  }

  /// The power goes, and comes again.
  /// - Returns: what it ended.
  package mutating func powerCycle() throws(SnapshotProblem) -> PowerLoss {
    cutPower()
    guard let loss = powerLoss else { preconditionFailure("the power has gone") }
    self = try Machine(snapshotLeft, log: log)
    return loss
  }

  /// The power goes now: what ends at this cycle has ended, everything that is under way ends with the effect it has had,
  /// and the board stands still.
  public mutating func cutPower() {
    guard powerLoss == nil, pass(by: cycle) else { return }
    losePower()
  }

  /// The power goes at this cycle, by which everything that ends has ended.
  mutating func losePower() {
    append(.event(.powerOff), at: cycle)
    var operations: [EarlyEnd] = []
    for tile in chip.tiles.indices {
      guard let operation = endEarly(tile, at: cycle) else { continue }
      operations.append(chip.tiles[tile].earlyEnd(of: operation))
    }
    powerLoss = PowerLoss(cycle: cycle, operations: operations, flash: endFlashEarly())
    chip.powerEnd = cycle
    mailbox = Mailbox()
    stop()
  }

  /// Registers are as they were left; words posted meanwhile are not in the mailbox.
  func readWithoutPower(_ address: UInt32) -> UInt32 {
    address &- MemoryMap.host < MemoryMap.tileStride ? 0 : peek(address) ?? 0
  }

  /// Without power no time passes, and a hart that tries an access gets no further.
  mutating func stop() {
    guard let powerLoss else { return }
    cycle = powerLoss.cycle
    refusal = nil
    hartEnd = .powerOff
  }

  @discardableResult
  mutating func endEarly(_ tile: Int, at cycle: UInt64) -> Operation? {
    guard let operation = chip.endEarly(tile, at: cycle) else { return nil }
    append(.event(.aborted(tile: tile, operation)), at: cycle)
    return operation
  }

  @discardableResult
  private mutating func endFlashEarly() -> FlashOperation? {
    guard let operation = flash.endEarly(at: cycle) else { return nil }
    noteFlash(at: cycle)
    append(.event(.flash(.aborted(operation))), at: cycle)
    return operation
  }
}

extension Machine {
  /// The state of the board now; of one whose power went, what is left of it.
  public var snapshotLeft: MachineSnapshot {
    get throws(SnapshotProblem) { powerLoss == nil ? snapshot : try snapshot.powerCycled() }
  }
}

extension MachineSnapshot {
  /// The same board with a supply that is there to stay, as a chip is taken from one bench to another.
  public var undisturbed: MachineSnapshot {
    var snapshot = self
    snapshot.supply.faults = SupplyFaults(powerCut: supply.loss?.cycle)
    return snapshot
  }

  /// The same board once its power has gone and come again: cells and flash are as they were left, everything else is as after
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
      }, flash: FlashState(pages: left.flash.pages),
      toController: [], fromController: [], uartInput: [], uartOutput: [], ramWords: ramWords, ram: [])
  }
}
