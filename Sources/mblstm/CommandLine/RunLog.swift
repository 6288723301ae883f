import Board
import Registers
import Tasks
import Trace

/// The logs of one run, any number of them: each format is a field here, an option, and nothing else.
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
