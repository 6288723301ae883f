import Board
import Files
import Foundation
import ModelHeader
import Registers
import TestSupport
import Testing
import Trace

extension LibraryTests {
  @Suite("A log") struct LogTests {
    /// What is written to tile 0 and MBX, at random.
    private static func accesses(_ seed: UInt64, _ count: Int = 120) -> [(address: UInt32, value: UInt32)] {
      var random = SeededRandom(seed)
      return (0..<count).map { _ in
        (
          MemoryMap.tile(Int(random.next() % 2)) + random.pick([8, 0x18, 0x1000, 0x1004, 0x3000, 0x60]),
          random.pick([1, 2, 3, 4, 5, TileRegister.unlockKey, 0x0012_0007])
        )
      }
    }

    private func write(_ accesses: [(address: UInt32, value: UInt32)], to chip: UInt64) {
      for access in accesses { must(mblstm_chip_write32(chip, access.address, access.value)) }
    }

    private func csv(_ origin: LogOrigin = LogOrigin()) -> CSVLog<MemoryOutput> {
      CSVLog(
        to: MemoryOutput(), description: "\(ChipConfiguration.small)", names: RegisterNames(BlockMap.board(tiles: 2)),
        origin: origin)
    }

    private func waves(analog: Bool) -> VCDLog<MemoryOutput> {
      VCDLog(
        to: MemoryOutput(), tiles: ChipConfiguration.small.tileSizes, features: [],
        pulseStep: ChipConfiguration.small.timing.stepNanoseconds, analog: analog)
    }

    @Test("As CSV is that of a board from there on, wherever it begins, under its name once it is closed")
    func csv() throws {
      try withFolder { folder in
        try withChip { chip in
          var machine = try Machine(.small, log: NoLog())
          for part in 1...3 as ClosedRange<UInt64> {
            let path = "\(folder)/part-\(part).csv"
            must(mblstm_chip_log_csv(chip, path))
            #expect(!FileManager.default.fileExists(atPath: path))
            let state = machine.snapshot
            var logged = try Machine(state, log: csv(LogOrigin(state: state.logState)))
            let accesses = Self.accesses(part)
            write(accesses, to: chip)
            for access in accesses { logged.write(access.address, access.value) }
            must(mblstm_chip_log_close(chip))
            let written = try text(of: path)
            #expect(written == logged.log.output.text)
            machine = try Machine(logged.snapshot, log: NoLog())
            #expect(snapshot(chip) == machine.bytes)
          }
        }
      }
    }

    @Test("As waves is that of a board, with volts and amperes if they are asked for", arguments: [0, 1])
    func waves(analog: Int32) throws {
      try withFolder { folder in
        let path = folder + "/waves.vcd"
        try withChip { chip in
          must(mblstm_chip_log_vcd(chip, path, analog))
          var machine = try Machine(.small, log: waves(analog: analog == 1))
          let accesses = Self.accesses(7)
          write(accesses, to: chip)
          for access in accesses { machine.write(access.address, access.value) }
          must(mblstm_chip_log_close(chip))
          try machine.log.close()
          let written = try text(of: path)
          #expect(written == machine.log.output.text)
          #expect(machine.log.output.text.contains("$var real") == (analog == 1))
        }
      }
    }

    private final class Listener {
      var entries: [(kind: UInt32, cycle: UInt64, address: UInt32, value: UInt32, line: String)] = []
    }

    private func listen(_ chip: UInt64, _ listener: Listener) -> Int32 {
      mblstm_chip_log_callback(
        chip,
        { context, kind, cycle, address, value, line in
          guard let context, let line else { return }
          Unmanaged<Listener>.fromOpaque(context).takeUnretainedValue()
            .entries.append((kind, cycle, address, value, String(cString: line)))
        }, Unmanaged.passUnretained(listener).toOpaque())
    }

