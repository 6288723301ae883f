import Board
import Crossbar
import RV32
import Registers
import TestSupport
import Trace

/// A board on which everything may happen that can: accesses of all sizes over all blocks by two masters, host and
/// terminal, resets, supplies that fail.
struct Wandering {
  var machine: Machine<MemoryLog>
  /// What the masters and the owner of the board saw.
  private(set) var seen: [UInt64] = []

  /// A chip with everything that a chip can have, and short times.
  static func configuration(seed: UInt64) -> ChipConfiguration {
    var random = SeededRandom(seed)
    var configuration = Exercise.configuration(seed: seed)
    configuration.timing.wakeUp = Int(random.next() % 300)
    configuration.timing.relax = Int(random.next() % 60)
    configuration.timing.pulseStep = 1 + Int(random.next() % 3)
    configuration.flashEndurance = 1 + Int(random.next() % 3)
    configuration.features = ChipFeatures(rawValue: UInt32(random.next() % 4))
    configuration.dacBits = 6 + Int(random.next() % 4)
    return configuration
  }

  init(seed: UInt64) throws {
    machine = try Machine(Self.configuration(seed: seed), log: MemoryLog(), ramBytes: 64)
  }

  init(_ machine: Machine<MemoryLog>) { self.machine = machine }

  mutating func step(_ random: inout SeededRandom) throws {
    if machine.powerLoss != nil, random.next() % 12 == 0 { _ = try machine.powerCycle() }
    switch random.next() % 24 {
    case 0: supplies(&random)
    case 1: uart(&random)
    case 2: owner(&random)
    case 3: timer(&random)
    case 4, 5: access(Self.address(&random), Self.value(&random), &random)
    case 6: program(&random)
    case 7 where random.next() % 4 == 0: faults(&random)
    case 8: machine.write(MemoryMap.host + HostRegister.interruptEnable.offset(), random.word() & 1)
    case 13 where machine.chip.configuration.features.contains(.cell): cells(&random)
    case 14: flash(&random)
    case 9: machine.write(MemoryMap.flash + FlashRegister.interruptEnable.offset(), random.word() & 3)
    case 10: lines(&random)
    case 11 where random.next() % 6 == 0: resets(&random)
    case 12: bank(&random)
    default: Exercise.step(&machine, &random)
    }
  }

  /// An access by a hart or by another master, whichever comes.
  private mutating func access(_ address: UInt32, _ value: UInt32, _ random: inout SeededRandom) {
    let isRead = random.next() % 3 == 0
    guard random.next() % 2 == 0 else {
      if isRead { seen.append(UInt64(machine.read(address))) } else { machine.write(address, value) }
      return
    }
    let width = random.pick([AccessWidth.word, .word, .word, .byte, .half])
    let access = Access(
      address: address & ~UInt32(width.rawValue - 1), width: width, cycle: machine.cycle + random.next() % 3,
      pc: 0x8000_0000 + random.word() % 256, interruptible: random.next() % 4 == 0 ? .all : [])
    let reply = isRead ? machine.load(access) : machine.store(value, access)
    seen += [
      UInt64(reply.value), UInt64(reply.stall), reply.fault ? 1 : 0, reply.waits ? 1 : 0, reply.reschedule ? 1 : 0,
    ]
    if case .status(let status)? = reply.exit { seen.append(UInt64(status)) }
  }

  private static let board = BlockMap.board(tiles: 2)

  private static func address(_ random: inout SeededRandom) -> UInt32 {
    let map = board[Int(random.next() % UInt64(board.count))]
    guard random.next() % 8 != 0 else { return map.base + random.word() % 0x8000 }
    let entry = map.entries[Int(random.next() % UInt64(map.entries.count))]
    return map.base + entry.offset + random.word() % min(entry.register.count, 8) * map.registerBytes
  }

  private static func value(_ random: inout SeededRandom) -> UInt32 {
    switch random.next() % 4 {
    case 0: random.word() % 8
    case 1: random.word() & 0xff
    case 2: Lanes.pack(Int16(random.next() % 31) - 15, Int16(random.next() % 31) - 15)
    default: random.word()
    }
  }

  private mutating func supplies(_ random: inout SeededRandom) {
    let tile = MemoryMap.tile(Int(random.next() % 2))
    machine.write(tile + TileRegister.supply.offset(), random.pick([0, 1, 1, 3, 3]))
    machine.write(tile + TileRegister.waitLimit.offset(), random.pick([0, 0, 7]))
  }

  /// Cells from what a tile has converted, where there is a unit.
  private mutating func cells(_ random: inout SeededRandom) {
    func write(_ register: CellRegister, _ index: Int = 0, _ value: UInt32) {
      machine.write(MemoryMap.cellUnit + register.offset(index), value)
    }
    write(.cells, 0, random.pick([0, 1, 1, 2]))
    write(.source, 0, random.word() % 3)
    write(
      .target, Int(random.next() % 2),
      CellRegister.Target.word(tile: Int(random.next() % 2), line: Int(random.next() % 2)))
    write(.state, Int(random.next() % 2), random.word())
    write(.start, 0, random.pick([0, 1, 1, 2]))
  }

