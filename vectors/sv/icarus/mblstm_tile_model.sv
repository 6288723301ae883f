// The tile of libmblstm behind a tile's pins for Icarus Verilog, which has no DPI-C: by the system tasks of mblstm_vpi.c. In
// place of ../mblstm_tile_model.sv.
module mblstm_tile_model #(
  parameter CONFIGURATION = "{}",
  parameter int WORD_LINES = 25,
  parameter int BIT_LINES = 64,
  parameter int COLUMNS = 64,
  parameter int LONGER = 64
);
  longint unsigned tile = 0, settle_cycles;
  int microvolts_per_code;
  // Of the lines that the latest READ or READ_T sensed.
  real amperes [0:LONGER-1];
  reg [64*LONGER-1:0] attoamperes;
  reg [8*256-1:0] text, said;

  function [8*256-1:0] error_text(input int status);
    begin
      $mblstm_error_text(text);
      $sformat(said, "status %0d: %0s", status, text);
      error_text = said;
    end
  endfunction

  task open(output int status);
    int words, bits, columns;
    $mblstm_tile_open(CONFIGURATION, tile, words, bits, columns, microvolts_per_code, settle_cycles, status);
    if (status == 0 && (words != WORD_LINES || bits != BIT_LINES || columns != COLUMNS)) begin
      $display("%m: %0d word lines, %0d bit lines and %0d columns, the configuration has %0d, %0d and %0d",
        WORD_LINES, BIT_LINES, COLUMNS, words, bits, columns);
      $finish(1);
    end
  endtask

  task convert(
    input int conversion, input [16*LONGER-1:0] drive, input int driven, input int sensed,
    output [16*LONGER-1:0] sense, output [LONGER-1:0] saturated, output longint unsigned cycles, output int status);
    $mblstm_tile_convert(tile, conversion, drive, driven, sensed, sense, saturated, attoamperes, cycles, status);
    if (status == 0 && driven != 0) for (int line = 0; line < sensed; line++)
      amperes[line] = $itor($signed(attoamperes[64*line +: 64])) * 1.0e-18;
  endtask

  task program_row(input int row, input [16*BIT_LINES-1:0] widths, output longint unsigned cycles, output int status);
    $mblstm_tile_program_row(tile, row, widths, BIT_LINES, cycles, status);
  endtask

  task erase(input int width, output longint unsigned cycles, output int status);
    $mblstm_tile_erase(tile, width, cycles, status);
  endtask

  task amplitudes(input int set, input int reset, output int status);
    $mblstm_tile_amplitudes(tile, set, reset, status);
  endtask

  task feedback(input int ohms, output int status);
    $mblstm_tile_feedback(tile, ohms, status);
  endtask

  task supply(input int wanted, output int status);
    $mblstm_tile_set_supplies(tile, wanted, status);
  endtask

  task advance(input longint unsigned cycle, output int status);
    $mblstm_tile_advance(tile, cycle, status);
  endtask
endmodule
