import Registers
import Testing
import Trace

@testable import Board

/// One refused access of the small machine.
struct Misuse: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let event: ChipEvent
  let kind: Transaction.Kind
  let address: UInt32
  let value: UInt32
  var isUnlocked = false
  /// Whether tile 0 is in the middle of a READ.
  var isBusy = false
  var dacBits = 8

  init(
    _ name: String, _ event: ChipEvent, _ kind: Transaction.Kind, _ address: UInt32, _ value: UInt32 = 0,
    unlocked: Bool = false, busy: Bool = false, dacBits: Int = 8
  ) {
    testDescription = name
    self.event = event
    self.kind = kind
    self.address = address
    self.value = value
    isUnlocked = unlocked
    isBusy = busy
    self.dacBits = dacBits
  }

  init(
    _ name: String, _ error: TileError, _ register: TileRegister, at index: Int = 0, tile: Int = 0, _ value: UInt32 = 0,
    reading: Bool = false, unlocked: Bool = false, busy: Bool = false, dacBits: Int = 8
  ) {
    self.init(
      name, .tileError(tile: tile, error), reading ? .read : .write, MemoryMap.tile(tile) + register.offset(index),
      value,
      unlocked: unlocked, busy: busy, dacBits: dacBits)
  }

  static let starts: [Misuse] = [
    Misuse("start while busy", .busy, .start, 1, busy: true),
    Misuse("unknown operation while busy", .busy, .start, 0, busy: true),
    Misuse("drive while busy", .busy, .drive, 1, busy: true),
    Misuse("pulse while busy", .busy, .pulse, 1, busy: true),
    Misuse("trim while busy", .busy, .trim, 1, busy: true),
    Misuse("activation while busy", .busy, .activation, 1, busy: true),
    Misuse("feedback while busy", .busy, .feedback, 1, busy: true),
    Misuse("amplitude while busy", .busy, .amplitude, 1, busy: true),
    Misuse("erase width while busy", .busy, .eraseWidth, 1, busy: true),
    Misuse("operation 0", .operation, .start, 0),
    Misuse("operation 7", .operation, .start, 7),
    Misuse("operation 15 with all fields", .operation, .start, 0x03ff_003f),
    Misuse("program while locked", .locked, .start, 3),
    Misuse("erase while locked", .locked, .start, 4),
    Misuse("first row outside", .index, .start, 3 | 6 << 16, unlocked: true),
    Misuse("last row outside", .index, .start, 3 | 1023 << 16, unlocked: true),
    Misuse("first row outside tile 1", .index, .start, tile: 1, 3 | 3 << 16, unlocked: true),
    Misuse("stale read", .stale, .sense, reading: true, busy: true),
  ]

  static let places: [Misuse] = [
    Misuse("drive outside", .index, .drive, at: 3, 1),
    Misuse("drive far outside", .index, .drive, at: 511, 1),
    Misuse("drive outside tile 1", .index, .drive, at: 5, tile: 1, 1),
    Misuse("pulse outside", .index, .pulse, at: 4, 1),
    Misuse("pulse outside tile 1", .index, .pulse, at: 10, tile: 1, 1),
    Misuse("trim outside", .index, .trim, at: 6, 1),
    Misuse("activation outside", .index, .activation, at: 1, 1),
    Misuse("sense outside", .index, .sense, at: 3, reading: true),
    Misuse("circuit 3 of column 0", .code, .activation, 3),
    Misuse("circuit 3 of no column", .code, .activation, 0xc000_0000),
    Misuse("zero ohms", .code, .feedback, at: 1, 0, unlocked: true),
    Misuse("zero ohms while locked", .locked, .feedback, at: 1, 0),
    Misuse("trim while locked", .locked, .trim, at: 5, 0x8000_0000),
    Misuse("trim outside while locked", .index, .trim, at: 6, 0x8000_0000),
    Misuse("watchdog while locked", .locked, .watchdog, 1),
    Misuse("amplitude while locked", .locked, .amplitude, 0),
    Misuse("erase width while locked", .locked, .eraseWidth, 0),
    Misuse("limit of amplitudes while locked", .locked, .limitAmplitude, 0x0fff_0fff),
    Misuse("limit of widths while locked", .locked, .limitWidth, 0xffff),
    Misuse("limit below the amplitude", .limit, .limitAmplitude, 1199 | 1200 << 16, unlocked: true),
    Misuse("limit below the erase width", .limit, .limitWidth, 9599, unlocked: true),
    Misuse("gap of a tile", .unmapped, .write, 0x03c),
    Misuse("behind a tile's registers", .unmapped, .write, 0x5000),
    Misuse("end of a tile", .unmapped, .read, 0xfffc),
    Misuse("misaligned read", .misaligned, .read, 0x00e),
    Misuse("misaligned write", .misaligned, .write, 0x1001),
    Misuse("misaligned in a gap", .misaligned, .read, 0x5003),
    Misuse("write to status", .access, .status),
    Misuse("write to sense", .access, .sense, at: 1, 0),
    Misuse("write to counter", .access, .energy, at: 1, 0),
    Misuse("read of start", .access, .start, reading: true),
    Misuse("read of the key", .access, .unlock, reading: true),
    Misuse("reserved bit of start", .reserved, .start, 1 | 64),
    Misuse("drivers without references", .supply, .supply, 2),
    Misuse("references that go off under drivers", .supply, .supply, 0),
    Misuse("reserved bit of a limit", .reserved, .limitWidth, 1 << 31 | 0xffff),
    Misuse("reserved bit of pulse", .reserved, .pulse, 1 << 16),
    Misuse("reserved before busy", .reserved, .start, 1 | 64, busy: true),
  ]

  /// Codes just outside ± the largest of each DAC, in either lane.
  static let codes: [Misuse] = [(4, 7), (8, 127), (12, 2047)].flatMap { (bits: Int, largest: Int16) in
    let pairs: [(Int16, Int16)] = [
      (largest + 1, 0), (-largest - 1, 0), (0, largest + 1), (0, -largest - 1), (.min, 1), (1, .min), (.max, 0),
    ]
    return pairs.map { even, odd in
      Misuse("\(bits)-bit codes \(even), \(odd)", .code, .drive, at: 2, Lanes.pack(even, odd), dacBits: bits)
    }
  }

  static let chip: [Misuse] = {
    func chip(_ name: String, _ error: ChipError, _ kind: Transaction.Kind, _ address: UInt32, _ value: UInt32 = 0)
      -> Misuse
    {
      Misuse(name, .chipError(error), kind, address, value)
    }
    let tiles = MemoryMap.tile(2)
    return [
      chip("gap of the chip block", .unmapped, .read, MemoryMap.chip + 0x024),
      chip("behind the chip block", .unmapped, .write, MemoryMap.chip + 0x2c0), chip("address 0", .unmapped, .read, 0),
      chip("last address", .unmapped, .write, 0xffff_fffc), chip("odd address of nothing", .unmapped, .read, 0x33),
      chip("absent tile", .unmapped, .read, tiles), chip("absent tile, written", .unmapped, .write, tiles + 8, 1),
      chip("below the chip", .unmapped, .read, MemoryMap.chip - 4),
      chip("behind RAM", .unmapped, .read, MemoryMap.ram + 64),
      chip("below RAM", .unmapped, .write, MemoryMap.ram - 4),
      chip("gap of HOST", .unmapped, .read, MemoryMap.host + 12),
      chip("behind HOST", .unmapped, .read, MemoryMap.host + 0x1000),
      chip("gap of UART", .unmapped, .read, MemoryMap.uart + 8),
      chip("gap of CLINT", .unmapped, .read, MemoryMap.timer + 4),
      chip("gap of FINISHER", .unmapped, .write, MemoryMap.finisher + 4),
      chip("misaligned in the chip block", .misaligned, .read, MemoryMap.chip + 1),
      chip("misaligned in RAM", .misaligned, .write, MemoryMap.ram + 2, 5),
      chip("misaligned in HOST", .misaligned, .read, MemoryMap.host + 2),
      chip("misaligned in CLINT", .misaligned, .read, MemoryMap.timer + 0x4001),
      chip("write to ID", .access, .write, MemoryMap.chip, 1),
      chip("read of SCALAR_TANH", .access, .read, MemoryMap.chip + 0x44),
      chip("read of FINISH", .access, .read, MemoryMap.finisher),
      chip("write to LSR", .access, .write, MemoryMap.uart + 5),
      chip("write to LEVEL", .access, .write, MemoryMap.host + 4, 1),
      chip("write to MSR", .access, .write, MemoryMap.uart + 6),
      chip("reserved bit of IRQ_ENABLE", .reserved, .write, MemoryMap.chip + 0x1c, 1 << 17),
      chip("reserved bit of UART", .reserved, .write, MemoryMap.uart, 256),
      chip("reserved bit of MSIP", .reserved, .write, MemoryMap.timer, 2),
      chip("no segments", .code, .write, MemoryMap.chip + 0x100, 0),
      chip("17 segments", .code, .write, MemoryMap.chip + 0x100, 17),
      chip("31 segments", .code, .write, MemoryMap.chip + 0x200, 31),
    ]
  }()

  static let all = starts + places + codes + chip

  /// A small board on which the access is refused.
  func board() throws -> Bench {
    var machine = try Bench.small(.small(dacBits: dacBits))
    machine.scatter()
    machine.drive([1, 2, 3, -3, -2, -1])
    machine.run(.read, gain: 1)
    if isUnlocked { for tile in 0..<2 { machine.write(.unlock, tile: tile, TileRegister.unlockKey) } }
    machine.pulses([5, -5, 0, 5])
    if isBusy { machine.start(.readTransposed) }
    return machine
  }

  /// Makes the access.
  /// - Returns: the value read or written.
  @discardableResult
  func commit(on machine: inout Bench) -> UInt32 {
    switch kind {
    case .read: return machine.read(address)
    case .write:
      machine.write(address, value)
      return value
    }
  }

  /// An offset of tile 0.
  init(_ name: String, _ error: TileError, _ kind: Transaction.Kind, _ offset: UInt32) {
    self.init(name, .tileError(tile: 0, error), kind, MemoryMap.tile(0) + offset)
  }
}

