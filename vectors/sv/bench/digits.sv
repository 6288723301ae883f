// Classifies one sequence of a data set on the chip, by a controller in Verilog over APB, and holds the answer against the
// firmware's: +chip=CHIP.mbx (programmed) +data=TEST.csv +sequence=N (from 0) +golden=FILE (class and outputs, pairs as the
// mailbox has them, in hexadecimal) [+log=LOG.csv] [+fault=answer|bus|strobe, to see that it is noticed].
module digits;
  import mblstm_pkg::*;
  localparam int INPUTS = 8, OUTPUTS = 10, STEPS = 8;
  localparam int OFFSET = 8, SCALE = 8;                 // of the data: x = (value − offset)/scale

  bit clock = 0;
  always #5 clock = !clock;
  mblstm_chip chip = new();
  longint unsigned handle = 0;

  logic start = 0, done, failed, PSEL, PENABLE, PWRITE, PREADY, PSLVERR, interrupt;
  logic [31:0] PADDR, PWDATA, PRDATA;
  logic [3:0] PSTRB;
  logic [7:0] step, winner;
  logic [5:0] lines;
  logic signed [15:0] inputs [INPUTS], outputs [OUTPUTS];
  string fault = "";

  digits_controller #(.INPUTS(INPUTS), .OUTPUTS(OUTPUTS), .STEPS(STEPS)) controller (
    .clock, .start, .step, .inputs, .done, .failed, .outputs, .winner, .PSEL, .PENABLE, .PWRITE, .PADDR, .PWDATA,
    .PSTRB, .PREADY, .PSLVERR, .PRDATA);
  // A fault is a wire that is cut: one of the address, or that of the strobes.
  mblstm_apb slave (
    .chip(handle), .PCLK(clock), .PRESETn(1'b1), .PSEL, .PENABLE, .PWRITE,
    .PADDR(fault == "bus" ? PADDR | 32'h0800_0000 : PADDR), .PWDATA, .PSTRB(fault == "strobe" ? PSTRB & 4'b0111 : PSTRB),
    .PREADY, .PRDATA, .PSLVERR, .lines, .interrupt, .word_line_volts(), .column_volts(), .word_line_amperes(),
    .column_amperes(), .pulse_volts());

  int values [STEPS * INPUTS];
  always_comb for (int k = 0; k < INPUTS; k++) inputs[k] = signal(values[int'(step) * INPUTS + k]);
  function automatic logic signed [15:0] signal(input int value);
    int scaled;
    scaled = (value - OFFSET) * 32768 / SCALE;
    return scaled > 32767 ? 16'sd32767 : scaled[15:0];
  endfunction

  function automatic string argument(input string name);
    string found;
    if (!$value$plusargs({name, "=%s"}, found)) $fatal(1, "expected +%s=…", name);
    return found;
  endfunction

  task automatic take_sequence(input string path, input int number, output int label);
    int file;
    string line;
    file = $fopen(path, "r");
    if (file == 0) $fatal(1, "%s is not there", path);
    for (int skipped = 0; skipped <= number; skipped++) void'($fgets(line, file));
    if ($fscanf(file, "%d", label) != 1) $fatal(1, "%s: no sequence %0d", path, number);
    for (int k = 0; k < STEPS * INPUTS; k++)
      if ($fscanf(file, ",%d", values[k]) != 1) $fatal(1, "%s: sequence %0d is short", path, number);
    $fclose(file);
  endtask

  task automatic compare(input string path);
    logic [31:0] expected [1 + OUTPUTS / 2];
    $readmemh(path, expected);
    if (fault == "answer") expected[1] ^= 32'h10;
    if (winner != expected[0][7:0]) $fatal(1, "class %0d, the firmware's answer is %0d", winner, expected[0]);
    for (int k = 0; k < OUTPUTS; k++)
      if (outputs[k] != $signed(expected[1 + k / 2][16 * (k % 2) +: 16]))
        $fatal(1, "output %0d is %0d, the firmware's is %0d", k, outputs[k], $signed(expected[1 + k / 2][16 * (k % 2) +: 16]));
  endtask

  initial begin
    int number, label;
    longint unsigned cycle;
    string log;
    void'($value$plusargs("fault=%s", fault));
    if (!$value$plusargs("sequence=%d", number)) number = 0;
    take_sequence(argument("data"), number, label);
    // Powered up with its cells as they were left, and nothing else.
    void'(chip.open(argument("chip")));
    void'(mblstm_done(mblstm_chip_power_cycle(chip.handle), "mblstm_chip_power_cycle"));
    if ($value$plusargs("log=%s", log)) void'(mblstm_done(mblstm_chip_log_csv(chip.handle, log), "mblstm_chip_log_csv"));
    handle = chip.handle;
    @(negedge clock) start = 1;
    @(negedge clock) start = 0;
    @(posedge done);
    if (failed) $fatal(1, "the controller gave up at 0x%08x, class %0d", PADDR, winner);
    compare(argument("golden"));
    cycle = chip.cycle();
    $display("sequence %0d, label %0d: class %0d and the outputs are the firmware's; %0d cycles", number, label, winner, cycle);
    handle = 0;
    chip.free();
    $finish;
  end
endmodule
