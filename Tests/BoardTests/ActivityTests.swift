import Registers
import Testing

@testable import Board
@testable import Crossbar

@Suite("What circuits have done")
struct ActivityTests {
  private func read(_ machine: inout Bench, _ operation: Registers.Operation, tile: Int = 0, row: Int = 0) {
    machine.start(operation, row: row, tile: tile)
    _ = machine.read(.wait, tile: tile)
  }

  @Test("READ converts every word line's code, and amplifies and converts every column")
  func read() throws {
    var machine = try Bench.unlocked()
    machine.write(.drive, 0, Lanes.pack(100, -50))
    machine.write(.feedback, 0, tile: 0, 5000)
    machine.write(.activation, 0, tile: 0, 0b01_00_10_01)
    read(&machine, .read)
    let activity = machine.activity.tiles[0]
    #expect(activity.driveConversions == 6 && activity.amplifications == 4 && activity.conversions == 4)
    // 1575 µV a code.
    #expect(activity.wordLineSquares == UInt128(157_500 * 157_500 + 78_750 * 78_750) && activity.bitLineSquares == 0)
    let codes = machine.chip.tiles[0].array
    // Fresh cells have the lowest conductance; beside each there is a reference.
    let low = codes.code(codes.device.conductanceRange.lowerBound)
    let load = 24 * (low + codes.referenceCode) * codes.conductanceStep
    #expect(activity.noiseGain == UInt128(UInt64(load)) * 5000)
    #expect(activity.charge == UInt128(UInt64(236_250 * 4 * (low + codes.referenceCode) * codes.conductanceStep * 300)))
    #expect(activity.reading == machine.chip.tiles[0].counters.readEnergy && activity.reading.raw > 0)
    #expect(activity.evaluations == 3)
    #expect(machine.activity.tiles[1] == TileActivity())
  }

  @Test("READ_T drives columns and senses word lines; a pair of bit lines is two lines to charge")
  func transposed() throws {
    var machine = try Bench.small(.small(.differential))
    machine.write(.drive, 0, Lanes.pack(10, 20))
    read(&machine, .readTransposed)
    let activity = machine.activity.tiles[0]
    #expect(activity.driveConversions == 2 && activity.amplifications == 6 && activity.conversions == 6)
    #expect(
      activity.bitLineSquares == UInt128(2 * (15_750 * 15_750 + 31_500 * 31_500)) && activity.wordLineSquares == 0)
    #expect(activity.evaluations == 0)
  }

  @Test("ZERO and REFERENCE convert every line, and nothing else acts", arguments: [Operation.zero, .reference])
  func constants(_ operation: Operation) throws {
    var machine = try Bench.small()
    read(&machine, operation)
    var expected = TileActivity()
    expected.conversions = 6
    #expect(machine.activity.tiles[0] == expected)
  }

  @Test("A row's pulses: half the amplitude on its word line once a phase, and on each pulsed bit line")
  func pulses() throws {
    var machine = try Bench.unlocked()
    machine.pulses([100, -300, 50, 0])
    read(&machine, .programRow, row: 3)
    let activity = machine.activity.tiles[0]
    #expect(activity.wordLinePulseSquares == 2 * 600 * 600 && activity.bitLinePulseSquares == 3 * 600 * 600)
    #expect(activity.highestPulse == 1200)
    let program = machine.chip.tiles[0].counters.programEnergy
    #expect(activity.selected.raw + activity.halfSelected.raw == program.raw)
    // Three cells at 1.2 V for 450 steps of 20 ns together, all fresh but for what the first phase moved.
    let low = Double(machine.chip.configuration.device.conductanceRange.lowerBound) * 1e-12
    let fresh = 1.44 * low * 450 * 20e-9
    #expect(abs(Double(activity.selected.raw) * 1e-33 / fresh - 1) < 0.05 && activity.halfSelected.raw > 0)
  }

  @Test("Accesses and outputs of the scalar port are the board's; the time is in heldCycles, accesses and idleCycles")
  func board() throws {
    var machine = try Bench.small()
    machine.write(chip: .scalarTanh, Lanes.pack(100, 200))
    _ = machine.read(chip: .scalarValue)
    read(&machine, .read)
    machine.advance(to: 1000)
    let activity = machine.activity
    #expect(activity.scalarEvaluations == 2 && activity.accesses == 4 && machine.heldCycles == 29)
    #expect(machine.elapsedCycles == 1000 && machine.idleCycles == 1000 - 4 - 29)
    read(&machine, .zero)
    let since = machine.activity - activity
    #expect(since.accesses == 2 && machine.heldCycles == 58 && machine.elapsedCycles == 1031)
    #expect(since.tiles[0].driveConversions == 0 && since.tiles[0].conversions == 6)
    #expect(activity + since == machine.activity)
  }
}
