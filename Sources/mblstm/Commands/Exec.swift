import Board
import Files
import RV32
import Registers
import Tasks
import Trace

/// Runs any bare-metal program on the board's RV32 core.
enum ExecVerb: Verb {
  static let name = "exec"
  static let summary = "Run a bare-metal RV32 program on the board."
  static let usage = "exec PROGRAM"
  static let discussion = """
    PROGRAM is an ELF32, Intel HEX or raw file for RV32IMAC in machine mode. It runs until it ends itself: by the test
    finisher at 0x00100000, by a write to its symbol 'tohost', or by semihosting. What it prints goes to standard output;
    what the hardware refused, with the place in the program, to standard error.

    Exit status: the program's own (1 for one that does not fit in 8 bits); 123 the power was cut; 124 a limit was
    reached; 125 the program cannot go on: a trap without a handler, a stack overflow, or a 'wfi' that nothing will end;
    2 it could not be run.
    Words on standard error tell these from a program's own: it 'ended with status 124'.

    example: mblstm exec .build/firmware/selftest.elf --max-instructions 100000000
    """
  static let options =
    [
      Option(
        "--max-instructions", "N", .integer(1...UInt64.max), default: .value("100000000000"),
        "Instructions to retire at most."),
      Option("--max-cycles", "N", .integer(1...UInt64.max), "Core clock cycles to pass at most."),
      Option(
        "--trace-instructions", "F[:A:B]", .output(FileForm(suffixes: []), .streamOfPart),
        "Write the instructions (from number A up to B) as Spike's commit log does."),
      Option(
        "--coverage", "F.info", .output("info"),
        "Write the functions executed, and lines where it has DWARF, for lcov; print the registers touched."),
      ControllerArguments.profile,
      Option(
        "--signature", "F", .output(FileForm(suffixes: []), .whole),
        "Write the words from begin_signature up to end_signature, as the architecture tests want."),
      Option("--semihosting", "Let the semihosting sequence call the host: standard streams, clock and exit."),
      Option(
        "--uart-input", "F", .input(FileForm(suffixes: [])),
        "What the program reads, on the UART or by calls; - is standard input, as it is typed at a terminal."),
    ] + BoardArguments.options + SupplyArguments.options + [SupplyArguments.save] + LogOptions.options
  static let operands = [BoardArguments.operand]

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration { try BoardArguments.chip(arguments) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let board = try BoardArguments(arguments)
    let coversRegisters = coversRegisters(arguments)
    if let part = try LogOptions.part(arguments, on: board.chip, board.program, loaded: board.loaded) {
      let coverage = coversRegisters ? RegisterCoverage(board.chip.maps) : nil
      return try execute(board, PairLog(part, coverage), arguments) { log in
        if let coverage = log.second { Console.message(coverage.report) }
      }
    }
    guard
      let log = try RunLog(
        arguments, on: board.chip, board.program, loaded: board.loaded, coversRegisters: coversRegisters)
    else {
      return try execute(board, NoLog(), arguments) { _ in }
    }
    return try execute(board, log, arguments) { log in
      if let coverage = log.coverage { Console.message(coverage.report) }
    }
  }

  private static func coversRegisters(_ arguments: Arguments) -> Bool { arguments.text("--coverage") != nil }

  private static func execute<Log: ClosingLog>(
    _ board: BoardArguments, _ log: Log, _ arguments: Arguments, report: (Log) -> Void
  ) throws -> ExitStatus {
    let program = board.program
    var machine = try board.machine(log: log)
    machine.schedule(try SupplyArguments.faults(arguments))
    var execution = try Execution(program, on: machine, ramBytes: board.ramBytes)
    execution.instructionLimit = arguments.integer("--max-instructions")
    execution.cycleLimit = arguments.integer("--max-cycles", default: .max)
    execution.core.host.semihosting = arguments.has("--semihosting")
    if arguments.has("--profile") || coversRegisters(arguments) && !program.image.lines.isEmpty {
      execution.core.profiler = Profiler(program.symbols, countsVisits: coversRegisters(arguments))
    }
    let trace = try InstructionTrace(arguments)
    let input = try arguments.text("--uart-input").map { path throws(InputError) in
      try InputFile(path, expecting: "what the program reads", pieceBytes: 1 << 16)
    }
    execution.traced = trace?.window ?? 0..<0
    let start = ContinuousClock().now
    var watch = SilentRun(start)
    let reason = try execution(
      print: { bytes in
        watch.end()
        Console.write(bytes)
      },
      trace: { trace?.append($0) },
      type: { waits throws(InputError) in try input?.typed(waits: waits) },
      goOn: { watch.goOn(instructions: $0) })
    watch.end()
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    try trace?.close()
    try execution.machine.log.closeIfInterrupted()
    if let signal = Interruption.signal {
      Console.message("mblstm exec: \(Interrupted(signal: signal)) at \(program.describe(execution.core.pc))")
      tellEnd(execution, seconds: seconds)
      return .interrupted(by: signal)
    }
    try SupplyArguments.finish(
      &execution.machine, at: execution.core.cycle, facts: board.loaded?.facts ?? [], arguments)
    try arguments.outputs.write(
      "--coverage", FunctionCoverage(program, execution.core, traced: execution.tracedPlaces).lcov)
    try arguments.outputs.write("--profile", execution.core.profiler?.folded ?? "")
    try arguments.outputs.write("--signature", try program.signature(in: execution.core))
    report(execution.machine.log)
    tell(reason, execution, seconds: seconds)
    return status(reason)
  }

