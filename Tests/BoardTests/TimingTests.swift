import Registers
import Testing
import Trace

@testable import Board

@Suite("Operations in time")
struct TimingTests {
  @Test("An access takes one cycle", arguments: [1, 7])
  func accesses(count: Int) throws {
    var machine = try Bench.small()
    for _ in 0..<count { _ = machine.read(.status) }
    for _ in 0..<count { machine.write(.start, 0) }
    #expect(machine.cycle == UInt64(2 * count))
  }

  @Test("Time goes for accesses, for what holds them, or for nothing, and for one of them only")
  func parts() throws {
    var machine = try Bench.small()
    _ = machine.read(.status)
    machine.advance(to: 40)
    machine.start(.read)
    _ = machine.read(.wait)
    machine.start(.read)
    let began = machine.cycle
    machine.advance(to: began + 12)
    _ = machine.read(.wait)
    // Of 30 cycles, an access takes the last one that it waits for; 12 had passed before.
    #expect(machine.accesses == 5 && machine.heldCycles == 29 + 17 && machine.idleCycles == 39 + 12)
    #expect(machine.elapsedCycles == machine.cycle)
    let again = try Machine(machine.snapshot, log: NoLog())
    #expect(again.elapsedCycles == 0 && again.accesses == 0 && again.heldCycles == 0 && again.idleCycles == 0)
  }

  @Test("A conversion takes 30 cycles", arguments: [Operation.read, .readTransposed, .zero, .reference])
  func conversions(operation: Operation) throws {
    var machine = try Bench.small()
    machine.start(operation)
    let began = machine.cycle
    #expect(machine.read(.wait) == operation.rawValue << 4 | 2 && machine.cycle == began + 30)
    machine.start(operation)
    machine.advance(to: began + 31 + 29)
    #expect(machine.peek(.status) == operation.rawValue << 4 | 3)
    machine.advance(to: began + 31 + 30)
    #expect(machine.peek(.status) == operation.rawValue << 4 | 2)
    let ends = machine.events.filter { if case .finished = $0.event { true } else { false } }
    #expect(ends.map(\.cycle) == [began + 30, began + 61])
  }

  @Test("A row takes 2 · width + 50 cycles for each phase that has a pulse")
  func rows() throws {
    var machine = try Bench.small()
    machine.write(.unlock, TileRegister.unlockKey)
    for (widths, cycles) in [
      ([7, 3, 0, 1], 64), ([-9, 0, -2, 0], 68), ([7, -9, 3, -1], 132), ([0, 0, 0, 0], 1),
      ([.max, 0, 0, .min], 131_170),
    ] as [([Int16], UInt64)] {
      machine.pulses(widths)
      machine.start(.programRow, row: 2)
      let began = machine.cycle
      _ = machine.read(.wait)
      #expect(machine.cycle == began + cycles, "\(widths)")
    }
  }

  @Test("ERASE takes one phase for each word line; none at width 0")
  func erase() throws {
    var machine = try Bench.small()
    for tile in 0..<2 { machine.write(.unlock, tile: tile, TileRegister.unlockKey) }
    for (tile, width, cycles) in [(0, 9600, 6 * 19_250), (1, 1, 3 * 52), (0, 0, 1)] as [(Int, UInt32, UInt64)] {
      machine.write(.eraseWidth, tile: tile, width)
      machine.start(.erase, tile: tile)
      let began = machine.cycle
      _ = machine.read(.wait, tile: tile)
      #expect(machine.cycle == began + cycles)
    }
  }

  @Test("WAIT does not stall on an idle tile, and waits for its own tile only")
  func waiting() throws {
    var machine = try Bench.small()
    _ = machine.read(.wait)
    #expect(machine.cycle == 1)
    machine.start(.read, tile: 1)
    _ = machine.read(.wait)
    #expect(machine.cycle == 3 && machine.chip.tiles[1].isBusy)
  }

  @Test("Two tiles work at the same time and finish in order of time")
  func overlap() throws {
    var machine = try Bench.small()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.pulses([100, 0, 0, -100])
    machine.start(.programRow, row: 0)
    let began = machine.cycle
    machine.start(.read, tile: 1)
    #expect(machine.chip.tiles[0].isBusy && machine.chip.tiles[1].isBusy)
    _ = machine.read(.wait)
    #expect(machine.cycle == began + 500)
    let events = machine.events.suffix(2)
    #expect(events.map(\.cycle) == [began + 31, began + 500])
    if case .finished(1, _)? = events.first?.event {} else { Issue.record("tile 1 ends first") }
    if case .finished(0, _)? = events.last?.event {} else { Issue.record("tile 0 ends last") }
    // Started later, ending earlier: the log stays in order of time.
    let cycles = machine.log.entries.map(\.cycle)
    #expect(cycles == cycles.sorted())
  }

