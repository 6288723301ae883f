import RV32
import Registers
import Testing
import Trace

@testable import Board

@Suite("Power that goes")
struct PowerCutTests {
  private static func busy() throws -> Bench {
    var machine = try Bench.unlocked()
    machine.pulses([100, -60, 0, 30])
    machine.start(.programRow, row: 2)
    return machine
  }

  @Test("It is told with what was under way, phase and steps")
  func told() throws {
    for (cycles, text): (UInt64, String) in [
      (75, "PROGRAM_ROW of tile 0, row 2; phase SET, 38 steps elapsed"),
      (260, "PROGRAM_ROW of tile 0, row 2; phase RESET, 5 steps elapsed"),
    ] {
      var machine = try Self.busy()
      let start = machine.cycle
      machine.schedule(.init(powerCut: start + cycles))
      machine.advance(to: start + 1000)
      #expect(machine.powerLoss?.description == "the power was cut at cycle \(start + cycles) during \(text)")
      #expect(machine.cycle == start + cycles)
      let events = machine.log.entries.filter { $0.cycle == start + cycles }.map(\.body)
      #expect(events == [.event(.powerOff), .event(.aborted(tile: 0, .programRow))])
    }
    var machine = try Bench.unlocked()
    machine.start(.zero)
    machine.start(.read, tile: 1)
    machine.schedule(.init(powerCut: machine.cycle + 5))
    _ = machine.read(.wait)
    #expect(
      machine.powerLoss?.description == "the power was cut at cycle \(machine.cycle) during"
        + " ZERO of tile 0; 6 cycles elapsed, and READ of tile 1; 5 cycles elapsed")
    var idle = try Bench.small()
    idle.cutPower()
    #expect(idle.powerLoss?.description == "the power was cut at cycle 0, with no operation under way")
  }

  /// What happens to a board between two accesses.
  enum Blow: CaseIterable {
    case powerCut, brownOut, debuggersReset
  }

  @Test("What ends at the cycle of a blow from outside has ended: a row without a pulse", arguments: Blow.allCases)
  func now(_ blow: Blow) throws {
    var machine = try Bench.unlocked()
    machine.start(.programRow)
    switch blow {
    case .powerCut: machine.cutPower()
    case .brownOut: machine.brownOut()
    case .debuggersReset:
      #expect(machine.reset(parts: ChipRegister.Reset.tiles(.writeOnly).encode(1 as UInt32)) == false)
    }
    let bodies = machine.log.entries.map(\.body)
    let end = try #require(bodies.firstIndex { if case .event(.finished) = $0 { true } else { false } })
    switch blow {
    case .powerCut: #expect(bodies.firstIndex(of: .event(.powerOff)) == end + 1)
    case .brownOut: #expect(bodies.firstIndex(of: .event(.brownOut)) == end + 1)
    case .debuggersReset: #expect(end == bodies.count - 1)
    }
    #expect(!bodies.contains(.event(.aborted(tile: 0, .programRow))))
  }

  @Test("What ends at its cycle has ended; an access of its cycle is not made")
  func edge() throws {
    var machine = try Bench.unlocked()
    machine.start(.zero)
    let end = machine.cycle + 30
    machine.schedule(.init(powerCut: end))
    _ = machine.read(.wait)
    #expect(machine.powerLoss?.operations.isEmpty == true && machine.chip.tiles[0].counters.reads == 1)
    #expect(machine.log.entries.suffix(2).map(\.cycle) == [end, end])
    machine = try Bench.unlocked()
    machine.schedule(.init(powerCut: machine.cycle + 2))
    machine.write(.eraseWidth, 7)
    machine.write(.eraseWidth, 8)
    #expect(machine.peek(.eraseWidth) == 7 && machine.log.entries.last?.body == .event(.powerOff))
  }

  @Test("A board without power stands still: it can be looked at, and nothing changes")
  func standsStill() throws {
    var machine = try Self.busy()
    machine.mailbox.post([1, 2, 3])
    machine.advance(to: machine.cycle + 75)
    machine.cutPower()
    let (before, cycle, count) = (machine.snapshot, machine.cycle, machine.log.entries.count)
    for site in Site.all {
      if site.map.base != MemoryMap.host {
        #expect(machine.read(site.address) == machine.peek(site.address), "\(site.label)")
      }
      machine.write(site.address, 1)
    }
    machine.refuse(Transaction(.read, MemoryMap.chip, 0))
    machine.advance(to: cycle + 1000)
    #expect(machine.snapshot == before && machine.cycle == cycle && machine.log.entries.count == count)
    machine.mailbox.post([1])
    #expect(machine.read(MemoryMap.host + HostRegister.level.rawValue) == 0)
    _ = machine.mailbox.collect()
    let access = RV32.Access(address: MemoryMap.chip, width: .word, cycle: cycle + 1, pc: 0)
    let reply = machine.load(access)
    #expect(reply.exit == .powerOff && reply.stall == 0 && machine.store(1, access).exit == .powerOff)
    machine.cutPower()
    #expect(machine.snapshot.registers == before.registers && machine.snapshot.tiles == before.tiles)
  }

  @Test("A load that stalls ends the hart's run where the power goes")
  func stall() throws {
    var machine = try Self.busy()
    let start = machine.cycle
    machine.schedule(.init(powerCut: start + 100))
    let wait = MemoryMap.tile(0) + TileRegister.wait.rawValue
    let reply = machine.load(.init(address: wait, width: .word, cycle: start + 3, pc: 0, interruptible: [.external]))
    #expect(reply.exit == .powerOff && machine.cycle == start + 100)
    #expect(machine.nextEvent(after: start) == nil, "nothing will wake a hart")
  }
}
