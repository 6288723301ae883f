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

  /// Runs a job with the log that was asked for, of the type that writes just that.
  static func run(
    _ job: some LoggedJob, on chip: ChipConfiguration, _ program: Program?, _ arguments: Arguments
  ) throws {
    switch (try arguments.csvLog(chip, program), try arguments.vcdLog(chip)) {
    case (nil, nil): try job.run(with: NoLog())
    case (let csv?, nil): try job.run(with: csv)
    case (nil, let vcd?): try job.run(with: vcd)
    case (let csv?, let vcd?): try job.run(with: PairLog(csv, vcd))
    }
  }
}

extension Arguments {
  /// The register log that was asked for, if one was.
  /// - Parameter program: the binary that runs, if one does.
  func csvLog(_ chip: ChipConfiguration, _ program: Program?) throws -> CSVLog<LogFile>? {
    try text("--log").map { path in
      CSVLog(
        to: try LogFile(path: path), description: "\(chip)",
        names: RegisterNames(BlockMap.board(tiles: chip.tiles.count)), symbols: program?.programSymbols)
    }
  }

  /// The waves that were asked for, if they were.
  func vcdLog(_ chip: ChipConfiguration) throws -> VCDLog<LogFile>? {
    try text("--vcd").map { VCDLog(to: try LogFile(path: $0), tiles: chip.tileSizes) }
  }
}