    @Test("That is told has the lines of the CSV, each with its kind, cycle, address and value")
    func told() throws {
      let listener = Listener()
      try withChip { chip in
        must(listen(chip, listener))
        var machine = try Machine(.small, log: csv())
        let accesses = Self.accesses(9)
        write(accesses, to: chip)
        for access in accesses { machine.write(access.address, access.value) }
        var word: UInt32 = 0
        must(mblstm_chip_read32(chip, MemoryMap.chip, &word))
        #expect(machine.read(MemoryMap.chip) == word)
        #expect(listener.entries.map(\.line).joined(separator: "\n") + "\n" == machine.log.output.text)
        must(mblstm_chip_log_close(chip))
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + 0x1000, 1))
      }
      let head = try #require(listener.entries.first)
      #expect((head.kind, head.cycle, head.address, head.value) == (0, 0, 0, 0) && head.line.contains("\ncycle,"))
      var kinds: [UInt32] = []
      for entry in listener.entries.dropFirst() {
        let columns = entry.line.split(separator: ",", omittingEmptySubsequences: false)
        #expect(columns[0] == "\(entry.cycle)")
        let kind =
          columns[2].hasPrefix("read")
          ? MBLSTM_ENTRY_READ : columns[2].hasPrefix("write") ? MBLSTM_ENTRY_WRITE : MBLSTM_ENTRY_EVENT
        #expect(entry.kind == kind.rawValue)
        let (address, value) = (UInt32(columns[3].dropFirst(2), radix: 16), UInt32(columns[4].dropFirst(2), radix: 16))
        #expect(entry.address == address ?? 0 && entry.value == value ?? 0)
        kinds.append(entry.kind)
      }
      #expect(Set(kinds) == [1, 2, 3])
    }

    @Test("Of each kind there is one; they go on beside each other, and end together with the chip")
    func together() throws {
      let listener = Listener()
      try withFolder { folder in
        try withChip { other in
          var chip: UInt64 = 0
          must(mblstm_chip_new(small, &chip))
          let (lines, waves) = (folder + "/lines.csv", folder + "/waves.vcd")
          must(mblstm_chip_log_vcd(chip, waves, 0))
          must(mblstm_chip_log_csv(chip, lines))
          must(listen(chip, listener))
          let again = "the chip has such a log, expected mblstm_chip_log_close"
          wants(MBLSTM_BAD_ORDER, again, mblstm_chip_log_csv(chip, folder + "/more"))
          wants(MBLSTM_BAD_ORDER, again, mblstm_chip_log_vcd(chip, folder + "/more", 0))
          wants(MBLSTM_BAD_ORDER, again, listen(chip, listener))
          write(Self.accesses(3), to: chip)
          write(Self.accesses(3), to: other)
          #expect(snapshot(chip) == snapshot(other))
          must(mblstm_chip_free(chip))
          let (all, shown) = (try text(of: lines), try text(of: waves))
          let names = try FileManager.default.contentsOfDirectory(atPath: folder)
          #expect(all == listener.entries.map { $0.line + "\n" }.joined())
          #expect(shown.hasSuffix("\n") && names.count == 2)
        }
      }
    }

    @Test("As waves begins at cycle 0, with analog 0 or 1")
    func wavesRefused() {
      withChip { chip in
        for analog: Int32 in [-1, 2, .max] {
          wants(
            MBLSTM_BAD_ARGUMENT, "analog is \(analog), expected 0 or 1", mblstm_chip_log_vcd(chip, "/dev/null", analog))
        }
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + 0x1000, 1))
        wants(
          MBLSTM_BAD_ORDER, "waves begin at cycle 0, and it is cycle 1", mblstm_chip_log_vcd(chip, "/dev/null", 0))
        // Nothing was begun by what was refused.
        must(mblstm_chip_power_cycle(chip))
      }
    }

    @Test("That cannot be written is told when it is closed, or with the chip, whose handle is gone all the same")
    func full() throws {
      try withFolder { folder in
        try withChip { chip in
          must(mblstm_chip_log_vcd(chip, folder + "/waves.vcd", 0))
          must(mblstm_chip_log_csv(chip, "/dev/full"))
          write(Self.accesses(3, 3000), to: chip)
          #expect(mblstm_chip_log_close(chip) == MBLSTM_CANNOT_WRITE.rawValue && words.contains("No space left"))
          let waves = try text(of: folder + "/waves.vcd")
          #expect(waves.hasSuffix("\n"))
          must(mblstm_chip_log_close(chip))
          must(mblstm_chip_power_cycle(chip))
          must(mblstm_chip_log_vcd(chip, "/dev/full", 0))
          write(Self.accesses(3, 3000), to: chip)
          #expect(mblstm_chip_log_close(chip) == MBLSTM_CANNOT_WRITE.rawValue && words.contains("No space left"))
        }
        var chip: UInt64 = 0
        must(mblstm_chip_new(small, &chip))
        must(mblstm_chip_log_csv(chip, "/dev/full"))
        write(Self.accesses(3, 3000), to: chip)
        #expect(mblstm_chip_free(chip) == MBLSTM_CANNOT_WRITE.rawValue && words.contains("No space left"))
        wants(MBLSTM_BAD_HANDLE, noHandle(chip), mblstm_chip_free(chip))
      }
    }

    @Test("Closes where none is, and takes nothing that comes behind")
    func none() {
      let listener = Listener()
      withChip { chip in
        must(mblstm_chip_log_close(chip))
        must(listen(chip, listener))
        must(mblstm_chip_log_close(chip))
        must(mblstm_chip_log_close(chip))
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + 0x1000, 1))
        #expect(listener.entries.count == 1)
        // And begins again.
        must(listen(chip, listener))
        must(mblstm_chip_write32(chip, MemoryMap.tile(0) + 0x1000, 1))
        #expect(listener.entries.count == 3)
      }
    }
  }
}
