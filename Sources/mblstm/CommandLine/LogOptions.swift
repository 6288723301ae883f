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
