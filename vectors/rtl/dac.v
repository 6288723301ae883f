// A line and its DAC (specification/chip.md 3.3): a code in, microvolts out; combinational. A model of what is analog.
module dac (
  input wire [7:0] bits,            // of a code, sign included: 4 to 12
  input wire signed [15:0] offset,  // microvolts, of every line
  input wire signed [15:0] bow,     // microvolts at half scale
  input wire signed [15:0] code,
  output wire [31:0] step,                // microvolts of a code
  output wire signed [31:0] microvolts
);
  localparam FULL_SCALE = 200000;  // microvolts of the largest code

  wire signed [63:0] largest = (64'sd1 <<< (bits - 8'd1)) - 64'sd1;
  wire signed [63:0] magnitude = code < 0 ? -64'(code) : 64'(code);
  wire signed [63:0] bend = 64'(bow) * 64'sd4 * magnitude * (largest - magnitude) / (largest * largest);
  wire signed [63:0] lsb = (FULL_SCALE + largest / 64'sd2) / largest;
  wire signed [63:0] voltage = 64'(code) * lsb + 64'(offset) + (code < 0 ? -bend : bend);

  assign step = lsb[31:0];
  assign microvolts = voltage[31:0];
endmodule
