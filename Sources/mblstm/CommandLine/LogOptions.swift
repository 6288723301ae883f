import Board
import Files
import Registers
import Tasks
import Trace

/// What is done with a log of whatever type: each has code of its own.
protocol LoggedJob {
  func run<Log: ClosingLog>(with log: Log) throws
}

/// The options that ask for a register log, and the log that they make.
enum LogOptions {
  static let options = [
    Option("--log", "F.csv", .output("csv", .stream), "Write the register log; a binary's has pc and symbol."),
    Option("--vcd", "F.vcd", .output("vcd", .stream), "Write waves of the bus and the chip's insides."),
    Option(analog, "Waves have volts and amperes of the lines, and volts of the pulses, beside the codes."),
    Option(
      "--log-from", "MOMENT", .form(expected: moment, isValid: { LogSelection.Moment($0) != nil }),
      "Logs and waves from this cycle of the core clock on, or from sequence:N; the log holds the chip as it is then."),
    Option(
      "--log-to", "MOMENT", .form(expected: moment, isValid: { LogSelection.Moment($0) != nil }),
      "Logs and waves up to this cycle of the core clock, or up to the end of sequence:N."),
    Option(
      "--log-only", "NAME,…", .list(of: .text),
      "Only these blocks (MBX*, HOST) and registers (MBX0.SENSE); * is any letters."),
    Option("--log-errors", "Only what was refused or ended early, with the accesses that it was."),
  ]

  /// Of verbs that send sequences to a controller.
  static let every = Option(
    "--log-every", "N", .integer(1...Int(Int32.max)),
    "Only every Nth of the sequences sent to the controller, from the first on.")

  private static let analog = "--vcd-analog"

  private static let moment = "a cycle from 1 to 4611686018427387904, or a sequence from 1 on as in sequence:3"

  /// Which part of the run is wanted; nil for all of it.
  static func selection(_ arguments: Arguments, _ chip: ChipConfiguration) throws -> LogSelection? {
    var selection = LogSelection()
    selection.from = arguments.text("--log-from").flatMap(LogSelection.Moment.init)
    selection.to = arguments.text("--log-to").flatMap(LogSelection.Moment.init)
    selection.onlyErrors = arguments.has("--log-errors")
    if arguments.has("--log-only") {
      do {
        selection.only = try RegisterPatterns(
          arguments.list("--log-only"), among: chip.maps)
      } catch {
        throw UsageError("--log-only: \(error)")
      }
    }
    let sendsSequences = arguments.declares(every.name)
    if sendsSequences, arguments.has(every.name) { selection.every = arguments.integer(every.name) }
    for (name, moment) in [("--log-from", selection.from), ("--log-to", selection.to)] {
      guard case .sequence = moment, !sendsSequences else { continue }
      throw UsageError("\(name): a program of one's own gets no sequences, expected a cycle")
    }
    let isReversed =
      switch (selection.from, selection.to) {
      case (.cycle(let from)?, .cycle(let to)?): to < from
      case (.sequence(let from)?, .sequence(let to)?): to < from
      default: false
      }
    if isReversed { throw UsageError("--log-to is before --log-from") }
    guard selection != LogSelection() else { return nil }
    guard arguments.text("--log") != nil || arguments.text("--vcd") != nil else {
      throw UsageError("\(given(in: arguments)[0]) goes with --log or --vcd")
    }
    return selection
  }

  /// Whether waves are to have volts and amperes.
  static func hasAnalog(_ arguments: Arguments) throws -> Bool {
    guard arguments.has(analog) else { return false }
    guard arguments.text("--vcd") != nil else { throw UsageError("\(analog) goes with --vcd") }
    return true
  }

  /// The logs of a part of the run; nil where all of it is wanted.
  static func part(
    _ arguments: Arguments, on chip: ChipConfiguration, _ program: Program?, loaded: ChipFile?
  ) throws -> PartialLog<OutputFile>? {
    let analog = try hasAnalog(arguments)
    guard let selection = try selection(arguments, chip) else { return nil }
    return PartialLog(
      selection, csv: arguments.outputs.file("--log"), vcd: arguments.outputs.file("--vcd"),
      analog: analog, of: chip, symbols: program?.programSymbols, state: try state(of: loaded))
  }

  /// For the head of a log: the chip that is powered up; empty for a fresh one.
  static func state(of loaded: ChipFile?) throws -> [UInt8] {
    try loaded?.poweredUp(log: NoLog(), named: "the chip that is loaded").snapshot.logState ?? []
  }

  /// Runs a job with the logs that were asked for; without one, as a run that has none.
  static func run(
    _ job: some LoggedJob, on chip: ChipConfiguration, _ program: Program?, _ arguments: Arguments,
    loaded: ChipFile? = nil
  ) throws {
    if let log = try part(arguments, on: chip, program, loaded: loaded) {
      try job.run(with: log)
    } else if let log = try RunLog(arguments, on: chip, program, loaded: loaded) {
      try job.run(with: log)
    } else {
      try job.run(with: NoLog())
    }
  }

  /// Those that were asked for.
  static func given(in arguments: Arguments) -> [String] {
    (options + [every]).map(\.name).filter { arguments.declares($0) && arguments.text($0) != nil }
  }
}

/// The logs of one run, any number of them: a format is one of the pairs here and an option above.
struct RunLog: ClosingLog {
  static var isActive: Bool { true }

  private typealias Files = PairLog<CSVLog<OutputFile>?, VCDLog<OutputFile>?>
  private var logs: PairLog<Files, RegisterCoverage?>

  var coverage: RegisterCoverage? { logs.second }

  /// nil when none was asked for, and the run needs not pay for one.
  /// - Parameters:
  ///   - program: the binary that runs, if one does.
  ///   - loaded: the chip that the run begins with, where that is no fresh one.
  ///   - coversRegisters: whether to note what registers are touched.
  init?(
    _ arguments: Arguments, on chip: ChipConfiguration, _ program: Program?, loaded: ChipFile? = nil,
    coversRegisters: Bool = false
  ) throws {
    let maps = chip.maps
    let csv = try arguments.outputs.file("--log").map { file in
      CSVLog(
        to: file, description: "\(chip)", names: RegisterNames(maps), symbols: program?.programSymbols,
        origin: LogOrigin(state: try LogOptions.state(of: loaded)))
    }
    let analog = try LogOptions.hasAnalog(arguments)
    let vcd = arguments.outputs.file("--vcd").map {
      VCDLog(
        to: $0, tiles: chip.tileSizes, features: chip.features, pulseStep: chip.timing.stepNanoseconds, analog: analog)
    }
    if csv == nil && vcd == nil && !coversRegisters { return nil }
    logs = PairLog(Files(csv, vcd), coversRegisters ? RegisterCoverage(maps) : nil)
  }

  mutating func append(_ entry: LogEntry) { logs.append(entry) }
  var takesLevels: Bool { logs.takesLevels }
  mutating func append(_ levels: LineLevels, ofTile tile: Int) { logs.append(levels, ofTile: tile) }
  mutating func close() throws(OutputError) { try logs.close() }
  mutating func comment(_ text: String) { logs.comment(text) }
}
