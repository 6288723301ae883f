import Crossbar

/// A line of the table of what a chip is.
public typealias ChipProperty = Property<ChipConfiguration>
/// The table of what a chip is.
public typealias ChipProperties = PropertyTable<ChipConfiguration>

extension ChipConfiguration {
  /// All that there is to say about a chip but its tiles. The device comes before what is relative to it.
  public static let properties = ChipProperties(
    usual: ChipConfiguration(tiles: []), made + variations + converters + voltages + times + memory)

  /// Both spreads of a pulse's dose at once, for people; no text holds it.
  public static let doseVariation = ChipProperty(
    "variation", \.bothDoseVariations, in: 0...1, .share, "d2d and c2c alike: σ of the dose of a pulse")

  private static let made = [
    ChipProperty("seed", \.seed, in: 0...UInt64.max, isAlwaysWritten: true, "Of everything random in the chip"),
    ChipProperty(
      "synapse", \.synapse, isAlwaysWritten: true, "A memristor and a fixed reference, or a differential pair"),
    ChipProperty(
      "device", words: Device.names, isAlwaysWritten: true, "Model of the memristors",
      read: { $0.device.description }, write: { $0.setDevice($1) }),
    ChipProperty("dac-bits", \.dacBits, in: 4...12, .bits, "Bits of a DAC code, sign included"),
    ChipProperty("adc-bits", \.adcBits, in: 5...16, .bits, "Bits of an ADC code, sign included"),
  ]

  private static let variations = [
    ChipProperty(
      "d2d", key: "deviceToDevice", \.variation.deviceToDevice, in: 0...1, .share,
      "From device to device, σ of the dose of a pulse"),
    ChipProperty(
      "c2c", key: "cycleToCycle", \.variation.cycleToCycle, in: 0...1, .share,
      "From pulse to pulse, σ of the dose of a pulse"),
    ChipProperty(
      "threshold-spread", \.variation.thresholdSpread, in: 0...1, .share,
      "From device to device, σ of the threshold voltages"),
    ChipProperty(
      "bounds-spread", \.variation.boundsSpread, in: 0...1, .share,
      "From device to device, σ of the conductance's ends"),
    ChipProperty(
      "device-noise", \.variation.deviceNoise, in: 0...1, .share,
      "Of the noise that the device's source tells of, from pulse to pulse"),
    ChipProperty(
      "program-error", \.variation.programError, in: 0...1, .share,
      "σ of the programming voltage from row phase to row phase"),
    ChipProperty(
      "stuck-lrs", key: "stuckLRS", \.variation.stuckLRS, in: 0...1, .share,
      "Cells stuck in the low-resistance state; 1.75% measured"),
    ChipProperty(
      "stuck-hrs", key: "stuckHRS", \.variation.stuckHRS, in: 0...1, .share,
      "Cells stuck in the high-resistance state; 9.04% measured"),
    ChipProperty(
      "read-noise", \.readNoiseShare, in: 0...1, .share,
      "σ of a cell in a read, of the device's highest conductance; 0.4% measured"),
  ]

  private static let converters = [
    ChipProperty("adc-offset", \.mismatch.adcOffset, in: 0...100_000, .microvolts, "From ADC to ADC, σ of the offset"),
    ChipProperty("adc-gain", \.mismatch.adcGain, in: 0...100_000, .ppm, "From ADC to ADC, σ of the gain error"),
    ChipProperty("dac-offset", \.mismatch.dacOffset, in: -10_000...10_000, .microvolts, "Offset of every DAC"),
    ChipProperty(
      "dac-inl", \.mismatch.dacNonlinearity, in: -10_000...10_000, .microvolts,
      "Peak of the DACs' parabolic integral non-linearity"),
  ]

  private static let voltages = [
    ChipProperty("read-voltage", \.readVoltage, in: 10_000...1_000_000, .microvolts, "Voltage of the largest DAC code"),
    ChipProperty(
      "set-amplitude", \.amplitudes.set, in: 0...4095, .millivolts,
      "Amplitude of SET pulses: AMPLITUDE.SET_MV after reset"),
    ChipProperty(
      "reset-amplitude", \.amplitudes.reset, in: 0...4095, .millivolts,
      "Amplitude of RESET pulses: AMPLITUDE.RESET_MV after reset"),
    ChipProperty(
      "max-amplitude", \.amplitudes.maximum, in: 0...4095, .millivolts,
      "Absolute maximum of both amplitudes: LIMIT_AMPLITUDE after power-up"),
    ChipProperty(
      "feedback", \.feedback, in: 1...1_000_000_000, .ohms, "Transimpedance of either gain: FEEDBACK after reset"),
  ]

  private static let times = [
    ChipProperty("settle", \.timing.settle, in: 1...255, .cycles, "Lines and amplifiers settle before a conversion"),
    ChipProperty("convert", \.timing.convert, in: 1...255, .cycles, "All ADCs convert"),
    ChipProperty("relax", \.timing.relax, in: 0...65_535, .cycles, "Rest after a pulse phase"),
    ChipProperty(
      "wake-up", \.timing.wakeUp, in: 0...1_000_000, .cycles, "References settle once they are supplied: WAKE_UP"),
    ChipProperty("pulse-step", \.timing.pulseStep, in: 1...1000, .cycles, "One step of a pulse width"),
  ]

  private static let memory = [
    ChipProperty(
      "flash-endurance", \.flashEndurance, in: 1...1_000_000, .none, "Erases that a page of the flash stands")
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
