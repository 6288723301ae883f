import Board
import Firmware
import Registers
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

  @Test("That is six standard deviations of the readings of all cells, each about its own mean")
  func deviation() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var chip = ChipConfiguration(tiles: [TileConfiguration(wordLines: 1, bitLines: 2)], adcBits: 16, seed: seed)
      chip.readNoiseShare = 0.000_02 * Double(seed)
      let machine = try Machine(chip, log: AccessLog(nil))
      var board = machine
      let tile = MemoryMap.tile(0)
      board.write(tile + TileRegister.drive.offset(), Lanes.pack(Int16(chip.largestDriveCode), 0))
      var readings: [[Double]] = [[], []]
      for _ in 0..<64 {
        // READ, with the second resistor, and no circuit behind.
        board.write(tile + TileRegister.start.offset(), 0x31)
        _ = board.read(tile + TileRegister.wait.offset())
        let word = board.read(tile + TileRegister.sense.offset())
        readings[0].append(2 * Double(Lanes.even(word)))
        readings[1].append(2 * Double(Lanes.odd(word)))
      }
      let means = readings.map { $0.reduce(0, +) / 64 }
      let squares = zip(readings, means).reduce(0) { sum, each in
        sum + each.0.reduce(0) { $0 + ($1 - each.1) * ($1 - each.1) }
      }
      let read = ChipReading.weights(ofTile: 0, NetworkShape.Lines(rows: 1, columns: 2), on: machine)
      #expect(read.shares == means.map { Int32($0.rounded()) })
      #expect(read.noise == Int32(6 * (squares / (63 * 2)).squareRoot()), "\(seed)")
    }
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
