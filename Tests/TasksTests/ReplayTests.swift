import Board
import Files
import RV32
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Logs that replay")
struct ReplayTests {
  /// What a log makes again, in a word; nil where nothing differs.
  static func difference(_ bytes: [UInt8]) -> String? {
    do {
      var reader = try LogReader(bytes, file: "log")
      var replay = try Replay(of: reader, file: "log")
      var last = 0
      while let line = try reader.next() {
        try replay.feed(line)
        last = line.number
      }
      try replay.finish(afterLine: last)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("Any log of any guest, of any part of its run, replays without a difference, and is that part of the whole log")
  func anyGuest() throws {
    let first: UInt64 = 1
    let count = Trials.count(150, long: 10_000)
    var (accesses, parts) = (0, 0)
    for seed in first..<first + UInt64(count) {
      let guest = AnyGuest(seed: seed)
      let whole = try guest.log()
      let part = try guest.log(guest.part)
      for log in [whole, part] {
        let difference = Self.difference(log)
        #expect(difference == nil, "seed \(seed)")
        guard difference == nil else { return }
      }
      let (lines, some) = (Self.entries(whole), Self.entries(part))
      let expected = guest.holdsCyclesOnly ? lines.filter { guest.holds($0) } : some
      #expect(some == expected, "seed \(seed)")
      accesses += lines.count
      parts += some.isEmpty || some.count == lines.count ? 0 : 1
    }
    #expect(accesses > count * 40 && parts > count / 3, "seeds from \(first): \(accesses) entries, \(parts) true parts")
  }

  private static func entries(_ log: [UInt8]) -> [Substring] {
    String(decoding: log, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map { $0 }
  }

  @Test("An access of every size to every block, and beside, replays; its size is in the log")
  func sizes() throws {
    var machine = try AnyGuest.small(log: AnyGuest.text())
    let bases = machine.maps.map(\.base) + [0, 0x5000_0000, MemoryMap.tile(7), MemoryMap.chip + 0x8000]
    var cycle: UInt64 = 10
    for address in bases.flatMap({ [$0, $0 + 1, $0 + 2, $0 + 4] }) where address & ~3 != MemoryMap.finisher {
      for width in [AccessWidth.byte, .half, .word] {
        for value in [nil, 1] as [UInt32?] {
          let access = RV32.Access(address: address, width: width, cycle: cycle, pc: 0x8000_0000)
          if address % UInt32(width.rawValue) != 0 {
            machine.refuse(access, storing: value)
          } else if let value {
            _ = machine.store(value, access)
          } else {
            _ = machine.load(access)
          }
          cycle += 10
        }
      }
    }
    let log = machine.log.output
    for text in ["read8", "read16", "read32", "write8", "write16", "write32"] {
      #expect(log.text.contains(",firmware,\(text),0x4001"), "\(text)")
    }
    #expect(Self.difference(log.bytes) == nil)
    // A byte is the UART's own size.
    #expect(log.text.contains(",firmware,read,0x10000000,") && log.text.contains(",firmware,read32,0x10000000,"))
  }

  @Test(
    "A load of WAIT that gives up replays, from its beginning and from its middle", arguments: [1, 15, 20] as [UInt64])
  func givesUp(from: UInt64) throws {
    var selection = LogSelection()
    selection.from = .cycle(from)
    let chip = AnyGuest.chip
    var machine = try Machine(
      chip, log: PartialLog(selection, csv: MemoryOutput(), vcd: nil, of: chip), ramBytes: 64)
    let tile = MemoryMap.tile(0)
    machine.write(tile + TileRegister.waitLimit.offset(), 20)
    machine.advance(to: 9)
    machine.write(tile + TileRegister.start.offset(), 1)
    _ = machine.read(tile + TileRegister.wait.offset())
    _ = machine.read(tile + TileRegister.wait.offset())
    try machine.log.close()
    let log = try #require(machine.log.csv)
    #expect(log.text.contains("31,chip,event,,,MBX0,error WAIT") && log.text.contains("# state ") == (from > 1))
    #expect(Self.difference(log.bytes) == nil)
  }

  @Test("A log from a cycle that the board had passed already holds what its owner does before time passes")
  func atOnce() throws {
    var before = try Machine(AnyGuest.chip, log: NoLog(), ramBytes: 64)
    before.advance(to: 100)
    var selection = LogSelection()
    selection.from = .cycle(50)
    var machine = try Machine(
      before.snapshot, log: PartialLog(selection, csv: MemoryOutput(), vcd: nil, of: AnyGuest.chip))
    machine.brownOut()
    try machine.log.close()
    let log = try #require(machine.log.csv)
    #expect(log.text.contains("100,chip,event,,,MBX,brown-out"))
    #expect(Self.difference(log.bytes) == nil)
  }

  @Test("A log that is filtered is refused, and so is a chip at the beginning that is damaged or another")
  func refused() throws {
    let chip = AnyGuest.chip
    func log(_ origin: LogOrigin) -> [UInt8] {
      CSVLog(to: MemoryOutput(), description: "\(chip)", names: RegisterNames(chip.maps), origin: origin).output.bytes
    }
    var other = chip
    other.seed = 2
    let states = try [chip, other].map { chip in
      var machine = try Machine(chip, log: NoLog(), ramBytes: 0)
      machine.setConductance(50_000_000, tile: 0, wordLine: 0, bitLine: 0)
      return machine.snapshot.logState
    }
    #expect(Self.difference(log(LogOrigin(state: states[0]))) == nil)
    #expect(
      Self.difference(log(LogOrigin(filter: "errors")))?.hasPrefix("log:1: the log is filtered (errors): ") == true)
    #expect(
      Self.difference(log(LogOrigin(state: states[1])))
        == "log:1: the chip at its beginning: is another than that of its head")
    var damaged = states[0]
    damaged[damaged.count - 10] ^= 1
    #expect(
      Self.difference(log(LogOrigin(state: damaged)))
        == "log:1: the chip at its beginning: is damaged: its checksum does not match its content")
    #expect(Self.difference(log(LogOrigin(state: Array(states[0].prefix(50)))))?.contains("is truncated") == true)
  }

