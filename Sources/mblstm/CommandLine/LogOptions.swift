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
  ]

  /// Runs a job with the logs that were asked for; without one, as a run that has none.
  static func run(
    _ job: some LoggedJob, on chip: ChipConfiguration, _ program: Program?, _ arguments: Arguments,
    loaded: ChipFile? = nil
  ) throws {
    if let log = RunLog(arguments, on: chip, program, loaded: loaded) {
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
  ) {
    let maps = BlockMap.board(tiles: chip.tiles.count)
    let origin = loaded.map { "\n\(Replay.loadedPrefix)\($0.mark)" } ?? ""
    let csv = arguments.outputs.file("--log").map { file in
      CSVLog(
        to: file, description: "\(chip)\(origin)", names: RegisterNames(maps), symbols: program?.programSymbols)
    }
    let vcd = arguments.outputs.file("--vcd").map {
      VCDLog(to: $0, tiles: chip.tileSizes, pulseStep: chip.timing.stepNanoseconds)
    }
    if csv == nil && vcd == nil && !coversRegisters { return nil }
    logs = PairLog(Files(csv, vcd), coversRegisters ? RegisterCoverage(maps) : nil)
  }

  mutating func append(_ entry: LogEntry) { logs.append(entry) }
  mutating func close() throws(OutputError) { try logs.close() }
  mutating func comment(_ text: String) { logs.comment(text) }
}
