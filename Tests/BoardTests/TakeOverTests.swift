import Registers
import Testing
import Trace

@testable import Board

@Suite("A board that takes over another's cells")
struct TakeOverTests {
  private static func codes(_ machine: inout Bench) -> [UInt32] {
    for word in 0..<3 { machine.write(.drive, word, 0x0040_0040) }
    machine.start(.read)
    _ = machine.read(.wait)
    return (0..<2).map { machine.read(.sense, $0) }
  }

  @Test("Reads as the other does, with its cells and the corrections of its converters")
  func reads() throws {
    let fresh = try Bench.unlocked()
    var (plain, one) = (fresh, fresh)
    let untouched = Self.codes(&plain)
    one.write(.pulse, 0, 1000)
    one.start(.programRow, row: 1)
    _ = one.read(.wait)
    var (pulsed, trimmed) = (one, one)
    // A gain of 1.125, and 2000 steps of offset: 32 codes and more.
    trimmed.write(.trim, 0, 0x9000_0000 | 2000)
    let (cells, corrected) = (Self.codes(&pulsed), Self.codes(&trimmed))
    #expect(cells != untouched && corrected != cells)
    var other = fresh
    other.takeOver(cellsOf: trimmed)
    #expect(other.read(.trim, 0) == 0x9000_0000 | 2000)
    #expect(Self.codes(&other) == corrected)
    other.takeOver(cellsOf: pulsed)
    #expect(other.read(.trim, 0) == TileRegister.Trim.unit)
    #expect(Self.codes(&other) == cells)
  }

  @Test("Draws the noise that the other will, of the operations with the same numbers; those alone may be taken over")
  func noise() throws {
    var configuration = ChipConfiguration.small()
    configuration.readNoiseShare = 0.05
    let fresh = try Bench.unlocked(configuration)
    var (one, other, late) = (fresh, fresh, fresh)
    let first = Self.codes(&one)
    var second = one
    other.takeOver(cellsOf: one)
    let next = Self.codes(&second)
    #expect(next != first && Self.codes(&other) == next)
    #expect(late.takeOver(operationNumbersOf: one) && !late.takeOver(operationNumbersOf: one))
    #expect(Self.codes(&late) == next)
  }
}
