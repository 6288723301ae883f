import Board
import RV32
import Registers
import Testing
import Trace

/// The board as the hart reaches it, access by access.
@Suite("The machine under the core")
struct DeviceTests {
  private let tile = MemoryMap.tile(0)

  private func machine() throws -> Machine<MemoryLog> { try Machine(smallChip(), log: MemoryLog(), ramBytes: 0) }

  private func at(
    _ address: UInt32, _ width: AccessWidth = .word, cycle: UInt64 = 10
  ) -> RV32.Access { RV32.Access(address: address, width: width, cycle: cycle, pc: 0x8000_0010) }

  @Test("An access is one transaction, at the hart's cycle, with its pc")
  func log() throws {
    var machine = try machine()
    let reply = machine.load(at(MemoryMap.chip + ChipRegister.identity.offset()))
    #expect(reply.value == 0x4d42_5831 && reply.stall == 0 && !reply.fault && !reply.reschedule)
    let transaction = Transaction(.read, MemoryMap.chip, 0x4d42_5831)
    #expect(machine.log.entries == [LogEntry(cycle: 11, .access(transaction), pc: 0x8000_0010)])
  }

  @Test("A load that the chip's block refuses raises its line, at which the hart looks at once")
  func refusal() throws {
    var machine = try machine()
    let enable = MemoryMap.chip + ChipRegister.interruptEnable.offset()
    #expect(machine.store(ChipRegister.Interrupt.chipError(.readWrite).mask, at(enable)).reschedule)
    #expect(!machine.load(at(enable, cycle: 12)).reschedule && machine.interrupts(at: 13) == [])
    #expect(machine.load(at(MemoryMap.chip + 0x7fc, cycle: 14)).reschedule)
    #expect(machine.interrupts(at: 15) == .external)
  }

  @Test("WAIT stalls the hart until the operation ends, a start changes the next event")
  func wait() throws {
    var machine = try machine()
    let start = machine.store(1, at(tile + TileRegister.start.offset()))
    #expect(start.reschedule && machine.nextEvent(after: 11) == 41)
    let wait = machine.load(at(tile + TileRegister.wait.offset(), cycle: 12))
    #expect(wait.stall == 41 - 13 && wait.reschedule && machine.nextEvent(after: 41) == nil)
    #expect(machine.diagnostics.count == 0)
  }

  @Test("A stale SENSE gives the old codes and a diagnostic, and no fault")
  func stale() throws {
    var machine = try machine()
    _ = machine.store(1, at(tile + TileRegister.start.offset()))
    let reply = machine.load(at(tile + TileRegister.sense.offset(), cycle: 12))
    #expect(reply.value == 0 && !reply.fault)
    let told = try #require(machine.diagnostics.first.first)
    #expect(told.refusal == .tileError(tile: 0, .stale) && told.pc == 0x8000_0010 && !told.isFault)
  }

  @Test(
    "Another size than the registers have is a bus error, logged once, without effect",
    arguments: [
      (MemoryMap.tile(0) + TileRegister.unlock.offset(), AccessWidth.byte),
      (MemoryMap.tile(0) + TileRegister.unlock.offset(), .half), (MemoryMap.host, .half), (MemoryMap.uart, .word),
      (MemoryMap.uart, .half), (MemoryMap.timer, .byte),
    ])
  func size(_ address: UInt32, _ width: AccessWidth) throws {
    var machine = try machine()
    #expect(machine.store(1, at(address, width)).fault)
    #expect(machine.load(at(address, width, cycle: 20)).fault)
    #expect(machine.peek(address, width) == nil)
    #expect(machine.log.entries.map(\.cycle) == [11, 11, 21, 21], "an access takes its cycle, refused or not")
    #expect(machine.uart.output.isEmpty && machine.mailbox.collect().isEmpty)
    #expect(machine.diagnostics.first.allSatisfy { $0.refusal == .chipError(.misaligned) && $0.isFault })
    #expect(machine.peek(MemoryMap.chip + ChipRegister.error.offset()) == ChipError.misaligned.field.mask)
  }

  @Test(
    "An access that the hart does not make is in the log and told: misaligned, or atomic",
    arguments: [
      (0x0020_a283, MemoryMap.tile(0), ChipError.misaligned), (0x0020_92a3, MemoryMap.host, .misaligned),
      (0x1000_a2af, MemoryMap.tile(0), .misaligned), (0x0020_a2af, MemoryMap.chip, .misaligned),
      (0x0020_a283, 0x5000_0000, .unmapped), (0x1800_a2af, 0x5000_0000, .unmapped),
    ] as [(UInt32, UInt32, ChipError)])
  func notMade(_ instruction: UInt32, _ address: UInt32, _ error: ChipError) throws {
    var core = Core()
    core.setBytes((0..<4).map { UInt8(truncatingIfNeeded: instruction >> (8 * $0)) }, at: 0x8000_0000)
    core[register: 1] = address
    var machine = try machine()
    guard case .unhandled(let trap) = core.run(on: &machine) else {
      Issue.record("no trap")
      return
    }
    #expect(trap.tval & ~7 == address && machine.log.entries.count == 2 && machine.diagnostics.count == 1)
    let told = try #require(machine.diagnostics.first.first)
    #expect(told.refusal == .chipError(error) && told.isFault && told.pc == 0x8000_0000 && told.address == trap.tval)
    #expect(machine.log.entries[1].body == .event(.chipError(error)))
  }

