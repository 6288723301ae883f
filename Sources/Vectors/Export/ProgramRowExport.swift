import Board
import Registers
import Trace

/// Suite `program_row` for Verilog: the pulse widths of an operation, and the strobes that they become, run by run.
struct ProgramRowExport: SuiteExport {
  /// Clock cycles during which the drivers do not change.
  private struct Run {
    var drive: UInt64
    var cycles: UInt64
    /// Bit lines that are driven.
    var lines: [Int]
  }

  /// Bit lines of the widest tile.
  private let width: Int
  private var operations = HexText(
    "program_row.hex", "row, then the width of each bit line, the last first: 16 bits each")
  private var runs = HexText(
    "program_row_runs.hex", "operation (16 bits), drive (4), clock cycles (32), driven bit lines (one bit each)")
  /// Clock cycles of all runs, and one behind each operation.
  private(set) var comparisons = 0

  init(_ file: VectorFile) {
    let carriedOut = file.cases.flatMap { entry -> [(OperationStart, Timing)] in
      guard case .bus(let vector) = entry.body else { return [] }
      return Self.operations(of: vector.run().log).map { ($0, vector.chip.timing) }
    }
    width = carriedOut.map(\.0.pulseWidths.count).max() ?? 1
    for (operation, timing) in carriedOut { append(operation, timing) }
  }

  private mutating func append(_ operation: OperationStart, _ timing: Timing) {
    let rest = [Int16](repeating: 0, count: width - operation.pulseWidths.count)
    for run in Self.runs(of: operation, timing) {
      runs.append(
        [UInt16(truncatingIfNeeded: operations.count).bits, (run.drive, 4), (run.cycles, 32)], ones: run.lines,
        of: width)
      comparisons += Int(run.cycles)
    }
    operations.append([UInt16(operation.row).bits] + (operation.pulseWidths + rest).reversed().map(\.bits))
    comparisons += 1
  }

  /// Those that were carried out: not refused, not aborted.
  private static func operations(of log: MemoryLog) -> [OperationStart] {
    var underWay: [Int: OperationStart] = [:]
    return log.entries.compactMap { entry in
      switch entry.body {
      case .event(.started(let tile, let start)):
        underWay[tile] = start
        return nil
      case .event(.finished(let tile, let end)) where end.operation == .programRow: return underWay[tile]
      default: return nil
      }
    }
  }

  private static func runs(of operation: OperationStart, _ timing: Timing) -> [Run] {
    [(UInt64(1), 1), (2, -1)].flatMap { drive, sign -> [Run] in
      let widths = operation.pulseWidths.map { max(Int($0) * sign, 0) }
      let ends = Set(widths).subtracting([0]).sorted()
      guard !ends.isEmpty else { return [] }
      let runs = zip([0] + ends, ends).map { start, end in
        Run(
          drive: drive, cycles: UInt64((end - start) * timing.pulseStep),
          lines: widths.indices.filter { widths[$0] >= end })
      }
      return runs + [Run(drive: 0, cycles: UInt64(timing.relax), lines: [])]
    }
  }

  var files: [VerilogExport.File] { [operations.file, runs.file, bench.file] }

  var manual: String {
    """
    program_row: the sequencer of PROGRAM_ROW (firmware/REGISTERS.md: PULSE, START), \(width) bit lines
      program_row.hex       \(operations.size), one an operation: row[15:0], then PULSE of the last bit line to that
                            of bit line 0, 16 bits each, signed, in steps of \(Electrical.nanosecondsPerPulseStep) ns \
    (\(Electrical.cyclesPerPulseStep) clock cycles)
      program_row_runs.hex  \(runs.size): what the drivers do, in order, a word a run of clock cycles without a
                            change: operation[15:0] (line of program_row.hex, from 0), drive[3:0] (1 SET, 2 RESET, 0
                            none), cycles[31:0], then a bit for each bit line that is driven, bit line 0 least
                            significant, filled up to whole digits. Positive widths make the SET phase, then negative
                            ones the RESET phase; each is followed by \(Timing().relax) cycles of rest; a phase without
                            pulses is left out.
      program_row_tb.v      holds a module 'program_row' of yours against them: 'start' is up for one rising edge of
                            'clock'; from just behind it on, 'busy', 'set' and 'reset' are as the runs say, one sample
                            a cycle; behind the last run, or at once if there is none, 'busy' is down
    \(VerilogBench.command("program_row"))
    """
  }

  private var bench: VerilogBench {
    VerilogBench(
      module: "program_row", declarations: declarations, files: [("operations", operations), ("runs", runs)],
      run: Self.run, compares: ("cycles of \(operations.count) operations", comparisons))
  }

  private var declarations: String {
    """
    localparam LINES = \(width);
    reg clock = 0, start = 0;
    reg [15:0] row;
    reg [16*LINES-1:0] widths;
    wire [LINES-1:0] set, reset;
    wire busy;
    reg [15:0] operation;
    reg [3:0] drive;
    reg [31:0] cycles;
    reg [\(4 * ((width + 3) / 4) - 1):0] lines;
    integer n, r, c;

    program_row #(.LINES(LINES)) dut (
      .clock(clock), .start(start), .row(row), .widths(widths), .set(set), .reset(reset), .busy(busy));

    always #5 clock = ~clock;

    // Compares one cycle, in its middle.
    task expect_cycle(input expected_busy, input [LINES-1:0] expected_set, input [LINES-1:0] expected_reset);
      begin
        @(negedge clock);
        start = 0;
        if (busy !== expected_busy || set !== expected_set || reset !== expected_reset) begin
          $display("failed: operation %0d, run %0d, cycle %0d: expected busy %b set %h reset %h, got %b %h %h",
            n, r, c, expected_busy, expected_set, expected_reset, busy, set, reset);
          $fatal(1);
        end
        compared = compared + 1;
      end
    endtask
    """
  }

  private static let run = """
    r = 0;
    @(negedge clock);
    for (n = 0; n < OPERATIONS; n = n + 1) begin
      {row, widths} = operations.word[n];
      start = 1;
      c = 0;
      operation = n;
      if (r < RUNS) {operation, drive, cycles, lines} = runs.word[r];
      while (r < RUNS && operation == n[15:0]) begin
        for (c = 0; c < cycles; c = c + 1) expect_cycle(1, drive == 1 ? lines : 0, drive == 2 ? lines : 0);
        r = r + 1;
        if (r < RUNS) {operation, drive, cycles, lines} = runs.word[r];
      end
      expect_cycle(0, 0, 0);
    end
    """
}