  /// A row that is long enough to be cut, or that a watchdog will end.
  private mutating func program(_ random: inout SeededRandom) {
    let tile = MemoryMap.tile(Int(random.next() % 2))
    machine.write(tile + TileRegister.unlock.offset(), TileRegister.unlockKey)
    machine.write(tile + TileRegister.eraseWidth.offset(), 20 + random.word() % 100)
    machine.write(tile + TileRegister.amplitude.offset(), TileRegister.Amplitude.word(set: 1100, reset: 1150))
    if random.next() % 6 == 0 {
      machine.write(tile + TileRegister.limitWidth.offset(), 2000)
      machine.write(tile + TileRegister.limitAmplitude.offset(), TileRegister.Amplitude.word(set: 1300, reset: 1300))
    }
    machine.write(tile + TileRegister.watchdog.offset(), random.pick([0, 0, 30, 200]))
    // A transimpedance at which codes saturate.
    machine.write(tile + TileRegister.feedback.offset(Int(random.next() % 2)), 1 << (random.word() % 30))
    machine.write(tile + TileRegister.start.offset(), random.pick([3, 4]) | (random.word() % 3) << 16)
    if random.next() % 4 == 0 { machine.write(tile + TileRegister.snapshot.offset(), 0) }
  }

  private mutating func uart(_ random: inout SeededRandom) {
    func write(_ register: UARTRegister, _ value: UInt32) { machine.write(MemoryMap.uart + register.offset(), value) }
    switch random.next() % 8 {
    case 0: write(.lineControl, random.pick([0x03, 0x83]))
    case 1: write(.modemControl, random.pick([0, 0x10, 0x1b]))
    case 2: write(.interruptIdentity, random.pick([0, 1, 7, 0xc1]))
    case 3: write(.interruptEnable, random.word() & 3)
    case 4: write(.scratch, random.word() & 0xff)
    case 5: access(MemoryMap.uart + random.word() % 8, random.word() & 0xff, &random)
    default: write(.data, random.word() & 0xff)
    }
  }

  /// What the owner of the board does at the other ends.
  private mutating func owner(_ random: inout SeededRandom) {
    switch random.next() % 9 {
    // With room for a few words, the margin among them.
    case 0: machine.mailbox.expect(words: Int(random.next() % 8) - Mailbox.margin)
    case 1: seen += machine.mailbox.collect().map(UInt64.init)
    case 2: machine.uart.receive((0..<random.next() % 5).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    case 3: seen += machine.uart.collect().map(UInt64.init)
    case 4: machine.uart.isInputOpen.toggle()
    case 5: seen += (machine.takeTyped(2) ?? [0]).map(UInt64.init)
    case 6: for _ in 0..<3 { access(MemoryMap.host + HostRegister.level.offset(), 0, &random) }
    case 7: machine.write(MemoryMap.finisher, random.pick([0x5555, 0x7_3333, 1]))
    default: for word in 0..<6 as Range<UInt32> { machine.write(MemoryMap.host + HostRegister.data.offset(), word) }
    }
  }

  /// A page programmed, or erased more often than it stands.
  private mutating func flash(_ random: inout SeededRandom) {
    machine.write(MemoryMap.flash + FlashRegister.unlock.offset(), FlashRegister.unlockKey)
    machine.write(MemoryMap.flash + FlashRegister.buffer.offset(Int(random.next() % 4)), random.word())
    machine.write(MemoryMap.flash + FlashRegister.start.offset(), random.pick([2, 2, 3]) | (random.word() % 2) << 16)
    if random.next() % 2 == 0 { _ = machine.read(MemoryMap.flash + FlashRegister.wait.offset()) }
  }

  private mutating func timer(_ random: inout SeededRandom) {
    machine.write(MemoryMap.timer + TimerRegister.compare.offset(), UInt32(machine.cycle) &+ random.word() % 500)
    machine.write(MemoryMap.timer + TimerRegister.softwareInterrupt.offset(), random.word() & 1)
  }

  /// A segment of an activation circuit, and the scalar port that shows it.
  private mutating func bank(_ random: inout SeededRandom) {
    let register = random.pick([
      ChipRegister.sigmoidCount, .sigmoidRails, .sigmoidBreakpoint, .sigmoidLine, .tanhCount, .tanhRails,
      .tanhBreakpoint, .tanhLine,
    ])
    let isCount = register == .sigmoidCount || register == .tanhCount
    let isOneLane = register == .sigmoidBreakpoint || register == .tanhBreakpoint
    machine.write(
      MemoryMap.chip + register.offset(),
      isCount ? 1 + random.word() % 4 : isOneLane ? random.word() & 0xffff : random.word())
    machine.write(MemoryMap.chip + random.pick([ChipRegister.scalarSigmoid, .scalarTanh]).offset(), random.word())
    machine.write(MemoryMap.chip + ChipRegister.snapshot.offset(), 0)
  }

  private mutating func faults(_ random: inout SeededRandom) {
    guard machine.powerLoss == nil else { return }
    let soon = machine.cycle + random.next() % 3000
    switch random.next() % 4 {
    case 0: machine.brownOut()
    case 1: machine.schedule(SupplyFaults(powerCut: soon))
    default: machine.schedule(SupplyFaults(brownOut: soon))
    }
  }

  private mutating func resets(_ random: inout SeededRandom) {
    machine.write(MemoryMap.chip + ChipRegister.reset.offset(), random.pick([1, 2, 4, 1 << 8, 3 << 8]))
  }

  /// The interrupt lines as a hart looks at them, now or a little ahead.
  private mutating func lines(_ random: inout SeededRandom) {
    let moment = machine.cycle + random.next() % 200
    let raised = machine.interrupts(at: moment)
    seen += [
      UInt64(raised.rawValue), machine.raiseCycle(of: [.timer, .external], at: moment),
      machine.nextEvent(after: moment) ?? 0,
    ]
  }
}
