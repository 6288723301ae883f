// The tile of libmblstm behind a tile's pins, by DPI-C: what mblstm_tile needs of the library, with vectors for arrays, 16 bits
// a line. Statuses are those of mblstm_model.h.
module mblstm_tile_model #(
  parameter string CONFIGURATION = "{}",
  parameter int WORD_LINES = 25,
  parameter int BIT_LINES = 64,
  parameter int COLUMNS = 64,
  parameter int LONGER = 64
);
  import mblstm_pkg::*;

  longint unsigned tile = 0;
  int microvolts_per_code, largest_drive;
  longint unsigned settle_cycles;
  // Of the lines that the latest READ or READ_T sensed.
  real amperes [LONGER];

  function automatic string error_text(input int status);
    return $sformatf("status %0d: %s", status, mblstm_error_text());
  endfunction

  // The tile with its supplies off; 0 if the parameters are those of the configuration.
  task automatic open(output int status);
    longint unsigned chip;
    int unsigned words, bits, columns, timing;
    int largest_sense;
    status = mblstm_tile_new(CONFIGURATION, tile);
    if (status == 0) status = mblstm_tile_size(tile, words, bits, columns);
    if (status != 0) return;
    if (words != WORD_LINES || bits != BIT_LINES || columns != COLUMNS)
      $fatal(1, "%m: %0d word lines, %0d bit lines and %0d columns, the configuration has %0d, %0d and %0d",
        WORD_LINES, BIT_LINES, COLUMNS, words, bits, columns);
    void'(mblstm_tile_converters(tile, largest_drive, largest_sense, microvolts_per_code));
    void'(mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG));
    void'(mblstm_tile_set_supplies(tile, 0));
    // How long lines settle is told by MBX0.TIMING of a chip with this tile.
    status = mblstm_chip_new(CONFIGURATION, chip);
    if (status != 0) return;
    void'(mblstm_chip_peek(chip, 32'h4001_002c, timing));
    settle_cycles = {56'b0, timing[7:0]};
    void'(mblstm_chip_free(chip));
  endtask

  task automatic convert(
    input int unsigned conversion, input bit [16*LONGER-1:0] drive, input int unsigned driven, input int unsigned sensed,
    output bit [16*LONGER-1:0] sense, output bit [LONGER-1:0] saturated, output longint unsigned cycles, output int status);
    int codes [LINES], sensed_codes [LINES];
    byte unsigned out_of_range [LINES];
    longint attoamperes [LINES];
    for (int line = 0; line < LONGER; line++) codes[line] = 32'($signed(drive[16*line +: 16]));
    status = mblstm_tile_convert(tile, conversion, codes, driven, sensed_codes, sensed, out_of_range, cycles);
    if (status != 0) return;
    for (int line = 0; line < int'(sensed); line++) begin
      sense[16*line +: 16] = sensed_codes[line][15:0];
      saturated[line] = out_of_range[line][0];
    end
    if (driven == 0) return;
    void'(mblstm_tile_currents(tile, attoamperes, sensed));
    for (int line = 0; line < int'(sensed); line++) amperes[line] = real'(attoamperes[line]) * 1.0e-18;
  endtask

  task automatic program_row(
    input int unsigned row, input bit [16*BIT_LINES-1:0] widths, output longint unsigned cycles, output int status);
    int steps [LINES];
    for (int line = 0; line < BIT_LINES; line++) steps[line] = 32'($signed(widths[16*line +: 16]));
    status = mblstm_tile_program_row(tile, row, steps, BIT_LINES, cycles);
  endtask

  task automatic erase(input int unsigned width, output longint unsigned cycles, output int status);
    status = mblstm_tile_erase(tile, width, cycles);
  endtask

  task automatic amplitudes(input int unsigned set, input int unsigned reset, output int status);
    status = mblstm_tile_amplitudes(tile, set, reset);
  endtask

  task automatic feedback(input int unsigned ohms, output int status);
    status = mblstm_tile_feedback(tile, ohms);
  endtask

  task automatic supply(input int unsigned wanted, output int status);
    status = mblstm_tile_set_supplies(tile, wanted);
  endtask

  task automatic advance(input longint unsigned cycle, output int status);
    status = mblstm_tile_advance(tile, cycle);
  endtask
endmodule
