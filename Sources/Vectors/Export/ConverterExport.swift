import Board

/// Suite `dac` for Verilog: a code and the voltage of its line, a vector a line.
struct DACExport: SuiteExport {
  private var vectors = HexText(
    "dac.hex", "bits (8), offset, bow, code (16 each), microvolts of a code, microvolts (32 each)")

  init(_ file: VectorFile) {
    for entry in file.cases {
      guard case .value(let value) = entry.body, let vector = value as? DACVector else { continue }
      for (code, microvolts) in zip(vector.codes, vector.microvolts) {
        vectors.append([
          UInt8(vector.chip.dacBits).bits, Int16(vector.chip.mismatch.dacOffset).bits,
          Int16(vector.chip.mismatch.dacNonlinearity).bits, code.bits, Int32(vector.step).bits, microvolts.bits,
        ])
      }
    }
  }

  var comparisons: Int { vectors.count }
  var files: [VerilogExport.File] { [vectors.file, bench.file] }

  var manual: String {
    """
    dac: a line and its DAC (vectors/specification/chip.md 3.3)
      dac.hex    \(vectors.size): bits[7:0] (4 to 12, sign included) offset[15:0] bow[15:0] (of all codes,
                 at half scale: microvolts, signed) code[15:0] (signed) step[31:0] (microvolts of a code)
                 microvolts[31:0] (on the line, signed)
      dac_tb.v   holds a module 'dac' of yours against them; combinational
    \(VerilogBench.command("dac"))
    """
  }

  private var bench: VerilogBench {
    VerilogBench(
      module: "dac", declarations: Self.declarations, files: [("vectors", vectors)], run: Self.run,
      compares: ("vectors", vectors.count))
  }

  private static let declarations = """
    reg [7:0] bits;
    reg signed [15:0] offset, bow, code;
    wire [31:0] step;
    wire signed [31:0] microvolts;
    reg [31:0] expected_step;
    reg signed [31:0] expected_microvolts;
    integer v;

    dac dut (.bits(bits), .offset(offset), .bow(bow), .code(code), .step(step), .microvolts(microvolts));
    """

  private static let run = """
    for (v = 0; v < VECTORS; v = v + 1) begin
      {bits, offset, bow, code, expected_step, expected_microvolts} = vectors.word[v];
      #1;
      if (step !== expected_step || microvolts !== expected_microvolts) begin
        $display("failed: vector %0d, %0d bits, offset %0d, bow %0d, code %0d: expected %0d a code, %0d, got %0d, %0d",
          v, bits, offset, bow, code, expected_step, expected_microvolts, step, microvolts);
        $fatal(1);
      end
      compared = compared + 1;
    end
    """
}

/// Suite `adc` for Verilog: a voltage and its code, a vector a line, with the mismatch as it was drawn.
struct ADCExport: SuiteExport {
  private var vectors = HexText(
    "adc.hex", "bits (8), offset, gain, trim (32 each), steps, code (16 each), overrange (4)")

  init(_ file: VectorFile) {
    for entry in file.cases {
      guard case .value(let value) = entry.body, let vector = value as? ADCVector else { continue }
      let mismatch = vector.chain.mismatch(of: vector.line)
      for (place, steps) in vector.steps.enumerated() {
        vectors.append([
          UInt8(vector.chain.adcBits).bits, mismatch.offset.bits, mismatch.gain.bits, vector.trim.bits,
          Int16(steps).bits, vector.codes[place].bits, (vector.overrange[place] ? 1 : 0, 4),
        ])
      }
    }
  }

  var comparisons: Int { vectors.count }
  var files: [VerilogExport.File] { [vectors.file, bench.file] }

  var manual: String {
    """
    adc: a line's ADC with its TRIM (vectors/specification/chip.md 3.7)
      adc.hex    \(vectors.size): bits[7:0] (5 to 16, sign included) offset[31:0] gain[31:0] (mismatch as it was
                 drawn: steps, signed; UQ1.15, 8000 is 1) trim[31:0] (as the register) steps[15:0] (of 25 microvolts,
                 signed) code[15:0] (signed) overrange[3:0] (0 or 1)
      adc_tb.v   holds a module 'adc' of yours against them; combinational
    \(VerilogBench.command("adc"))
    """
  }

  private var bench: VerilogBench {
    VerilogBench(
      module: "adc", declarations: Self.declarations, files: [("vectors", vectors)], run: Self.run,
      compares: ("vectors", vectors.count))
  }

  private static let declarations = """
    reg [7:0] bits;
    reg signed [31:0] offset, gain;
    reg [31:0] trim;
    reg signed [15:0] steps;
    wire signed [15:0] code;
    wire overrange;
    reg signed [15:0] expected_code;
    reg [3:0] expected_overrange;
    integer v;

    adc dut (
      .bits(bits), .offset(offset), .gain(gain), .trim(trim), .steps(steps), .code(code), .overrange(overrange));
    """

  private static let run = """
    for (v = 0; v < VECTORS; v = v + 1) begin
      {bits, offset, gain, trim, steps, expected_code, expected_overrange} = vectors.word[v];
      #1;
      if (code !== expected_code || overrange !== expected_overrange[0]) begin
        $display("failed: vector %0d, %0d bits, offset %0d, gain %0d, trim %h, %0d steps: expected %0d overrange %b, got %0d %b",
          v, bits, offset, gain, trim, steps, expected_code, expected_overrange[0], code, overrange);
        $fatal(1);
      end
      compared = compared + 1;
    end
    """
}
