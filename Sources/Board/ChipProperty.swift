import Crossbar
import Registers

/// A line of the table of what a chip is.
public typealias ChipProperty = Property<ChipConfiguration>
/// The same with what its usual value and its model stand on.
public typealias StatedProperty = (property: ChipProperty, standing: Standing)
/// The table of what a chip is.
public typealias ChipProperties = PropertyTable<ChipConfiguration>

extension ChipConfiguration {
  /// All that there is to say about a chip but its tiles. The device comes before what is relative to it.
  public static let properties = ChipProperties(usual: ChipConfiguration(tiles: []), stated.map(\.property))

  /// Each property with what its usual value, and the model behind it, stand on.
  public static let stated: [StatedProperty] = made + variations + converters + voltages + times + rest

  /// Both spreads of a pulse's dose at once, for people; no text holds it.
  public static let doseVariation = ChipProperty(
    "variation", \.bothDoseVariations, in: 0...1, .share, "d2d and c2c alike: σ of the dose of a pulse")

  private static let made: [StatedProperty] = [
    (
      ChipProperty("seed", \.seed, in: 0...UInt64.max, isAlwaysWritten: true, "Of everything random in the chip"),
      .exact("random numbers follow from it by a specified function")
    ),
    (
      ChipProperty(
        "synapse", \.synapse, isAlwaysWritten: true, "A memristor and a fixed reference, or a differential pair"),
      .exact("a choice of the design")
    ),
    (
      ChipProperty(
        "device", words: Device.names, isAlwaysWritten: true, "Model of the memristors",
        read: { $0.device.description }, write: { $0.setDevice($1) }),
      .assumed("vteam, with values chosen to fit analog threshold devices")
    ),
    (
      ChipProperty("dac-bits", \.dacBits, in: 4...12, .bits, "Bits of a DAC code, sign included"),
      .exact("a choice of the design")
    ),
    (
      ChipProperty("adc-bits", \.adcBits, in: 5...16, .bits, "Bits of an ADC code, sign included"),
      .exact("a choice of the design")
    ),
  ]

  private static let variations: [StatedProperty] = [
    (
      ChipProperty(
        "d2d", key: "deviceToDevice", \.variation.deviceToDevice, in: 0...1, .share,
        "From device to device, σ of the dose of a pulse"), .assumed("none; sweeps take 0 to 20 %")
    ),
    (
      ChipProperty(
        "c2c", key: "cycleToCycle", \.variation.cycleToCycle, in: 0...1, .share,
        "From pulse to pulse, σ of the dose of a pulse"), .assumed("none; sweeps take 0 to 20 %")
    ),
    (
      ChipProperty(
        "threshold-spread", \.variation.thresholdSpread, in: 0...1, .share,
        "From device to device, σ of the threshold voltages"), .assumed("none")
    ),
    (
      ChipProperty(
        "bounds-spread", \.variation.boundsSpread, in: 0...1, .share,
        "From device to device, σ of the conductance's ends"), .assumed("none")
    ),
    (
      ChipProperty(
        "device-noise", \.variation.deviceNoise, in: 0...1, .share,
        "Of the noise that the device's source tells of, from pulse to pulse"),
      .measured("as the source of the device has it")
    ),
    (
      ChipProperty(
        "program-error", \.variation.programError, in: 0...1, .share,
        "σ of the programming voltage from row phase to row phase"), .assumed("none; 2 % of a supply is usual")
    ),
    (
      ChipProperty(
        "stuck-lrs", key: "stuckLRS", \.variation.stuckLRS, in: 0...1, .share,
        "Cells stuck in the low-resistance state; 1.75% measured"),
      .assumed("none; 1.75 % measured: Chen et al., IEEE TC 2015")
    ),
    (
      ChipProperty(
        "stuck-hrs", key: "stuckHRS", \.variation.stuckHRS, in: 0...1, .share,
        "Cells stuck in the high-resistance state; 9.04% measured"),
      .assumed("none; 9.04 % measured: Chen et al., IEEE TC 2015")
    ),
    (
      ChipProperty(
        "read-noise", \.readNoiseShare, in: 0...1, .share,
        "σ of a cell in a read, of the device's highest conductance; 0.4% measured"),
      .assumed("none; 0.4 % measured on a 1T1R array, 0.2016 µS of 50 µS in 10 014 reads")
    ),
  ]

