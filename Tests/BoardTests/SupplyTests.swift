import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Supplies of references and drivers")
struct SupplyTests {
  private static func fields(_ word: UInt32?) -> (analog: Bool, drivers: Bool, settled: Bool) {
    let word = word ?? 0
    return (word & 2 != 0, word & 4 != 0, word & 8 != 0)
  }

  /// What the order allows, straight from the rules of the specification.
  private struct Model {
    var (analog, drivers) = (true, true)
    var settles: UInt64? = 0

    func isSettled(at cycle: UInt64) -> Bool { settles.map { analog && $0 <= cycle } ?? false }

    mutating func write(_ word: UInt32, at cycle: UInt64) -> Bool {
      let (a, d) = (word & 1 != 0, word & 2 != 0)
      if d && !a || drivers && !a || d && !drivers && !isSettled(at: cycle) { return false }
      if !a { settles = nil } else if !analog { settles = cycle + 1000 }
      (analog, drivers) = (a, d)
      return true
    }
  }

  @Test(
    "Any words at any time: order, wake-up, refused operations and stale codes are as in the rules", arguments: 0..<40)
  func random(seed: UInt64) throws {
    var random = SeededRandom(seed)
    var machine = try Bench.unlocked()
    var model = Model()
    machine.run(.reference)
    for _ in 0..<60 {
      machine.write(.error, .max)
      switch Int.random(in: 0...4, using: &random) {
      case 0...1:
        let word = UInt32.random(in: 0...3, using: &random)
        machine.write(.supply, word)
        let isTaken = model.write(word, at: machine.cycle)
        #expect(machine.peek(.error) == (isTaken ? 0 : TileError.supply.field.mask), "seed \(seed)")
      case 2: machine.advance(to: machine.cycle + UInt64.random(in: 1...1200, using: &random))
      case 3:
        let before = machine.peek(.sense)
        machine.start(.zero)
        let isSettled = model.isSettled(at: machine.cycle)
        let status = machine.read(.wait)
        guard model.analog else {
          #expect(machine.peek(.error) == TileError.supply.field.mask)
          continue
        }
        #expect(TileRegister.Status.stale.decode(status) == (isSettled ? 0 : 1), "seed \(seed)")
        #expect(machine.peek(.sense) == (isSettled ? 0 : before))
        if isSettled { machine.run(.reference) }
      default:
        let before = machine.conductances
        machine.pulses([30])
        machine.run(.programRow)
        #expect(machine.peek(.error) == (model.drivers ? 0 : TileError.supply.field.mask), "seed \(seed)")
        #expect((machine.conductances == before) != model.drivers)
      }
      let state = Self.fields(machine.peek(.supplyState))
      #expect(state == (model.analog, model.drivers, model.isSettled(at: machine.cycle)), "seed \(seed)")
    }
    let again = try Bench(machine.snapshot, log: MemoryLog())
    #expect(again.snapshot == machine.snapshot && again.dump() == machine.dump())
  }

  @Test("A snapshot in the middle of a wake-up or of an unsettled conversion goes on as the board does")
  func snapshots() throws {
    var machine = try Bench.unlocked()
    for word: UInt32 in [1, 0, 1] { machine.write(.supply, word) }
    machine.start(.read)
    machine.advance(to: machine.cycle + 5)
    var again = try Bench(machine.snapshot, log: MemoryLog())
    let (one, other) = (machine.read(.wait), again.read(.wait))
    #expect(one == other && TileRegister.Status.stale.decode(one) == 1)
    machine.advance(to: 1100)
    again.advance(to: 1100)
    #expect(Self.fields(again.peek(.supplyState)).settled && again.snapshot == machine.snapshot)
    var broken = machine.snapshot
    broken.tiles[0].wakeCycle = 1101
    #expect(throws: SnapshotProblem.self) { try Bench(broken, log: MemoryLog()) }
  }

  @Test("A brown-out leaves cells what the watchdog would have, registers as they were, and the supplies off")
  func brownOut() throws {
    for operation in [Operation.programRow, .erase, .read] {
      for cycles: UInt64 in [1, 10, 29, 100, 199, 251] where operation != .read || cycles < 30 {
        var configuration = ChipConfiguration.small(variation: Variation(deviceToDevice: 0.2, cycleToCycle: 0.2))
        configuration.device = Device.catalog[0].device
        var fresh = try Bench.unlocked(configuration)
        fresh.write(.eraseWidth, 100)
        fresh.pulses([100, -60, 0, 30])
        var watched = fresh
        watched.write(.watchdog, UInt32(cycles))
        watched.run(operation, row: 2)
        fresh.start(operation, row: 2)
        fresh.schedule(.init(brownOut: fresh.cycle + cycles))
        fresh.advance(to: fresh.cycle + 400)
        #expect(fresh.conductances == watched.conductances && fresh.powerLoss == nil, "\(operation) \(cycles)")
        #expect(fresh.peek(.abortedCycles) == watched.peek(.abortedCycles))
        #expect(fresh.peek(.eraseWidth) == 100 && fresh.peek(.supply) == 0 && fresh.peek(.supplyState) == 1)
        #expect(fresh.peek(chip: .resetCause) == 4 | 8 && fresh.faults == .init())
        #expect(fresh.peek(.error) == TileError.supply.field.mask)
        let (pending, isRaised) = (fresh.peek(chip: .interruptPending) ?? 0, fresh.chip.interrupts)
        #expect(pending & 0x101 == 0x101 && !isRaised)
        let events = fresh.log.entries.compactMap { if case .event(let event) = $0.body { event } else { nil } }
        #expect(
          events.suffix(6)
            == [
              .brownOut, .aborted(tile: 0, operation), .supply(tile: 0, analog: false, drivers: false),
              .tileError(tile: 0, .supply), .supply(tile: 1, analog: false, drivers: false),
              .tileError(tile: 1, .supply),
            ])
      }
    }
  }

  @Test("A wake-up has the cycles of its chip; none is at once")
  func wakeUp() throws {
    for cycles in [0, 1, 77] {
      var configuration = ChipConfiguration.small()
      configuration.timing.wakeUp = cycles
      var machine = try Bench.small(configuration)
      #expect(machine.peek(.wakeUp) == UInt32(cycles))
      for word: UInt32 in [1, 0, 1] { machine.write(.supply, word) }
      let up = machine.cycle
      machine.advance(to: up + UInt64(cycles))
      #expect(Self.fields(machine.peek(.supplyState)).settled)
      #expect(machine.log.entries.last == LogEntry(cycle: up + UInt64(cycles), .event(.settled(tile: 0))))
    }
  }
}