@Suite("Misuse")
struct MisuseTests {
  @Test(
    "Sets exactly its bit, changes nothing else, is logged after its access, and clears alone",
    arguments: Misuse.all)
  func refusal(misuse: Misuse) throws {
    var machine = try misuse.board()
    let before = machine.dump()
    let (sense, conductances) = (machine.chip.tiles[0].senseCodes(6), machine.conductances)
    machine.log.entries = []

    let value = misuse.commit(on: &machine)
    var expected = before
    switch misuse.event {
    case .tileError(let tile, let error):
      expected[MemoryMap.tile(tile) + TileRegister.error.rawValue] = error.field.mask
      for register in [TileRegister.status, .wait] { expected[MemoryMap.tile(tile) + register.rawValue]? |= 8 }
      expected[MemoryMap.chip + ChipRegister.interruptPending.rawValue]? |= 1 << UInt32(8 + tile)
    case .chipError(let error):
      expected[MemoryMap.chip + ChipRegister.error.rawValue] = error.field.mask
      expected[MemoryMap.chip + ChipRegister.errorAddress.rawValue] = misuse.address
      expected[MemoryMap.chip + ChipRegister.interruptPending.rawValue]? |= 1 << 16
    default: Issue.record("not a refusal")
    }
    #expect(machine.dump() == expected)
    #expect(machine.conductances == conductances && machine.chip.tiles[0].isBusy == misuse.isBusy)
    #expect(
      machine.log.entries.map(\.body) == [
        .access(Transaction(misuse.kind, misuse.address, value)), .event(misuse.event),
      ])
    #expect(Set(machine.log.entries.map(\.cycle)) == [machine.cycle])
    if misuse.kind == .read {
      #expect(value == (misuse.event == .tileError(tile: 0, .stale) ? Lanes.pack(sense[0], sense[1]) : 0))
    }
    guard !misuse.isBusy else { return }
    machine.write(.error, .max)
    machine.write(.error, tile: 1, .max)
    machine.write(chip: .error, .max)
    expected = before
    expected[MemoryMap.chip + ChipRegister.interruptPending.rawValue] = machine.peek(chip: .interruptPending)
    expected[MemoryMap.chip + ChipRegister.errorAddress.rawValue] = machine.peek(chip: .errorAddress)
    #expect(machine.dump() == expected)
  }

  @Test("Several refusals add up, and a written 1 clears its own bit only")
  func clearing() throws {
    var machine = try Bench.small()
    machine.write(.start, 0)
    machine.write(.start, Operation.erase.rawValue)
    machine.write(.status, 0)
    let all = [TileError.operation, .locked, .access].reduce(0) { $0 | $1.field.mask }
    #expect(machine.peek(.error) == all && machine.peek(.error, tile: 1) == 0)
    machine.write(.error, 0)
    #expect(machine.peek(.error) == all)
    machine.write(.error, TileError.locked.field.mask | TileError.stale.field.mask)
    #expect(machine.peek(.error) == all & ~TileError.locked.field.mask && machine.peek(.status) == 2 | 8)
    machine.write(.error, all)
    #expect(machine.peek(.error) == 0 && machine.peek(.status) == 2)
    _ = machine.read(0)
    _ = machine.read(MemoryMap.chip + 2)
    #expect(machine.peek(chip: .error) == 3 && machine.peek(chip: .errorAddress) == MemoryMap.chip + 2)
    machine.write(chip: .error, 1)
    #expect(machine.peek(chip: .error) == 2)
  }

  @Test("The largest codes of each DAC are legal in both lanes", arguments: [4, 5, 8, 11, 12])
  func largestCodes(bits: Int) throws {
    var machine = try Bench.small(.small(dacBits: bits))
    let largest = Int16(1 << (bits - 1) - 1)
    for word in [Lanes.pack(largest, -largest), Lanes.pack(-largest, largest)] {
      machine.write(.drive, 0, word)
      #expect(machine.peek(.drive, 0) == word)
    }
    #expect(machine.events.isEmpty)
  }

  @Test("Only the key unlocks a tile, for itself, and any other word locks again")
  func key() throws {
    var machine = try Bench.small()
    for word: UInt32 in [0, 1, .max, TileRegister.unlockKey ^ 1, TileRegister.unlockKey.byteSwapped] {
      machine.write(.unlock, word)
      #expect(machine.peek(.status) == 2)
    }
    machine.write(.unlock, TileRegister.unlockKey)
    #expect(machine.peek(.status) == 0 && machine.peek(.status, tile: 1) == 2)
    machine.start(.programRow, row: 5)
    _ = machine.read(.wait)
    machine.write(.unlock, TileRegister.unlockKey + 1)
    #expect(machine.peek(.status) == 3 << 4 | 2 && machine.peek(.error) == 0)
    machine.start(.erase)
    #expect(machine.peek(.error) == TileError.locked.field.mask)
  }

  @Test("ERROR, UNLOCK and SNAPSHOT are taken while an operation is under way")
  func writableWhileBusy() throws {
    var machine = try Bench.small()
    machine.start(.read)
    machine.write(.error, 0)
    machine.write(.unlock, TileRegister.unlockKey)
    machine.write(.snapshot, 5)
    #expect(machine.peek(.error) == 0 && machine.chip.tiles[0].isBusy)
    #expect(machine.read(.wait) == 1 << 4)
  }
}