  @Test("How the supply fails the log says, whatever is scheduled in the state that it begins with")
  func scheduled() throws {
    let chip = AnyGuest.chip
    var machine = try Machine(chip, log: NoLog(), ramBytes: 0)
    machine.advance(to: 10)
    machine.schedule(SupplyFaults(powerCut: 900, brownOut: 500))
    let origin = LogOrigin(state: ChipFile(machine.snapshot).bytes)
    for (cut, brownOut) in [(900, 500), (900, 400), (nil, 500), (700, nil), (nil, nil)] as [(UInt64?, UInt64?)] {
      let log = CSVLog(to: MemoryOutput(), description: "\(chip)", names: RegisterNames(chip.maps), origin: origin)
      var run = try Machine(machine.snapshot, log: log)
      run.schedule(SupplyFaults(powerCut: cut, brownOut: brownOut))
      run.advance(to: 600)
      _ = run.read(MemoryMap.tile(0) + TileRegister.supplyState.offset())
      run.advance(to: 1000)
      #expect(Self.difference(run.log.output.bytes) == nil, "\(String(describing: (cut, brownOut)))")
    }
  }

  @Test("A log of a fresh chip holds no state, wherever it begins before something happened")
  func fresh() throws {
    let chip = AnyGuest.chip
    #expect(try Machine(chip, log: NoLog()).snapshot.logState.isEmpty)
    var machine = try Machine(chip, log: NoLog())
    _ = machine.read(MemoryMap.host)
    #expect(machine.snapshot.logState.isEmpty)
    machine.write(MemoryMap.tile(0) + TileRegister.watchdog.offset(), 1)
    #expect(!machine.snapshot.logState.isEmpty)
  }
}
