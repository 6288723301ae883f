import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Limits")
struct LimitTests {
  /// A guest that knows the map, and means no good.
  private static func access(_ machine: inout Bench, _ random: inout SeededRandom) {
    let word = random.word()
    let amplitude = TileRegister.Amplitude.word(set: Int(word % 4096), reset: Int(word >> 16 % 4096))
    switch random.next() % 12 {
    case 0, 1: machine.write(.unlock, TileRegister.unlockKey)
    case 2: machine.write(.amplitude, amplitude)
    case 3: machine.write(.limitAmplitude, amplitude)
    case 4: machine.write(.limitWidth, word)
    case 5: machine.write(.eraseWidth, word & 0xffff)
    case 6, 7: machine.write(.pulse, Int(word % 4), UInt32(random.word() & 0xffff))
    case 8: machine.write(FuzzTests.address(&random), FuzzTests.value(&random))
    case 9: machine.start(.programRow, row: Int(word % 6))
    case 10: machine.start(.erase)
    default: machine.advance(to: machine.cycle + UInt64(word % 1_000_000))
    }
  }

  @Test("No access of a hostile guest puts more than the limit on a cell, or longer", arguments: 0..<3 as Range<UInt64>)
  func hostile(seed: UInt64) throws {
    var machine = try Bench.unlocked()
    machine.write(.amplitude, TileRegister.Amplitude.word(set: 1000, reset: 900))
    machine.write(.eraseWidth, 50)
    machine.write(.limitAmplitude, TileRegister.Amplitude.word(set: 1300, reset: 1250))
    machine.write(.limitWidth, 200)
    #expect(machine.peek(.error) == 0)
    var random = SeededRandom(seed)
    for _ in 0..<Trials.count(20_000, long: 350_000) {
      Self.access(&machine, &random)
      let amplitude = machine.chip.tiles[0].registers[.amplitude]
      let widths = (0..<4).map { abs(Int(Lanes.even(machine.chip.tiles[0].registers[.pulse, $0]))) }
      let isHeld =
        TileRegister.Amplitude.set.decode(amplitude) <= 1300 && TileRegister.Amplitude.reset.decode(amplitude) <= 1250
        && machine.chip.tiles[0].registers[.eraseWidth] <= 200 && widths.allSatisfy { $0 <= 200 }
      if !isHeld { Issue.record("seed \(seed), cycle \(machine.cycle)") }
      machine.log.entries.removeAll(keepingCapacity: true)
    }
    #expect(machine.chip.tiles[0].counters.phases > 100, "the guest does pulse")
  }

  @Test("A chip's absolute maximum is where the limit begins, and no amplitude of it is above")
  func absolute() throws {
    var configuration = ChipConfiguration.small()
    configuration.amplitudes.maximum = 1250
    var machine = try Bench.unlocked(configuration)
    machine.write(.amplitude, TileRegister.Amplitude.word(set: 1251, reset: 0))
    #expect(machine.peek(.error) == TileError.limit.field.mask)
    #expect(machine.peek(.limitAmplitude) == TileRegister.Amplitude.word(set: 1250, reset: 1250))
    configuration.amplitudes.maximum = 1199
    let lower = try Bench.small(configuration)
    #expect(lower.peek(.amplitude) == TileRegister.Amplitude.word(set: 1199, reset: 1199))
  }

  @Test("A forged snapshot cannot bring an amplitude, a width or a limit that no write could")
  func forged() throws {
    var machine = try Bench.unlocked()
    machine.write(.limitAmplitude, TileRegister.Amplitude.word(set: 1300, reset: 1300))
    let fair = machine.snapshot
    _ = try Bench(fair, log: MemoryLog())
    func refuses(_ register: TileRegister, _ index: Int = 0, _ value: UInt32) -> Bool {
      var snapshot = fair
      let address = MemoryMap.tile(0) + register.offset(index)
      snapshot.registers.removeAll { $0.address == address }
      snapshot.registers.append(.init(address: address, value: value))
      return (try? Bench(snapshot, log: MemoryLog())) == nil
    }
    #expect(refuses(.amplitude, 0, TileRegister.Amplitude.word(set: 1301, reset: 0)))
    #expect(refuses(.limitAmplitude, 0, TileRegister.Amplitude.word(set: 1300, reset: 1300)), "not fixed")
    #expect(refuses(.limitWidth, 0, 9599 | 1 << 31) && refuses(.limitWidth, 0, 20_000))
    #expect(!refuses(.limitWidth, 0, 9600 | 1 << 31))
    var ended = fair
    ended.registers.append(.init(address: MemoryMap.finisher, value: FinisherRegister.pass))
    #expect(throws: SnapshotProblem("FINISHER.FINISH is 21845, which it cannot hold")) {
      try Bench(ended, log: MemoryLog())
    }
  }
}

@Suite("Stalls and interrupts of errors")
struct StallTests {
  @Test("A load of WAIT gives up after WAIT_LIMIT with BUSY, and raises WAIT", arguments: [1, 29, 30, 31])
  func limit(cycles: UInt32) throws {
    var machine = try Bench.small()
    machine.write(.waitLimit, cycles)
    machine.start(.reference)
    let began = machine.cycle
    let status = machine.read(.wait)
    let gaveUp = cycles < 29
    #expect(TileRegister.Status.busy.decode(status) == (gaveUp ? 1 : 0))
    #expect(machine.cycle == began + (gaveUp ? 1 + UInt64(cycles) : 30))
    #expect(machine.peek(.error) == (gaveUp ? TileError.wait.field.mask : 0))
  }

  @Test("Every error pends its interrupt, whose line its enable raises")
  func errors() throws {
    var machine = try Bench.small()
    machine.write(.start, tile: 1, 0)
    #expect(machine.peek(chip: .interruptPending) == 1 << 9 && !machine.chip.interrupts)
    machine.write(chip: .interruptEnable, 1 << 9)
    #expect(machine.chip.interrupts)
    machine.write(chip: .interruptPending, .max)
    #expect(machine.peek(chip: .interruptPending) == 0 && !machine.chip.interrupts)
    _ = machine.read(0)
    #expect(machine.peek(chip: .interruptPending) == 1 << 16)
  }
}
