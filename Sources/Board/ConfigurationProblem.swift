import Crossbar
import Registers

/// Why a chip cannot be made.
public struct ConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// What, and what was expected.
  public let description: String
}

extension ChipConfiguration {
  /// The first thing outside its range, or nil.
  public var problem: ConfigurationProblem? {
    if let problem = device.problem { return ConfigurationProblem(description: problem) }
    func outside(_ what: String, _ value: Int, _ range: ClosedRange<Int>) -> ConfigurationProblem? {
      range.contains(value)
        ? nil
        : ConfigurationProblem(
          description: "\(what) is \(value), expected \(range.lowerBound) to \(range.upperBound)")
    }
    let most = MemoryMap.maximumLines
    if let problem = outside("the number of tiles", tiles.count, 1...MemoryMap.maximumTiles)
      ?? outside("DAC bits", dacBits, Self.dacBitsRange) ?? outside("ADC bits", adcBits, Self.adcBitsRange)
    {
      return problem
    }
    for (number, tile) in tiles.enumerated() {
      if let problem = outside("word lines of tile \(number)", tile.wordLines, 1...most)
        ?? outside("bit lines of tile \(number)", tile.bitLines, 1...most)
      {
        return problem
      }
      guard tile.bitLines % synapse.bitLinesPerColumn == 0 else {
        return ConfigurationProblem(
          description: "bit lines of tile \(number) are \(tile.bitLines), expected an even number for pairs")
      }
    }
    let shares = [
      variation.deviceToDevice, variation.thresholdSpread, variation.boundsSpread, variation.cycleToCycle,
      variation.deviceNoise, variation.programError, variation.stuckLRS, variation.stuckHRS,
    ]
    guard shares.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      return ConfigurationProblem(description: "a variation is a share from 0 to 1")
    }
    guard variation.stuckLRS + variation.stuckHRS <= 1 else {
      return ConfigurationProblem(description: "the shares of stuck cells are more than 1 together")
    }
    guard variation.readNoise >= 0 && variation.readNoise <= Int64(device.conductanceRange.upperBound) else {
      return ConfigurationProblem(description: "read noise is 0 to the device's highest conductance")
    }
    return outside("ADC offset", mismatch.adcOffset, 0...100_000) ?? outside(
      "ADC gain error", mismatch.adcGain, 0...100_000)
      ?? outside("DAC offset", mismatch.dacOffset, -10_000...10_000)
      ?? outside("DAC non-linearity", mismatch.dacNonlinearity, -10_000...10_000)
  }
}
