// Makes the accesses of every case of .ci/c/cases.py through the functions themselves (+bus=dpi), APB (+bus=apb) or AXI4-Lite
// (+bus=axi), and leaves a register log of each case in a folder: +cases=FILE +logs=DIR.
module bus_cases;
  import mblstm_pkg::*;

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

  task automatic perform(input string line);
    bit [31:0] address, value;
    longint unsigned until_cycle, now;
    string kind;
    int status;
    if ($sscanf(line, "%s 0x%h 0x%h", kind, address, value) == 3) access(1, address, value);
    else if ($sscanf(line, "%s 0x%h", kind, address) == 2) access(0, address, 0);
    else begin
      void'(mblstm_done(mblstm_chip_cycle(chip, now), "mblstm_chip_cycle"));
      if ($sscanf(line, "advance %d", until_cycle) != 1) begin
        if (line != "brown-out\n") $fatal(1, "what is '%s'", line);
        void'(mblstm_done(mblstm_chip_schedule(chip, 64'hffff_ffff_ffff_ffff, now), "mblstm_chip_schedule"));
        until_cycle = now;
      end
      if (until_cycle < now) return;
      status = mblstm_chip_advance(chip, until_cycle);
      if (status < 0) void'(mblstm_done(status, "mblstm_chip_advance"));
    end
  endtask

  // `cells TILE G G …`, of which the word is read already.
  task automatic set_cells(input int file);
    int picosiemens [LINES];
    int unsigned tile;
    longint unsigned first;
    int count;
    void'($fscanf(file, "%d", tile));
    first = 0;
    count = 0;
    while ($fscanf(file, " %d", picosiemens[count[9:0]]) == 1) begin
      count++;
      if (count == LINES) begin
        void'(mblstm_done(mblstm_chip_set_cells(chip, tile, first, picosiemens, longint'(count)), "mblstm_chip_set_cells"));
        first += longint'(LINES);
        count = 0;
      end
    end
    if (count > 0)
      void'(mblstm_done(mblstm_chip_set_cells(chip, tile, first, picosiemens, longint'(count)), "mblstm_chip_set_cells"));
  endtask

  task automatic one_case(input int file, input string path, output int accesses);
    string word, line;
    bit logs;
    void'($fscanf(file, " %s ", word));
    void'($fgets(line, file));
    void'(mblstm_done(mblstm_chip_new(line, chip), "mblstm_chip_new"));
    accesses = 0;
    logs = 0;
    forever begin
      void'($fscanf(file, " %s ", word));
      if (word == "cells") set_cells(file);
      else begin
        if (!logs) void'(mblstm_done(mblstm_chip_log_csv(chip, path), "mblstm_chip_log_csv"));
        logs = 1;
        if (word == "end") break;
        line = "\n";
        if (word != "brown-out") void'($fgets(line, file));
        if (word != "advance" && word != "brown-out") accesses++;
        perform(word == "brown-out" ? {word, line} : {word, " ", line});
      end
    end
    void'(mblstm_done(mblstm_chip_free(chip), "mblstm_chip_free"));
    chip = 0;
  endtask

  initial begin
    string cases, logs, word, name;
    int file, count, accesses, total;
    if (!$value$plusargs("cases=%s", cases) || !$value$plusargs("logs=%s", logs)) $fatal(1, "expected +cases=FILE +logs=DIR");
    if (!$value$plusargs("bus=%s", bus)) bus = "dpi";
    file = $fopen(cases, "r");
    if (file == 0) $fatal(1, "%s is not there", cases);
    while ($fscanf(file, " %s %s ", word, name) == 2) begin
      if (word != "case") $fatal(1, "'%s', expected 'case'", word);
      one_case(file, {logs, "/", name, ".csv"}, accesses);
      count++;
      total += accesses;
    end
    if (count == 0) $fatal(1, "%s: no case", cases);
    $display("%s: %0d cases, %0d accesses", bus, count, total);
    $finish;
  end
endmodule
