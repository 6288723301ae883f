// The macro mblstm_tile in a simulator of four states: what is unknown at its pins is unknown in what it senses, and nothing
// else is.
module unknown;
  localparam int WORD_LINES = 4, BIT_LINES = 6;
  localparam [2:0] READ = 1, READ_T = 2;

  reg clock = 0;
  always #5 clock = !clock;
  real analog_volts = 0.0, driver_volts = 0.0;
  reg [2:0] conversion = READ;
  reg [16*WORD_LINES-1:0] word_codes = {WORD_LINES{16'd100}};
  reg [16*BIT_LINES-1:0] column_codes = {BIT_LINES{16'd100}}, widths = 0;
  reg drive = 0, convert = 0, program_row = 0, erase = 0;
  reg [9:0] row = 0;
  reg [15:0] erase_width = 100;
  reg [31:0] ohms = 20000;
  wire [16*BIT_LINES-1:0] sense;
  wire [BIT_LINES-1:0] saturated;
  wire busy, done;

  mblstm_tile #(.CONFIGURATION("{\"tiles\": [[4, 6]]}"), .WORD_LINES(WORD_LINES), .BIT_LINES(BIT_LINES)) macro (
    .clock(clock), .analog_volts(analog_volts), .driver_volts(driver_volts), .conversion(conversion),
    .word_codes(word_codes), .column_codes(column_codes), .drive(drive), .convert(convert), .capture(1'b0),
    .feedback_ohms(ohms), .sense(sense), .saturated(saturated), .program_row(program_row), .erase(erase), .row(row),
    .widths(widths), .erase_width(erase_width), .set_millivolts(12'd1200), .reset_millivolts(12'd1200), .busy(busy),
    .done(done));

  // After a conversion or programming, which lines of `sense` are unknown.
  reg [BIT_LINES-1:0] unknown_lines;
  task finish;
    begin
      @(negedge clock) {convert, program_row, erase} = 0;
      while (done !== 1) @(negedge clock);
      for (int line = 0; line < BIT_LINES; line++) unknown_lines[line] = (^{saturated[line], sense[16*line +: 16]}) === 1'bx;
    end
  endtask
  task read(input [2:0] kind, input int settling);
    begin
      conversion = kind;
      drive = 1;
      repeat (settling) @(negedge clock);
      convert = 1;
      finish;
      drive = 0;
      @(negedge clock);
    end
  endtask
  task expect_unknown(input [8*40-1:0] what, input [BIT_LINES-1:0] expected);
    if (unknown_lines !== expected) begin
      $display("%0s: lines %b are unknown, expected %b", what, unknown_lines, expected);
      $finish_and_return(1);
    end
  endtask

  initial begin
    @(negedge clock) analog_volts = 1.8;
    repeat (1001) @(negedge clock);
    driver_volts = 3.3;
    repeat (2) @(negedge clock);
    widths = {BIT_LINES{16'd500}};
    program_row = 1;
    finish;
    expect_unknown("nothing was sensed yet", ~6'b0);
    read(READ, 11);
    expect_unknown("all is known", 0);
    if ((^sense) === 1'bx || sense == 0) $finish_and_return(1);
    // Of READ_T the columns have four lines more than are sensed.
    read(READ_T, 11);
    expect_unknown("transposed", 6'b110000);
    word_codes[20] = 1'bx;
    read(READ, 11);
    expect_unknown("a bit of a code", ~6'b0);
    word_codes[20] = 0;
    ohms[3] = 1'bx;
    read(READ, 11);
    expect_unknown("a bit of the feedback", ~6'b0);
    ohms = 20000;
    read(READ, 4);
    expect_unknown("sampled too early", ~6'b0);
    read(READ, 11);
    expect_unknown("known again", 0);
    row = 1;
    widths[16 * 3 + 2] = 1'bx;
    program_row = 1;
    finish;
    read(READ, 11);
    expect_unknown("a bit of a width", 6'b001000);
    read(READ_T, 11);
    expect_unknown("a bit of a width, transposed", 6'b110010);
    convert = 1'bx;
    @(negedge clock) convert = 0;
    widths = 0;
    row[0] = 1'bx;
    program_row = 1;
    finish;
    read(READ, 11);
    expect_unknown("a bit of the row", ~6'b0);
    $display("what is unknown at the pins is unknown where it has to be, and nowhere else");
    $finish;
  end
endmodule
