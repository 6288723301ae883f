// An activation circuit: piecewise linear between two rails (specification/chip.md 1.4), combinational.
// Ports are the registers of a bank (firmware/REGISTERS.md: SIGMOID_*, TANH_*); word k of an array in bits 32k+31:32k.
module activation #(
  parameter SEGMENTS = 16
) (
  input wire [31:0] count,
  input wire [31:0] rails,               // high rail, low rail: Q0.15
  input wire [32*SEGMENTS-1:0] breaks,   // low half: breakpoint, Q3.12
  input wire [32*SEGMENTS-1:0] lines,    // offset Q0.15, slope Q1.14
  input wire signed [15:0] z,            // Q3.12
  output reg signed [15:0] value,        // Q0.15
  output reg signed [15:0] slope         // Q1.14, 0 at a rail
);
  localparam SHIFT = 11;  // slope and input have 14 + 12 fraction bits, an output 15

  wire signed [31:0] high_rail = {{16{rails[31]}}, rails[31:16]};
  wire signed [31:0] low_rail = {{16{rails[15]}}, rails[15:0]};

  reg signed [15:0] breakpoint, segment_slope, segment_offset;
  reg signed [31:0] offset, product, line;
  reg scanning;
  integer k;

  always @* begin
    // The first segment whose successor begins above z.
    {segment_offset, segment_slope} = lines[31:0];
    breakpoint = 0;
    scanning = 1;
    for (k = 1; k < SEGMENTS; k = k + 1) begin
      breakpoint = breaks[32*k +: 16];
      scanning = scanning && k < count && z >= breakpoint;
      if (scanning) {segment_offset, segment_slope} = lines[32*k +: 32];
    end

    // Its line, rounded half up.
    product = segment_slope * z;
    offset = {{16{segment_offset[15]}}, segment_offset};
    line = offset + ((product + (1 << (SHIFT - 1))) >>> SHIFT);

    if (line <= low_rail) begin
      value = low_rail[15:0];
      slope = 0;
    end else if (line >= high_rail) begin
      value = high_rail[15:0];
      slope = 0;
    end else begin
      value = line[15:0];
      slope = segment_slope;
    end
  end
endmodule