  @Test("The same refusal of the same instruction is told once, with its count; places beyond the first are counted")
  func toldOnce() throws {
    var machine = try machine()
    for turn in 0..<50 { _ = machine.store(1, at(tile + TileRegister.status.offset(), cycle: UInt64(10 * turn))) }
    _ = machine.load(at(0x5000_0000, cycle: 600))
    for place in 0..<200 as Range<UInt32> {
      for turn in 0..<3 as Range<UInt32> {
        _ = machine.load(
          RV32.Access(
            address: 0x5000_0000, width: .word, cycle: 700 + UInt64(place * 3 + turn), pc: 0x8000_1000 + 4 * place))
      }
    }
    let told = machine.diagnostics
    #expect(
      told.count == 651 && told.first.count == Diagnostics.most && told.first.map(\.count).prefix(3) == [50, 1, 3])
    #expect(told.first[0].cycle == 1 && told.others == 651 - told.first.reduce(0) { $0 + $1.count })
  }

  @Test("An address without a block is a bus error, a hole in a block is not", arguments: [AccessWidth.byte, .word])
  func unmapped(_ width: AccessWidth) throws {
    var machine = try machine()
    #expect(machine.load(at(0x5000_0000, width)).fault)
    #expect(machine.store(0, at(MemoryMap.tile(5), width, cycle: 20)).fault)
    #expect(!machine.load(at(tile + 0x0f00, cycle: 30)).fault)
    #expect(machine.diagnostics.count == 3)
  }

  @Test("The UART is byte-wide")
  func uart() throws {
    var machine = try machine()
    #expect(machine.load(at(MemoryMap.uart + 5, .byte)).value == 0x60)
    #expect(!machine.store(0x41, at(MemoryMap.uart, .byte, cycle: 12)).fault && machine.uart.output == [0x41])
  }

  @Test("A UART that someone types to interrupts until all is read, at its trigger or below it")
  func typed() throws {
    var machine = try machine()
    func read(_ register: UARTRegister) -> UInt32 { machine.read(MemoryMap.uart + register.offset()) }
    func write(_ value: UInt32, _ register: UARTRegister) { machine.write(MemoryMap.uart + register.offset(), value) }
    write(1, .interruptEnable)
    #expect(machine.interrupts(at: machine.cycle) == [] && read(.interruptIdentity) == 1)
    machine.uart.receive(1...20)
    #expect(machine.interrupts(at: machine.cycle) == .external && read(.interruptIdentity) == 4)
    // Emptying the receiver loses nothing of what is typed; 16 of it count.
    write(0xc3, .interruptIdentity)
    for byte in 1...20 as ClosedRange<UInt32> {
      #expect(read(.interruptIdentity) == (21 - byte >= 14 ? 0xc4 : 0xcc) && read(.data) == byte)
    }
    #expect(machine.interrupts(at: machine.cycle) == [] && read(.interruptIdentity) == 0xc1)
    // In loopback what is typed stays outside.
    machine.uart.receive([65])
    write(0x10, .modemControl)
    #expect(read(.lineStatus) == 0x60 && read(.data) == 0)
    write(66, .data)
    #expect(read(.data) == 66 && machine.uart.output.isEmpty)
    write(0, .modemControl)
    #expect(read(.lineStatus) == 0x61 && machine.peek(MemoryMap.uart) == 65 && read(.data) == 65)
  }

  @Test("Lines: timer, software, MBX and HOST")
  func lines() throws {
    var machine = try machine()
    #expect(machine.interrupts(at: 0) == [] && machine.nextEvent(after: 0) == nil)
    _ = machine.store(0, at(MemoryMap.timer + TimerRegister.compare.offset(1)))
    #expect(machine.store(50, at(MemoryMap.timer + TimerRegister.compare.offset(), cycle: 12)).reschedule)
    #expect(machine.nextEvent(after: 12) == 50 && machine.interrupts(at: 49) == [])
    #expect(machine.interrupts(at: 50) == .timer && machine.nextEvent(after: 50) == nil)
    #expect(machine.store(1, at(MemoryMap.timer, cycle: 60)).reschedule)
    #expect(machine.interrupts(at: 61) == [.timer, .software])
    machine.mailbox.post([7])
    #expect(machine.interrupts(at: 62) == [.timer, .software])
    #expect(machine.store(1, at(MemoryMap.host + HostRegister.interruptEnable.offset(), cycle: 63)).reschedule)
    #expect(machine.interrupts(at: 64) == .all)
    #expect(
      machine.load(at(MemoryMap.host, cycle: 65)).reschedule && machine.interrupts(at: 66) == [.timer, .software])
    _ = machine.store(1, at(MemoryMap.chip + ChipRegister.interruptEnable.offset(), cycle: 67))
    _ = machine.store(1, at(tile + TileRegister.start.offset(), cycle: 68))
    #expect(machine.interrupts(at: 98) == [.timer, .software] && machine.interrupts(at: 99) == .all)
  }

  @Test("The finisher ends the run and is in the log")
  func finisher() throws {
    var machine = try machine()
    #expect(machine.store(0x5_3333, at(MemoryMap.finisher)).exit == .status(5) && machine.log.entries.count == 1)
  }
}
