import Board
import Crossbar
import Registers
import TestSupport
import Trace

/// A board under random but mostly sensible accesses.
enum Exercise {
  /// Two small tiles with everything random that a chip can have.
  static func configuration(seed: UInt64) -> ChipConfiguration {
    let device = Device.catalog[Int(seed / 2 % UInt64(Device.catalog.count))].device
    return ChipConfiguration(
      tiles: [.init(wordLines: 6, bitLines: 4), .init(wordLines: 3, bitLines: 10)],
      synapse: seed % 2 == 0 ? .differential : .reference, device: device,
      variation: Variation(
        deviceToDevice: 0.3, thresholdSpread: 0.1, boundsSpread: 0.1, cycleToCycle: 0.2, programError: 0.05,
        stuckLRS: 0.1, stuckHRS: 0.1, readNoise: Int64(device.conductanceRange.upperBound / 100)),
      mismatch: ConverterMismatch(adcOffset: 2000, adcGain: 5000, dacOffset: 300, dacNonlinearity: 200), seed: seed)
  }

  static func step<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    let tile = MemoryMap.tile(Int(random.next() % 2))
    func write(_ register: TileRegister, _ index: Int, _ value: UInt32) {
      machine.write(tile + register.offset(index), value)
    }
    let line = Int(random.next() % 5)
    switch random.next() % 16 {
    case 0: write(.unlock, 0, random.next() % 4 == 0 ? 0 : TileRegister.unlockKey)
    case 1, 2: write(.drive, line / 2, Lanes.pack(Int16(random.next() % 255) - 127, Int16(random.next() % 255) - 127))
    case 3, 4: write(.pulse, line, UInt32(UInt16(bitPattern: Int16(random.next() % 2001) - 1000)))
    case 5: write(.trim, line, 0x8000_0000 | random.word() & 0x00ff_00ff)
    case 6: write(.activation, 0, random.word() & 0x5555)
    case 7: write(.watchdog, 0, UInt32(random.next() % 3) * 500)
    case 8: write(.feedback, Int(random.next() % 2), 1 + random.word() % 20_000)
    case 9: write(.error, 0, .max)
    case 10: machine.write(MemoryMap.chip + ChipRegister.tanhLine.offset(line), random.word())
    case 11: machine.write(MemoryMap.chip + ChipRegister.interruptEnable.offset(), UInt32(random.next() % 4))
    case 12: _ = machine.read(tile + TileRegister.sense.offset(line / 2))
    case 13: _ = machine.read(tile + TileRegister.wait.offset())
    case 14: board(&machine, &random)
    default:
      write(.start, 0, (1 + random.word() % 6) | (random.word() % 4) << 4 | (random.word() % 6) << 16)
    }
    if random.next() % 8 == 0 { machine.advance(to: machine.cycle + random.next() % 4000) }
  }

  private static func board<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    switch random.next() % 7 {
    case 6: flash(&machine, &random)
    case 0: machine.mailbox.post([random.word(), random.word()])
    case 1: machine.write(MemoryMap.host + HostRegister.data.offset(), random.word())
    case 2: _ = machine.read(MemoryMap.host + HostRegister.data.offset())
    case 3: machine.write(MemoryMap.ram + random.word() % 16 * 4, random.word())
    case 4: machine.write(MemoryMap.uart + UARTRegister.data.offset(), random.word() & 0x7f)
    default: machine.write(MemoryMap.timer + TimerRegister.compare.offset(1), random.word())
    }
  }

  private static func flash<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    func write(_ register: FlashRegister, _ index: Int = 0, _ value: UInt32) {
      machine.write(MemoryMap.flash + register.offset(index), value)
    }
    switch random.next() % 6 {
    case 0: write(.unlock, 0, FlashRegister.unlockKey)
    case 1: write(.buffer, Int(random.next() % 256), random.word())
    case 2: _ = machine.read(MemoryMap.flash + FlashRegister.wait.offset())
    case 3: write(.error, 0, .max)
    default: write(.start, 0, (1 + random.word() % 3) | (random.word() % 4) << 16)
    }
  }

  /// A machine after `steps` random accesses; with an odd seed after so many more that an operation is under way.
  static func machine(seed: UInt64, steps: Int) throws -> Machine<MemoryLog> {
    var random = SeededRandom(seed)
    var machine = try Machine(configuration(seed: seed), log: MemoryLog(), ramBytes: 64)
    for _ in 0..<steps { step(&machine, &random) }
    func isBusy(_ tile: Int) -> Bool {
      (machine.peek(MemoryMap.tile(tile) + TileRegister.status.rawValue) ?? 0) & 1 == 1
    }
    while seed % 2 == 1 && !isBusy(0) && !isBusy(1) { step(&machine, &random) }
    return machine
  }
}
