// What of a tile has its supply, and whether the references have settled (chip.md 6.3).
module digital_supplies (
  input logic clock, power_up, tick,
  input logic switches,                  // a write of SUPPLY is taken at this edge
  input logic [1:0] wanted,              // drivers, references
  input logic [31:0] wake_up,            // cycles
  output logic analog, drivers,
  output logic settled, settles          // before this edge, and at it
);
  logic [31:0] left;
  assign settles = settled || tick && analog && left <= 1;
  always_ff @(posedge clock)
    if (power_up) {analog, drivers, settled} <= 3'b111;
    else begin
      if (tick && analog && !settled) begin
        left <= left - 32'd1;
        settled <= settles;
      end
      if (switches) begin
        {drivers, analog} <= wanted;
        if (!wanted[0]) settled <= 0;
        if (wanted[0] && !analog) left <= wake_up;
      end
    end
endmodule
