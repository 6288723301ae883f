import Crossbar
import Registers

/// What a tile has done since reset.
public struct TileCounters: Sendable, Equatable {
  public var reads: UInt64 = 0
  public var phases: UInt64 = 0
  public var pulses: UInt64 = 0
  public var programCycles: UInt64 = 0
  /// What the same pulses would take one cell at a time.
  public var serialCycles: UInt64 = 0
  public var readEnergy = Energy.zero
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
