import Board
import ModelHeader
import RV32
import Registers
import TestSupport
import Testing
import Trace

extension LibraryTests {
  @Suite("An access") struct AccessTests {
    /// What a call gives, by the board itself.
    private static func status(_ isError: Bool, _ machine: Machine<NoLog>) -> Int32 {
      isError ? MBLSTM_BUS_ERROR.rawValue : machine.powerLoss == nil ? 0 : MBLSTM_NO_POWER.rawValue
    }

    private static let addresses: [UInt32] =
      [MemoryMap.chip, MemoryMap.tile(0), MemoryMap.tile(1)].flatMap { base in
        [0, 4, 8, 0x10, 0x14, 0x18, 0x1000, 0x1004, 0x2000, 0x3000].map { base + $0 }
      } + (0..<8).map { MemoryMap.uart + $0 }
      + [0, 1, 2, 0x50, 0x5000_0000, MemoryMap.ram, MemoryMap.ram + 2, MemoryMap.ram + 4, .max]

    /// One at random, by call and by the board.
    private static func access(_ chip: UInt64, _ machine: inout Machine<NoLog>, _ random: inout SeededRandom) {
      let address = random.pick(addresses)
      let value = random.pick([0, 1, 3, 0x0003_0005, TileRegister.unlockKey, random.word()])
      var got: UInt32 = 0
      switch random.next() % 8 {
      case 0:
        var byte: UInt8 = 0
        let answer = machine.read(address, .byte)
        #expect(
          mblstm_chip_read8(chip, address, &byte) == status(answer.isError, machine) && UInt32(byte) == answer.value)
      case 1:
        var half: UInt16 = 0
        let answer = machine.read(address, .half)
        #expect(
          mblstm_chip_read16(chip, address, &half) == status(answer.isError, machine) && UInt32(half) == answer.value)
      case 2:
        let answer = machine.read(address, .word)
        #expect(mblstm_chip_read32(chip, address, &got) == status(answer.isError, machine) && got == answer.value)
      case 3:
        let answer = machine.readRegister(address)
        #expect(
          mblstm_chip_read_register(chip, address, &got) == status(answer.isError, machine) && got == answer.value)
      case 4:
        let isError = machine.write(address, value & 0xff, .byte)
        #expect(
          mblstm_chip_write8(chip, address, UInt8(truncatingIfNeeded: value)) == status(isError, machine))
      case 5:
        let isError = machine.write(address, value & 0xffff, .half)
        #expect(
          mblstm_chip_write16(chip, address, UInt16(truncatingIfNeeded: value)) == status(isError, machine))
      case 6:
        let isError = machine.write(address, value, .word)
        #expect(mblstm_chip_write32(chip, address, value) == status(isError, machine))
      default:
        let isError = machine.writeRegister(address, value)
        #expect(mblstm_chip_write_register(chip, address, value) == status(isError, machine))
      }
    }

    @Test(
      "Does what the board does with it, with a log and without: value, status, time, state, lines", arguments: 1...4)
    func board(seed: UInt64) throws {
      try withEitherChip { chip in
        var (machine, random) = (try Machine(.small, log: NoLog()), SeededRandom(seed))
        for _ in 0..<400 {
          Self.access(chip, &machine, &random)
          var lines: UInt32 = .max
          must(mblstm_chip_interrupts(chip, &lines))
          #expect(cycle(chip) == machine.cycle && lines == machine.lines.rawValue)
        }
        #expect(snapshot(chip) == machine.bytes)
        machine.schedule(SupplyFaults(powerCut: machine.cycle + 20))
        must(mblstm_chip_schedule(chip, cycle(chip) + 20, .max))
        for _ in 0..<60 { Self.access(chip, &machine, &random) }
        #expect(machine.powerLoss != nil && cycle(chip) == machine.cycle && snapshot(chip) == machine.bytes)
      }
    }

    @Test("In a batch is what it is alone, whatever becomes of those before", arguments: 1...4)
    func batch(seed: UInt64) throws {
      try withEitherChip { chip in
        var (machine, random) = (try Machine(.small, log: NoLog()), SeededRandom(seed))
        for _ in 0..<20 {
          var lines = (0..<30).map { _ in
            mblstm_access(
              operation: random.word() % 9, address: random.pick(Self.addresses),
              value: random.pick([0, 1, 7, random.word() % 1000, 0x0003_0005]), status: 99)
          }
          let expected = lines.map { Self.perform($0, on: &machine) }
          let first = expected.first { $0.status != 0 }?.status ?? 0
          #expect(mblstm_chip_batch(chip, &lines, UInt64(lines.count)) == first)
          #expect(lines.map(\.value) == expected.map(\.value) && lines.map(\.status) == expected.map(\.status))
        }
        #expect(snapshot(chip) == machine.bytes)
      }
    }

    private static func perform(_ line: mblstm_access, on machine: inout Machine<NoLog>) -> (
      value: UInt32, status: Int32
    ) {
      func told(_ answer: (value: UInt32, isError: Bool)) -> (UInt32, Int32) {
        (answer.value, status(answer.isError, machine))
      }
      func told(_ isError: Bool) -> (UInt32, Int32) { (line.value, status(isError, machine)) }
      switch line.operation {
      case 0: return told(machine.read(line.address, .byte))
      case 1: return told(machine.read(line.address, .half))
      case 2: return told(machine.read(line.address, .word))
      case 3: return told(machine.write(line.address, line.value & 0xff, .byte))
      case 4: return told(machine.write(line.address, line.value & 0xffff, .half))
      case 5: return told(machine.write(line.address, line.value, .word))
      case 6: return told(machine.readRegister(line.address))
      case 7: return told(machine.writeRegister(line.address, line.value))
      default:
        machine.advance(to: machine.cycle + UInt64(line.value))
        return (line.value, 0)
      }
    }

    @Test("Of a batch that fails is told with its line, and the first of several")
    func firstOfBatch() {
      withEitherChip { chip in
        var lines = [
          mblstm_access(operation: 5, address: 0x8000_0000, value: 0x1234_5678, status: 99),
          mblstm_access(operation: 2, address: 0x8000_0000, value: 0, status: 99),
          mblstm_access(operation: 9, address: 0, value: 0, status: 99),
          mblstm_access(operation: 0, address: 0x50, value: 5, status: 99),
          mblstm_access(operation: 8, address: 0, value: 10, status: 99),
        ]
        wants(
          MBLSTM_BAD_ARGUMENT, "line 2: operation 9, expected one of enum mblstm_operation",
          mblstm_chip_batch(chip, &lines, 5))
        #expect(lines.map(\.status) == [0, 0, -3, 1, 0] && lines.map(\.value) == [0x1234_5678, 0x1234_5678, 0, 0, 10])
        #expect(cycle(chip) == 13)
        lines[4].value = .max
        must(mblstm_chip_advance(chip, 1 << 61 - 10))
        #expect(mblstm_chip_batch(chip, &lines[4], 1) == MBLSTM_BAD_ARGUMENT.rawValue)
        #expect(
          words == "line 0: cycle \(UInt64(1) << 61 - 10 + UInt64(UInt32.max)), expected one from now, "
            + "\(UInt64(1) << 61 - 10), on and below 2^61")
        let most = UInt64(1) << 24
        wants(
          MBLSTM_BAD_ARGUMENT, "accesses has \(most + 1) elements, expected at most \(most)",
          mblstm_chip_batch(chip, &lines, most + 1))
        must(mblstm_chip_batch(chip, &lines, 0))
      }
    }

    @Test("That the bus ends with an error is told with its address in eight digits")
    func errors() {
      func told(_ what: String, _ address: String) -> String {
        "the bus ended \(what) at \(address) with an error: no block, or another size or alignment there"
      }
      withEitherChip { chip in
        var (byte, half, word): (UInt8, UInt16, UInt32) = (7, 7, 7)
        wants(MBLSTM_BUS_ERROR, told("a read", "0x00000005"), mblstm_chip_read8(chip, 5, &byte))
        wants(MBLSTM_BUS_ERROR, told("a read", "0x40010000"), mblstm_chip_read16(chip, 0x4001_0000, &half))
        wants(MBLSTM_BUS_ERROR, told("a read", "0x0000f001"), mblstm_chip_read32(chip, 0xf001, &word))
        #expect(byte == 0 && half == 0 && word == 0)
        wants(MBLSTM_BUS_ERROR, told("a write", "0xffffffff"), mblstm_chip_write8(chip, .max, 1))
        wants(MBLSTM_BUS_ERROR, told("a write", "0x40010002"), mblstm_chip_write16(chip, 0x4001_0002, 1))
        wants(MBLSTM_BUS_ERROR, told("a write", "0x10000000"), mblstm_chip_write32(chip, 0x1000_0000, 1))
        wants(MBLSTM_BUS_ERROR, told("a read", "0x50000000"), mblstm_chip_read_register(chip, 0x5000_0000, &word))
        wants(MBLSTM_BUS_ERROR, told("a write", "0x50000000"), mblstm_chip_write_register(chip, 0x5000_0000, 1))
        wants(MBLSTM_BUS_ERROR, told("a look", "0x50000000"), mblstm_chip_peek(chip, 0x5000_0000, &word))
        #expect(cycle(chip) == 8)
      }
    }

    @Test("Behind the bus takes no time; what no register can hold is refused")
    func behind() {
      withEitherChip { chip in
        let drive = MemoryMap.tile(0) + TileRegister.drive.rawValue
        must(mblstm_chip_poke(chip, drive, 0x0002_0003))
        must(mblstm_chip_poke(chip, MemoryMap.ram + 16, 0x1234_5678))
        #expect(peek(chip, drive) == 0x0002_0003 && peek(chip, MemoryMap.ram + 16) == 0x1234_5678)
        let before = snapshot(chip)
        #expect(mblstm_chip_poke(chip, drive, 0x00ff_00ff) == MBLSTM_BAD_INPUT.rawValue && words.contains("DRIVE"))
        #expect(mblstm_chip_poke(chip, 0x5000_0000, 0) == MBLSTM_BAD_INPUT.rawValue && words.contains("no register"))
        #expect(cycle(chip) == 0 && snapshot(chip) == before)
        must(mblstm_chip_schedule(chip, 5, .max))
        #expect(mblstm_chip_advance(chip, 9) == MBLSTM_NO_POWER.rawValue)
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_poke(chip, drive, 1))
        #expect(peek(chip, drive) == 0 || peek(chip, drive) == 0x0002_0003)
      }
    }
  }
}
