// A digital side of one's own around two tiles as macros, with a register map that is not MBX's: an LSTM layer and a dense one,
// whose activation circuits are digital, behind the ADCs. A word a register:
//
//   0      CONTROL  writing 1 forgets the state, 2 makes a time step with the inputs, 4 evaluates the dense layer
//   1      STATUS   1 while busy
//   2      CLASS    the first place of the largest output
//   4 … 7  INPUT    two codes of Q0.15 each
//   8 … 12 OUTPUT   two outputs each, as firmware.md has them
module own_side #(parameter string CONFIGURATION = "{}", parameter string DENSE_CONFIGURATION = "{}") (
  input logic clock,
  input logic write,
  input logic [3:0] address,
  input logic [31:0] written,
  output logic [31:0] value,
  input real analog_volts,
  input real driver_volts
);
  localparam int INPUTS = 8, HIDDEN = 16, OUTPUTS = 10, COLUMNS = 4 * HIDDEN, LINES = INPUTS + HIDDEN + 1;
  localparam int FULL_SCALE = 127, SETTLE = 10;
  localparam int unsigned LSTM_OHMS = 11376, DENSE_OHMS = 5688;
  localparam logic [2:0] READ = 1;

  logic signed [15:0] inputs [INPUTS], cell_state [HIDDEN], outputs [OUTPUTS];
  logic signed [15:0] codes [LINES];
  logic [16*LINES-1:0] lstm_codes;
  logic [16*(HIDDEN+1)-1:0] dense_codes;
  always_comb begin
    for (int line = 0; line < LINES; line++) lstm_codes[16*line +: 16] = codes[line];
    for (int line = 0; line <= HIDDEN; line++) dense_codes[16*line +: 16] = codes[INPUTS + line];
  end

  logic [16*COLUMNS-1:0] lstm_sense;
  logic [16*(HIDDEN+1)-1:0] dense_sense;
  logic [COLUMNS-1:0] lstm_saturated;
  logic [HIDDEN:0] dense_saturated;
  logic dense, drive, convert, capture, lstm_busy, dense_busy, lstm_done, dense_done;
  real lstm_word_volts [LINES], lstm_column_volts [COLUMNS], lstm_word_amperes [LINES], lstm_column_amperes [COLUMNS];
  real dense_word_volts [HIDDEN+1], dense_column_volts [OUTPUTS], dense_word_amperes [HIDDEN+1], dense_column_amperes [OUTPUTS];

  mblstm_tile #(.CONFIGURATION(CONFIGURATION), .WORD_LINES(LINES), .BIT_LINES(COLUMNS)) lstm (
    .clock, .analog_volts, .driver_volts, .conversion(READ), .word_codes(lstm_codes), .column_codes('0),
    .drive(drive && !dense), .convert(convert && !dense), .capture(capture && !dense), .feedback_ohms(LSTM_OHMS),
    .sense(lstm_sense), .saturated(lstm_saturated), .program_row(1'b0), .erase(1'b0), .row('0), .widths('0),
    .erase_width('0), .set_millivolts(12'd1200), .reset_millivolts(12'd1200), .busy(lstm_busy), .done(lstm_done),
    .word_line_volts(lstm_word_volts), .column_volts(lstm_column_volts), .word_line_amperes(lstm_word_amperes),
    .column_amperes(lstm_column_amperes));
  mblstm_tile #(.CONFIGURATION(DENSE_CONFIGURATION), .WORD_LINES(HIDDEN + 1), .BIT_LINES(OUTPUTS)) last (
    .clock, .analog_volts, .driver_volts, .conversion(READ), .word_codes(dense_codes), .column_codes('0),
    .drive(drive && dense), .convert(convert && dense), .capture(capture && dense), .feedback_ohms(DENSE_OHMS),
    .sense(dense_sense), .saturated(dense_saturated), .program_row(1'b0), .erase(1'b0), .row('0), .widths('0),
    .erase_width('0), .set_millivolts(12'd1200), .reset_millivolts(12'd1200), .busy(dense_busy), .done(dense_done),
    .word_line_volts(dense_word_volts), .column_volts(dense_column_volts), .word_line_amperes(dense_word_amperes),
    .column_amperes(dense_column_amperes));

  function automatic logic signed [15:0] saturated(input logic signed [39:0] x);
    return x > 32767 ? 16'sd32767 : x < -32768 ? -16'sd32768 : x[15:0];
  endfunction
  function automatic logic signed [15:0] code(input logic signed [15:0] x);
    return 16'((40'(x) * FULL_SCALE + 40'sd16384) >>> 15);
  endfunction
  // The circuits "hard": Q3.12 in, Q0.15 out.
  function automatic logic signed [15:0] sigmoid(input logic signed [15:0] z);
    logic signed [39:0] y;
    y = 40'sd16384 + 40'(z) * 2;
    return y < 0 ? 16'sd0 : saturated(y);
  endfunction
  function automatic logic signed [15:0] squash(input logic signed [15:0] z);
    return saturated(40'(z) * 8);
  endfunction
  // Steps of 25 µV of a sensed line of the LSTM layer.
  function automatic logic signed [15:0] sensed(input int column);
    return lstm_sense[16*column +: 16] << 4;
  endfunction

  typedef enum {IDLE, SETTLING, CONVERTING, UPDATING} state_t;
  state_t state = IDLE;
  int waited, k;
  initial {dense, drive, convert, capture} = 0;

  always @(posedge clock) begin
    {convert, capture} <= 2'b00;
    case (state)
      IDLE: if (write) begin
        if (address[3:2] == 2'b01) {inputs[2 * int'(address[1:0]) + 1], inputs[2 * int'(address[1:0])]} <= written;
        if (address == 0 && written[0]) begin
          for (int line = 0; line < LINES; line++) codes[line] <= line == LINES - 1 ? 16'(FULL_SCALE) : 16'd0;
          for (int unit = 0; unit < HIDDEN; unit++) cell_state[unit] <= 0;
        end else if (address == 0 && |written[2:1]) begin
          if (written[1]) for (int line = 0; line < INPUTS; line++) codes[line] <= code(inputs[line]);
          dense <= written[2];
          drive <= 1;
          waited <= 0;
          state <= SETTLING;
        end
      end
      SETTLING: begin
        waited <= waited + 1;
        if (waited == SETTLE) begin
          convert <= 1;
          waited <= 0;
          state <= CONVERTING;
        end
      end
      CONVERTING: begin
        // The strobe is seen an edge later than it is given.
        waited <= waited + 1;
        if (waited > 2 && (dense ? dense_done : lstm_done)) begin
          drive <= 0;
          capture <= 1;
          k <= 0;
          state <= dense ? IDLE : UPDATING;
          if (dense) for (int column = 0; column < OUTPUTS; column++) outputs[column] <= dense_sense[16*column +: 16] << 4;
        end
      end
      UPDATING: begin
        update(k);
        k <= k + 1;
        if (k == HIDDEN - 1) state <= IDLE;
      end
    endcase
  end

  // c = f·c + i·g, h = o·tanh(c), of one unit.
  task automatic update(input int unit);
    logic signed [15:0] next;
    next = saturated((40'(sigmoid(sensed(HIDDEN + unit))) * cell_state[unit] * 8
      + 40'(sigmoid(sensed(unit))) * squash(sensed(2 * HIDDEN + unit)) + 40'sd131072) >>> 18);
    cell_state[unit] <= next;
    codes[INPUTS + unit] <= code(saturated((40'(sigmoid(sensed(3 * HIDDEN + unit))) * squash(next) + 40'sd16384) >>> 15));
  endtask

  function automatic logic [31:0] largest();
    int place;
    place = 0;
    for (int output_ = 1; output_ < OUTPUTS; output_++) if (outputs[output_] > outputs[place]) place = output_;
    return place;
  endfunction
  always_comb begin
    value = 0;
    if (address == 1) value = {31'b0, state != IDLE};
    if (address == 2) value = largest();
    if (address >= 8 && address < 13) value = {outputs[2 * int'(address[2:0]) + 1], outputs[2 * int'(address[2:0])]};
  end
endmodule
