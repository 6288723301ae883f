import RV32
import Testing

/// Addresses of functions, 0x100 apart.
private let (first, second, third, handler) = (base + 0x100, base + 0x200, base + 0x300, base + 0x400)

private func symbols(_ places: [(String, UInt32)]) -> SymbolTable {
  SymbolTable(places.map { Symbol(name: $0.0, address: $0.1, size: 0x100, kind: .function) })
}

private let names = symbols([
  ("main", base), ("first", first), ("second", second), ("third", third), ("handler", handler),
])

/// A core with code at some addresses, that profiles.
private func profiled(_ code: [UInt32: [UInt32]], _ table: SymbolTable = names) -> Core {
  var core = core([])
  for (address, instructions) in code { core.setBytes(RV32Tests.code(instructions), at: address) }
  core[register: 2] = base + 0x8000
  core.profiler = Profiler(table)
  return core
}

private func folded(_ core: inout Core, instructions: UInt64) -> String {
  var bus = EmptyBus()
  _ = core.run(on: &bus, instructions: instructions)
  return core.profiler?.folded ?? ""
}

/// Link and jump from an address to another.
private func call(_ target: UInt32, from: UInt32, link: Reg = ra) -> UInt32 {
  jal(link, Int(target) - Int(from))
}

/// A device whose loads stall.
private struct SlowBus: DeviceBus {
  mutating func load(_ access: Access) -> Reply { Reply(stall: 30) }
  mutating func store(_ value: UInt32, _ access: Access) -> Reply { Reply() }
}

@Test("An address belongs to the symbol at or below it, the first one too, up to its end")
func symbolAtAddress() {
  let table = symbols([("main", base), ("first", first)])
  #expect(table.symbol(at: base - 1) == nil && table.symbol(at: first + 0x100) == nil)
  for (address, name) in [(base, "main"), (base + 0xff, "main"), (first, "first"), (first + 0xff, "first")] {
    #expect(table.symbol(at: address)?.name == name, "\(address)")
  }
  let sizes = SymbolTable(
    [(0, "open"), (1, "byte")].map { .init(name: $1, address: base + 16 * $0, size: $0, kind: .function) })
  #expect(sizes.symbol(at: base + 15)?.name == "open", "what says no size goes on to the next")
  #expect(sizes.symbol(at: base + 16)?.name == "byte" && sizes.symbol(at: base + 17) == nil)
}