  private static let converters: [StatedProperty] = [
    (
      ChipProperty(
        "adc-offset", \.mismatch.adcOffset, in: 0...100_000, .microvolts, "From ADC to ADC, σ of the offset"),
      .assumed("none: ideal converters")
    ),
    (
      ChipProperty("adc-gain", \.mismatch.adcGain, in: 0...100_000, .ppm, "From ADC to ADC, σ of the gain error"),
      .assumed("none: ideal converters")
    ),
    (
      ChipProperty("dac-offset", \.mismatch.dacOffset, in: -10_000...10_000, .microvolts, "Offset of every DAC"),
      .assumed("none: ideal converters")
    ),
    (
      ChipProperty(
        "dac-inl", \.mismatch.dacNonlinearity, in: -10_000...10_000, .microvolts,
        "Peak of the DACs' parabolic integral non-linearity"), .assumed("none: ideal converters")
    ),
  ]

  private static let voltages: [StatedProperty] = [
    (
      ChipProperty(
        "read-voltage", \.readVoltage, in: 10_000...1_000_000, .microvolts, "Voltage of the largest DAC code"),
      .assumed("0.2 V, below every threshold")
    ),
    (
      ChipProperty(
        "set-amplitude", \.amplitudes.set, in: 0...4095, .millivolts,
        "Amplitude of SET pulses: AMPLITUDE.SET_MV after reset"), .assumed("half of it is below the threshold of vteam")
    ),
    (
      ChipProperty(
        "reset-amplitude", \.amplitudes.reset, in: 0...4095, .millivolts,
        "Amplitude of RESET pulses: AMPLITUDE.RESET_MV after reset"),
      .assumed("half of it is below the threshold of vteam")
    ),
    (
      ChipProperty(
        "max-amplitude", \.amplitudes.maximum, in: 0...4095, .millivolts,
        "Absolute maximum of both amplitudes: LIMIT_AMPLITUDE after power-up"), .exact("12 bits of AMPLITUDE")
    ),
    (
      ChipProperty(
        "feedback", \.feedback, in: 1...1_000_000_000, .ohms, "Transimpedance of either gain: FEEDBACK after reset"),
      .assumed("firmware writes its own for each gain")
    ),
    (
      ChipProperty(
        "bandwidth", \.amplifierBandwidth, in: 0...10_000_000, .kilohertz,
        "Gain–bandwidth product of the amplifiers; 0: they settle at once"),
      .assumed("at once; 100 to 500 MHz are usual")
    ),
  ]

  private static let times: [StatedProperty] = [
    (
      ChipProperty(
        "settle", \.timing.settle, in: 1...255, .cycles,
        "Lines and amplifiers settle before a conversion: SETTLE after reset"),
      .assumed("100 ns; with an amplifier of 500 MHz enough for some 27 word lines at 12 bits")
    ),
    (
      ChipProperty("sample", \.timing.sample, in: 1...239, .cycles, "ADCs sample before they decide, one bit a cycle"),
      .assumed("80 ns; with a clock a bit, as SAR ADCs take, 200 ns of 12 bits")
    ),
    (ChipProperty("relax", \.timing.relax, in: 0...65_535, .cycles, "Rest after a pulse phase"), .assumed("500 ns")),
    (
      ChipProperty(
        "wake-up", \.timing.wakeUp, in: 0...1_000_000, .cycles, "References settle once they are supplied: WAKE_UP"),
      .assumed("10 µs")
    ),
    (
      ChipProperty("pulse-step", \.timing.pulseStep, in: 1...1000, .cycles, "One step of a pulse width"),
      .assumed("20 ns")
    ),
  ]

  private static let rest: [StatedProperty] = [
    (
      ChipProperty(
        "flash-endurance", \.flashEndurance, in: 1...1_000_000, .none, "Erases that a page of the flash stands"),
      .assumed("10 000 erases, usual of NOR flash")
    ),
    (
      ChipProperty(
        "features", words: ChipFeatures.choices, "What the chip has more: MBX.FEATURES",
        read: { $0.features.words },
        write: { chip, words in
          guard let features = ChipFeatures(words: words) else { return "no such features" }
          chip.features = features
          return nil
        }), .exact("a choice of the design")
    ),
  ]

  private var bothDoseVariations: Double {
    get { max(variation.deviceToDevice, variation.cycleToCycle) }
    set { (variation.deviceToDevice, variation.cycleToCycle) = (newValue, newValue) }
  }

  /// - Returns: what makes the device unusable, or nil.
  private mutating func setDevice(_ text: String) -> String? {
    do throws(DeviceProblem) {
      change(to: try Device(text))
      return nil
    } catch { return error.description }
  }

  /// Makes it a chip of other devices; read noise stays the same share of the highest conductance.
  public mutating func change(to device: Device) {
    let noise = readNoiseShare
    self.device = device
    readNoiseShare = noise
  }
}
