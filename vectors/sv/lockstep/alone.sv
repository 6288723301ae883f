// An RTL that refuses what the chip refuses by itself, in lock-step with the model: registers.v of `mblstm export readmemh`,
// with the accesses of registers.hex: +accesses=FILE +waves=FILE. Of the RTL nothing is seen but its bus, and the model gives
// it nothing.
module alone;
  import mblstm_pkg::*;
  import mblstm_lockstep_pkg::*;

  bit clock = 0, reset = 0, valid = 0, write = 0;
  bit [31:0] address = 0, data = 0;
  wire [31:0] answer;
  registers rtl (.*);

  longint unsigned chip = 0, clocks = 0;
  mblstm_lockstep lockstep;

  // An edge of the clock.
  task automatic step();
    #5 clock = 1;
    clocks++;
    #5 clock = 0;
  endtask

  // The chip as after power-up, and the RTL after reset.
  task automatic begin_with(input string name, input string waves);
    if (chip != 0) void'(mblstm_done(mblstm_chip_free(chip), "mblstm_chip_free"));
    if (!mblstm_done(mblstm_chip_new("{\"tiles\": [[2, 2]]}", chip), "mblstm_chip_new")) $fatal(1);
    lockstep = new(name, chip, waves);
    reset = 1;
    step();
    reset = 0;
  endtask

  initial begin
    string path, waves, line;
    int file, accesses, cases;
    bit [83:0] word;
    bit [15:0] number;
    if (!$value$plusargs("accesses=%s", path)) $fatal(1, "expected +accesses=FILE");
    if (!$value$plusargs("waves=%s", waves)) waves = "";
    file = $fopen(path, "r");
    if (file == 0) $fatal(1, "%s is not there", path);
    while ($fgets(line, file) != 0) if ($sscanf(line, "%h", word) == 1) begin
      if (cases == 0 || word[83:68] != number) begin
        number = word[83:68];
        cases++;
        begin_with($sformatf("case %0d", number), waves);
      end
      {valid, write, address, data} = {1'b1, word[64], word[63:32], word[31:0]};
      lockstep.ask(write, address, data);
      step();
      valid = 0;
      // It has no error of the bus.
      if (!lockstep.answered(answer, lockstep.failed, clocks)) $fatal(1, "in %0d cases before it nothing differed", cases - 1);
      accesses++;
    end
    if (accesses == 0) $fatal(1, "%s: no access", path);
    $display("%0d cases, %0d accesses", cases, accesses);
    $finish;
  end
endmodule
