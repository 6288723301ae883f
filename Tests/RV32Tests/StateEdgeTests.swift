import Testing

@testable import RV32

/// A bus whose timer line is up from a cycle on.
private struct LateBus: DeviceBus {
  var rise: UInt64

  mutating func load(_ access: Access) -> Reply { .fault }
  mutating func store(_ value: UInt32, _ access: Access) -> Reply { .fault }
  mutating func interrupts(at cycle: UInt64) -> Interrupts { cycle >= rise ? .timer : [] }
  func raiseCycle(of lines: Interrupts, at cycle: UInt64) -> UInt64 { rise }
  func nextEvent(after cycle: UInt64) -> UInt64? { cycle < rise ? rise : nil }
}

@Suite("State that is set, kept and taken over")
struct StateEdgeTests {
  @Test("Register 0 reads 0 whatever a state that is set has there; all others read what it has")
  func zeroRegister() {
    var core = core([add(a0, zero, zero), sw(zero, 0, s0), addi(zero, zero, 5), add(a1, zero, zero)])
    var hart = core.hart
    for register in 0..<32 { hart.x[register] = 0x100 + UInt32(register) }
    hart.x[8] = base + 0x800
    core.pokeWord(.max, base + 0x800)
    core.hart = hart
    #expect(core[register: 0] == 0 && core.hart.x[0] == 0)
    #expect((1..<32).allSatisfy { core.hart.x[$0] == hart.x[$0] && core[register: $0] == hart.x[$0] })
    var bus = EmptyBus()
    _ = core.run(on: &bus, instructions: 4)
    #expect(core[register: 10] == 0 && core.peekWord(base + 0x800) == 0 && core[register: 11] == 0)
  }

  @Test("A register's number counts by its low five bits, and register 0 cannot be written")
  func registerNumbers() {
    var core = core([nop])
    for number in 0..<64 { core[register: number] = 7 + UInt32(number) }
    for number in 0..<64 {
      let last = UInt32(39 + number % 32)
      #expect(core[register: number] == (number % 32 == 0 ? 0 : last), "\(number)")
    }
    #expect(core[register: -1] == 70 && core[register: -32] == 0)
  }

  @Test("Bit 0 of a place to go on at is dropped, set alone or with a state")
  func oddPlaces() {
    var core = core([nop])
    core.pc = base + 7
    #expect(core.pc == base + 6)
    var hart = core.hart
    hart.pc = base + 11
    core.hart = hart
    #expect(core.pc == base + 10 && core.hart.pc == base + 10)
  }

  @Test(
    "A half of a counter is written while the other keeps what it has", arguments: [(0xB00, 0xB80), (0xB02, 0xB82)])
  func counterHalves(_ low: Int, _ high: Int) {
    let program = [
      csrrw(zero, high, a1), csrrw(zero, low, a2), csrrs(a3, low, zero), csrrs(a4, high, zero),
      csrrw(zero, high, a5), csrrs(s0, low, zero), csrrs(s1, high, zero),
    ]
    for (first, second, third) in [(5, 77, 9), (0x8000_0001, 0x7000_0000, 0), (1, 0, .max)]
      as [(UInt32, UInt32, UInt32)]
    {
      let core = ran(program, [a1: first, a2: second, a5: third], smallConfiguration(cycles: .unit))
      #expect(core[register: 13] == second && core[register: 14] == first)
      // Two instructions after the write, the write of the other half counts none.
      #expect(core[register: 8] == second + 2 && core[register: 9] == third, "\(first) \(second)")
    }
    let mixed = ran(
      [csrrw(zero, high, a1), nop, csrrw(a3, low, a2)], [a1: 3, a2: 0], smallConfiguration(cycles: .unit))
    #expect(mixed.hart.csr(low, time: 0) == 0 && mixed.hart.csr(high, time: 0) == 3)
  }

  @Test("A counter that is held keeps what is written to it, and goes on from there")
  func heldCounters() {
    var hart = Hart()
    for (low, high, bit) in [(0xB00, 0xB80, 1), (0xB02, 0xB82, 4)] as [(Int, Int, UInt32)] {
      hart.setCSR(0x320, bit, cycle: 100, retired: 100)
      #expect(hart.csr(0x320, time: 0) == bit)
      hart.setCSR(low, 7, cycle: 200, retired: 200)
      hart.setCSR(high, 2, cycle: 300, retired: 300)
      (hart.cycle, hart.retired) = (400, 400)
      #expect(hart.csr(low, time: 0) == 7 && hart.csr(high, time: 0) == 2)
      hart.setCSR(0x320, bit, cycle: 400, retired: 400)
      #expect(hart.csr(low, time: 0) == 7, "held again, it is as it was")
      hart.setCSR(0x320, 0, cycle: 400, retired: 400)
      (hart.cycle, hart.retired) = (450, 450)
      #expect(hart.csr(low, time: 0) == 57 && hart.csr(high, time: 0) == 2 && hart.csr(0x320, time: 0) == 0)
      (hart.cycle, hart.retired) = (0, 0)
    }
  }

  @Test("A profile has the cycles that pass while it is there, in runs and in single steps", arguments: [false, true])
  func profileResumes(_ steps: Bool) {
    var core = core([nop, nop, nop, nop, nop, nop, nop, nop, jal(zero, 0)])
    var bus = EmptyBus()
    func go(_ count: UInt64) {
      if steps { for _ in 0..<count { _ = core.step(on: &bus) } } else { _ = core.run(on: &bus, instructions: count) }
    }
    go(3)
    core.profiler = Profiler(SymbolTable())
    go(2)
    #expect(core.profiler?.folded == "0x8000000c 2\n" && core.profiler?.cycles == 2)
    core.hart.cycle += 1000
    go(1)
    #expect(core.profiler?.cycles == 3 && core.profiler?.folded.contains("waiting") == false)
  }

