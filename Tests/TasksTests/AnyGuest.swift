import Board
import Crossbar
import Files
import RV32
import Registers
import TestSupport
import Trace

@testable import Tasks

/// A run that may do anything: accesses of every size to every block, a chip in any state, a supply that fails.
struct AnyGuest {
  let seed: UInt64
  /// Where a part of its log begins and ends.
  let from: LogSelection.Moment?
  let to: LogSelection.Moment?

  init(seed: UInt64) {
    self.seed = seed
    var random = SeededRandom(seed &* 0x9e37_79b9)
    func moment(_ random: inout SeededRandom) -> LogSelection.Moment? {
      switch random.next() % 8 {
      case 0: nil
      case 1: .sequence(1 + Int(random.next() % 6))
      default: .cycle(1 + random.next() % (random.next() % 2 == 0 ? 4_000 : 80_000))
      }
    }
    from = moment(&random)
    to = moment(&random)
  }

  /// The part of its run that a log holds.
  var part: LogSelection {
    var selection = LogSelection()
    selection.from = from
    selection.to = to
    return selection
  }

  /// Whether cycles alone say which part that is.
  var holdsCyclesOnly: Bool {
    if case .sequence = from { return false }
    if case .sequence = to { return false }
    return true
  }

  /// Whether the part has a line of the whole log.
  func holds(_ line: Substring) -> Bool {
    guard let cycle = UInt64(line.prefix { $0 != "," }) else { return false }
    if case .cycle(let first) = from, cycle < first { return false }
    if case .cycle(let last) = to, cycle > last { return false }
    return true
  }

  static let chip = ChipConfiguration(tiles: [.init(wordLines: 6, bitLines: 4), .init(wordLines: 3, bitLines: 10)])

  static func text() -> CSVLog<MemoryOutput> {
    CSVLog(to: MemoryOutput(), description: "\(chip)", names: RegisterNames(chip.maps))
  }

  static func small<Log: LogSink>(log: Log) throws -> Machine<Log> { try Machine(chip, log: log, ramBytes: 64) }

  private static func configuration(seed: UInt64, _ random: inout SeededRandom) -> ChipConfiguration {
    var chip = random.next() % 4 == 0 ? chip : Exercise.configuration(seed: seed)
    chip.timing.wakeUp = Int(random.next() % 300)
    if random.next() % 2 == 0 { chip.flashEndurance = 1 + Int(random.next() % 2) }
    return chip
  }

  /// The chip at the beginning: fresh, or left by another run, powered up or as it was.
  private func start(_ chip: ChipConfiguration, _ random: inout SeededRandom) throws -> MachineSnapshot? {
    guard random.next() % 3 == 0 else { return nil }
    var machine = try Machine(chip, log: NoLog(), ramBytes: 64)
    for _ in 0..<60 { Exercise.step(&machine, &random) }
    return random.next() % 2 == 0 ? machine.snapshot : try machine.snapshot.powerCycled()
  }

  /// What the run logs, with what a binary's instructions are called, if they are.
  func log(_ selection: LogSelection = LogSelection(), symbols: ProgramSymbols? = nil) throws -> [UInt8] {
    var random = SeededRandom(seed)
    let chip = Self.configuration(seed: seed, &random)
    let start = try start(chip, &random)
    let log = PartialLog(
      selection, csv: MemoryOutput(), vcd: nil, of: chip, symbols: symbols, state: start?.logState ?? [])
    var machine = try start.map { try Machine($0, log: log) } ?? Machine(chip, log: log, ramBytes: 64)
    if random.next() % 3 == 0 {
      machine.schedule(
        SupplyFaults(
          powerCut: random.next() % 2 == 0 ? machine.cycle + 1 + random.next() % 60_000 : nil,
          brownOut: random.next() % 2 == 0 ? machine.cycle + 1 + random.next() % 20_000 : nil))
    }
    for step in 0..<120 {
      if step % 20 == 0 { machine.noteSequence() }
      self.step(&machine, &random)
    }
    try machine.log.close()
    return machine.log.csv?.bytes ?? []
  }

