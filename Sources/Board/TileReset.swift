import Crossbar
import Registers

extension Tile {
  /// As after power-up, but for the array, the supplies, the limits, and what tells of an operation that ended early.
  ///
  /// The operation number goes on: it tells draws apart, and those belong to the cells.
  mutating func reset() {
    let before = registers
    registers = RegisterFile(before.map)
    let kept = [TileRegister.aborted, .abortedCycles, .limitAmplitude, .limitWidth, .supply, .supplyState]
    for register in kept { registers[register] = before[register] }
    for bitLine in 0..<array.bitLines { registers[.pulse, bitLine] = before[.pulse, bitLine] }
    for amplitude in [TileRegister.Amplitude.set, TileRegister.Amplitude.reset] {
      let limit = amplitude.decode(registers[.limitAmplitude])
      registers.set(amplitude, of: .amplitude, to: min(amplitude.decode(registers[.amplitude]), limit))
    }
    registers[.eraseWidth] = min(registers[.eraseWidth], TileRegister.Limit.width.decode(registers[.limitWidth]))
    counters = TileCounters()
    circuits = Array(repeating: .linear, count: array.columns)
    correctedLines = 0
    isLocked = true
    isSaturated = false
    isStale = false
    currents = SensedCurrents()
    refreshStatus()
  }
}
