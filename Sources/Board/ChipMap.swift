import Crossbar
import Registers
import Trace

extension ChipConfiguration {
  /// The blocks of a board with this chip, their registers as they are after its reset.
  public var maps: [BlockMap] {
    BlockMap.board(tiles: tiles.count, features: features).map { block in
      var block = block
      if block.base == MemoryMap.chip {
        block.setReset(ChipRegister.tiles, to: UInt32(tiles.count))
        block.setReset(ChipRegister.features, to: features.rawValue)
        let die = CounterRandom(seed: seed).bits(.die, tile: 0, operation: 0, index: 0)
        for place in 0..<2 { block.setReset(ChipRegister.die, place, to: die[place]) }
      }
      if block.base == MemoryMap.flash { block.setReset(FlashRegister.endurance, to: UInt32(flashEndurance)) }
      if let number = block.number { setResets(of: &block, tiles[number]) }
      return block
    }
  }

  private func setResets(of block: inout BlockMap, _ tile: TileConfiguration) {
    block.setReset(
      TileRegister.geometry,
      to: TileRegister.Geometry.wordLines.encode(UInt32(tile.wordLines))
        | TileRegister.Geometry.bitLines.encode(UInt32(tile.bitLines)))
    block.setReset(
      TileRegister.converters,
      to: TileRegister.Converters.dacBits.encode(UInt32(dacBits))
        | TileRegister.Converters.adcBits.encode(UInt32(adcBits))
        | TileRegister.Converters.differential.encode(synapse == .differential)
        | TileRegister.Converters.features.encode(!features.isEmpty))
    let range = device.conductanceRange
    block.setReset(TileRegister.conductance, 0, to: UInt32(range.lowerBound) / 1000)
    block.setReset(TileRegister.conductance, 1, to: UInt32(range.upperBound) / 1000)
    block.setReset(TileRegister.readVoltage, to: UInt32(microvoltsPerCode))
    block.setReset(
      TileRegister.timing,
      to: TileRegister.Timing.settle.encode(UInt32(timing.settle))
        | TileRegister.Timing.convert.encode(UInt32(conversionCycles))
        | TileRegister.Timing.relax.encode(UInt32(timing.relax)))
    block.setReset(TileRegister.settle, to: UInt32(timing.settle))
    block.setReset(
      TileRegister.amplitude,
      to: TileRegister.Amplitude.word(set: amplitudes.afterReset.set, reset: amplitudes.afterReset.reset))
    block.setReset(
      TileRegister.limitAmplitude,
      to: TileRegister.Amplitude.word(set: amplitudes.maximum, reset: amplitudes.maximum))
    block.setReset(TileRegister.wakeUp, to: UInt32(timing.wakeUp))
    for gain in 0..<2 { block.setReset(TileRegister.feedback, gain, to: UInt32(feedback)) }
  }
}

extension ChipConfiguration {
  /// Cycles in which all ADCs convert: one a bit behind those in which they sample.
  public var conversionCycles: Int { timing.sample + adcBits }

  /// Lines of the tiles, for waves.
  package var tileSizes: [TileSize] {
    tiles.map {
      TileSize(wordLines: $0.wordLines, bitLines: $0.bitLines, columns: $0.bitLines / synapse.bitLinesPerColumn)
    }
  }
}
