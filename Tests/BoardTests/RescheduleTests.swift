import RV32
import Registers
import TestSupport
import Testing
import Trace

@testable import Board

/// A hart looks at its interrupt lines again only where a reply asks for that.
@Suite("Replies that ask for another look at the lines")
struct RescheduleTests {
  /// What a hart would see if it looked now.
  private struct Seen: Equatable {
    let lines: Interrupts
    let next: UInt64?

    init(_ machine: inout Bench) {
      lines = machine.interrupts(at: machine.cycle)
      next = machine.nextEvent(after: machine.cycle)
    }
  }

  /// Of the chip's line, for two tiles.
  private static let sources: UInt32 = 0x1_0303

  private static func address(_ random: inout SeededRandom) -> UInt32 {
    let usual: [UInt32] = [
      MemoryMap.chip + ChipRegister.interruptPending.rawValue, MemoryMap.chip + ChipRegister.interruptEnable.rawValue,
      MemoryMap.host + HostRegister.interruptEnable.rawValue, MemoryMap.host + HostRegister.data.rawValue,
      MemoryMap.tile(0) + TileRegister.error.rawValue, MemoryMap.tile(0) + TileRegister.start.rawValue,
      MemoryMap.flash + FlashRegister.start.rawValue, MemoryMap.flash + FlashRegister.interruptEnable.rawValue,
      MemoryMap.flash + FlashRegister.error.rawValue, MemoryMap.cellUnit + random.word() % 16 * 4,
      MemoryMap.uart + random.word() % 8, MemoryMap.timer, MemoryMap.timer + 0x4000 + random.word() % 2 * 4,
      0x7000_0000 + random.word() % 0x100, MemoryMap.chip + random.word() % 0x300 * 4,
      MemoryMap.tile(1) + random.word() % 0x40 * 4, MemoryMap.tile(1) + TileRegister.supply.rawValue,
    ]
    return random.next() % 3 == 0 ? FuzzTests.address(&random) : random.pick(usual)
  }

  private static func value(_ random: inout SeededRandom) -> UInt32 {
    random.next() % 2 == 0 ? random.pick([0, 1, 2, 3, 7, sources, .max]) : FuzzTests.value(&random)
  }

  @Test(
    "Every access that changes a line, or when the next one may, asks for it, on a chip with all there may be",
    arguments: 1...8 as ClosedRange<UInt64>)
  func changes(seed: UInt64) throws {
    var random = SeededRandom(seed)
    var configuration = ChipConfiguration.small(seed: seed)
    configuration.features = .all
    var machine = try Bench.small(configuration)
    var changes = 0
    for step in 0..<Trials.count(3000, long: 100_000) {
      if random.next() % 60 == 0 { machine.mailbox.post(CollectionOfOne(random.word())) }
      if random.next() % 60 == 0 { machine.uart.receive([UInt8(truncatingIfNeeded: random.next())]) }
      if seed % 2 == 0, random.next() % 3 == 0 {
        // The line is down most of the time, and everything may raise it.
        machine.write(MemoryMap.chip + ChipRegister.interruptPending.rawValue, Self.sources)
        machine.write(MemoryMap.chip + ChipRegister.interruptEnable.rawValue, Self.sources)
      }
      let address = Self.address(&random)
      let isByte = machine.registerBytes(at: address) == 1
      let access = Access(
        address: address, width: random.next() % 30 == 0 ? .half : isByte ? .byte : .word,
        cycle: machine.cycle + (random.next() % 10 == 0 ? random.next() % 2000 : 0), pc: MemoryMap.ram)
      var untouched = machine
      let isLoad = random.next() % 3 == 0
      let reply = isLoad ? machine.load(access) : machine.store(Self.value(&random), access)
      // What only time has changed is no change of the access.
      untouched.advance(to: machine.cycle)
      let (before, after) = (Seen(&untouched), Seen(&machine))
      guard before != after else { continue }
      changes += 1
      let what = "\(isLoad ? "load" : "store") at \(address): \(before) \(after)"
      #expect(reply.reschedule, "seed \(seed), step \(step), \(what)")
    }
    #expect(changes > 50, "seed \(seed)")
  }
}
