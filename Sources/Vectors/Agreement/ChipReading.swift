import Board
import Crossbar
import Firmware
import FixedPoint
import Registers

/// What cells and converters of a chip read, as a controller sees them at best: by reads of its own copy of the board.
enum ChipReading {
  /// Reads that are averaged where reads are noisy.
  private static var samples: Int { 64 }

  /// The weights of a layer on a tile, shares of the window (2⁻¹⁵), row by row, and how far a single reading may be off.
  static func weights(
    ofTile number: Int, _ lines: NetworkShape.Lines, on board: Machine<AccessLog>
  ) -> (shares: [Int32], noise: Int32) {
    var board = board
    let tile = TileDriver(number: number, on: &board)
    let samples = board.chip.configuration.variation.readNoise > 0 ? samples : 1
    var shares: [Int32] = []
    var squares = 0.0
    for row in 0..<lines.rows {
      var codes = [Int16](repeating: 0, count: tile.wordLines)
      codes[row] = Int16(truncatingIfNeeded: tile.fullScaleCode)
      tile.drive(codes, ofLines: tile.wordLines, on: &board)
      var readings: [[Int32]] = []
      for _ in 0..<samples {
        tile.perform(.read, gain: 1, linear: true, on: &board)
        readings.append(sensed(lines.columns, tile, &board).map { 2 * $0 })
      }
      for column in 0..<lines.columns {
        let sum = readings.reduce(0) { $0 + Double($1[column]) }
        let mean = sum / Double(samples)
        squares += readings.reduce(0) { $0 + ($1[column].real - mean) * ($1[column].real - mean) }
        shares.append(Int32(mean.rounded()))
      }
    }
    guard samples > 1 else { return (shares, 0) }
    let variance = squares / Double((samples - 1) * lines.cells)
    return (shares, Int32(6 * variance.squareRoot()))
  }

  /// The largest distance, in steps, of a tile's converters from true, at both voltages that they can be tried at.
  static func conversionError(ofTile number: Int, on board: Machine<AccessLog>) -> Int32 {
    var board = board
    let tile = TileDriver(number: number, on: &board)
    let lines = max(tile.wordLines, tile.columns)
    var largest: Int32 = 0
    for (operation, truth) in [(Operation.zero, 0), (.reference, Int32(AnalogScale.reference))] {
      tile.perform(operation, linear: true, on: &board)
      for steps in sensed(lines, tile, &board) { largest = max(largest, abs(steps - truth)) }
    }
    return largest
  }

  /// Steps of one code of a tile's converters.
  static func stepsPerCode(_ board: Machine<AccessLog>) -> Int32 { 1 << Int32(16 - board.chip.configuration.adcBits) }

  private static func sensed(_ count: Int, _ tile: TileDriver, _ board: inout Machine<AccessLog>) -> [Int32] {
    var values = [Q0_15](repeating: .zero, count: count)
    tile.sense(into: &values, on: &board)
    return values.map { Int32($0.raw) }
  }
}

extension Int32 {
  fileprivate var real: Double { Double(self) }
}
