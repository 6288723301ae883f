import FixedPoint

/// Suite `activation` for Verilog: circuits as their registers hold them, and a vector a line.
struct ActivationExport {
  private var circuits: [PiecewiseLinear] = []
  private var circuitWords = HexText(
    "34 words a circuit: COUNT, RAILS, BREAK[0] to [15], LINE[0] to [15], 32 bits each")
  private var vectors = HexText("circuit, z, value, slope: 16 bits each")
  private var count = 0

  init(_ file: VectorFile) {
    for entry in file.cases {
      guard case .value(let value) = entry.body, let vector = value as? ActivationVector,
        case .answers(let inputs, let values, let slopes) = vector.expected
      else { continue }
      let circuit = number(of: vector.circuit)
      for place in inputs.indices {
        vectors.append([(UInt64(circuit), 16), inputs[place].bits, values[place].bits, slopes[place].bits])
      }
      count += inputs.count
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

  var files: [VerilogExport.File] {
    [
      .init(name: "activation_circuits.hex", text: circuitWords.text),
      .init(name: "activation.hex", text: vectors.text),
      .init(name: "activation_tb.v", text: bench),
    ]
  }

  static let manual = """
    activation: a piecewise-linear circuit (firmware/REGISTERS.md: SIGMOID_*, TANH_*)
      activation_circuits.hex  32-bit words, 34 a circuit, as in the registers: COUNT, RAILS, 16 x BREAK, 16 x LINE
      activation.hex           64-bit words: circuit[15:0] z[15:0] value[15:0] slope[15:0]
                               z Q3.12, value Q0.15, slope Q1.14 (0 at a rail)
      activation_tb.v          holds a module 'activation' of yours against them; combinational, ports as it is there
                               instantiated: word k of breaks and lines in bits 32k+31:32k
      run: iverilog -g2012 -o tb activation_tb.v yours.v && vvp tb
    """

  private var bench: String {
    """
    // Holds a module 'activation' against activation.hex. Ends with "passed", or with $fatal at the first difference.
    `timescale 1ns/1ps
    module activation_tb;
      localparam VECTORS = \(count);
      localparam CIRCUITS = \(circuits.count);
      reg [63:0] vectors [0:VECTORS-1];
      reg [31:0] words [0:34*CIRCUITS-1];

      reg [31:0] count, rails;
      reg [16*32-1:0] breaks, lines;
      reg signed [15:0] z;
      wire signed [15:0] value, slope;
      reg signed [15:0] expected_value, expected_slope;
      reg [15:0] circuit;
      integer n, k;

      activation dut (.count(count), .rails(rails), .breaks(breaks), .lines(lines), .z(z), .value(value), .slope(slope));

      initial begin
        $readmemh("activation_circuits.hex", words);
        $readmemh("activation.hex", vectors);
        // What a file does not hold stays unknown.
        for (n = 0; n < VECTORS; n = n + 1) if (^vectors[n] === 1'bx) begin
          $display("failed: activation.hex is missing or cut: vector %0d of %0d is not there", n, VECTORS);
          $fatal(1);
        end
        for (n = 0; n < 34*CIRCUITS; n = n + 1) if (^words[n] === 1'bx) begin
          $display("failed: activation_circuits.hex is missing or cut: word %0d of %0d is not there", n, 34*CIRCUITS);
          $fatal(1);
        end
        for (n = 0; n < VECTORS; n = n + 1) begin
          {circuit, z, expected_value, expected_slope} = vectors[n];
          count = words[34*circuit];
          rails = words[34*circuit+1];
          for (k = 0; k < 16; k = k + 1) begin
            breaks[32*k +: 32] = words[34*circuit+2+k];
            lines[32*k +: 32] = words[34*circuit+18+k];
          end
          #1;
          if (value !== expected_value || slope !== expected_slope) begin
            $display("failed: vector %0d, circuit %0d, z %0d: expected value %0d slope %0d, got %0d %0d",
              n, circuit, z, expected_value, expected_slope, value, slope);
            $fatal(1);
          end
        end
        $display("passed: %0d vectors", VECTORS);
        $finish;
      end
    endmodule

    """
  }
}
