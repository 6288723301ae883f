import FixedPoint

/// Suite `activation` for Verilog: circuits as their registers hold them, and a vector a line.
struct ActivationExport: SuiteExport {
  private var circuits: [PiecewiseLinear] = []
  private var circuitWords = HexText(
    "activation_circuits.hex", "a circuit: COUNT, RAILS, BREAK[0] to [15], LINE[0] to [15]")
  private var vectors = HexText("activation.hex", "circuit, z, value, slope: 16 bits each")

  init(_ file: VectorFile) {
    for entry in file.cases {
      guard case .value(let value) = entry.body, let vector = value as? ActivationVector,
        case .answers(let inputs, let values, let slopes) = vector.expected
      else { continue }
      let circuit = number(of: vector.circuit)
      for place in inputs.indices {
        vectors.append([
          UInt16(truncatingIfNeeded: circuit).bits, inputs[place].bits, values[place].bits, slopes[place].bits,
        ])
      }
    }
  }

  private mutating func number(of circuit: PiecewiseLinear) -> Int {
    if let known = circuits.firstIndex(of: circuit) { return known }
    circuits.append(circuit)
    func append(_ high: Int16, _ low: Int16) { circuitWords.append([high.bits, low.bits]) }
    append(0, Int16(circuit.count))
    append(circuit.highRail.raw, circuit.lowRail.raw)
    for k in 0..<PiecewiseLinear.maximumSegments { append(0, circuit.segments[k].breakpoint.raw) }
    for k in 0..<PiecewiseLinear.maximumSegments {
      append(circuit.segments[k].offset.raw, circuit.segments[k].slope.raw)
    }
    return circuits.count - 1
  }

  var comparisons: Int { vectors.count }
  var files: [VerilogExport.File] { [circuitWords.file, vectors.file, bench.file] }

  var manual: String {
    """
    activation: a piecewise-linear circuit (firmware/REGISTERS.md: SIGMOID_*, TANH_*)
      activation_circuits.hex  \(circuitWords.size), 34 a circuit, as in the registers: COUNT, RAILS, 16 x BREAK,
                               16 x LINE
      activation.hex           \(vectors.size): circuit[15:0] z[15:0] value[15:0] slope[15:0]
                               z Q3.12, value Q0.15, slope Q1.14 (0 at a rail)
      activation_tb.v          holds a module 'activation' of yours against them; combinational, ports as it is there
                               instantiated: word k of breaks and lines in bits 32k+31:32k
    \(VerilogBench.command("activation"))
    """
  }

  private var bench: VerilogBench {
    VerilogBench(
      module: "activation", declarations: Self.declarations,
      files: [("circuits", circuitWords), ("vectors", vectors)], run: Self.run,
      compares: ("vectors", vectors.count))
  }

  private static let declarations = """
    reg [31:0] count, rails;
    reg [16*32-1:0] breaks, lines;
    reg signed [15:0] z;
    wire signed [15:0] value, slope;
    reg signed [15:0] expected_value, expected_slope;
    reg [15:0] circuit;
    integer v, i;

    activation dut (.count(count), .rails(rails), .breaks(breaks), .lines(lines), .z(z), .value(value), .slope(slope));
    """

  private static let run = """
    for (v = 0; v < VECTORS; v = v + 1) begin
      {circuit, z, expected_value, expected_slope} = vectors.word[v];
      count = circuits.word[34*circuit];
      rails = circuits.word[34*circuit+1];
      for (i = 0; i < 16; i = i + 1) begin
        breaks[32*i +: 32] = circuits.word[34*circuit+2+i];
        lines[32*i +: 32] = circuits.word[34*circuit+18+i];
      end
      #1;
      if (value !== expected_value || slope !== expected_slope) begin
        $display("failed: vector %0d, circuit %0d, z %0d: expected value %0d slope %0d, got %0d %0d",
          v, circuit, z, expected_value, expected_slope, value, slope);
        $fatal(1);
      end
      compared = compared + 1;
    end
    """
}
