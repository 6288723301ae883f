import Board
import RV32
import Registers
import TestSupport
import Trace

/// A hart with a random program on a board on which everything may happen that can.
struct WanderingHart: ~Copyable {
  var core: Core
  var board: Wandering
  /// What is still to happen to it.
  private(set) var random: SeededRandom
  /// Why its runs came back.
  private(set) var reasons: [StopReason] = []

  static let ramBytes: UInt32 = 4096
  private static let ram = MemoryMap.ram

  init(seed: UInt64) throws {
    random = SeededRandom(seed)
    var configuration = Core.Configuration()
    configuration.ramBase = Self.ram
    configuration.ramSize = Self.ramBytes
    configuration.cycles = random.pick([.ibex, .unit])
    configuration.trapsMisaligned = random.next() % 3 == 0
    configuration.fuses = random.next() % 3 != 0
    configuration.hartID = random.word()
    core = Core(configuration)
    board = try Wandering(seed: seed)
    RandomProgram.load(into: &core, &random)
    core.hart.scatter(&random)
    setAlarm()
  }

  /// A hart stopped at a random instruction of its program.
  static func stopped(seed: UInt64) throws -> WanderingHart {
    var hart = try WanderingHart(seed: seed)
    for _ in 0..<4 + hart.random.next() % 40 { try hart.step() }
    if hart.random.next() % 4 == 0 { hart.fallAsleep() }
    hart.run()
    return hart
  }

  /// One that goes on where another was stopped.
  /// - Parameters:
  ///   - hart: what was kept of its hart.
  ///   - machine: what was kept of its board.
  init(_ hart: Hart, _ machine: Machine<MemoryLog>, goingOnAs other: borrowing WanderingHart) {
    core = Core(other.core.configuration)
    core.setBytes(other.ram, at: Self.ram)
    core.hart = hart
    board = Wandering(machine)
    random = other.random
    forgetWhatWasSeen()
  }

  /// What was seen so far is no part of what is to come.
  mutating func forgetWhatWasSeen() {
    board.machine.log.entries = []
    board = Wandering(board.machine)
    reasons = []
  }

  var ram: [UInt8] { core.bytes(at: Self.ram, count: Int(Self.ramBytes)) ?? [] }

  mutating func step() throws {
    switch random.next() % 8 {
    case 0: try others()
    case 1: debugger()
    default: run()
    }
  }

  /// As many instructions or cycles as it comes.
  mutating func run() {
    if isStuck { core.pc = Self.ram + random.word() % Self.ramBytes }
    let instructions = 1 + random.next() % 60
    let cycles = random.next() % 3 == 0 ? 1 + random.next() % 200 : 100_000
    reasons.append(core.run(on: &board.machine, instructions: instructions, untilCycle: core.cycle + cycles))
  }

  /// Whether it cannot go on where it is, and is to go on elsewhere.
  private var isStuck: Bool {
    mutating get {
      switch reasons.last {
      case .unhandled, .waitingForever, .exited: random.next() % 4 != 0
      default: core.pc &- Self.ram >= Self.ramBytes
      }
    }
  }

  /// Time passes with other masters, the host, the terminal and the supply.
  private mutating func others() throws {
    board.machine.catchUp(to: core.cycle)
    for _ in 0..<1 + random.next() % 3 { try board.step(&random) }
    core.hart.cycle = board.machine.cycle
  }

  /// What a debugger writes, and what a program comes to write seldom.
  private mutating func debugger() {
    switch random.next() % 8 {
    case 0: core.hart.reservation = core[register: 4]
    case 1: core.hart.mstatus = random.word()
    case 2: core.hart.mie = Interrupts(rawValue: random.word()).intersection(.all)
    case 3: core.hart.mtvec = random.word() & ~2
    case 4: core[register: Int(random.next() % 32)] = random.word()
    case 5: RandomProgram.aim(&core, &random)
    case 6: end()
    default: setAlarm()
    }
  }

  /// The end, seldom, as another master or the supply makes it.
  private mutating func end() {
    switch random.next() % 4 {
    case 0: board.machine.write(MemoryMap.finisher, random.pick([0x5555, 0x7_3333]))
    case 1: board.machine.cutPower()
    default: break
    }
  }

  /// Has the timer's line go up soon, or never.
  private mutating func setAlarm() {
    board.machine.catchUp(to: core.cycle)
    let cycle = random.next() % 3 == 0 ? .max : board.machine.cycle + random.next() % 3000
    board.machine.write(MemoryMap.timer + TimerRegister.compare.offset(1), UInt32(cycle >> 32))
    board.machine.write(MemoryMap.timer + TimerRegister.compare.offset(), UInt32(truncatingIfNeeded: cycle))
    core.hart.cycle = board.machine.cycle
  }

  /// Has the next instruction be a `wfi` that the timer ends.
  private mutating func fallAsleep() {
    setAlarm()
    core.pokeWord(RandomProgram.wfi, core.pc)
    core.hart.mie = .timer
  }

  /// Has a program store all that it can read, and goes back to where the hart was.
  mutating func tell() {
    let pc = core.pc
    core.pc = RandomProgram.placeTeller(in: &core)
    reasons.append(core.run(on: &board.machine, instructions: RandomProgram.tellerInstructions))
    core.pc = pc
  }

  /// What may be going on when it stops, and whether it is.
  var going: [String: Bool] {
    let (hart, machine, reason) = (core.hart, board.machine, reasons.last)
    func isBusy(_ tile: Int) -> Bool {
      (machine.peek(MemoryMap.tile(tile) + TileRegister.status.offset()) ?? 0) & 1 == 1
    }
    let isRaised = !hart.mip.isDisjoint(with: hart.mie)
    let isTrap = if case .unhandled = reason { true } else { false }
    let isExit = if case .exited = reason { true } else { false }
    return [
      "a reservation": hart.reservation != nil, "a counter that stands": hart.csr(0x320, time: 0) != 0,
      "a sleep": reason == .cycleLimit && core.peekWord(core.pc) == RandomProgram.wfi,
      "a sleep without end": reason == .waitingForever,
      "an interrupt to be taken": isRaised && hart.interruptsEnabled,
      "an interrupt held back": isRaised && !hart.interruptsEnabled,
      "a handler of an interrupt": hart.mcause >> 31 == 1 && !hart.interruptsEnabled,
      "an operation of a tile": isBusy(0) || isBusy(1), "a board behind its hart": core.cycle > machine.cycle,
      "an exit status": machine.exitStatus != nil, "an exit": isExit, "a power loss": machine.powerLoss != nil,
      "a trap without a handler": isTrap,
    ]
  }
}

extension Hart {
  /// Sets what a program that runs for long comes to set.
  fileprivate mutating func scatter(_ random: inout SeededRandom) {
    for entry in 0..<16 { pmpaddr[entry] = random.word() }
    for entry in 0..<4 { pmpcfg[entry] = random.word() & 0x1d1d_1d1d }
    (mscratch, mepc, mcause, mtval) = (random.word(), random.word() & ~1, random.word(), random.word())
    previousInterruptsEnabled = random.next() % 2 == 0
  }
}
