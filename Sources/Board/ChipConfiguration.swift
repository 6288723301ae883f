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

  /// Ideal converters but for what is given.
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

  /// A crossbar of this size; `ChipConfiguration.problem` says whether a chip can have it.
  public init(wordLines: Int, bitLines: Int) {
    self.wordLines = wordLines
    self.bitLines = bitLines
  }
}

/// What the pulse drivers put across a cell until software writes something else, millivolts.
public struct PulseAmplitudes: Sendable, Equatable {
  /// Of SET pulses, 0 … 4095: `AMPLITUDE.SET_MV` after reset, unless the maximum is less.
  public var set: Int
  /// Of RESET pulses, 0 … 4095: `AMPLITUDE.RESET_MV` after reset, unless the maximum is less.
  public var reset: Int
  /// What software cannot go beyond, 0 … 4095: both fields of `LIMIT_AMPLITUDE` after reset.
  public var maximum: Int

  /// What a chip with these has after reset: none above the maximum.
  public var afterReset: PulseAmplitudes {
    PulseAmplitudes(set: min(set, maximum), reset: min(reset, maximum), maximum: maximum)
  }

  /// 1200 mV each, at most 4095 mV, but for what is given.
  public init(
    set: Int = Electrical.pulseMillivolts, reset: Int = Electrical.pulseMillivolts,
    maximum: Int = Electrical.largestMillivolts
  ) {
    self.set = set
    self.reset = reset
    self.maximum = maximum
  }
}

/// Clock cycles that the parts of an operation take.
public struct Timing: Sendable, Equatable {
  /// Lines and amplifiers settle, until software writes another time: the data sheet's typical.
  public var settle = 10
  /// ADCs sample, before they decide one bit a cycle.
  public var sample = 8
  /// Rest after each pulse phase.
  public var relax = 50
  /// References and amplifiers settle once they are supplied.
  public var wakeUp = 1000
  /// One step of a pulse width.
  public var pulseStep = Electrical.cyclesPerPulseStep

  /// The usual times: 10 cycles to settle, 8 to sample, 50 of rest, 1000 to wake up, 2 for a step of a pulse width.
  public init() {}

  /// A cycle of the core clock: 10.
  public static let nanosecondsPerCycle = Int64(Electrical.nanosecondsPerCycle)

  /// One step of a pulse width, nanoseconds.
  public var stepNanoseconds: Int { pulseStep * Int(Self.nanosecondsPerCycle) }

  /// Cycles of a phase with its longest pulse; none without a pulse.
  func phase(_ longest: PulseSteps) -> UInt64 {
    longest == .none ? 0 : pulse(longest) + UInt64(relax)
  }

  /// Cycles of a pulse of a width without sign.
  func pulse(_ width: PulseSteps) -> UInt64 { UInt64(width.count) * UInt64(pulseStep) }

  /// What a pulse driver makes of a width without sign in the cycles that its phase lasts.
  func nanoseconds(_ steps: PulseSteps, within cycles: UInt64) -> Nanoseconds {
    let pulsed = min(pulse(steps), cycles)
    return Nanoseconds(Int32(Int64(pulsed) * Self.nanosecondsPerCycle))
  }

  /// What is left of a width without sign some cycles after its phase began. A step begun counts as given, so that a
  /// pulse that is cut and given again never lasts longer than was asked.
  func rest(of steps: PulseSteps, after cycles: UInt64) -> PulseSteps {
    PulseSteps(Int32(UInt64(steps.count) - min(begunSteps(cycles), UInt64(steps.count))))
  }

  /// Steps that have begun some cycles after their phase.
  func begunSteps(_ cycles: UInt64) -> UInt64 { (cycles + UInt64(pulseStep) - 1) / UInt64(pulseStep) }
}

/// Everything that is fixed when a chip is made; `properties` says what each is called and what it may be.
public struct ChipConfiguration: Sendable, Equatable {
  /// 1 … 8 tiles.
  public var tiles: [TileConfiguration]
  /// How many memristors a weight has, and against what they are read.
  public var synapse: Synapse
  /// Model of all memristors.
  public var device: Device
  /// How far the memristors are from their model.
  public var variation: Variation
  /// Sign included.
  public var dacBits: Int
  /// Sign included.
  public var adcBits: Int
  /// How far the converters are from ideal ones.
  public var mismatch: ConverterMismatch
  /// Of the largest DAC code, microvolts; an LSB is this over the largest code, rounded.
  public var readVoltage = Electrical.readMicrovolts
  /// `AMPLITUDE` and `LIMIT_AMPLITUDE` of every tile after reset.
  public var amplitudes = PulseAmplitudes()
  /// Transimpedance of either gain until software writes another, ohms.
  public var feedback = Electrical.feedbackOhms
  /// Gain–bandwidth product of the transimpedance amplifiers, kilohertz; 0 for amplifiers that settle at once.
  public var amplifierBandwidth = 0
  /// Of the operations of every tile.
  public var timing = Timing()
  /// Erases that a page of the board's flash stands.
  public var flashEndurance = 10_000
  /// What it has beside what every chip has.
  public var features = ChipFeatures()
  /// Of all that is random in the chip: its devices, its noise, its converters.
  public var seed: UInt64

  /// A chip with these tiles, the usual one but for what is given; `problem` says whether it can be made.
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

  /// The tiles of a board of which nothing is said.
  public static let usualTiles = [
    TileConfiguration(wordLines: 32, bitLines: 64), TileConfiguration(wordLines: 32, bitLines: 16),
  ]

  /// The largest DAC code, 2^(`dacBits` − 1) − 1; the smallest is its negative.
  public var largestDriveCode: Int { 1 << (dacBits - 1) - 1 }
  /// An LSB of the DACs: `readVoltage` over `largestDriveCode`, rounded.
  public var microvoltsPerCode: Int64 {
    Int64((readVoltage + largestDriveCode / 2) / largestDriveCode)
  }

  /// `variation.readNoise` as a share of the device's highest conductance.
  public var readNoiseShare: Double {
    get { Double(variation.readNoise) / Double(device.conductanceRange.upperBound) }
    set { variation.readNoise = Int64((newValue * Double(device.conductanceRange.upperBound)).rounded()) }
  }
}
