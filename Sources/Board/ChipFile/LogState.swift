import Registers
import Trace

/// The chip as the head of a register log holds it.
extension MachineSnapshot {
  /// A chip file of what a replay makes again: `MBX`, its tiles and the flash, the rest of the board as new. Empty for a
  /// chip as it is made.
  package var logState: [UInt8] {
    let state = ofChip
    var timeless = state
    timeless.cycle = 0
    let fresh = try? Machine(configuration, log: NoLog(), ramBytes: 0)
    return timeless == fresh?.snapshot.ofChip ? [] : ChipFile(state).bytes
  }

  private var ofChip: MachineSnapshot {
    MachineSnapshot(
      configuration: configuration, cycle: cycle, exitStatus: nil,
      registers: registers.filter { MemoryMap.isOfChip($0.address) }, tiles: tiles, flash: flash, toController: [],
      fromController: [], uartInput: [], uartOutput: [], ramWords: 0, ram: [])
  }
}
