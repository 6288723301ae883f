import Board
import Crossbar
import Files
import Firmware
import FixedPoint
import Registers

/// The choices that a user has in a run.
public struct ChipOptions: Sendable, Equatable {
  public var dacBits = 8
  public var adcBits = 12
  public var synapse = Synapse.reference
  public var device = Device.vteam(.analog)
  /// Of a cell's conductance in a read, as a share of the device's highest conductance.
  public var readNoise = 0.0
  /// As in `Variation`.
  public var deviceToDevice = 0.0
  public var thresholdSpread = 0.0
  public var boundsSpread = 0.0
  public var cycleToCycle = 0.0
  public var deviceNoise = 1.0
  public var programError = 0.0
  public var stuckLRS = 0.0
  public var stuckHRS = 0.0
  public var seed: UInt64 = 1
  /// Programming stops when every cell is this near its target, share of the window, or within a code of the ADC.
  public var tolerance = 0.004
  /// Rounds of pulse and read that a row may take.
  public var rounds = 40

  public init() {}

  /// From device to device and from pulse to pulse alike; reads as the larger of the two.
  public var variation: Double {
    get { max(deviceToDevice, cycleToCycle) }
    set { (deviceToDevice, cycleToCycle) = (newValue, newValue) }
  }

  /// A chip whose two tiles are just large enough for the network.
  /// - Throws: when the network is larger than a tile can be.
  public func chip(for shape: NetworkShape, named name: String) throws(InputError) -> ChipConfiguration {
    let tiles = Layer.allCases.map { layer in
      TileConfiguration(
        wordLines: shape[layer].rows, bitLines: shape[layer].columns * synapse.bitLinesPerColumn)
    }
    let most = MemoryMap.maximumLines
    for (tile, layer) in zip(tiles, ["LSTM cell", "dense layer"])
    where tile.wordLines > most || tile.bitLines > most {
      throw InputError(
        name,
        "the \(layer) of \(shape) needs \(tile.wordLines) word lines × \(tile.bitLines) bit lines,"
          + " a tile has at most \(most) × \(most)")
    }
    var configuration = ChipConfiguration(tiles: tiles, synapse: synapse, device: device)
    configuration.dacBits = dacBits
    configuration.adcBits = adcBits
    configuration.seed = seed
    configuration.variation = Variation(
      deviceToDevice: deviceToDevice, thresholdSpread: thresholdSpread, boundsSpread: boundsSpread,
      cycleToCycle: cycleToCycle, deviceNoise: deviceNoise, programError: programError, stuckLRS: stuckLRS,
      stuckHRS: stuckHRS,
      readNoise: Int64((readNoise * Double(device.conductanceRange.upperBound)).rounded()))
    return configuration
  }

  /// The tolerance, Q0.15 of the window: no finer than a code, which is two steps of 2^(16 − bits) when weights are read.
  var toleranceWord: UInt32 { UInt32(max(Share(tolerance), Share(raw: 2 << Int32(16 - adcBits))).raw) }

  /// Reads averaged in a verify, as a power of two: one without noise, sixteen with.
  var samplesLog2: UInt32 { readNoise > 0 ? 4 : 0 }
}
