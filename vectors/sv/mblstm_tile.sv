// A tile as a macro with pins: array, converters, pulse drivers and supplies, for a digital side of one's own. Needs
// mblstm_tile_model.sv (by DPI-C), or the module of that name for another simulator.
//
// A conversion: `drive` goes up with `conversion` and the codes, which stay as they are; SETTLE cycles later or more, `convert`
// for one cycle; `done`, CONVERT cycles later, says that `sense` and `saturated` hold; `capture` says that the digital side
// takes them. Programming: `program_row` or `erase` for one cycle, with `drive` low, and `done` when it is over. What comes
// in another order, too early or while something is under way is an error, which says what, when, and what was expected, and
// its result is unknown. What comes of unknown pins is unknown: codes, feedback and amplitudes make all that is sensed so,
// a width the cells of its bit line, a row or an erase width all cells, from then on.
module mblstm_tile #(
`ifdef __ICARUS__
  parameter CONFIGURATION = "{}",
`else
  parameter string CONFIGURATION = "{}", // its first tile; the parameters below have to be those of it
`endif
  parameter int WORD_LINES = 25,
  parameter int BIT_LINES = 64,
  parameter int COLUMNS = BIT_LINES,    // half of it where a column is a pair
  parameter real ANALOG_VOLTS = 1.8,    // nominal supplies, on from nine tenths
  parameter real DRIVER_VOLTS = 3.3,
  parameter int LONGER = WORD_LINES > COLUMNS ? WORD_LINES : COLUMNS
) (
  input logic clock,                    // the core clock
  input real analog_volts,              // of references, amplifiers and converters
  input real driver_volts,              // of the drivers of pulses
  input logic [2:0] conversion,         // READ 1, READ_T 2, ZERO 5, REFERENCE 6
  input logic [16*WORD_LINES-1:0] word_codes,    // driven by READ
  input logic [16*COLUMNS-1:0] column_codes,     // driven by READ_T
  input logic drive,
  input logic convert,
  input logic capture,
  input logic [31:0] feedback_ohms,
  output logic [16*LONGER-1:0] sense,
  output logic [LONGER-1:0] saturated,
  input logic program_row,
  input logic erase,
  input logic [9:0] row,
  input logic [16*BIT_LINES-1:0] widths,         // steps; above 0 SET, below 0 RESET
  input logic [15:0] erase_width,
  input logic [11:0] set_millivolts,
  input logic [11:0] reset_millivolts,
  output logic busy,
  output logic done
`ifndef __ICARUS__
  ,
  output real word_line_volts [WORD_LINES],      // of the codes, while driven by READ
  output real column_volts [COLUMNS],            // likewise by READ_T
  output real word_line_amperes [WORD_LINES],    // as sampled by the latest READ_T
  output real column_amperes [COLUMNS]           // as sampled by the latest READ
`endif
);
`ifdef __ICARUS__
  // Icarus Verilog has no ports that are arrays.
  real word_line_volts [0:WORD_LINES-1], column_volts [0:COLUMNS-1];
  real word_line_amperes [0:WORD_LINES-1], column_amperes [0:COLUMNS-1];
