import Board
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
  ]

  /// Runs a job with the logs that were asked for; without one, as a run that has none.
  static func run(
    _ job: some LoggedJob, on chip: ChipConfiguration, _ program: Program?, _ arguments: Arguments
  ) throws {
    if let log = try RunLog(arguments, on: chip, program) {
      try job.run(with: log)
    } else {
      try job.run(with: NoLog())
    }
  }

  /// Those that were asked for.
  static func given(in arguments: Arguments) -> [String] {
    options.map(\.name).filter { arguments.text($0) != nil }
  }
}

/// The logs of one run, any number of them: a format is a field here and an option above.
struct RunLog: ClosingLog {
  static var isActive: Bool { true }

  private var csv: CSVLog<LogFile>?
  private var vcd: VCDLog<LogFile>?
  private(set) var coverage: RegisterCoverage?

  /// nil when none was asked for, and the run needs not pay for one.
  /// - Parameters:
  ///   - program: the binary that runs, if one does.
  ///   - coversRegisters: whether to note what registers are touched.
  init?(
    _ arguments: Arguments, on chip: ChipConfiguration, _ program: Program?, coversRegisters: Bool = false
  ) throws {
    let maps = BlockMap.board(tiles: chip.tiles.count)
    csv = try arguments.text("--log").map { path in
      CSVLog(
        to: try LogFile(path: path), description: "\(chip)", names: RegisterNames(maps),
        symbols: program?.programSymbols)
    }
    vcd = try arguments.text("--vcd").map { VCDLog(to: try LogFile(path: $0), tiles: chip.tileSizes) }
    coverage = coversRegisters ? RegisterCoverage(maps) : nil
    if csv == nil && vcd == nil && coverage == nil { return nil }
  }

  mutating func append(_ entry: LogEntry) {
    csv?.append(entry)
    vcd?.append(entry)
    coverage?.append(entry)
  }

  mutating func close() throws(LogFileError) {
    try csv?.close()
    try vcd?.close()
    coverage?.close()
  }
}
