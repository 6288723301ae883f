// The agents on the chip's own clock: how long a read of WAIT stalls, when the interrupt comes, sizes by strobes, errors of
// the bus, volts and amperes. +bus=apb or +bus=axi. [+fault=stall|interrupt|strobe|error|code|pulse, to see that each is noticed]
module agents;
  import mblstm_pkg::*;
  localparam int unsigned IRQ_ENABLE = 32'h4000_001c, AMPLITUDE = 32'h4001_0030, TILE = 32'h4001_0000, SCR = 32'h1000_0007, RAM = 32'h8000_0000;
  localparam int unsigned START = TILE + 'h8, WAIT = TILE + 'h10, UNLOCK = TILE + 'h18, PULSE = TILE + 'h3000;
  // Of tile 1, whose volts and amperes the agents have.
  localparam string TILES = "{\"tiles\": [[2, 2], [3, 2]]}", ALONE = "{\"tiles\": [[3, 2]]}";
  localparam int unsigned SECOND = TILE + 32'h1_0000;
  localparam int WORD_LINES = 3, COLUMNS = 2;
  // A pulse of 1000 steps of two cycles, and 50 of rest.
  localparam int STEPS = 1000;
  localparam longint unsigned CYCLES = 2 * STEPS + 50;

  bit clock = 0;
  always #5 clock = !clock;
  mblstm_chip made = new();
  longint unsigned chip = 0;
  apb_master #(.CLOCKED(1), .ANALOG(1), .TILE(1), .WORD_LINES(WORD_LINES), .COLUMNS(COLUMNS)) apb (.clock, .chip);
  axi_master #(.CLOCKED(1), .ANALOG(1), .TILE(1), .WORD_LINES(WORD_LINES), .COLUMNS(COLUMNS)) axi (.clock, .chip);
  string bus, fault = "";
  wire interrupt = bus == "axi" ? axi.interrupt : apb.interrupt;
  function automatic real word_line_volts(input int line);
    return bus == "axi" ? axi.word_line_volts[line] : apb.word_line_volts[line];
  endfunction
  function automatic real column_amperes(input int line);
    return bus == "axi" ? axi.column_amperes[line] : apb.column_amperes[line];
  endfunction
  function automatic real pulse_volts();
    return bus == "axi" ? axi.pulse_volts : apb.pulse_volts;
  endfunction

  longint unsigned edges = 0;
  always @(posedge clock) edges++;

  task automatic access(
    input bit writes, input bit [31:0] address, inout bit [31:0] data, input bit [3:0] strobes = 4'hf, input bit wrong = 0);
    bit [31:0] got;
    bit failed;
    if (bus == "axi") axi.access(writes, address, data, got, failed, strobes);
    else apb.access(writes, address, data, got, failed, strobes);
    if (failed != wrong) $fatal(1, "%s at 0x%08x %s", writes ? "a write" : "a read", address,
      failed ? "ended with an error" : "ended without an error, expected one");
    if (!writes) data = got;
  endtask
  task automatic write(input bit [31:0] address, input bit [31:0] data, input bit [3:0] strobes = 4'hf);
    access(1, address, data, strobes);
  endtask
  task automatic expect_read(input bit [31:0] address, input bit [31:0] expected);
    bit [31:0] data;
    data = 0;
    access(0, address, data);
    if (data != expected) $fatal(1, "0x%08x holds 0x%08x, expected 0x%08x", address, data, expected);
  endtask

  task automatic begin_pulse();
    write(PULSE, fault == "stall" ? STEPS - 20 : STEPS);
    write(START, 3);
  endtask

  // The chip's cycle is the clock's.
  task automatic check_time();
    longint unsigned cycle;
    repeat (2) @(negedge clock);
    cycle = made.cycle();
    @(negedge clock);
    if (made.cycle() != cycle + 1) $fatal(1, "a clock is %0d cycles of the chip", made.cycle() - cycle);
  endtask

  task automatic check_stall();
    longint unsigned begins;
    begin_pulse();
    begins = edges;
    // BUSY is 0, PROGRAM_ROW has been.
    expect_read(WAIT, 32'h30);
    // Nine clocks at most are those of the transfers' own phases.
    if (edges - begins > CYCLES + 9 || edges - begins < CYCLES - 9)
      $fatal(1, "WAIT stalled for about %0d clocks, the operation takes %0d", edges - begins, CYCLES);
  endtask

  task automatic check_interrupt();
    longint unsigned begins;
    write(IRQ_ENABLE, fault == "interrupt" ? 0 : 1);
    write(IRQ_ENABLE - 4, 32'hffff_ffff);
    if (interrupt) $fatal(1, "an interrupt before the operation");
    begin_pulse();
    begins = made.cycle();
    for (int waited = 0; !interrupt; waited++) begin
      if (waited > 10000) $fatal(1, "no interrupt came");
      @(negedge clock);
    end
    // Some cycles of the transfer had passed when they were counted.
    if (made.cycle() - begins > CYCLES || made.cycle() - begins < CYCLES - 9)
      $fatal(1, "the interrupt came after %0d cycles, the operation takes %0d", made.cycle() - begins, CYCLES);
  endtask

  function automatic void expect_real(input string what, input real got, input real expected);
    if (got > expected + 1.0e-15 || got < expected - 1.0e-15) $fatal(1, "%0s: %e, expected %e", what, got, expected);
  endfunction

  // READ drives what the codes say until it ends, and its amplifiers get what those of such a tile alone do.
  task automatic check_lines();
    longint unsigned alone, cycles;
    int codes [LINES], sense [LINES], largest_drive, largest_sense, microvolts;
    byte unsigned saturated [LINES];
    longint attoamperes [LINES];
    void'(mblstm_done(mblstm_tile_new(ALONE, alone), "mblstm_tile_new"));
    void'(mblstm_tile_converters(alone, largest_drive, largest_sense, microvolts));
    codes[0:2] = '{100, -127, 3};
    void'(mblstm_done(mblstm_tile_convert(alone, MBLSTM_READ, codes, 3, sense, 2, saturated, cycles), "mblstm_tile_convert"));
    void'(mblstm_done(mblstm_tile_currents(alone, attoamperes, 2), "mblstm_tile_currents"));
    void'(mblstm_tile_free(alone));
    write(SECOND + 'h1000, {codes[1][15:0], codes[0][15:0]});
    write(SECOND + 'h1004, {16'b0, codes[2][15:0] + 16'(fault == "code")});
    write(SECOND + 'h8, 32'h21);
    for (int line = 0; line < 3; line++)
      expect_real($sformatf("volts of word line %0d", line), word_line_volts(line), real'(codes[line] * microvolts) * 1.0e-6);
    expect_real("amperes before the end", column_amperes(0), 0.0);
    repeat (int'(cycles)) @(negedge clock);
    for (int line = 0; line < 3; line++) expect_real("volts behind the end", word_line_volts(line), 0.0);
    for (int line = 0; line < 2; line++)
      expect_real($sformatf("amperes of column %0d", line), column_amperes(line), real'(attoamperes[line]) * 1.0e-18);
  endtask

  // A SET of 1000 steps and a RESET of 30, each of two cycles a step and with a rest of 50, clock by clock.
  task automatic check_pulses();
    int set, rest, reset;
    bit [31:0] amplitude;
    amplitude = made.peek(AMPLITUDE);
    write(SECOND + 'h18, 32'h5052_4f47);
    write(SECOND + 'h3000, fault == "pulse" ? STEPS - 1 : STEPS);
    write(SECOND + 'h3004, 32'hffe2);
    fork
      write(SECOND + 'h8, 3 | 2 << 16);
      begin
        while (pulse_volts() == 0.0) @(negedge clock);
        expect_real("volts of a SET", pulse_volts(), real'(amplitude[11:0]) * 1.0e-3);
        for (set = 0; pulse_volts() > 0.0; set++) @(negedge clock);
        for (rest = 0; pulse_volts() == 0.0; rest++) @(negedge clock);
        expect_real("volts of a RESET", pulse_volts(), real'(amplitude[27:16]) * -1.0e-3);
        for (reset = 0; pulse_volts() < 0.0; reset++) @(negedge clock);
      end
    join
    if (set != 2 * STEPS || rest != 50 || reset != 60)
      $fatal(1, "a SET of %0d clocks, a rest of %0d and a RESET of %0d, expected %0d, 50 and 60", set, rest, reset, 2 * STEPS);
  endtask

  initial begin
    bit [31:0] nothing;
    nothing = 0;
    void'($value$plusargs("fault=%s", fault));
    if (!$value$plusargs("bus=%s", bus)) bus = "apb";
    void'(made.make(TILES));
    chip = made.handle;
    check_time();
    write(RAM, 32'h1122_3344);
    write(RAM, 32'h0, 4'b0000);
    expect_read(RAM, 32'h1122_3344);
    write(SCR, 32'h5a);
    expect_read(SCR, 32'h5a);
    // Its lane is the last of the word.
    write(SCR - 3, 32'hc300_0000, fault == "strobe" ? 4'b0100 : 4'b1000);
    expect_read(SCR, 32'hc3);
    // A register of 32 bits has no bytes, and three strobes are no size.
    access(1, UNLOCK, nothing, 4'b0001, 1);
    access(1, UNLOCK, nothing, 4'b0111, 1);
    access(0, fault == "error" ? RAM : 32'h4800_0000, nothing, 4'hf, 1);
    write(UNLOCK, 32'h5052_4f47);
    check_stall();
    check_interrupt();
    check_lines();
    check_pulses();
    $display("%s: stalls, interrupts, sizes, errors, volts and amperes are the chip's", bus);
    $finish;
  end
endmodule