`endif
  localparam logic [2:0] READ = 1, READ_T = 2, ZERO = 5, REFERENCE = 6;
  localparam logic [63:0] NAN = 64'h7ff8_0000_0000_0000;

  mblstm_tile_model #(
    .CONFIGURATION(CONFIGURATION), .WORD_LINES(WORD_LINES), .BIT_LINES(BIT_LINES), .COLUMNS(COLUMNS), .LONGER(LONGER)) model ();

  longint unsigned now = 0, ends = 0, driven_since = 0;
  bit driven = 0, converting = 0, valid = 0, allowed = 0, agreed = 0;
  bit [1:0] supplied = 0;
  // What the digital side holds while lines are driven.
  logic [16*LONGER-1:0] codes, held_codes;
  logic [34:0] held_setting;
  // What the conversion under way will give.
  logic [16*LONGER-1:0] coming_sense;
  logic [LONGER-1:0] coming_saturated;
  // Lines with cells of which nothing is known.
  bit [BIT_LINES-1:0] unknown_bit_lines = 0;
  bit [WORD_LINES-1:0] unknown_word_lines = 0;

  initial begin
    int status;
    model.open(status);
    if (status != 0) $fatal(1, "%m: %0s", model.error_text(status));
    {busy, done} = 0;
    sense = 'x;
    saturated = 'x;
  end

  always_comb begin
    codes = 0;
    if (conversion == READ) codes[16*WORD_LINES-1:0] = word_codes;
    if (conversion == READ_T) codes[16*COLUMNS-1:0] = column_codes;
  end

  always @(posedge clock) begin
    now = now + 1;
    if (busy && now >= ends) finish();
    watch_supplies();
    watch_lines();
    if ((^{drive, convert, capture, program_row, erase}) === 1'bx)
      $error("%m: cycle %0d: a strobe is unknown: drive %b, convert %b, capture %b, program_row %b, erase %b, expected 0 or 1",
        now, drive, convert, capture, program_row, erase);
    if (capture === 1 && !valid) begin
      if (converting) $error("%m: cycle %0d: capture %0d cycles before the codes are there, expected it at done", now, ends - now);
      else $error("%m: cycle %0d: capture without a conversion, expected one to be done", now);
    end
    if (convert === 1) begin
      ask("convert", 1);
      if (allowed) begin_conversion();
    end
    if (program_row === 1) begin
      ask("program_row", 0);
      if (allowed) begin_programming();
    end
    if (erase === 1) begin
      ask("erase", 0);
      if (allowed) begin_erase();
    end
    tell_volts();
  end

  // Whether an operation is allowed to begin now.
  task ask(input [8*11-1:0] strobe, input bit needs_lines);
    allowed = 0;
    if (busy) $error("%m: cycle %0d: %0s while an operation is under way, expected it after cycle %0d", now, strobe, ends);
    else if ((convert === 1) + (program_row === 1) + (erase === 1) > 1)
      $error("%m: cycle %0d: %0s with another strobe, expected one at a time", now, strobe);
    else if (needs_lines && !driven) $error("%m: cycle %0d: %0s without driven lines, expected drive %0d cycles before",
      now, strobe, model.settle_cycles);
    else if (!needs_lines && driven) $error("%m: cycle %0d: %0s with driven lines, expected drive to be low", now, strobe);
    else allowed = 1;
  endtask

  task finish;
    busy <= 0;
    done <= 1;
    if (converting) begin
      sense <= coming_sense;
      saturated <= coming_saturated;
      valid = 1;
    end
    converting = 0;
  endtask

  // Something is under way for some cycles from now.
  task begin_operation(input longint unsigned cycles);
    busy <= cycles != 0;
    done <= cycles == 0;
    ends = now + cycles;
    valid = 0;
    sense <= 'x;
    saturated <= 'x;
  endtask

  // Whether the library did it.
  task judge(input [8*24-1:0] what, input int status);
    agreed = status == 0;
    if (status != 0) $error("%m: cycle %0d: %0s: %0s", now, what, model.error_text(status));
  endtask

  task watch_supplies;
    bit [1:0] wanted;
    int status;
    wanted = {driver_volts >= 0.9 * DRIVER_VOLTS, analog_volts >= 0.9 * ANALOG_VOLTS};
    if (wanted != supplied) begin
      if (busy) begin
        $error("%m: cycle %0d: supplies change while an operation is under way, expected it after cycle %0d", now, ends);
        {coming_sense, coming_saturated} = 'x;
      end else begin
        model.advance(now, status);
        model.supply({30'b0, wanted}, status);
        if (status != 0)
          $error("%m: cycle %0d: supplies: %0s, expected references, then drivers once those have settled; down in reverse",
            now, model.error_text(status));
      end
      supplied = wanted;
    end
  endtask

  task watch_lines;
    if (driven && (drive !== 1 || codes !== held_codes || {conversion, feedback_ohms} !== held_setting) && converting) begin
      if (drive !== 1) $error("%m: cycle %0d: drive falls during a conversion, expected it after cycle %0d", now, ends);
      else $error("%m: cycle %0d: codes, feedback or kind change during a conversion, expected it after cycle %0d", now, ends);
      {coming_sense, coming_saturated} = 'x;
    end
    if (drive === 1 && (!driven || codes !== held_codes || {conversion, feedback_ohms} !== held_setting)) driven_since = now;
    driven = drive === 1;
    held_codes = codes;
    held_setting = {conversion, feedback_ohms};
  endtask

  task begin_conversion;
    bit [16*LONGER-1:0] got;
    bit [LONGER-1:0] out_of_range;
    longint unsigned cycles;
    int status, driven_lines, sensed_lines;
    bit known;
    driven_lines = conversion == READ ? WORD_LINES : conversion == READ_T ? COLUMNS : 0;
    sensed_lines = conversion == READ ? COLUMNS : conversion == READ_T ? WORD_LINES : LONGER;
    {coming_sense, coming_saturated} = 'x;
    known = (^{codes, conversion, feedback_ohms}) !== 1'bx;
    cycles = 0;
    if (now - driven_since < model.settle_cycles) begin
      $error("%m: cycle %0d: convert %0d cycles after the lines changed, expected %0d or more", now, now - driven_since,
        model.settle_cycles);
      known = 0;
    end
    // The library's operation holds the settling of the lines.
    if (now > model.settle_cycles) model.advance(now - model.settle_cycles, status);
    if (known) begin
      model.feedback(feedback_ohms, status);
      judge("feedback", status);
      if (agreed) begin
        model.convert({29'b0, conversion}, codes, driven_lines, sensed_lines, got, out_of_range, cycles, status);
        judge("convert", status);
        if (agreed) take(sensed_lines, got, out_of_range);
      end
    end
    if (conversion === READ) for (int line = 0; line < COLUMNS; line++)
      column_amperes[line] = $isunknown(coming_saturated[line]) ? $bitstoreal(NAN) : model.amperes[line];
    if (conversion === READ_T) for (int line = 0; line < WORD_LINES; line++)
      word_line_amperes[line] = $isunknown(coming_saturated[line]) ? $bitstoreal(NAN) : model.amperes[line];
    converting = 1;
    begin_operation(cycles > model.settle_cycles ? cycles - model.settle_cycles : 1);
  endtask

  // Codes of the library, but of lines with cells of which nothing is known.
  task take(input int lines, input bit [16*LONGER-1:0] got, input bit [LONGER-1:0] out_of_range);
    bit unknown;
    for (int line = 0; line < lines; line++) begin
      unknown = 0;
      if (conversion == READ) for (int cell_line = 0; cell_line < BIT_LINES / COLUMNS; cell_line++)
        unknown = unknown | unknown_bit_lines[line * (BIT_LINES / COLUMNS) + cell_line];
      if (conversion == READ_T) unknown = unknown_word_lines[line];
      if (!unknown) begin
        coming_sense[16*line +: 16] = got[16*line +: 16];
        coming_saturated[line] = out_of_range[line];
      end
    end
  endtask

  task begin_programming;
    bit [16*BIT_LINES-1:0] known_widths;
    longint unsigned cycles;
    int status;
    cycles = 0;
    known_widths = 0;
    for (int line = 0; line < BIT_LINES; line++)
      if ((^widths[16*line +: 16]) !== 1'bx) known_widths[16*line +: 16] = widths[16*line +: 16];
      else begin
        unknown_bit_lines[line] = 1;
        if (int'(row) < WORD_LINES) unknown_word_lines[int'(row)] = 1;
      end
    if ((^{row, set_millivolts, reset_millivolts}) === 1'bx) forget();
    else begin
      model.advance(now, status);
      model.amplitudes({20'b0, set_millivolts}, {20'b0, reset_millivolts}, status);
      judge("amplitudes", status);
      if (agreed) begin
        model.program_row({22'b0, row}, known_widths, cycles, status);
        judge("program_row", status);
      end
    end
    begin_operation(cycles);
  endtask

  task begin_erase;
    longint unsigned cycles;
    int status;
    cycles = 0;
    if ((^{erase_width, reset_millivolts, set_millivolts}) === 1'bx) forget();
    else begin
      model.advance(now, status);
      model.amplitudes({20'b0, set_millivolts}, {20'b0, reset_millivolts}, status);
      judge("amplitudes", status);
      if (agreed) begin
        model.erase({16'b0, erase_width}, cycles, status);
        judge("erase", status);
      end
    end
    begin_operation(cycles);
  endtask

  task forget;
    unknown_bit_lines = ~0;
    unknown_word_lines = ~0;
  endtask

  task tell_volts;
    for (int line = 0; line < WORD_LINES; line++)
      word_line_volts[line] = driven && conversion === READ ? volts(word_codes[16*line +: 16]) : 0.0;
    for (int line = 0; line < COLUMNS; line++)
      column_volts[line] = driven && conversion === READ_T ? volts(column_codes[16*line +: 16]) : 0.0;
  endtask

  function automatic real volts(input logic signed [15:0] code);
    if ((^code) === 1'bx) volts = $bitstoreal(NAN);
    else volts = $itor(code) * $itor(model.microvolts_per_code) * 1.0e-6;
  endfunction
endmodule
