// A tile as a macro with all the pins that MBX's own digital side has: those of mblstm_tile, and circuits with their banks, trims,
// settling, an end before its time, and a meter of what the array dissipates. Needs mblstm_pkg.sv and libmblstm.
//
// Its model is the library's tile of a handle, which may be smaller than the macro has pins. `drive` goes up with kind and codes;
// SETTLE cycles later `convert` is up for an edge, and CONVERT cycles later `sense` holds. `program_row` or `erase` is up for an
// edge, and what it does is done when its cycles are over. `stop` ends what is under way at an edge, with the effect it has had by
// then. What it does shows at its end: circuits and trims are those of that edge. All other pins are held as long as it lasts. The
// next may begin at the edge at which one ends. An order of strobes that is none, and what the library refuses, is an error.
module mblstm_full_tile #(
  parameter int LINES = 34,              // of pins, either way
  parameter int STEP_CYCLES = 2          // cycles of a step of a pulse's width
) (
  input logic clock,                     // the core clock
  input longint unsigned tile,           // the model's handle, 0 for none: another begins anew, all of it supplied
  input logic analog, drivers,           // supplies
  input logic [7:0] convert_cycles,
  input logic [15:0] relax_cycles,
  input logic [2:0] conversion,
  input logic [16*LINES-1:0] codes,      // of word lines in READ, of columns in READ_T
  input logic drive, convert, stop,
  input logic [7:0] settle_cycles,
  input logic [31:0] feedback_ohms,
  input logic [32*LINES-1:0] trims,
  input logic [2*LINES-1:0] circuits,    // of columns
  input logic [32*34-1:0] sigmoid, tanh, // words of a bank
  output logic [16*LINES-1:0] sense,
  output logic [LINES-1:0] saturated,
  input logic program_row, erase,
  input logic [9:0] row,
  input logic [16*LINES-1:0] widths,     // steps; above 0 SET, below 0 RESET
  input logic [15:0] erase_width,
  input logic [11:0] set_millivolts, reset_millivolts,
  output logic [63:0] attojoules
);
  import mblstm_pkg::*;
  localparam logic [2:0] READ = 1, READ_T = 2, PROGRAM_ROW = 3, ERASE = 4;
  localparam int BANK_WORDS = 34, LINES_OF_LIBRARY = mblstm_pkg::LINES;

  int unsigned word_lines, bit_lines, columns;
  longint unsigned model = 0, now = 0, begun = 0, ends = 0;
  bit under_way = 0, converting = 0, is_conversion = 0;
  bit [1:0] supplied;
  // What it began with.
  logic [2:0] kind;
  logic [9:0] held_row;
  logic [15:0] held_width;
  logic [31:0] held_ohms;
  logic [16*LINES-1:0] held_codes, held_widths;

  always @(posedge clock) begin
    now = now + 1;
    if (tile != model) take_model();
    if (model != 0) follow();
  end

  // An edge.
  task automatic follow();
    if (under_way && stop) finish(1);
    else if (under_way && (converting || !is_conversion) && now >= ends) finish(0);
    else if (under_way && is_conversion && !drive) fault("drive falls before the conversion is over");
    else if (under_way && is_conversion && (codes != held_codes || conversion != kind || feedback_ohms != held_ohms))
      fault("codes, kind or feedback change during a conversion");
    if ({drivers, analog} != supplied) switch_supplies();
    if (drive && !under_way) begin_with(conversion, 1);
    if (convert) begin_converting();
    if (program_row || erase) begin
      if (under_way || program_row && erase) fault("programming while something is under way");
      else begin_with(program_row ? PROGRAM_ROW : ERASE, 0);
    end
  endtask

  task automatic fault(input string what);
    $error("%m: edge %0d: %s", now, what);
    under_way = 0;
  endtask

  // Whether the library did it.
  function automatic bit did(input int status, input string what);
    if (status == 0) return 1;
    $error("%m: edge %0d: %s: status %0d: %s", now, what, status, mblstm_error_text());
    return 0;
  endfunction

  task automatic take_model();
    longint unsigned cycle;
    model = tile;
    under_way = 0;
    supplied = 2'b11;
    attojoules <= 0;
    if (model == 0) return;
    void'(did(mblstm_tile_size(model, word_lines, bit_lines, columns), "size"));
    if (word_lines > LINES || bit_lines > LINES) $fatal(1, "%m: %0d and %0d lines, expected at most %0d", word_lines, bit_lines, LINES);
    void'(did(mblstm_tile_cycle(model, cycle), "cycle"));
    now = cycle;
  endtask

  task automatic switch_supplies();
    if (under_way) fault("supplies change while something is under way");
    void'(did(mblstm_tile_advance(model, now), "advance"));
    void'(did(mblstm_tile_set_supplies(model, {30'b0, drivers, analog}), "supplies"));
    supplied = {drivers, analog};
  endtask

  task automatic begin_with(input logic [2:0] operation, input bit conversion_);
    under_way = 1;
    converting = 0;
    is_conversion = conversion_;
    begun = now;
    kind = operation;
    held_codes = codes;
    held_ohms = feedback_ohms;
    held_row = row;
    held_widths = widths;
    held_width = erase_width;
    if (!conversion_) ends = now + (operation == ERASE ? word_lines * phase(int'(erase_width)) : phase(longest(0)) + phase(longest(1)));
  endtask

  task automatic begin_converting();
    if (!under_way || !is_conversion || converting) fault("convert without lines that are driven");
    else if (now - begun < longint'(settle_cycles))
      fault($sformatf("convert %0d cycles after the lines were driven, expected %0d", now - begun, settle_cycles));
    converting = 1;
    ends = now + longint'(convert_cycles);
  endtask

  function automatic longint unsigned phase(input int steps);
    return steps == 0 ? 0 : longint'(STEP_CYCLES * steps) + longint'(relax_cycles);
  endfunction

  function automatic int longest(input bit negative);
    int width;
    longest = 0;
    for (int line = 0; line < LINES; line++) begin
      width = 32'($signed(widths[16*line +: 16]));
      if (negative) width = -width;
      if (width > longest) longest = width;
    end
  endfunction

  // The whole effect of what is under way, or what it has had by now.
  task automatic finish(input bit early);
    longint unsigned took, energy;
    longint unsigned lasted;
    lasted = early ? now - begun : ends - begun;
    took = lasted;
    void'(did(mblstm_tile_advance(model, begun), "advance"));
    if (early) void'(did(mblstm_tile_stop(model, lasted), "stop"));
    if (is_conversion) make_conversion(early, took);
    else make_pulses(took);
    if (took != lasted) $error("%m: edge %0d: %0d cycles, the library's tile took %0d", now, lasted, took);
    void'(did(mblstm_tile_dissipated(model, energy), "dissipated"));
    attojoules <= energy;
    under_way = 0;
  endtask

  task automatic make_pulses(output longint unsigned took);
    int steps [LINES_OF_LIBRARY];
    void'(did(mblstm_tile_amplitudes(model, {20'b0, set_millivolts}, {20'b0, reset_millivolts}), "amplitudes"));
    for (int line = 0; line < LINES; line++) steps[line] = 32'($signed(held_widths[16*line +: 16]));
    if (kind == ERASE) void'(did(mblstm_tile_erase(model, {16'b0, held_width}, took), "erase"));
    else void'(did(mblstm_tile_program_row(model, {22'b0, held_row}, steps, bit_lines, took), "program_row"));
  endtask

  task automatic make_conversion(input bit early, output longint unsigned took);
    int driven [LINES_OF_LIBRARY], got [LINES_OF_LIBRARY];
    byte unsigned out_of_range [LINES_OF_LIBRARY];
    int unsigned driven_lines, sensed_lines, longer;
    longer = word_lines > columns ? word_lines : columns;
    driven_lines = kind == READ ? word_lines : kind == READ_T ? columns : 0;
    sensed_lines = kind == READ ? columns : kind == READ_T ? word_lines : longer;
    for (int line = 0; line < LINES; line++) driven[line] = 32'($signed(held_codes[16*line +: 16]));
    set_chain(longer);
    if (!did(mblstm_tile_convert(model, {29'b0, kind}, driven, driven_lines, got, sensed_lines, out_of_range, took), "convert")) return;
    if (early) return;
    for (int line = 0; line < int'(sensed_lines); line++) begin
      sense[16*line +: 16] <= got[line][15:0];
      saturated[line] <= out_of_range[line][0];
    end
  endtask

  // What is between the lines and the codes.
  task automatic set_chain(input int unsigned longer);
    int unsigned words [LINES_OF_LIBRARY];
    void'(did(mblstm_tile_settle(model, {24'b0, settle_cycles}), "settle"));
    void'(did(mblstm_tile_feedback(model, held_ohms), "feedback"));
    for (int line = 0; line < int'(longer); line++) words[line] = trims[32*line +: 32];
    void'(did(mblstm_tile_trims(model, words, longer), "trims"));
    for (int line = 0; line < int'(columns); line++) words[line] = {30'b0, circuits[2*line +: 2]};
    void'(did(mblstm_tile_circuits(model, words, columns), "circuits"));
    for (int word = 0; word < BANK_WORDS; word++) words[word] = sigmoid[32*word +: 32];
    void'(did(mblstm_tile_bank(model, MBLSTM_SIGMOID, words, BANK_WORDS), "bank of SIGMOID"));
    for (int word = 0; word < BANK_WORDS; word++) words[word] = tanh[32*word +: 32];
    void'(did(mblstm_tile_bank(model, MBLSTM_TANH, words, BANK_WORDS), "bank of TANH"));
  endtask
endmodule