  private func step<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    switch random.next() % 8 {
    case 0, 1: hart(&machine, &random)
    case 2: native(&machine, &random)
    case 3: control(&machine, &random)
    default: Exercise.step(&machine, &random)
    }
  }

  /// A load or store of the hart, or one that it does not make.
  private func hart<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    let width = random.pick([AccessWidth.byte, .half, .word, .word])
    let address = Self.address(&random)
    let stored = random.next() % 2 == 0 ? Self.value(&random) : nil
    var access = RV32.Access(
      address: address, width: width, cycle: machine.cycle + random.next() % 40,
      pc: 0x8000_0000 + random.word() % 64 * 2)
    if random.next() % 4 == 0 { access.interruptible = [.external, .timer, .software] }
    if address % UInt32(width.rawValue) != 0 || random.next() % 8 == 0 {
      machine.refuse(access, storing: stored)
    } else if let stored {
      _ = machine.store(stored, access)
    } else {
      _ = machine.load(access)
    }
  }

  private func native<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    let address = Self.address(&random)
    if random.next() % 2 == 0 { _ = machine.read(address) } else { machine.write(address, Self.value(&random)) }
  }

  /// What sets a part of the chip to another mode.
  private func control<Log>(_ machine: inout Machine<Log>, _ random: inout SeededRandom) {
    let tile = MemoryMap.tile(Int(random.next() % 2))
    switch random.next() % 8 {
    case 0:
      machine.write(tile + TileRegister.waitLimit.offset(), random.word() % 40)
      machine.write(tile + TileRegister.start.offset(), 1 + random.word() % 3)
      _ = machine.read(tile + TileRegister.wait.offset())
    case 1: machine.write(tile + TileRegister.supply.offset(), random.word() % 8)
    case 2: machine.write(MemoryMap.chip + ChipRegister.reset.offset(), 1 << (random.word() % 12))
    case 3: machine.write(tile + TileRegister.snapshot.offset(), 1)
    case 4: machine.write(MemoryMap.flash + FlashRegister.interruptEnable.offset(), random.word() % 4)
    case 5: machine.brownOut()
    case 6:
      machine.write(MemoryMap.flash + FlashRegister.unlock.offset(), FlashRegister.unlockKey)
      machine.write(MemoryMap.flash + FlashRegister.start.offset(), 1 + random.word() % 3 | random.word() % 4 << 16)
      guard random.next() % 4 == 0 else { return }
      machine.write(MemoryMap.chip + ChipRegister.reset.offset(), ChipRegister.Reset.chip(.writeOnly).mask)
    default: machine.advance(to: machine.cycle + random.next() % 3_000)
    }
  }

  private static func address(_ random: inout SeededRandom) -> UInt32 {
    let bases = [
      MemoryMap.chip, MemoryMap.tile(0), MemoryMap.tile(1), MemoryMap.tile(2), MemoryMap.host, MemoryMap.flash,
      MemoryMap.uart, MemoryMap.timer, MemoryMap.timer + 0x4000, MemoryMap.timer + 0xbff8, MemoryMap.ram,
      MemoryMap.finisher, 0, 0x5000_0000,
    ]
    switch random.next() % 8 {
    case 0: return random.word()
    case 1: return MemoryMap.tile(Int(random.next() % 3)) + random.word() % 0x6000
    case 2: return random.pick([MemoryMap.tile(0), MemoryMap.tile(1)]) + TileRegister.wait.offset()
    case 3: return MemoryMap.flash + FlashRegister.wait.offset()
    default: return random.pick(bases) + random.word() % 0x30 * (random.next() % 4 == 0 ? 1 : 4)
    }
  }

  private static func value(_ random: inout SeededRandom) -> UInt32 {
    switch random.next() % 4 {
    case 0: random.word() % 32
    case 1: (1 + random.word() % 6) | (random.word() % 4) << 4 | (random.word() % 4) << 16
    case 2: random.word() & 0xffff
    default: random.word()
    }
  }
}
