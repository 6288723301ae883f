import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Resets and power")
struct ResetTests {
  private static func busy(_ operation: Operation, _ device: Device = Device.catalog[0].device) throws -> Bench {
    var configuration = ChipConfiguration.small(variation: Variation(deviceToDevice: 0.2, cycleToCycle: 0.2))
    configuration.device = device
    var machine = try Bench.unlocked(configuration)
    machine.write(.eraseWidth, 100)
    machine.pulses([100, -60, 0, 30])
    machine.start(operation, row: 2)
    return machine
  }

  /// The causes that can end an operation early, each after some cycles of it.
  private static let causes: [(name: String, cut: @Sendable (inout Bench, UInt64) -> Void)] = [
    (
      "reset of the tile",
      {
        $0.advance(to: $1 - 1); $0.write(chip: .reset, 1 << 8)
      }
    ),
    (
      "reset of the chip",
      {
        $0.advance(to: $1 - 1); $0.write(chip: .reset, 2)
      }
    ),
    (
      "power",
      {
        $0.advance(to: $1); $0.cutPower()
      }
    ),
    (
      "power while time passes",
      {
        $0.schedule(.init(powerCut: $1)); $0.advance(to: $1 + 7)
      }
    ),
    (
      "power while the bus stalls",
      {
        $0.schedule(.init(powerCut: $1)); _ = $0.read(.wait)
      }
    ),
  ]

  @Test("An operation cut at k % by any cause equals a pulse of k %, to the bit", arguments: Device.catalog.map(\.name))
  func percents(name: String) throws {
    guard let device = Device.catalog.first(where: { $0.name == name })?.device else { return }
    var fresh = try Self.busy(.zero, device)
    _ = fresh.read(.wait)
    for percent: Int16 in 1...99 {
      for sign: Int16 in [1, -1] {
        var whole = fresh
        whole.pulses([sign * percent, 0, sign * percent, 0])
        whole.run(.programRow, row: 1)
        for cause in Self.causes {
          var cut = fresh
          cut.pulses([sign * 100, 0, sign * 100, 0])
          cut.start(.programRow, row: 1)
          cause.cut(&cut, cut.cycle + UInt64(percent) * 2)
          #expect(cut.conductances == whole.conductances, "\(cause.name), \(percent) %")
          #expect(cut.peek(.pulse, 0) == UInt32(UInt16(bitPattern: sign * (100 - percent))))
        }
      }
    }
  }

  @Test("Every cause leaves cells what the watchdog would have", arguments: [Operation.programRow, .erase])
  func causes(operation: Operation) throws {
    for cycles: UInt64 in [1, 60, 100, 199, 200, 249, 250, 251, 300] {
      var watched = try Self.busy(.zero)
      _ = watched.read(.wait)
      watched.write(.watchdog, UInt32(cycles))
      watched.run(operation, row: 2)
      for cause in Self.causes {
        var machine = try Self.busy(.zero)
        _ = machine.read(.wait)
        machine.start(operation, row: 2)
        cause.cut(&machine, machine.cycle + cycles)
        #expect(machine.conductances == watched.conductances, "\(cause.name), \(cycles)")
        #expect(machine.peek(.abortedCycles) == watched.peek(.abortedCycles))
        #expect(machine.peek(.aborted) == watched.peek(.aborted))
        #expect((0..<4).map { machine.peek(.pulse, $0) } == (0..<4).map { watched.peek(.pulse, $0) })
        #expect(!machine.chip.tiles[0].isBusy)
      }
    }
  }

  @Test("A reset leaves everything but what it keeps as it is after power-up")
  func kept() throws {
    for word: UInt32 in [1 << 8, 2] {
      var machine = try Self.busy(.programRow)
      _ = machine.read(.wait)
      machine.drive([1, 2, 3, 4, 5, 6])
      machine.write(.activation, 0, 6)
      machine.write(.trim, 3, 0x7fff_0001)
      machine.write(.amplitude, TileRegister.Amplitude.word(set: 800, reset: 900))
      machine.write(.limitAmplitude, TileRegister.Amplitude.word(set: 1300, reset: 1000))
      machine.run(.read)
      let conductances = machine.conductances
      machine.write(chip: .reset, word)
      #expect(machine.conductances == conductances)
      var expected = try Bench.small(machine.chip.configuration).dump()
      expected[MemoryMap.tile(0) + TileRegister.limitAmplitude.rawValue] = 1300 | 1000 << 16 | 1 << 31
      expected[MemoryMap.tile(0) + TileRegister.amplitude.rawValue] = 1200 | 1000 << 16
      let found = machine.dump()
      for (address, value) in expected where address < MemoryMap.tile(1) && address >= MemoryMap.tile(0) {
        #expect(found[address] == value, "\(address)")
      }
      #expect(machine.peek(chip: .resetCause) == 4 | word)
      #expect(machine.chip.tiles[0].operationNumber == 2, "draws go on")
      machine.run(.read)
      #expect(machine.peek(.error) == 0)
    }
  }

  @Test(
    "A reset takes away what the latest conversion left: SATURATED, line by line and in STATUS", arguments: [1 << 8, 2])
  func saturated(word: UInt32) throws {
    var machine = try Bench.unlocked()
    for cell in 0..<24 { machine.setConductance(100_000_000, tile: 0, wordLine: cell / 4, bitLine: cell % 4) }
    machine.write(.feedback, 1, 1 << 24 - 1)
    machine.drive(Array(repeating: 127, count: 6))
    #expect(machine.run(.read, gain: 1, linear: true) & 4 == 4 && machine.peek(.saturated, 0) != 0)
    machine.write(chip: .reset, word)
    #expect(try #require(machine.peek(.status)) & 4 == 0 && machine.peek(.saturated, 0) == 0)
  }

  @Test("A board that comes from a snapshot with its power cycled has its cells, and nothing else of it")
  func powerCycled() throws {
    var machine = try Self.busy(.programRow)
    machine.advance(to: machine.cycle + 70)
    machine.write(MemoryMap.ram, 7)
    let fresh = try Bench(machine.snapshot.powerCycled(), log: MemoryLog())
    machine.cutPower()
    #expect(fresh.conductances == machine.conductances && fresh.cycle == 0)
    #expect(fresh.dump() == (try Bench.small(machine.chip.configuration)).dump())
    #expect(fresh.peek(MemoryMap.ram) == 0 && fresh.chip.tiles[0].operationNumber == 1)
  }

  @Test("A snapshot after a reset goes on as the board does")
  func snapshot() throws {
    var machine = try Self.busy(.erase)
    machine.advance(to: machine.cycle + 333)
    machine.write(chip: .reset, 1 << 8)
    var again = try Bench(machine.snapshot, log: MemoryLog())
    #expect(again.dump() == machine.dump() && again.conductances == machine.conductances)
    for tile in 0..<2 { machine.write(.unlock, tile: tile, TileRegister.unlockKey) }
    for tile in 0..<2 { again.write(.unlock, tile: tile, TileRegister.unlockKey) }
    machine.run(.programRow, row: 1)
    again.run(.programRow, row: 1)
    #expect(again.conductances == machine.conductances)
  }
}
