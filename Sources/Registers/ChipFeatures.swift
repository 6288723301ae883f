/// What a chip may have beside what every chip has, as `MBX.FEATURES` announces it.
public struct ChipFeatures: OptionSet, Hashable, Sendable {
  /// Bits of `MBX.FEATURES`.
  public let rawValue: UInt32

  /// Features by their bits.
  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Of every tile: `DRIVE_SIGNALS`, `SENSE_SIGNALS` and `PULSE_PAIRS`.
  @inlinable
  public static var windows: ChipFeatures { ChipFeatures(rawValue: ChipRegister.Features.windows.mask) }
  /// The block `CELL`.
  @inlinable
  public static var cell: ChipFeatures { ChipFeatures(rawValue: ChipRegister.Features.cell.mask) }

  /// All that a chip may have.
  public static var all: ChipFeatures { [.windows, .cell] }
}