  @Test("Operations that end in the same cycle finish in order of tile")
  func simultaneousEnds() throws {
    var machine = try Bench.small()
    machine.write(.unlock, tile: 1, TileRegister.unlockKey)
    machine.pulses([1], tile: 1)
    machine.start(.programRow, tile: 1)
    machine.advance(to: machine.cycle + 21)
    machine.start(.read)
    machine.advance(to: machine.cycle + 30)
    #expect(machine.events.suffix(2).map(\.cycle) == [machine.cycle, machine.cycle])
    if case .finished(0, _)? = machine.events.suffix(2).first?.event {} else { Issue.record("tile 0 ends first") }
    #expect(!machine.chip.tiles[1].isBusy)
  }

  @Test("SENSE keeps the previous codes, with STALE, until the operation has ended")
  func stale() throws {
    var machine = try Bench.small()
    machine.run(.reference)
    let previous = machine.read(.sense)
    machine.start(.zero)
    for _ in 0..<29 {
      let stale = machine.read(.sense)
      #expect(stale == previous)
    }
    #expect(machine.peek(.error) == TileError.stale.field.mask)
    machine.write(.error, TileError.stale.field.mask)
    let fresh = machine.read(.sense)
    #expect(fresh == 0 && previous != 0 && machine.peek(.error) == 0)
  }

  @Test("The watchdog aborts after its cycles, with what had passed of the operation, and raises WATCHDOG")
  func watchdog() throws {
    var machine = try Bench.small()
    machine.scatter()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.watchdog, 200)
    machine.pulses([300, 0, -5, 0])
    machine.start(.programRow, row: 1)
    let began = machine.cycle
    let status = machine.read(.wait)
    #expect(status == 3 << 4 | 8 && machine.cycle == began + 200)
    let counters = machine.chip.tiles[0].counters
    #expect(counters.phases == 1 && counters.pulses == 1 && counters.programCycles == 200)
    #expect(machine.peek(.error) == TileError.watchdog.field.mask)
    #expect(machine.peek(.pulse, 0) == 200 && machine.peek(.pulse, 2) == 0xfffb)
    #expect(machine.peek(.aborted) == 3 | 1 << 4 | 1 << 16 && machine.peek(.abortedCycles) == 200)
    #expect(
      machine.events.suffix(2).map(\.event)
        == [.aborted(tile: 0, .programRow), .tileError(tile: 0, .watchdog)])
    #expect(machine.events.suffix(2).map(\.cycle) == [began + 200, began + 200])
  }

  @Test("An operation as long as the watchdog's limit is done; a cycle less aborts it", arguments: [30, 29])
  func watchdogLimit(limit: UInt32) throws {
    var machine = try Bench.small()
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.watchdog, limit)
    machine.run(.reference)
    #expect(machine.peek(.error) == (limit == 30 ? 0 : TileError.watchdog.field.mask))
    #expect((machine.peek(.sense) != 0) == (limit == 30))
  }

  @Test("WATCHDOG cannot be changed under an operation, so that its end and its fate agree")
  func watchdogWhileBusy() throws {
    var machine = try Bench.small()
    machine.start(.reference)
    let began = machine.cycle
    machine.write(.watchdog, 5)
    #expect(machine.peek(.error) == TileError.busy.field.mask && machine.peek(.watchdog) == 0)
    _ = machine.read(.wait)
    #expect(machine.cycle == began + 30 && machine.peek(.sense) != 0)
  }

  @Test("Every end sets its tile's pending bit; the line rises where it is enabled and falls when cleared")
  func interrupts() throws {
    var machine = try Bench.small()
    machine.run(.read, tile: 1)
    #expect(machine.peek(chip: .interruptPending) == 2 && !machine.chip.interrupts)
    machine.write(chip: .interruptEnable, 1)
    #expect(!machine.chip.interrupts)
    machine.write(chip: .interruptEnable, 2)
    #expect(machine.chip.interrupts)
    machine.run(.read)
    machine.write(chip: .interruptPending, 2)
    #expect(machine.peek(chip: .interruptPending) == 1 && !machine.chip.interrupts)
    machine.write(chip: .interruptEnable, 3)
    #expect(machine.chip.interrupts)
    machine.write(chip: .interruptPending, 1)
    #expect(!machine.chip.interrupts)
  }

  @Test("SNAPSHOT holds the cycle of its write")
  func cycleSnapshot() throws {
    var machine = try Bench.small()
    machine.advance(to: 0x1_2345_6788)
    machine.write(chip: .snapshot, 0)
    _ = machine.read(.status)
    #expect(machine.read(chip: .cycles, 0) == 0x2345_6789)
    #expect(machine.read(chip: .cycles, 1) == 1)
  }
}
