import Board
import Tasks
import Trace

/// What is done with a log of whatever type: each has code of its own.
protocol LoggedJob {
  func run<Log: ClosingLog>(with log: Log) throws
}

/// The options that ask for a register log, and the log that they make.
enum LogOptions {
  static let options = [
    Option("--log", "F.csv", "Write the register log."),
    Option("--vcd", "F.vcd", "Write waves of the bus and the chip's insides."),
  ]

  /// Runs a job with the log that was asked for, of the type that writes just that.
  static func run(
    _ job: some LoggedJob, on chip: ChipConfiguration, _ program: Program?, _ arguments: Arguments
  ) throws {
    let maps = try Machine(chip, log: NoLog()).maps
    let csv = try arguments.text("--log").map { path in
      CSVLog(
        to: try LogFile(path: path), description: "\(chip)", names: RegisterNames(maps),
        symbols: program?.programSymbols)
    }
    let vcd = try arguments.text("--vcd").map { VCDLog(to: try LogFile(path: $0), tiles: chip.tileSizes) }
    switch (csv, vcd) {
    case (nil, nil): try job.run(with: NoLog())
    case (let csv?, nil): try job.run(with: csv)
    case (nil, let vcd?): try job.run(with: vcd)
    case (let csv?, let vcd?): try job.run(with: PairLog(csv, vcd))
    }
  }
}