  private static func tell<Log: LogSink>(_ reason: StopReason, _ execution: borrowing Execution<Log>, seconds: Double) {
    let program = execution.program
    let names = RegisterNames(execution.machine.maps)
    for line in program.lines(of: execution.machine.diagnostics, names: names) { Console.message(line) }
    for line in program.lines(of: execution.core.unservedCalls) { Console.message(line) }
    if execution.wordsToHost > 0 {
      Console.message("\(grouped(execution.wordsToHost)) words sent through HOST.DATA, which nobody reads here")
    }
    if let loss = execution.machine.powerLoss {
      Console.message("mblstm exec: \(loss), at \(program.describe(execution.core.pc))")
    } else if reason != .exited(.status(0)) {
      Console.message("mblstm exec: " + program.describe(reason, execution.core) + limit(of: reason, execution))
    }
    if case .exited = reason {} else { tellLastInstructions(execution) }
    tellEnd(execution, seconds: seconds)
  }

  /// The option that sets a limit, and to what it was set.
  private static func limit<Log: LogSink>(of reason: StopReason, _ execution: borrowing Execution<Log>) -> String {
    switch reason {
    case .instructionLimit: " (--max-instructions \(execution.instructionLimit))"
    case .cycleLimit: " (--max-cycles \(execution.cycleLimit))"
    default: ""
    }
  }

  private static func tellLastInstructions<Log: LogSink>(_ execution: borrowing Execution<Log>) {
    let last = execution.program.lastInstructions(8, of: execution.core)
    if !last.isEmpty { Console.message((["the last instructions:"] + last).joined(separator: "\n  ")) }
  }

  private static func tellEnd<Log: LogSink>(_ execution: borrowing Execution<Log>, seconds: Double) {
    Console.message(
      "\(grouped(execution.core.retired)) instructions, \(grouped(execution.core.cycle)) cycles, "
        + "emulated in \(decimal(seconds, 2)) s")
    let lines = ResponseText.lines(execution.core.interruptResponse, execution.machine.longestStall)
    for line in lines { Console.message(line) }
  }

  private static func status(_ reason: StopReason) -> ExitStatus {
    switch reason {
    case .exited(.status(let status)):
      ExitStatus(rawValue: status == 0 ? 0 : status > 255 ? 1 : Int32(status))
    case .exited(.reset): .success
    case .exited(.powerOff): .powerOff
    case .instructionLimit, .cycleLimit: .limit
    case .waitingForever, .unhandled, .stackOverflow, .breakpoint, .watchpoint, .consoleWaits, .deviceWaits:
      .stopped
    }
  }
}

/// `FILE[:FROM:TO]`: where the instructions executed are written, and which of them.
private struct InstructionTrace {
  let window: Range<UInt64>
  private let file: OutputFile

  /// Nil where none is asked for.
  init?(_ arguments: Arguments) throws {
    guard let text = arguments.text("--trace-instructions"),
      let file = arguments.outputs.file("--trace-instructions")
    else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 3, let from = UInt64(parts.count == 3 ? parts[1] : "0"),
      let to = parts.count == 3 ? UInt64(parts[2]) : .max, from < to
    else { throw UsageError("--trace-instructions is '\(text)', expected FILE or FILE:FROM:TO") }
    window = from..<to
    self.file = file
  }

  func append(_ line: String) { file.append(line + "\n") }
  func close() throws { try file.close() }
}
