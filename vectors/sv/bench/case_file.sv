// Reads the cases of .ci/c/cases.py, and makes the chip of each.
package case_file_pkg;
  import mblstm_pkg::*;

  class case_file;
    // Of the case at hand.
    string name, configuration;
    longint unsigned chip = 0;
    protected int file;
    protected string word;

    function new(input string path);
      file = $fopen(path, "r");
      if (file == 0) $fatal(1, "%s is not there", path);
    endfunction

    // The next case, whose chip is there with its cells; 0 behind the last one. The chip is the caller's to free.
    function bit next();
      string line;
      if ($fscanf(file, " %s %s ", word, name) != 2) return 0;
      if (word != "case") $fatal(1, "'%s', expected 'case'", word);
      void'($fscanf(file, " %s ", word));
      void'($fgets(line, file));
      configuration = line;
      void'(mblstm_done(mblstm_chip_new(line, chip), "mblstm_chip_new"));
      void'($fscanf(file, " %s ", word));
      while (word == "cells") begin
        set_cells();
        void'($fscanf(file, " %s ", word));
      end
      return 1;
    endfunction

    // The next line of the case: W and R with an address, `advance` with a cycle, `brown-out`; 0 behind the last one.
    function bit step(
      output string kind, output bit [31:0] address, output bit [31:0] value, output longint unsigned cycle);
      string line;
      {address, value, cycle} = 0;
      kind = word;
      if (word == "end") return 0;
      if (word != "brown-out") void'($fgets(line, file));
      if (word[0] == "W" || word[0] == "R") begin
        kind = word.substr(0, 0);
        if ($sscanf(line, "0x%h 0x%h", address, value) != 2 && (kind == "W" || $sscanf(line, "0x%h", address) != 1))
          $fatal(1, "what is '%s %s'", word, line);
      end else if (word == "advance") begin
        if ($sscanf(line, "%d", cycle) != 1) $fatal(1, "what is '%s %s'", word, line);
      end else if (word != "brown-out") $fatal(1, "what is '%s'", word);
      void'($fscanf(file, " %s ", word));
      return 1;
    endfunction

    // Lets time pass up to a cycle, or the supplies fail now.
    function void pass(input string kind, input longint unsigned until_cycle);
      longint unsigned now;
      int status;
      void'(mblstm_done(mblstm_chip_cycle(chip, now), "mblstm_chip_cycle"));
      if (kind == "brown-out")
        void'(mblstm_done(mblstm_chip_schedule(chip, 64'hffff_ffff_ffff_ffff, now), "mblstm_chip_schedule"));
      else if (until_cycle < now) return;
      status = mblstm_chip_advance(chip, kind == "brown-out" ? now : until_cycle);
      if (status < 0) void'(mblstm_done(status, "mblstm_chip_advance"));
    endfunction

    // `cells TILE G G …`, of which the word is read already.
    protected function void set_cells();
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
    endfunction
  endclass
endpackage
