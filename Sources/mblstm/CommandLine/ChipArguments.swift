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
    Option("--read-noise", "SHARE", "Of a cell in a read, of the highest conductance (default 0; 0.4% measured)."),
    Option("--variation", "SHARE", "From device to device and from pulse to pulse (default 0)."),
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
