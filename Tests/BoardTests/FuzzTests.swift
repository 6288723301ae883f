import Crossbar
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

@Suite("Random accesses")
struct FuzzTests {
  /// Values that sit on edges of fields and lanes, small numbers, and anything.
  static func value(_ random: inout SeededRandom) -> UInt32 {
    switch random.next() % 6 {
    case 0: random.word() % 32
    case 1: [0, 1, .max, 0x8000_0000, 0x7fff_ffff, 0x8000_8000, 0x7fff_7fff, 0xffff].randomElement(using: &random) ?? 0
    case 2: Lanes.pack(Int16(random.next() % 255) - 127, Int16(random.next() % 255) - 127)
    case 3: (1 + random.word() % 6) | (random.word() % 4) << 4 | (random.word() % 4) << 16
    case 4: random.word() & 0xffff
    default: random.word()
    }
  }

  static func address(_ random: inout SeededRandom) -> UInt32 {
    switch random.next() % 8 {
    case 0: random.word()
    case 1: MemoryMap.tile(Int(random.next() % 3)) + random.word() % 0x6000
    case 2: MemoryMap.tile(Int(random.next() % 2)) + TileRegister.start.rawValue
    case 3: MemoryMap.tile(Int(random.next() % 2)) + random.word() % 0x30 * 4
    case 4:
      MemoryMap.tile(Int(random.next() % 2)) + [0x1000, 0x3000, 0x4000][Int(random.next() % 3)] + random.word() % 12 * 4
    default: (Site.all.randomElement(using: &random)?.address ?? 0)
    }
  }

  @Test("Never trap, never run time backwards, and keep every conductance in range", arguments: 1...4)
  func accesses(seed: Int) throws {
    var random = SeededRandom(UInt64(seed))
    var configuration = ChipConfiguration.small(seed % 2 == 0 ? .differential : .reference, seed: UInt64(seed))
    configuration.variation = Variation(deviceToDevice: 1, cycleToCycle: 1, readNoise: 100_000_000)
    configuration.mismatch = ConverterMismatch(
      adcOffset: 100_000, adcGain: 100_000, dacOffset: -10_000, dacNonlinearity: 10_000)
    var machine = try Bench.small(configuration)
    machine.scatter()
    for step in 0..<4000 {
      if step % 50 == 0 { machine.write(.unlock, tile: step / 50 % 2, TileRegister.unlockKey) }
      let (address, value) = (Self.address(&random), Self.value(&random))
      let peeked = machine.peek(address)
      let wasBusy = machine.chip.tiles.contains(where: \.isBusy)
      if random.next() % 3 == 0 {
        let read = machine.read(address)
        // What a tool saw is what software reads, unless an operation ended between, or the register is the clock.
        if !wasBusy, address & ~7 != MemoryMap.timer + 0xbff8, read != peeked ?? 0 {
          Issue.record("\(address): \(read)")
        }
      } else {
        machine.write(address, value)
      }
      if random.next() % 20 == 0 { machine.advance(to: machine.cycle + (1 << (random.next() % 24))) }
    }
    let cycles = machine.log.entries.map(\.cycle)
    #expect(zip(cycles, cycles.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(machine.conductances.joined().allSatisfy { (10_000_000...100_000_000).contains($0) })
    let ends = machine.events.count { if case .finished = $0.event { true } else { false } }
    #expect(ends >= 10, "the accesses do start operations: \(ends)")
  }
}
