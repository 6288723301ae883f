import Registers
import Testing
import Trace

@testable import Board

@Suite("A board that takes over another's cells")
struct TakeOverTests {
  @Test("Reads as the other does, corrections of its converters with it, and draws the same noise")
  func reads() throws {
    var configuration = ChipConfiguration.small(mismatch: .init(adcOffset: 3000, adcGain: 5000))
    configuration.readNoiseShare = 0.01
    var one = try Bench.unlocked(configuration)
    one.write(.pulse, 0, 1000)
    one.start(.programRow, row: 1)
    _ = one.read(.wait)
    one.write(.trim, 0, one.read(.trim, 0) ^ 0x0005_0003)
    var other = try Bench.unlocked(configuration)
    other.takeOver(cellsOf: one)
    func codes(_ machine: inout Bench) -> [UInt32] {
      for word in 0..<3 { machine.write(.drive, word, 0x0040_0040) }
      machine.start(.read)
      _ = machine.read(.wait)
      return (0..<2).map { machine.read(.sense, $0) }
    }
    let before = codes(&one)
    #expect(codes(&other) == before)
    #expect(other.read(.trim, 0) == one.read(.trim, 0))
    one.write(.trim, 0, TileRegister.Trim.unit)
    other.takeOver(cellsOf: one)
    let untrimmed = codes(&one)
    #expect(untrimmed != before && codes(&other) == untrimmed)
    var fresh = try Bench.unlocked(configuration)
    #expect(fresh.takeOver(operationNumbersOf: one) && !fresh.takeOver(operationNumbersOf: one))
  }
}
