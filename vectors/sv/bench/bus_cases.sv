// Makes the accesses of every case of .ci/c/cases.py through the functions themselves (+bus=dpi), APB (+bus=apb) or AXI4-Lite
// (+bus=axi), and leaves a register log of each case in a folder: +cases=FILE +logs=DIR.
module bus_cases;
  import mblstm_pkg::*;
  import case_file_pkg::*;

  bit clock = 0;
  always #5 clock = !clock;

  // One access at a time, by whichever bus was asked for.
  longint unsigned chip = 0;
  apb_master apb (.clock, .chip);
  axi_master axi (.clock, .chip);
  string bus;

  task automatic access(input bit writes, input bit [31:0] address, input bit [31:0] value);
    bit [31:0] got;
    bit failed;
    int unsigned word;
    int status;
    case (bus)
      "apb": apb.access(writes, address, value, got, failed);
      "axi": axi.access(writes, address, value, got, failed);
      default: begin
        if (writes) status = mblstm_chip_write_register(chip, address, value);
        else status = mblstm_chip_read_register(chip, address, word);
        // An error of the bus, and no power, are answers, of which the log tells.
        if (status < 0) void'(mblstm_done(status, "an access"));
      end
    endcase
  endtask

  initial begin
    string path, logs, kind;
    bit [31:0] address, value;
    longint unsigned cycle;
    int count, total;
    case_file cases;
    if (!$value$plusargs("cases=%s", path) || !$value$plusargs("logs=%s", logs)) $fatal(1, "expected +cases=FILE +logs=DIR");
    if (!$value$plusargs("bus=%s", bus)) bus = "dpi";
    cases = new(path);
    while (cases.next()) begin
      chip = cases.chip;
      void'(mblstm_done(mblstm_chip_log_csv(chip, {logs, "/", cases.name, ".csv"}), "mblstm_chip_log_csv"));
      while (cases.step(kind, address, value, cycle)) begin
        if (kind == "W" || kind == "R") begin
          access(kind == "W", address, value);
          total++;
        end else cases.pass(kind, cycle);
      end
      void'(mblstm_done(mblstm_chip_free(chip), "mblstm_chip_free"));
      chip = 0;
      count++;
    end
    if (count == 0) $fatal(1, "%s: no case", path);
    $display("%s: %0d cases, %0d accesses", bus, count, total);
    $finish;
  end
endmodule
