import Board
import Files
import RV32
import Trace

/// The controller as a binary on the RV32 core.
///
/// It has the processor until it sleeps with nothing that could wake it but the host: a `wfi` while the mailbox is empty.
public struct EmulatedController<Log: LogSink>: ControllerRunner, ~Copyable {
  /// The board that the program reaches.
  public var machine: Machine<Log>
  /// What runs on the core.
  public let program: Program
  /// Instructions that one request may take.
  public var instructionLimit: UInt64 = 10_000_000_000
  /// The hart, with the program in its RAM.
  public internal(set) var core: Core
  /// The end of what the program printed.
  private var printed: [UInt8] = []
  private let paint: StackPaint?
  /// Cycles in which a controller that polls was passed over, up to the end of what it waits for.
  private var passed: UInt64 = 0

  /// - Throws: when the program does not fit.
  public init(_ program: Program, on machine: Machine<Log>, ramBytes: Int = Machine<Log>.defaultRAMBytes)
    throws(InputError)
  {
    self.program = program
    self.machine = machine
    core = try program.core(ramBytes: ramBytes)
    paint = StackPaint(program, on: &core)
    // A machine that comes from a file has been used before.
    core.hart.cycle = machine.cycle
  }

  public var time: TimeParts {
    let waits = Double(machine.heldCycles + core.sleptCycles + passed)
    let (bus, all) = (
      Double(machine.accesses), Double(max(core.cycle, machine.cycle) - machine.cycle + machine.elapsedCycles)
    )
    return TimeParts(arrayCycles: waits, busCycles: bus, controllerCycles: max(all - waits - bus, 0))
  }

  public static var measuresComputing: Bool { true }

  /// Counts the core's cycles by call stack from now on, at some cost in speed.
  public mutating func beginProfile() { core.profiler = Profiler(program.symbols) }

  /// The most bytes of stack in use at any time, of how many; nil if the program does not say where its stack is.
  public var stackUse: (most: Int, of: Int)? { paint.map { ($0.highWater(core), $0.size) } }

  private static var printedBytes: Int { 2000 }
  /// Instructions after which what was printed is cut: a program that prints for ever fills no memory.
  private static var slice: UInt64 { 1 << 24 }
  /// Instructions after which a busy wait is looked for first.
  private static var firstSlice: UInt64 { 1 << 20 }

  public mutating func serve() throws(ControllerFailure) {
    let end = core.retired + min(instructionLimit, .max - core.retired)
    var slice = Self.firstSlice
    var ticks = 0
    while true {
      let reason = core.run(
        on: &machine, instructions: min(slice, end - core.retired), untilCycle: machine.faults.next)
      printed = (printed + machine.uart.collect()).suffix(Self.printedBytes)
      if core.cycle >= machine.faults.next { catchUp() }
      if machine.powerLoss != nil { return }
      switch reason {
      case .cycleLimit: continue
      case .instructionLimit, .consoleWaits:
        if let signal = Interruption.signal {
          throw ControllerFailure("\(Interrupted(signal: signal)) at \(program.describe(core.pc))")
        }
        guard core.retired < end else { throw failure(.instructionLimit) }
        slice = Self.slice
        guard reason == .instructionLimit, end - core.retired > BusyWait.window, let wait = endlessWait() else {
          continue
        }
        // It has answered, and may be woken by the next request.
        guard machine.mailbox.fromController.isEmpty else { return catchUp() }
        throw ControllerFailure(with(printed, description(of: wait)))
      case .deviceWaits:
        if try isHostsTurn(&ticks) { return catchUp() }
      case .waitingForever where machine.mailbox.waiting == 0: return catchUp()
      case .exited(.status(0)): return
      default: throw failure(reason)
      }
    }
  }

  /// Whether a controller that polls the mailbox has nothing else to wait for: if it has, time passes up to that.
  private mutating func isHostsTurn(_ ticks: inout Int) throws(ControllerFailure) -> Bool {
    guard !machine.mailbox.isFlooded else {
      throw ControllerFailure(
        "it sends words without end to HOST.DATA, \(machine.mailbox.fromController.count) up to"
          + " \(program.describe(core.pc)):"
          + " more than the request has an answer for")
    }
    if let event = machine.nextOperationEnd {
      pass(until: event)
      return false
    }
    guard machine.mailbox.fromController.isEmpty else { return true }
    if core.hart.canBeInterrupted, ticks < Self.ticksWithoutAnswer,
      let event = machine.eventToCome(after: core.cycle)
    {
      ticks += 1
      pass(until: event)
      return false
    }
    throw ControllerFailure(
      with(
        printed,
        "it polls an empty mailbox at \(program.describe(core.pc)) and has not answered: all words of a request are there from its"
          + " beginning; answer it, then read HOST.LEVEL or sleep with wfi for the next"))
  }

  /// Timer interrupts that a controller may take before it answers, while it polls.
  private static var ticksWithoutAnswer: Int { 1000 }

  private mutating func pass(until event: UInt64) {
    passed &+= max(event, core.cycle) - core.cycle
    core.hart.cycle = max(core.cycle, event)
    machine.mailbox.noteWork()
  }

  /// Brings the machine's clock to the hart's.
  private mutating func catchUp() { machine.catchUp(to: core.cycle) }

  private func with(_ printed: [UInt8], _ text: String) -> String {
    printed.isEmpty ? text : [text, "it printed:", String(decoding: printed, as: UTF8.self)].joined(separator: "\n")
  }

  private func failure(_ reason: StopReason) -> ControllerFailure {
    ControllerFailure(with(printed, program.describe(reason, core)))
  }
}

extension Program {
  /// Why a run came back, and where in the program.
  public func describe(_ reason: StopReason, _ core: borrowing Core) -> String {
    let place = describe(core.pc)
    return switch reason {
    case .exited(.status(let status)): "the program ended with status \(status) at \(place)"
    case .exited(.reset): "the program asked for a reset at \(place)"
    case .exited(.powerOff): "the power went at \(place)"
    case .instructionLimit: "the limit of instructions was reached at \(place)"
    case .cycleLimit: "the limit of cycles was reached at \(place)"
    case .consoleWaits: "the program waits for its console at \(place)"
    case .deviceWaits: "the program waits for the host at \(place)"
    case .breakpoint, .watchpoint: "the program was stopped at \(place)"
    case .stackOverflow(let address): "stack overflow: a store to 0x\(String(address, radix: 16)) at \(place)"
    case .waitingForever: "the program sleeps and nothing will wake it, at \(place)"
    case .unhandled(let trap):
      "a trap without a handler: \(trap.cause), value 0x\(String(trap.tval, radix: 16)) at \(place)"
    }
  }
}
