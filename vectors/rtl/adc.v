// A line's ADC with its TRIM (specification/chip.md 3.7): steps of 25 microvolts in, a code out; combinational.
module adc (
  input wire [7:0] bits,            // of a code, sign included: 5 to 16
  input wire signed [31:0] offset,  // mismatch, steps
  input wire signed [31:0] gain,    // mismatch, UQ1.15
  input wire [31:0] trim,           // low half offset, signed; high half gain, UQ1.15
  input wire signed [15:0] steps,
  output wire signed [15:0] code,
  output wire overrange             // by more than half a code
);
  localparam signed [63:0] HALF = 64'sd1 <<< 14;

  wire signed [15:0] trim_offset = trim[15:0];
  wire signed [63:0] trim_gain = {48'b0, trim[31:16]};

  wire signed [63:0] mismatched = ((64'(steps) + 64'(offset)) * 64'(gain) + HALF) >>> 15;
  wire signed [63:0] trimmed = ((mismatched - 64'(trim_offset)) * trim_gain + HALF) >>> 15;
  // Rounded half up to codes of 2^(16 - bits) steps.
  wire signed [63:0] rounded = ((trimmed <<< 1) + (64'sd1 <<< (8'd16 - bits))) >>> (8'd17 - bits);
  wire signed [63:0] top = (64'sd1 <<< (bits - 8'd1)) - 64'sd1;
  wire signed [63:0] limited = rounded > top ? top : rounded < -top - 64'sd1 ? -top - 64'sd1 : rounded;

  assign code = limited[15:0];
  assign overrange = rounded > top + 64'sd1 || rounded < -top - 64'sd1;
endmodule
