import Board
import Crossbar
import Testing

@testable import Tasks

@Suite("The pulses of an update, row by row and cell by cell")
struct RowWritesTests {
  private static func array() -> CrossbarArray {
    var array = CrossbarArray(wordLines: 2, bitLines: 2, synapse: .reference, device: .vteam(.analog), seed: 3)
    for cell in 0..<4 {
      array.setConductance(Int32(20_000_000 + 15_000_000 * cell), wordLine: cell / 2, bitLine: cell % 2)
    }
    return array
  }

  private static func writes(_ rows: [(Int, [Int16])]) -> RowWrites {
    RowWrites(
      writes: rows.enumerated().map { .init(place: UInt64($0 + 1), row: $1.0, widths: $1.1) }, operationsBefore: 0,
      chip: ChipConfiguration(tiles: []))
  }

  /// V² G t of whole and of half the voltage, from the conductances at hand.
  private static func joules(_ siemens: [Int32], _ parts: [(cell: Int, volts: Double, seconds: Double)]) -> Double {
    parts.reduce(0) { $0 + $1.volts * $1.volts * Double(siemens[$1.cell]) * 1e-12 * $1.seconds }
  }

  @Test("A row of one SET of 60 ns and one RESET of 40 ns, worked out by hand, is two phases either way")
  func twoPhases() {
    let writes = Self.writes([(0, [3, -2])])
    let start = Self.array()
    var (parallel, serial) = (start, start)
    let (rows, cells) = (writes.rowParallel(on: &parallel), writes.cellSerial(on: &serial))
    #expect((rows.operations, rows.phases, rows.pulses, rows.wordLines) == (1, 2, 2, 1))
    #expect((cells.operations, cells.phases, cells.pulses, cells.wordLines) == (2, 2, 2, 1))
    // With the rest of 500 ns behind each.
    for cost in [rows, cells] { #expect((cost.pulseSeconds - 1100e-9).magnitude < 1e-15) }
    // In each phase there is one pulse: nothing is gained by a row's being parallel.
    #expect(rows.energyJoules == cells.energyJoules && parallel.conductance == serial.conductance)
    var middle = start
    _ = middle.apply(RowPhase(wordLine: 0, polarity: .set, millivolts: 1200, widths: [60, 0], operation: 1))
    let set = Self.joules(start.conductance, [(0, 1.2, 60e-9), (1, 0.6, 60e-9), (2, 0.6, 60e-9)])
    let reset = Self.joules(middle.conductance, [(1, 1.2, 40e-9), (0, 0.6, 40e-9), (3, 0.6, 40e-9)])
    #expect((rows.energyJoules / (set + reset) - 1).magnitude < 1e-3)
    let selected =
      Self.joules(start.conductance, [(0, 1.2, 60e-9)]) + Self.joules(middle.conductance, [(1, 1.2, 40e-9)])
    #expect(((rows.energyJoules - rows.halfSelectedJoules) / selected - 1).magnitude < 1e-3)
  }

  @Test(
    "Two SET pulses of a row share a phase; one cell at a time each has its own, with half its voltage on the other")
  func sharedPhase() {
    let writes = Self.writes([(1, [3, 5])])
    let start = Self.array()
    var (parallel, serial) = (start, start)
    let (rows, cells) = (writes.rowParallel(on: &parallel), writes.cellSerial(on: &serial))
    #expect((rows.phases, rows.pulses, cells.phases, cells.pulses) == (1, 2, 2, 2))
    #expect((rows.pulseSeconds - 600e-9).magnitude < 1e-15)
    #expect((cells.pulseSeconds - (560e-9 + 600e-9)).magnitude < 1e-15)
    #expect(parallel.conductance == serial.conductance)
    // Word line 1 has cells 2 and 3; cell 2 is at half the voltage for the 40 ns that are left of the phase.
    let together = Self.joules(
      start.conductance,
      [(2, 1.2, 60e-9), (3, 1.2, 100e-9), (2, 0.6, 40e-9), (0, 0.6, 60e-9), (1, 0.6, 100e-9)])
    #expect((rows.energyJoules / together - 1).magnitude < 1e-3)
    var middle = start
    _ = middle.apply(RowPhase(wordLine: 1, polarity: .set, millivolts: 1200, widths: [60, 0], operation: 1))
    let apart =
      Self.joules(start.conductance, [(2, 1.2, 60e-9), (3, 0.6, 60e-9), (0, 0.6, 60e-9)])
      + Self.joules(middle.conductance, [(3, 1.2, 100e-9), (2, 0.6, 100e-9), (1, 0.6, 100e-9)])
    #expect((cells.energyJoules / apart - 1).magnitude < 1e-3)
  }

  @Test("Word lines that are written twice are one word line and two operations; none is nothing")
  func lines() {
    var array = Self.array()
    let twice = Self.writes([(0, [1, 0]), (0, [0, 1]), (1, [1, 1])]).rowParallel(on: &array)
    #expect((twice.wordLines, twice.operations, twice.phases, twice.pulses) == (2, 3, 3, 4))
    let none = Self.writes([]).rowParallel(on: &array)
    #expect((none.wordLines, none.operations, none.energyJoules, none.pulseSeconds) == (0, 0, 0, 0))
  }
}
