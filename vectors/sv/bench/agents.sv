// The agents on the chip's own clock: how long a read of WAIT stalls, when the interrupt comes, sizes by strobes, errors of
// the bus. +bus=apb or +bus=axi. [+fault=stall|interrupt|strobe|error, to see that each is noticed]
module agents;
  import mblstm_pkg::*;
  localparam int unsigned IRQ_ENABLE = 32'h4000_001c, TILE = 32'h4001_0000, SCR = 32'h1000_0007, RAM = 32'h8000_0000;
  localparam int unsigned START = TILE + 'h8, WAIT = TILE + 'h10, UNLOCK = TILE + 'h18, PULSE = TILE + 'h3000;
  // A pulse of 1000 steps of two cycles, and 50 of rest.
  localparam int STEPS = 1000;
  localparam longint unsigned CYCLES = 2 * STEPS + 50;

  bit clock = 0;
  always #5 clock = !clock;
  mblstm_chip made = new();
  longint unsigned chip = 0;
  apb_master #(.CLOCKED(1)) apb (.clock, .chip);
  axi_master #(.CLOCKED(1)) axi (.clock, .chip);
  string bus, fault = "";
  wire interrupt = bus == "axi" ? axi.interrupt : apb.interrupt;

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

  initial begin
    bit [31:0] nothing;
    nothing = 0;
    void'($value$plusargs("fault=%s", fault));
    if (!$value$plusargs("bus=%s", bus)) bus = "apb";
    void'(made.make("{\"tiles\": [[2, 2]]}"));
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
    $display("%s: stalls, interrupts, sizes and errors are the chip's", bus);
    $finish;
  end
endmodule
