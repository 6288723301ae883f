import Crossbar
import Registers

/// How far the converters are from ideal ones; all zero means ideal.
public struct ConverterMismatch: Sendable, Equatable {
  /// Standard deviation of each ADC's offset, microvolts.
  public var adcOffset: Int
  /// Standard deviation of each ADC's gain error, parts per million.
  public var adcGain: Int
  /// Offset of every DAC, microvolts.
  public var dacOffset: Int
  /// Peak of the DACs' parabolic integral non-linearity, microvolts.
  public var dacNonlinearity: Int

  public init(adcOffset: Int = 0, adcGain: Int = 0, dacOffset: Int = 0, dacNonlinearity: Int = 0) {
    self.adcOffset = adcOffset
    self.adcGain = adcGain
    self.dacOffset = dacOffset
    self.dacNonlinearity = dacNonlinearity
  }
}

/// One crossbar of a chip.
public struct TileConfiguration: Sendable, Equatable {
  /// 1 … 1024.
  public var wordLines: Int
  /// 1 … 1024, even for a differential synapse.
  public var bitLines: Int

  public init(wordLines: Int, bitLines: Int) {
    self.wordLines = wordLines
    self.bitLines = bitLines
  }
}

/// Everything that is fixed when a chip is made.
public struct ChipConfiguration: Sendable, Equatable {
  /// 1 … 8 tiles.
  public var tiles: [TileConfiguration]
  public var synapse: Synapse
  public var device: Device
  public var variation: Variation
  /// 4 … 12, sign included.
  public var dacBits: Int
  /// 5 … 16, sign included.
  public var adcBits: Int
  public var mismatch: ConverterMismatch
  /// Of all that is random in the chip: its devices, its noise, its converters.
  public var seed: UInt64

  public init(
    tiles: [TileConfiguration], synapse: Synapse = .reference, device: Device = .vteam(.analog),
    variation: Variation = .none, dacBits: Int = 8, adcBits: Int = 12, mismatch: ConverterMismatch = .init(),
    seed: UInt64 = 1
  ) {
    self.tiles = tiles
    self.synapse = synapse
    self.device = device
    self.variation = variation
    self.dacBits = dacBits
    self.adcBits = adcBits
    self.mismatch = mismatch
    self.seed = seed
  }

  public static let dacBitsRange = 4...12
  public static let adcBitsRange = 5...16

  /// Full-scale read voltage, microvolts; an LSB is this over the largest code, rounded.
  public static let readVoltage = Int64(Electrical.readMicrovolts)

  public var largestDriveCode: Int { 1 << (dacBits - 1) - 1 }
  public var microvoltsPerCode: Int64 {
    (Self.readVoltage + Int64(largestDriveCode / 2)) / Int64(largestDriveCode)
  }
}

/// Cycles of the core clock that the parts of an operation take.
public enum Timing {
  public static let nanosecondsPerCycle = Int64(Electrical.nanosecondsPerCycle)
  /// Lines and amplifiers settle.
  public static let settle: UInt64 = 10
  /// All ADCs convert.
  public static let convert: UInt64 = 20
  /// Rest after each pulse phase.
  public static let relax: UInt64 = 50
  /// One step of a pulse width.
  public static let pulseStep = UInt64(Electrical.cyclesPerPulseStep)
}
