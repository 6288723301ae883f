// Drives the macro mblstm_tile by its pins and holds it against tile 0 of a chip of the same configuration, operation for
// operation: codes, lines out of range, cycles; and volts and amperes against the codes. [+fault=NAME, to see that what a
// digital side does wrong is told.]
module tile;
  import mblstm_pkg::*;
  localparam string CONFIGURATION = {
    "{\"tiles\": [[9, 14]], \"readNoise\": 0.004, \"deviceToDevice\": 0.1, \"cycleToCycle\": 0.05,", " \"adcOffsetMicrovolts\": 900, \"seed\": 7}"};
  localparam int WORD_LINES = 9, BIT_LINES = 14, COLUMNS = 14, LONGER = 14, OPERATIONS = 300;
  localparam int unsigned TILE = 32'h4001_0000, OHMS = 20000;
  localparam logic [2:0] READ = 1, READ_T = 2, ZERO = 5;

  bit clock = 0;
  always #5 clock = !clock;
  real analog_volts = 0.0, driver_volts = 0.0;
  logic [2:0] conversion = READ;
  logic [16*WORD_LINES-1:0] word_codes = 0;
  logic [16*COLUMNS-1:0] column_codes = 0;
  logic drive = 0, convert = 0, capture = 0, program_row = 0, erase = 0, busy, done;
  logic [16*LONGER-1:0] sense;
  logic [LONGER-1:0] saturated;
  logic [9:0] row = 0;
  logic [16*BIT_LINES-1:0] widths = 0;
  logic [15:0] erase_width = 0;
  real word_line_volts [WORD_LINES], column_volts [COLUMNS], word_line_amperes [WORD_LINES], column_amperes [COLUMNS];

  mblstm_tile #(.CONFIGURATION(CONFIGURATION), .WORD_LINES(WORD_LINES), .BIT_LINES(BIT_LINES)) macro (
    .clock, .analog_volts, .driver_volts, .conversion, .word_codes, .column_codes, .drive, .convert, .capture,
    .feedback_ohms(OHMS), .sense, .saturated, .program_row, .erase, .row, .widths, .erase_width,
    .set_millivolts(12'd1200), .reset_millivolts(12'd1200), .busy, .done, .word_line_volts, .column_volts,
    .word_line_amperes, .column_amperes);

  mblstm_chip chip = new();
  string fault = "";

  task automatic tick(input int cycles = 1);
    repeat (cycles) @(negedge clock);
  endtask

  // Waits for the end of what begins at the next edge; the cycles that it took.
  task automatic finish(output int cycles);
    tick();
    {convert, program_row, erase} = 0;
    cycles = 0;
    while (!done) begin
      cycles++;
      if (cycles > 100000) $fatal(1, "done does not come");
      tick();
    end
  endtask

  // The same on the chip; the cycles until its WAIT is answered.
  task automatic operate(input int unsigned command, output int cycles);
    longint unsigned begin_cycle;
    chip.write(TILE + 'h8, command);
    begin_cycle = chip.cycle();
    void'(chip.read(TILE + 'h10));
    cycles = int'(chip.cycle() - begin_cycle);
  endtask

  function automatic int code_of(input logic [16*LONGER-1:0] codes, input int line);
    return int'($signed(codes[16*line +: 16]));
  endfunction

  // One conversion on both, with random codes.
  task automatic both_convert(input logic [2:0] kind);
    int cycles, expected, driven, sensed;
    logic [16*LONGER-1:0] codes;
    int unsigned word;
    driven = kind == READ ? WORD_LINES : kind == READ_T ? COLUMNS : 0;
    sensed = kind == READ ? COLUMNS : kind == READ_T ? WORD_LINES : LONGER;
    codes = 0;
    for (int line = 0; line < driven; line++) codes[16*line +: 16] = 16'($urandom_range(254) - 127);
    for (int line = 0; line < driven; line += 2) chip.write(TILE + 'h1000 + 2 * line, codes[16*line +: 32]);
    conversion = kind;
    word_codes = codes[16*WORD_LINES-1:0];
    column_codes = codes;
    drive = 1;
    tick(10);
    tick();
    for (int line = 0; line < driven; line++)
      check_volts(kind == READ ? word_line_volts[line] : column_volts[line], code_of(codes, line));
    convert = 1;
    finish(cycles);
    drive = 0;
    operate({26'b0, 1'b1, 2'b00, kind}, expected);
    // The chip's 30 cycles hold the 10 of settling.
    if (cycles + 10 != expected) $fatal(1, "%0d cycles after settling, the chip takes %0d", cycles, expected);
    for (int line = 0; line < sensed; line++) begin
      word = chip.read(TILE + 'h2000 + 4 * (line / 2)) >> 16 * (line % 2);
      if (code_of(sense, line) != int'($signed(word[15:0])))
        $fatal(1, "line %0d: %0d, the chip has %0d", line, code_of(sense, line), $signed(word[15:0]));
      word = chip.read(TILE + 'h200) >> line;
      if (saturated[line] != word[0]) $fatal(1, "line %0d is out of range in one of them", line);
      if (driven > 0) check_amperes(kind == READ ? column_amperes[line] : word_line_amperes[line], line);
    end
    capture = 1;
    tick();
    capture = 0;
  endtask

  function automatic void check_volts(input real volts, input int code);
    real expected;
    expected = real'(code) * 1575.0e-6;
    if (volts < expected - 1.0e-9 || volts > expected + 1.0e-9) $fatal(1, "%f V for code %0d, expected %f", volts, code, expected);
  endfunction

  // Current, resistor and code say the same, to what the converter's offset and half a code leave: 16 steps of 25 µV a code.
  function automatic void check_amperes(input real amperes, input int line);
    real codes;
    codes = amperes * real'(OHMS) / (16.0 * 25.0e-6);
    if (saturated[line]) return;
    if (codes - real'(code_of(sense, line)) > 12.0 || codes - real'(code_of(sense, line)) < -12.0)
      $fatal(1, "line %0d: %e A is code %f, sensed is %0d", line, amperes, codes, code_of(sense, line));
  endfunction

  task automatic both_program();
    int cycles, expected;
    row = 10'($urandom_range(WORD_LINES - 1));
    for (int line = 0; line < BIT_LINES; line++) begin
      widths[16*line +: 16] = $urandom_range(3) == 0 ? 16'd0 : 16'($urandom_range(2000) - 1000);
      chip.write(TILE + 'h3000 + 4 * line, {16'b0, widths[16*line +: 16]});
    end
    program_row = 1;
    finish(cycles);
    operate({6'b0, row, 16'd3}, expected);
    if (cycles != expected) $fatal(1, "%0d cycles of programming, the chip takes %0d", cycles, expected);
  endtask

  task automatic both_erase();
    int cycles, expected;
    erase_width = 16'($urandom_range(500));
    chip.write(TILE + 'h34, {16'b0, erase_width});
    erase = 1;
    finish(cycles);
    operate(4, expected);
    if (cycles != expected) $fatal(1, "%0d cycles of an erase, the chip takes %0d", cycles, expected);
  endtask

  // What a digital side must not do; each has to end the run with an error.
  task automatic do_wrong();
    int cycles;
    case (fault)
      "early": begin drive = 1; tick(4); convert = 1; tick(); end
      "order": begin convert = 1; tick(); end
      "change": begin drive = 1; tick(12); convert = 1; tick(); convert = 0; word_codes[0] = 1; tick(2); end
      "fall": begin drive = 1; tick(12); convert = 1; tick(); {drive, convert} = 0; tick(2); end
      "nothing": begin capture = 1; tick(); end
      "busy": begin drive = 1; tick(12); convert = 1; tick(3); end
      "capture": begin drive = 1; tick(12); convert = 1; tick(); convert = 0; capture = 1; tick(); end
      "driven": begin drive = 1; tick(); program_row = 1; tick(); end
      "two": begin erase = 1; program_row = 1; tick(); end
      "code": begin word_codes[15:0] = 500; drive = 1; tick(12); convert = 1; tick(); end
      "row": begin row = 10'(WORD_LINES); program_row = 1; tick(); end
      "supply": begin analog_volts = 0.0; tick(2); end
      "pulse": begin driver_volts = 0.0; tick(); program_row = 1; tick(); end
      default: $fatal(1, "what is the fault '%s'", fault);
    endcase
    tick();
    $display("nothing was told of '%s'", fault);
  endtask

  initial begin
    void'($value$plusargs("fault=%s", fault));
    void'(chip.make(CONFIGURATION));
    chip.write(TILE + 'h18, 32'h5052_4f47);
    chip.write(TILE + 'h40, OHMS);
    tick();
    analog_volts = 1.8;
    tick(1001);
    driver_volts = 3.3;
    tick(2);
    if (fault != "") do_wrong();
    else begin
      for (int operation = 0; operation < OPERATIONS; operation++) case ($urandom_range(9))
        0: both_erase();
        1: both_convert(ZERO);
        2, 3: both_convert(READ_T);
        4, 5, 6: both_convert(READ);
        default: both_program();
      endcase
      $display("%0d operations by the pins as on the chip", OPERATIONS);
    end
    $finish;
  end
endmodule
