import Board
import ModelHeader
import Registers
import Testing
import Trace

extension LibraryTests {
  @Suite("Time and supply") struct TimeTests {
    private static let start = MemoryMap.tile(0) + TileRegister.start.rawValue
    private static let latest = UInt64(1) << 61 - 1

    private func event(_ chip: UInt64) -> UInt64 {
      var cycle: UInt64 = 0
      must(mblstm_chip_next_event(chip, &cycle))
      return cycle
    }

    private func lines(_ chip: UInt64) -> UInt32 {
      var lines: UInt32 = .max
      must(mblstm_chip_interrupts(chip, &lines))
      return lines
    }

    @Test("Time passes up to a cycle from now on and below 2^61")
    func advance() {
      withEitherChip { chip in
        func refuse(_ target: UInt64) {
          let text = "cycle \(target), expected one from now, \(cycle(chip)), on and below 2^61"
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_advance(chip, target))
        }
        must(mblstm_chip_advance(chip, 0))
        must(mblstm_chip_advance(chip, 1000))
        must(mblstm_chip_advance(chip, 1000))
        refuse(999)
        refuse(1 << 61)
        refuse(.max)
        #expect(cycle(chip) == 1000)
        must(mblstm_chip_advance(chip, Self.latest))
        #expect(cycle(chip) == Self.latest)
        refuse(1 << 61)
      }
    }

    @Test("What happens next is an operation's end, the timer's time or a failure of the supply, whichever is first")
    func nextEvent() {
      withEitherChip { chip in
        #expect(event(chip) == .max)
        must(mblstm_chip_write32(chip, MemoryMap.chip + ChipRegister.interruptEnable.rawValue, 1))
        must(mblstm_chip_write32(chip, Self.start, 1))
        let end = event(chip)
        #expect(end == 2 + 30)
        must(mblstm_chip_schedule(chip, .max, end - 5))
        #expect(event(chip) == end - 5)
        must(mblstm_chip_schedule(chip, end + 5, .max))
        #expect(event(chip) == end)
        must(mblstm_chip_schedule(chip, end + 7, end + 9))
        must(mblstm_chip_advance(chip, end - 1))
        #expect(lines(chip) == 0)
        must(mblstm_chip_advance(chip, end))
        #expect(lines(chip) == MBLSTM_LINE_MBX.rawValue && event(chip) == end + 7)
        wants(
          MBLSTM_BAD_ARGUMENT, "cycle \(end - 1), expected one from now, \(end), on",
          mblstm_chip_schedule(chip, .max, end - 1))
        wants(
          MBLSTM_BAD_ARGUMENT, "cycle \(end - 1), expected one from now, \(end), on",
          mblstm_chip_schedule(chip, end - 1, end + 50))
        must(mblstm_chip_schedule(chip, end, .max))
        #expect(event(chip) == end + 1)
        must(mblstm_chip_schedule(chip, .max, .max))
        #expect(event(chip) == .max)
      }
    }

    @Test("Without power no time passes, no access is made and nothing is to come, until it comes again")
    func power() {
      withEitherChip { chip in
        must(mblstm_chip_write32(chip, Self.start, 1))
        must(mblstm_chip_schedule(chip, 20, .max))
        must(mblstm_chip_advance(chip, 19))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_advance(chip, 30))
        #expect(cycle(chip) == 20 && event(chip) == .max)
        var word: UInt32 = 0
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_advance(chip, 20))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_write32(chip, Self.start, 1))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_read32(chip, Self.start, &word))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_reset(chip, 2))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_schedule(chip, 50, 50))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_log_csv(chip, "/dev/null"))
        #expect(cycle(chip) == 20)
        must(mblstm_chip_log_close(chip))
        wants(MBLSTM_NO_POWER, noPower, mblstm_chip_write32(chip, Self.start, 1))
        must(mblstm_chip_power_cycle(chip))
        #expect(cycle(chip) == 0)
        must(mblstm_chip_write32(chip, Self.start, 1))
        #expect(cycle(chip) == 1)
      }
    }

    @Test("A cycle of the power leaves what a board of that power has, and needs the logs to be closed")
    func powerCycle() throws {
      try withChip { chip in
        var machine = try Machine(.small, log: NoLog())
        for (address, value) in [(MemoryMap.tile(1) + 0x18, TileRegister.unlockKey), (MemoryMap.tile(1) + 8, 4)] {
          machine.write(address, value)
          must(mblstm_chip_write32(chip, address, value))
        }
        must(mblstm_chip_log_callback(chip, { _, _, _, _, _, _ in }, nil))
        let before = snapshot(chip)
        wants(MBLSTM_BAD_ORDER, "a cycle of the power needs the logs to be closed", mblstm_chip_power_cycle(chip))
        #expect(snapshot(chip) == before)
        must(mblstm_chip_log_close(chip))
        machine.cutPower()
        must(mblstm_chip_power_cycle(chip))
        let expected = try Machine(machine.snapshotLeft, log: NoLog())
        #expect(snapshot(chip) == expected.bytes)
      }
    }

    @Test("A reset is of MBX or of tiles that are there")
    func reset() {
      withEitherChip { chip in
        let drive = { MemoryMap.tile($0) + TileRegister.drive.rawValue }
        func begin() { for tile in 0..<2 { must(mblstm_chip_write32(chip, drive(tile), 5)) } }
        begin()
        must(mblstm_chip_reset(chip, 1 << 9))
        #expect(peek(chip, drive(0)) == 5 && peek(chip, drive(1)) == 0)
        begin()
        must(mblstm_chip_reset(chip, 1 << 8))
        #expect(peek(chip, drive(0)) == 0 && peek(chip, drive(1)) == 5)
        begin()
        must(mblstm_chip_reset(chip, 2))
        #expect(peek(chip, drive(0)) == 0 && peek(chip, drive(1)) == 0)
        begin()
        must(mblstm_chip_reset(chip, 0))
        for parts: UInt32 in [1, 3, 4, 1 << 7, 1 << 10, 1 << 15 | 2, 1 << 16, .max] {
          let text = "parts is \(parts), expected bit 1 for MBX and bits from 8 on for tiles that it has"
          wants(MBLSTM_BAD_ARGUMENT, text, mblstm_chip_reset(chip, parts))
        }
        #expect(peek(chip, drive(0)) == 5 && peek(chip, drive(1)) == 5)
      }
    }
  }
}
