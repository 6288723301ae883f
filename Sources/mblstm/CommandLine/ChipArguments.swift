import Board
import Crossbar
import Tasks
import Trace

/// The options that choose a chip, for every verb that makes one.
enum ChipArguments {
  static let options = [
    Option("--seed", "N", "Of everything random in the chip (default 1)."),
    Option("--dac-bits", "N", "4 to 12 (default 8)."),
    Option("--adc-bits", "N", "5 to 16 (default 12)."),
    Option("--synapse", "KIND", "reference (a memristor and a fixed resistor) or differential (default reference)."),
    Option("--device", "NAME", "\(Device.names.joined(separator: ", ")) (default vteam)."),
    Option("--read-noise", "SHARE", "Of a cell in a read, of the highest conductance (default 0; 0.4% measured)."),
    Option("--variation", "SHARE", "From device to device and from pulse to pulse, σ of the dose (default 0)."),
    Option("--d2d", "SHARE", "From device to device only (default: as --variation)."),
    Option("--c2c", "SHARE", "From pulse to pulse only (default: as --variation)."),
    Option("--threshold-spread", "SHARE", "From device to device, σ of the threshold voltages (default 0)."),
    Option("--bounds-spread", "SHARE", "From device to device, σ of the conductance's ends (default 0)."),
    Option(
      "--device-noise", "SHARE", "Of the noise that the device's source tells of, from pulse to pulse (default 1)."),
    Option("--program-error", "SHARE", "σ of the programming voltage from row phase to row phase (default 0)."),
    Option("--stuck-lrs", "SHARE", "Cells stuck in the low-resistance state (default 0; 1.75% measured)."),
    Option("--stuck-hrs", "SHARE", "Cells stuck in the high-resistance state (default 0; 9.04% measured)."),
  ]

  static func options(from arguments: Arguments) throws(UsageError) -> ChipOptions {
    var options = ChipOptions()
    options.seed = try arguments.integer("--seed", in: 0...UInt64.max, default: options.seed)
    options.dacBits = try arguments.integer(
      "--dac-bits", in: ChipConfiguration.dacBitsRange, default: options.dacBits)
    options.adcBits = try arguments.integer(
      "--adc-bits", in: ChipConfiguration.adcBitsRange, default: options.adcBits)
    options.synapse = try arguments.choice("--synapse", default: options.synapse)
    options.readNoise = try arguments.share("--read-noise", default: 0)
    options.variation = try arguments.share("--variation", default: 0)
    options.deviceToDevice = try arguments.share("--d2d", default: options.deviceToDevice)
    options.cycleToCycle = try arguments.share("--c2c", default: options.cycleToCycle)
    options.thresholdSpread = try arguments.share("--threshold-spread", default: 0)
    options.boundsSpread = try arguments.share("--bounds-spread", default: 0)
    options.deviceNoise = try arguments.share("--device-noise", default: 1)
    options.programError = try arguments.share("--program-error", default: 0)
    options.stuckLRS = try arguments.share("--stuck-lrs", default: 0)
    options.stuckHRS = try arguments.share("--stuck-hrs", default: 0)
    options.device = try device(arguments)
    return options
  }

  private static func device(_ arguments: Arguments) throws(UsageError) -> Device {
    guard let name = arguments.text("--device") else { return ChipOptions().device }
    guard let device = Device(name: name) else {
      throw UsageError("--device is '\(name)', expected one of: \(Device.names.joined(separator: ", "))")
    }
    return device
  }
}

extension ChipConfiguration {
  var tileSizes: [TileSize] {
    tiles.map {
      TileSize(wordLines: $0.wordLines, bitLines: $0.bitLines, columns: $0.bitLines / synapse.bitLinesPerColumn)
    }
  }
}