@Suite("Profiles by call stack")
struct ProfilerTests {
  @Test("Cycles belong to the stack of calls that were made, at what the instructions cost, and add up to all")
  func callStacks() {
    // main calls first twice; first calls second by its other link register. A jump costs 2, an addition 1, a taken branch 3.
    var core = profiled([
      base: [call(first, from: base), call(first, from: base + 4), nop],
      first: [call(second, from: first, link: t0), jalr(zero, ra, 0)],
      second: [nop, nop, branch(0, zero, zero, 8), nop, jalr(zero, t0, 0)],
    ])
    #expect(
      folded(&core, instructions: 2 + 2 * 2 + 2 * 4 + 1) == """
        main 5
        main;first 8
        main;first;second 14

        """)
    #expect(core.profiler?.cycles == core.cycle)
  }

  @Test("A function that is jumped to takes the place of the one that jumped, and returns for it")
  func tailCalls() {
    var core = profiled([
      base: [call(first, from: base), nop], first: [nop, jal(zero, Int(second) - Int(first) - 4)],
      second: [nop, jalr(zero, ra, 0)],
    ])
    #expect(folded(&core, instructions: 6) == "main 3\nmain;first 3\nmain;second 3\n")
  }

  @Test("A jump through a register that is no link is no return, wherever it goes")
  func indirectJumps() {
    var core = profiled([
      base: [call(first, from: base), nop, nop], first: [addi(a5, ra, 0), jalr(zero, a5, 0)],
    ])
    // The call is still under way, so that main comes to stand in it once more.
    #expect(folded(&core, instructions: 5) == "main 2\nmain;first 3\nmain;main 2\n")
  }

  @Test("Each depth of a recursion has its frame, and returns go back one by one")
  func recursion() {
    // first(n): if n ≠ 0, save ra and call first(n - 1).
    let body = [
      branch(0, a0, zero, 24), addi(sp, sp, -16), sw(ra, 0, sp), addi(a0, a0, -1), call(first, from: first + 16),
      lw(ra, 0, sp), addi(sp, sp, 16), jalr(zero, ra, 0),
    ]
    // The branch goes past the end of the frame: to a return without one.
    var core = profiled([
      base: [addi(a0, zero, 2), call(first, from: base + 4), nop],
      first: Array(body.prefix(6)) + [addi(sp, sp, 16), jalr(zero, ra, 0)],
    ])
    core.setBytes(code([branch(0, a0, zero, 28)]), at: first)
    // A frame: 1 + 1 + 2 + 1 + 2 down, 2 + 1 + 2 up; the last: 3 + 2.
    #expect(
      folded(&core, instructions: 2 + 2 * 8 + 2 + 1) == """
        main 4
        main;first 12
        main;first;first 12
        main;first;first;first 5

        """)
  }

  @Test("A call that never returns leaves no frame behind once the stack is above it")
  func abandonedCalls() {
    // first calls second, which goes back to main at once, as longjmp does, stack pointer and all; main calls third.
    var core = profiled([
      base: [call(first, from: base), nop, call(third, from: base + 8), nop],
      first: [addi(sp, sp, -16), call(second, from: first + 4)],
      second: [addi(sp, sp, 16), jal(zero, Int(base) + 4 - Int(second) - 4)],
      third: [jalr(zero, ra, 0)],
    ])
    // Until the next call it is as if main had been jumped to.
    #expect(
      folded(&core, instructions: 1 + 2 + 2 + 2 + 1 + 1) == """
        main 3
        main;first 3
        main;first;main 3
        main;first;second 3
        main;third 2

        """)
  }

  @Test("A trap has a stack of its own, and what it came upon goes on where it was")
  func traps() {
    var core = profiled([
      base: [call(first, from: base), nop], first: [ecall, nop, jalr(zero, ra, 0)],
      handler: [csrrs(a0, 0x341, zero), addi(a0, a0, 4), csrrw(zero, 0x341, a0), mret],
    ])
    core.hart.mtvec = handler
    // The trap itself takes 2 cycles, and so does `mret`.
    #expect(
      folded(&core, instructions: 1 + 4 + 2 + 1) == """
        [machineCall] 2
        [machineCall];handler 5
        main 3
        main;first 3

        """)
  }

  @Test("A scheduler's return goes on with the stack of the task that it returns to")
  func tasks() {
    // main, a task, traps in first; the handler returns to third on another stack; that traps, and the handler returns to first.
    var core = profiled([
      base: [call(first, from: base), nop], first: [ecall, nop, jalr(zero, ra, 0)],
      third: [nop, ecall],
      handler: [csrrw(s1, 0x341, s0), addi(s0, s1, 4), add(t1, sp, zero), add(sp, t2, zero), add(t2, t1, zero), mret],
    ])
    core.hart.mtvec = handler
    core[register: 8] = third
    core[register: 7] = base + 0x9000
    #expect(
      folded(&core, instructions: 1 + 6 + 1 + 6 + 2 + 1) == """
        [machineCall] 4
        [machineCall];handler 14
        main 3
        main;first 3
        third 1

        """)
  }

  @Test("Code without symbols is called by the address of its entry, and a semicolon separates frames alone")
  func namesOfFrames() {
    let program = [base: [call(first, from: base), nop], first: [nop, jalr(zero, ra, 0)]]
    var bare = profiled(program, SymbolTable())
    #expect(folded(&bare, instructions: 4) == "0x80000000 3\n0x80000000;0x80000100 3\n")
    var odd = profiled(program, symbols([("f(a;b)", base), ("g", first)]))
    #expect(folded(&odd, instructions: 4) == "f(a:b) 3\nf(a:b);g 3\n")
  }

  @Test("What the bus holds the core for is told apart, and a profile changes nothing of the run")
  func waiting() {
    let program = [lw(a1, 0, s0), nop, sw(a1, 0, s0), call(first, from: base + 12)]
    func run(profiles: Bool) -> Core {
      var core = profiled([base: program, first: [jal(zero, 0)]])
      if !profiles { core.profiler = nil }
      core[register: 8] = 0x4000_0000
      var bus = SlowBus()
      for _ in 0..<4 { _ = core.run(on: &bus, instructions: 3) }
      return core
    }
    let with = run(profiles: true)
    let without = run(profiles: false)
    #expect(with.profiler?.folded == "main 7\nmain;[waiting] 30\nmain;first 16\n")
    #expect(with.hart == without.hart)
    #expect(with.profiler?.cycles == with.cycle)
  }
}
