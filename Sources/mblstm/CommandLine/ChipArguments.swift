import Board
import Crossbar
import Tasks
import Trace

/// The options that choose a chip, for every verb that makes one.
enum ChipArguments {
  static let options = [seed] + propertyOptions

  static let seed = Option(
    "--seed", "N", .integer(0...UInt64.max), default: .value("\(preset.seed)"), "Of everything random in the chip.")

  /// All but the seed, for verbs that choose seeds themselves.
  static let propertyOptions = [
    Option(
      "--dac-bits", "N", .integer(ChipConfiguration.dacBitsRange), default: .value("\(preset.dacBits)"),
      "Bits of the converters that drive the lines."),
    Option(
      "--adc-bits", "N", .integer(ChipConfiguration.adcBitsRange), default: .value("\(preset.adcBits)"),
      "Bits of the converters that read them."),
    Option(
      "--synapse", "KIND", .choice(of: Synapse.self), default: .value(preset.synapse.rawValue),
      "A memristor and a fixed resistor, or two memristors."),
    DeviceArguments.device, DeviceArguments.set,
    share("--read-noise", "Of a cell in a read, of the highest conductance; 0.4% was measured."),
    Option(
      "--variation", "SHARE", .share, default: .value("0"),
      "From device to device and from pulse to pulse, σ of the dose."),
    Option("--d2d", "SHARE", .share, default: .words("as --variation"), "From device to device only."),
    Option("--c2c", "SHARE", .share, default: .words("as --variation"), "From pulse to pulse only."),
    share("--threshold-spread", "From device to device, σ of the threshold voltages."),
    share("--bounds-spread", "From device to device, σ of the conductance's ends."),
    Option(
      "--device-noise", "SHARE", .share, default: .value("1"),
      "Of the noise that the device's source tells of, from pulse to pulse."),
    share("--program-error", "σ of the programming voltage from row phase to row phase."),
    share("--stuck-lrs", "Cells stuck in the low-resistance state; 1.75% was measured."),
    share("--stuck-hrs", "Cells stuck in the high-resistance state; 9.04% was measured."),
  ]

  private static let preset = ChipOptions()

  private static func share(_ name: String, _ help: String) -> Option {
    Option(name, "SHARE", .share, default: .value("0"), help)
  }

  /// - Parameter device: where another argument chooses it.
  static func options(from arguments: Arguments, device: Device? = nil) throws(UsageError) -> ChipOptions {
    var options = ChipOptions()
    if arguments.declares("--seed") { options.seed = arguments.integer("--seed") }
    options.dacBits = arguments.integer("--dac-bits")
    options.adcBits = arguments.integer("--adc-bits")
    options.synapse = arguments.choice("--synapse")
    options.readNoise = arguments.share("--read-noise")
    options.variation = arguments.share("--variation")
    options.deviceToDevice = arguments.share("--d2d", default: options.deviceToDevice)
    options.cycleToCycle = arguments.share("--c2c", default: options.cycleToCycle)
    options.thresholdSpread = arguments.share("--threshold-spread")
    options.boundsSpread = arguments.share("--bounds-spread")
    options.deviceNoise = arguments.share("--device-noise")
    options.programError = arguments.share("--program-error")
    options.stuckLRS = arguments.share("--stuck-lrs")
    options.stuckHRS = arguments.share("--stuck-hrs")
    if let device { options.device = device } else { options.device = try DeviceArguments.device(from: arguments) }
    return options
  }
}

extension ChipConfiguration {
  var tileSizes: [TileSize] {
    tiles.map {
      TileSize(wordLines: $0.wordLines, bitLines: $0.bitLines, columns: $0.bitLines / synapse.bitLinesPerColumn)
    }
  }
}
