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
  public private(set) var core: Core
  /// The end of what the program printed.
  private var printed: [UInt8] = []
  private let paint: StackPaint?

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

  /// The most bytes of stack in use at any time, of how many; nil if the program does not say where its stack is.
  public var stackUse: (most: Int, of: Int)? { paint.map { ($0.highWater(core), $0.size) } }

  private static var printedBytes: Int { 2000 }
  /// Instructions after which what was printed is cut: a program that prints for ever fills no memory.
  private static var slice: UInt64 { 1 << 24 }

  public mutating func serve() throws(ControllerFailure) {
    let end = core.retired + min(instructionLimit, .max - core.retired)
    var reason: StopReason
    repeat {
      reason = core.run(on: &machine, instructions: min(Self.slice, end - core.retired))
      printed = (printed + machine.uart.collect()).suffix(Self.printedBytes)
    } while (reason == .instructionLimit || reason == .consoleWaits) && core.retired < end
      && Interruption.signal == nil
    if reason == .instructionLimit || reason == .consoleWaits, let signal = Interruption.signal {
      throw ControllerFailure("\(Interrupted(signal: signal)) at \(program.describe(core.pc))")
    }
    switch reason {
    case .waitingForever where machine.mailbox.waiting == 0: catchUp()
    case .exited(.status(0)): break
    default: throw failure(reason)
    }
  }

  /// Brings the machine's clock to the hart's.
  private mutating func catchUp() {
    if core.cycle > machine.cycle { machine.advance(to: core.cycle) }
  }

  private func failure(_ reason: StopReason) -> ControllerFailure {
    let text = String(decoding: printed, as: UTF8.self)
    let lines = [program.describe(reason, core)] + (text.isEmpty ? [] : ["it printed:", text])
    return ControllerFailure(lines.joined(separator: "\n"))
  }
}

extension Program {
  /// Why a run came back, and where in the program.
  public func describe(_ reason: StopReason, _ core: borrowing Core) -> String {
    let place = describe(core.pc)
    return switch reason {
    case .exited(.status(let status)): "the program ended with status \(status) at \(place)"
    case .exited(.reset): "the program asked for a reset at \(place)"
    case .instructionLimit: "the limit of instructions was reached at \(place)"
    case .cycleLimit: "the limit of cycles was reached at \(place)"
    case .consoleWaits: "the program waits for its console at \(place)"
    case .breakpoint, .watchpoint: "the program was stopped at \(place)"
    case .stackOverflow(let address): "stack overflow: a store to 0x\(String(address, radix: 16)) at \(place)"
    case .waitingForever: "the program sleeps and nothing will wake it, at \(place)"
    case .unhandled(let trap):
      "a trap without a handler: \(trap.cause), value 0x\(String(trap.tval, radix: 16)) at \(place)"
    }
  }
}
