// The sequencer of PROGRAM_ROW (specification/chip.md 5.5): pulse widths in, strobes of the bit-line drivers out.
// First the positive widths (SET), then the negative ones (RESET); each phase is followed by a rest, and a phase
// without pulses is left out. All pulses of a phase begin together. The widths stand still while it is busy, as PULSE
// does.
module program_row #(
  parameter LINES = 64,
  parameter STEP = 2,    // clock cycles of a unit of width
  parameter RELAX = 50   // clock cycles of rest behind a phase
) (
  input wire clock,
  input wire start,
  input wire [15:0] row,  // selects the word line; the strobes do not depend on it
  input wire [16*LINES-1:0] widths,
  output wire [LINES-1:0] set,
  output wire [LINES-1:0] reset,
  output wire busy
);
  localparam [1:0] IDLE = 0, PULSE = 1, REST = 2;
  localparam POSITIVE = 1'b0, NEGATIVE = 1'b1;

  // Which lines a phase drives at all, and how long; a width of -32768 is one of 32768.
  reg [LINES-1:0] positive, negative;
  reg [16*LINES-1:0] lengths;
  integer i;
  always @* begin
    for (i = 0; i < LINES; i = i + 1) begin
      negative[i] = widths[16*i + 15];
      positive[i] = !negative[i] && widths[16*i +: 16] != 0;
      lengths[16*i +: 16] = negative[i] ? -widths[16*i +: 16] : widths[16*i +: 16];
    end
  end

  reg [1:0] state = IDLE;
  reg phase = POSITIVE;
  reg [LINES-1:0] driven = 0;  // lines whose pulse is not over
  reg [15:0] elapsed = 0;      // units that this pulse will have lasted when the present one is over
  reg [15:0] cycle = 0;        // within a unit, or a rest

  // Lines whose pulse outlasts the present unit.
  reg [LINES-1:0] remaining;
  integer j;
  always @* begin
    for (j = 0; j < LINES; j = j + 1) remaining[j] = driven[j] && lengths[16*j +: 16] != elapsed;
  end

  always @(posedge clock) begin
    cycle <= cycle + 1;
    case (state)
      IDLE: if (start) begin
        if (positive != 0) pulse(POSITIVE);
        else if (negative != 0) pulse(NEGATIVE);
      end
      PULSE: if (cycle == STEP - 1) begin
        cycle <= 0;
        elapsed <= elapsed + 1;
        driven <= remaining;
        if (remaining == 0) state <= REST;
      end
      default: if (cycle == RELAX - 1) begin
        if (phase == POSITIVE && negative != 0) pulse(NEGATIVE);
        else state <= IDLE;
      end
    endcase
  end

  task pulse(input which);
    begin
      state <= PULSE;
      phase <= which;
      driven <= which == POSITIVE ? positive : negative;
      elapsed <= 1;
      cycle <= 0;
    end
  endtask

  assign set = phase == POSITIVE ? driven : {LINES{1'b0}};
  assign reset = phase == NEGATIVE ? driven : {LINES{1'b0}};
  assign busy = state != IDLE;
endmodule
