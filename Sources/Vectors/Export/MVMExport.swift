import Board
import Crossbar
import Registers
import Trace

/// Suite `mvm` for Verilog: reads, line by line, from the codes and conductances to the sum and its code.
///
/// Of the operations READ and READ_T those whose answer is a function of these: without read noise, and with no
/// activation circuit behind a column.
struct MVMExport: SuiteExport {
  private var operations = HexText(
    "mvm_operations.hex",
    "first cell, feedback, lowest, highest (32 each), word lines, columns, DAC offset, bow (16 each), DAC bits, ADC bits (8 each), differential, transposed (4 each)"
  )
  private var cells = HexText("mvm_cells.hex", "picosiemens of a cell, word line by word line")
  private var drive = HexText("mvm_drive.hex", "DAC code of a driven line")
  private var lines = HexText("mvm_lines.hex", "trim, offset, gain (32 each), sum (64), code (16), saturated (4)")

  var comparisons: Int { lines.count }
  var files: [VerilogExport.File] { [operations.file, cells.file, drive.file, lines.file, bench.file] }

  init(_ file: VectorFile) {
    for entry in file.cases {
      guard case .bus(let vector) = entry.body, vector.chip.variation.readNoise == 0 else { continue }
      append(vector)
    }
  }

  private mutating func append(_ vector: BusVector) {
    var machine = Machine(vector.chip, vector.conductances, log: MemoryLog())
    var underWay: [Int: OperationStart] = [:]
    var seen = 0
    for line in vector.script {
      machine.perform(line)
      for entry in machine.log.entries[seen...] {
        switch entry.body {
        case .event(.started(let tile, let start)): underWay[tile] = start
        case .event(.finished(let tile, let end)) where !end.senseCodes.isEmpty && !end.isUnsettled:
          if let start = underWay[tile] { append(start, end, tile: tile, of: machine) }
        default: break
        }
      }
      seen = machine.log.entries.count
    }
  }

  private mutating func append(
    _ start: OperationStart, _ end: OperationEnd, tile number: Int, of machine: Machine<MemoryLog>
  ) {
    func register(_ register: TileRegister, _ index: Int = 0) -> UInt32 {
      machine.peek(MemoryMap.tile(number) + register.offset(index)) ?? 0
    }
    let isTransposed = start.operation == .readTransposed
    let array = machine.chip.tiles[number].array
    let words = (0..<(array.columns + 15) / 16).map { register(.activation, $0) }
    guard start.operation == .read || isTransposed, isTransposed || start.isLinear || words.allSatisfy({ $0 == 0 })
    else { return }
    let chip = machine.chip.configuration
    let range = array.device.conductanceRange
    operations.append([
      UInt32(truncatingIfNeeded: cells.count).bits, register(.feedback, start.gain).bits, range.lowerBound.bits,
      range.upperBound.bits, UInt16(array.wordLines).bits, UInt16(array.columns).bits,
      Int16(chip.mismatch.dacOffset).bits, Int16(chip.mismatch.dacNonlinearity).bits, UInt8(chip.dacBits).bits,
      UInt8(chip.adcBits).bits, (chip.synapse == .differential ? 1 : 0, 4), (isTransposed ? 1 : 0, 4),
    ])
    for conductance in array.conductance { cells.append([conductance.bits]) }
    for code in start.driveCodes { drive.append([code.bits]) }
    var sums: [Int64] = []
    array.read(LineDrivers(chip).drive(start.driveCodes), isTransposed ? .transposed : .forward, into: &sums)
    for (line, code) in end.senseCodes.enumerated() {
      let mismatch = machine.chip.tiles[number].chain.mismatch(of: line)
      let isSaturated = register(.saturated, line / 32) >> UInt32(line % 32) & 1
      lines.append([
        register(.trim, line).bits, mismatch.offset.bits, mismatch.gain.bits, sums[line].bits, code.bits,
        (UInt64(isSaturated), 4),
      ])
    }
  }

