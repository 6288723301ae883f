import Board
import Crossbar
import Firmware
import FixedPoint

/// When programming by write-verify is content.
public struct ProgrammingSettings: Sendable, Equatable {
  /// Every cell is this near its target, share of the window, or within a code of the ADC.
  public var tolerance = 0.004
  /// Rounds of pulse and read that a row may take.
  public var rounds = 40

  /// 0.4 % of the window, 40 rounds.
  public init() {}

  /// What each setting is called and what it may be.
  public static let properties = PropertyTable(
    usual: ProgrammingSettings(),
    [
      Property(
        "tolerance", \.tolerance, in: 0...1, .share, isAlwaysWritten: true,
        "How near every cell comes to its target, of the window"),
      Property(
        "rounds", \.rounds, in: 1...10_000, isAlwaysWritten: true, "Rounds of pulse and read that a row may take"),
    ])

  /// Tolerance, rounds and samples of a `program` request.
  ///
  /// The tolerance is Q0.15 of the window, no finer than a code, which is two steps of 2^(16 − bits) when weights are
  /// read; a verify averages 2^samples reads: one without noise, sixteen with.
  func words(on chip: ChipConfiguration) -> [UInt32] {
    [
      UInt32(max(Share(tolerance), Share(raw: 2 << Int32(16 - chip.adcBits))).raw), UInt32(rounds),
      samplesLog2(on: chip),
    ]
  }

  package func samplesLog2(on chip: ChipConfiguration) -> UInt32 { chip.variation.readNoise > 0 ? 4 : 0 }
}
