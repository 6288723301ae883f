// A line of READ or READ_T (specification/chip.md 3.1 to 3.7) with linear columns: driven lines come one a clock edge,
// their currents are summed, and the sum goes through the amplifier and the ADC. Needs dac.v and adc.v.
module mvm (
  input wire clock,
  input wire valid,                     // a driven line is there
  input wire first,                     // the first of a sensed line
  input wire signed [15:0] drive_code,
  input wire [31:0] plus,               // picosiemens of its cell
  input wire [31:0] minus,              // picosiemens of the pair's second cell, if differential
  input wire differential,
  input wire [31:0] lowest,             // picosiemens that the device can have
  input wire [31:0] highest,
  input wire [31:0] ohms,               // feedback of the amplifier
  input wire [7:0] dac_bits,
  input wire signed [15:0] dac_offset,
  input wire signed [15:0] dac_bow,
  input wire [7:0] adc_bits,
  input wire signed [31:0] adc_offset,
  input wire signed [31:0] adc_gain,
  input wire [31:0] trim,
  output reg signed [63:0] sum,         // attoamperes
  output wire signed [15:0] code,
  output wire saturated
);
  // Conductances are counted in steps of which 32767 are 5/4 of the highest.
  wire signed [63:0] step = (64'sd5 * highest + 64'sd131067) / 64'sd131068;
  wire signed [63:0] plus_steps = steps(plus);
  wire signed [63:0] minus_steps = differential ? steps(minus) : reference_steps;
  wire signed [63:0] middle = ({32'b0, lowest} + {32'b0, highest}) / 64'd2;
  wire signed [63:0] reference_steps = (middle + step / 64'sd2) / step;

  function signed [63:0] steps(input [31:0] picosiemens);
    begin
      steps = ({32'b0, picosiemens} + step / 64'sd2) / step;
      if (steps > 64'sd32767) steps = 64'sd32767;
    end
  endfunction

  wire signed [31:0] microvolts;
  dac driver (
    .bits(dac_bits), .offset(dac_offset), .bow(dac_bow), .code(drive_code), .step(), .microvolts(microvolts));

  wire signed [63:0] current = step * 64'(microvolts) * (plus_steps - minus_steps);
  always @(posedge clock) if (valid) sum <= first ? current : sum + current;

  // The amplifier: limited far beyond its rail first, so that attovolts fit; then rounded half up to 25 microvolts.
  localparam signed [63:0] STEP = 64'sd25_000_000_000_000;
  wire signed [63:0] bound = 64'sd900_000_000_000_000_000 / $signed({32'b0, ohms});
  wire signed [63:0] bounded = sum > bound ? bound : sum < -bound ? -bound : sum;
  wire signed [63:0] shifted = bounded * $signed({32'b0, ohms}) + STEP / 64'sd2 + 64'sd65536 * STEP;
  wire signed [63:0] amplified = shifted / STEP - 64'sd65536;
  wire signed [63:0] limited =
    amplified > 64'sd32767 ? 64'sd32767 : amplified < -64'sd32768 ? -64'sd32768 : amplified;

  wire overrange;
  adc converter (
    .bits(adc_bits), .offset(adc_offset), .gain(adc_gain), .trim(trim), .steps(limited[15:0]), .code(code),
    .overrange(overrange));
  assign saturated = overrange || limited != amplified;
endmodule