  var manual: String {
    """
    mvm: a line of READ or READ_T: DACs, the sum of its currents, amplifier, ADC (vectors/specification/chip.md 3.1 to 3.7)
      mvm_operations.hex  \(operations.size), one an operation: first_cell[31:0] (line of mvm_cells.hex, from 0)
                          ohms[31:0] (feedback) lowest[31:0] highest[31:0] (picosiemens that the device can have)
                          word_lines[15:0] columns[15:0] dac_offset[15:0] dac_bow[15:0] (microvolts, signed)
                          dac_bits[7:0] adc_bits[7:0] differential[3:0] (1: a column is two bit lines, plus and minus)
                          transposed[3:0] (1: columns are driven, word lines are sensed)
      mvm_cells.hex       \(cells.size): conductance of a cell, picosiemens; an array is word lines by bit lines, row
                          after row, of an operation the word_lines * columns * (1 + differential) from first_cell on
      mvm_drive.hex       \(drive.size): DAC code of a driven line, signed; operation after operation
      mvm_lines.hex       \(lines.size), one a sensed line, operation after operation: trim[31:0] adc_offset[31:0]
                          adc_gain[31:0] (as in adc.hex) sum[63:0] (attoamperes, signed) code[15:0] (signed)
                          saturated[3:0] (0 or 1)
      mvm_tb.v            holds a module 'mvm' of yours against them: a driven line a rising edge of 'clock' while
                          'valid' is up, the first of a sensed line with 'first'; behind the last of them 'sum', 'code'
                          and 'saturated' are compared. 'minus' is the conductance of a pair's second cell.
    \(VerilogBench.command("mvm"))
    """
  }

  private var bench: VerilogBench {
    VerilogBench(
      module: "mvm", declarations: Self.declarations,
      files: [("operations", operations), ("cells", cells), ("drive", drive), ("lines", lines)], run: Self.run,
      compares: ("lines of \(operations.count) operations", lines.count))
  }

  private static let declarations = """
    reg clock = 0, valid = 0, first = 0;
    reg [31:0] first_cell, ohms, lowest, highest, plus, minus, trim;
    reg signed [31:0] adc_offset, adc_gain;
    reg [15:0] word_lines, columns;
    reg signed [15:0] dac_offset, dac_bow, drive_code;
    reg [7:0] dac_bits, adc_bits;
    reg [3:0] differential, transposed, expected_saturated;
    reg signed [63:0] expected_sum;
    reg signed [15:0] expected_code;
    wire signed [63:0] sum;
    wire signed [15:0] code;
    wire saturated;
    integer operation, driven, sensed, i, k, d, l, cell_number;

    mvm dut (
      .clock(clock), .valid(valid), .first(first), .drive_code(drive_code), .plus(plus), .minus(minus),
      .differential(differential[0]), .lowest(lowest), .highest(highest), .ohms(ohms), .dac_bits(dac_bits),
      .dac_offset(dac_offset), .dac_bow(dac_bow), .adc_bits(adc_bits), .adc_offset(adc_offset), .adc_gain(adc_gain),
      .trim(trim), .sum(sum), .code(code), .saturated(saturated));

    always #5 clock = ~clock;
    """

  private static let run = """
    d = 0;
    l = 0;
    @(negedge clock);
    for (operation = 0; operation < OPERATIONS; operation = operation + 1) begin
      {first_cell, ohms, lowest, highest, word_lines, columns, dac_offset, dac_bow, dac_bits, adc_bits, differential,
        transposed} = operations.word[operation];
      driven = transposed[0] ? columns : word_lines;
      sensed = transposed[0] ? word_lines : columns;
      for (k = 0; k < sensed; k = k + 1) begin
        {trim, adc_offset, adc_gain, expected_sum, expected_code, expected_saturated} = lines.word[l];
        for (i = 0; i < driven; i = i + 1) begin
          valid = 1;
          first = i == 0;
          drive_code = drive.word[d + i];
          cell_number = transposed[0] ? k * columns + i : i * columns + k;
          plus = cells.word[first_cell + cell_number * (1 + differential)];
          minus = differential[0] ? cells.word[first_cell + cell_number * 2 + 1] : 0;
          @(negedge clock);
        end
        valid = 0;
        if (sum !== expected_sum || code !== expected_code || saturated !== expected_saturated[0]) begin
          $display("failed: operation %0d, line %0d: expected sum %0d code %0d saturated %b, got %0d %0d %b",
            operation, k, expected_sum, expected_code, expected_saturated[0], sum, code, saturated);
          $fatal(1);
        end
        compared = compared + 1;
        l = l + 1;
      end
      d = d + driven;
    end
    """
}
