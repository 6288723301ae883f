import Board
import Firmware
import Testing

@testable import Vectors

@Suite("Weights as a controller reads them at best")
struct ChipReadingTests {
  private static func read(rows: Int, columns: Int, noise: Double) throws -> (shares: [Int32], noise: Int32) {
    var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: rows, bitLines: columns)])
    chip.readNoiseShare = noise
    let machine = try Machine(chip, log: AccessLog(nil))
    return ChipReading.weights(
      ofTile: 0, NetworkShape.Lines(rows: rows, columns: columns), on: machine)
  }

  @Test("How far a single reading may be off follows the noise of a cell, not the number of cells")
  func noise() throws {
    #expect(try Self.read(rows: 2, columns: 4, noise: 0).noise == 0)
    let small = try Self.read(rows: 2, columns: 4, noise: 0.004)
    let large = try Self.read(rows: 8, columns: 24, noise: 0.004)
    let noisier = try Self.read(rows: 2, columns: 4, noise: 0.016)
    #expect(small.shares.count == 8 && large.shares.count == 192)
    #expect(small.noise > 0 && (0.7...1.4).contains(Double(large.noise) / Double(small.noise)))
    #expect((3.0...5.0).contains(Double(noisier.noise) / Double(small.noise)), "\(small.noise), \(noisier.noise)")
  }
}
