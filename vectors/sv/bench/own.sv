// Another digital side than MBX's on the tile's macros: classifies the first sequences of digits. +chip=CHIP.mbx (programmed)
// +data=TEST.csv +sequences=N +answers=FILE (of `mblstm run --answers`). Its circuits stand behind the ADCs and the chip's before
// them, so that its outputs are not the chip's: told are the sequences that it has right, and those answered as the chip does.
// [+fault=cells: the columns of a tile exchanged, to see that it is noticed]
module own;
  import mblstm_pkg::*;
  localparam string LSTM = "{\"tiles\": [[25, 64]]}", DENSE = "{\"tiles\": [[17, 10]]}";
  localparam int STEPS = 8, INPUTS = 8, LEAST_PERCENT = 85;

  bit clock = 0;
  always #5 clock = !clock;
  real analog_volts = 0.0, driver_volts = 0.0;
  logic write = 0;
  logic [3:0] address = 0;
  logic [31:0] written = 0, value;
  own_side #(.CONFIGURATION(LSTM), .DENSE_CONFIGURATION(DENSE)) side (
    .clock, .write, .address, .written, .value, .analog_volts, .driver_volts);

  string fault = "";
  function automatic string argument(input string name);
    string found;
    if (!$value$plusargs({name, "=%s"}, found)) $fatal(1, "expected +%s=…", name);
    return found;
  endfunction

  task automatic put(input logic [3:0] place, input logic [31:0] word);
    @(negedge clock) {write, address, written} = {1'b1, place, word};
    @(negedge clock) write = 0;
  endtask
  task automatic get(input logic [3:0] place, output logic [31:0] word);
    @(negedge clock) address = place;
    @(negedge clock) word = value;
  endtask
  task automatic command(input logic [31:0] word);
    logic [31:0] status;
    put(0, word);
    do get(1, status); while (status != 0);
  endtask

  // Cells of a tile of the programmed chip into a macro's.
  task automatic copy_cells(
    input longint unsigned chip, input int unsigned from, input longint unsigned to, input int lines, input int columns);
    int cells [LINES];
    longint unsigned first, count;
    for (int line = 0; line < lines; line++) begin
      first = longint'(line * columns);
      count = longint'(columns);
      void'(mblstm_done(mblstm_chip_get_cells(chip, from, first, cells, count), "mblstm_chip_get_cells"));
      if (fault == "cells") {cells[0], cells[1]} = {cells[1], cells[0]};
      void'(mblstm_done(mblstm_tile_set_cells(to, first, cells, count), "mblstm_tile_set_cells"));
    end
  endtask

  function automatic logic [15:0] signal(input int pixel);
    int scaled;
    scaled = (pixel - 8) * 4096;
    return scaled > 32767 ? 16'h7fff : scaled[15:0];
  endfunction

  task automatic classify(input int file, output int label, output int answer);
    int pixels [INPUTS];
    logic [31:0] word;
    void'($fscanf(file, "%d", label));
    command(1);
    for (int step = 0; step < STEPS; step++) begin
      for (int k = 0; k < INPUTS; k++) if ($fscanf(file, ",%d", pixels[k]) != 1) $fatal(1, "the data end early");
      for (int pair = 0; pair < INPUTS / 2; pair++) put(4'(4 + pair), {signal(pixels[2 * pair + 1]), signal(pixels[2 * pair])});
      command(2);
    end
    command(4);
    get(2, word);
    answer = int'(word);
  endtask

  initial begin
    int sequences, data, answers, label, answer, right, same, number, expected, chips, is_right;
    string line;
    mblstm_chip chip;
    chip = new();
    void'($value$plusargs("fault=%s", fault));
    if (!$value$plusargs("sequences=%d", sequences)) sequences = 100;
    @(negedge clock) analog_volts = 1.8;
    repeat (1001) @(negedge clock);
    driver_volts = 3.3;
    void'(chip.open(argument("chip")));
    copy_cells(chip.handle, 0, side.lstm.model.tile, 25, 64);
    copy_cells(chip.handle, 1, side.last.model.tile, 17, 10);
    data = $fopen(argument("data"), "r");
    answers = $fopen(argument("answers"), "r");
    if (data == 0 || answers == 0) $fatal(1, "the data or the answers are not there");
    void'($fgets(line, data));
    void'($fgets(line, answers));
    void'($fgets(line, answers));
    for (int sequence_ = 0; sequence_ < sequences; sequence_++) begin
      classify(data, label, answer);
      if ($fscanf(answers, "%d,%d,%d,%d", number, expected, chips, is_right) != 4 || expected != label)
        $fatal(1, "the answers are of other data");
      if (answer == label) right++;
      if (answer == chips) same++;
    end
    $display("of %0d sequences %0d right, %0d answered as the chip does", sequences, right, same);
    if (100 * right < LEAST_PERCENT * sequences) $fatal(1, "expected %0d %% right or more", LEAST_PERCENT);
    chip.free();
    $finish;
  end
endmodule