  @Test("Instructions are counted by their addresses where that is asked for, and not otherwise")
  func visits() {
    for counts in [false, true] {
      var core = core([nop, addi(a0, a0, -1), branch(1, a0, zero, -8), nop])
      core[register: 10] = 3
      core.profiler = Profiler(SymbolTable(), countsVisits: counts)
      var bus = EmptyBus()
      _ = core.run(on: &bus, instructions: 10)
      #expect(core.profiler?.visits == (counts ? [base: 3, base + 4: 3, base + 8: 3, base + 12: 1] : nil))
    }
  }

  @Test("A hart that begins anew keeps what was told and profiled, and is late by no line of the one before")
  func takenOver() {
    var bus = LateBus(rise: 500)
    var before = core([csrrs(zero, 0x304, a0), wfi, jal(ra, 0x100 - 8), nop])
    before[register: 10] = 1 << 7
    before[register: 2] = base + 0x8000
    before.hart.cycle = 100
    let names = [("main", base), ("leaf", base + 0x100)]
    before.profiler = Profiler(
      SymbolTable(names.map { Symbol(name: $0, address: $1, size: 0x100, kind: .function) }))
    before.setBytes(code([jal(zero, 0)]), at: base + 0x100)
    _ = before.run(on: &bus, instructions: 4)
    #expect(before.sleptCycles == 399 && before.interruptResponse.wakes == 1)
    #expect(before.interruptResponse.worstLatency == 2, "wfi itself takes two cycles")
    let profiled = before.profiler?.cycles ?? 0

    var after = core([nop, nop, nop, nop, nop, nop, wfi])
    after.takeOver(sessionOf: before)
    #expect(after.sleptCycles == 399 && after.interruptResponse.wakes == 1 && after.profiler?.cycles == profiled)
    after.hart.mie = .timer
    bus.rise = 1
    _ = after.run(on: &bus, instructions: 7)
    #expect(after.interruptResponse.wakes == 2 && after.interruptResponse.interrupts == 0)
    #expect(after.interruptResponse.worstLatency == 7, "six instructions and wfi, from cycle 1 to 8")
    #expect(after.profiler?.cycles == profiled + 8)
    #expect(after.profiler?.folded.contains("main;main") == false)
  }

  @Test("A recorder of n keeps the last n in their order, also after it was drained; less than 1 counts as 1")
  func recorder() {
    func entry(_ number: UInt32) -> Retired { Retired(pc: number, instruction: 0x13, isCompressed: false) }
    for capacity in [-1, 0, 1, 2, 3, 7] {
      var recorder = Recorder(capacity: capacity)
      let kept = max(capacity, 1)
      #expect(recorder.capacity == kept && recorder.entries.isEmpty)
      var total: UInt64 = 0
      for count in [0, 1, 3, 4, 20, 2] as [UInt32] {
        for number in 0..<count { recorder.append(entry(number)) }
        total += UInt64(count)
        let expected = Array((0..<count).suffix(kept))
        #expect(recorder.count == total && recorder.entries.map(\.pc) == expected, "\(capacity) \(count)")
        #expect(recorder.drain().map(\.pc) == expected && recorder.entries.isEmpty, "\(capacity) \(count)")
      }
    }
  }

  @Test(
    "A half of tohost that stays alone is looked at 32 instructions after its first store", arguments: [0, 1, 20, 31])
  func patience(_ again: Int) {
    var core = core([sw(a0, 0, a1)] + Array(repeating: nop, count: again) + [sw(a0, 0, a1), jal(zero, 0)])
    core[register: 10] = 7
    core[register: 11] = base + 0x8000
    core.host.tohost = HostInterface.Word(address: base + 0x8000)
    var bus = EmptyBus()
    #expect(core.run(on: &bus, instructions: 1000) == .exited(.status(3)) && core.retired == 33, "\(again)")
  }

  @Test("A reply tells each of its marks apart, and an exit of each kind by itself")
  func replies() {
    let exits: [RV32.ExitStatus?] = [
      nil, .status(0), .status(1), .status(.max), .status(0x8000_0000), .reset, .powerOff,
    ]
    for marks in 0..<8 {
      for exit in exits {
        var reply = Reply(stall: 0)
        #expect(reply.isPlain && reply.exit == nil && !reply.fault && !reply.waits && !reply.reschedule)
        for first in exits { reply.exit = first }
        (reply.fault, reply.waits, reply.reschedule) = (marks & 1 != 0, marks & 2 != 0, marks & 4 != 0)
        reply.exit = exit
        #expect(reply.exit == exit && !reply.isInterrupted)
        #expect(reply.fault == (marks & 1 != 0) && reply.waits == (marks & 2 != 0))
        #expect(reply.reschedule == (marks & 4 != 0) && reply.isPlain == (marks == 0 && exit == nil))
        (reply.fault, reply.waits, reply.reschedule) = (false, false, false)
        #expect(reply.exit == exit && reply.isPlain == (exit == nil))
      }
    }
    let interrupted = Reply.interrupted(after: 9)
    #expect(interrupted.isInterrupted && interrupted.stall == 9 && !interrupted.isPlain && !interrupted.fault)
    #expect(Reply.fault.fault && !Reply.fault.waits && !Reply(stall: 1).isPlain)
  }
}
