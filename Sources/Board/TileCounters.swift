import Crossbar
import Registers

/// What a tile has done since reset.
public struct TileCounters: Sendable, Equatable {
  /// READ, READ_T, ZERO and REFERENCE that came to their end.
  public var reads: UInt64 = 0
  /// Pulse phases, each on a whole row; one cut short counts too.
  public var phases: UInt64 = 0
  /// Pulses on selected cells.
  public var pulses: UInt64 = 0
  /// Core clock cycles of pulse phases, rests included.
  public var programCycles: UInt64 = 0
  /// What the same pulses would take one cell at a time.
  public var serialCycles: UInt64 = 0
  /// Dissipated in the array by READ and READ_T.
  public var readEnergy = Energy.zero
  /// Dissipated in the array by pulses, half-selected cells included.
  public var programEnergy = Energy.zero

  func copy(to registers: inout RegisterFile<TileRegister>) {
    registers.set64(.reads, reads)
    registers.set64(.phases, phases)
    registers.set64(.pulses, pulses)
    registers.set64(.programCycles, programCycles)
    registers.set64(.serialCycles, serialCycles)
    registers.set64(.energy, Energy(raw: readEnergy.raw + programEnergy.raw).attojoules)
  }
}
