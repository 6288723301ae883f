// What the agents mblstm_apb and mblstm_axi4lite are made of. Needs mblstm_pkg.sv.
package mblstm_agent_pkg;
  import mblstm_pkg::*;

  // A chip behind a bus of 32 bits whose clock is the chip's own.
  //
  // Clocked, the chip's time is that of the edges: an access is made at an edge and takes the cycles that the chip says,
  // one, or as long as a read of WAIT stalls. Otherwise time passes by accesses alone, as in a script of the golden vectors.
  class mblstm_port;
    protected longint unsigned chip = 0;
    // The edge's cycle, of a clocked chip.
    protected longint unsigned now = 0;
    protected bit clocked;
    // Whether an error of the bus is one of the bench, too.
    protected bit reports;
    // Whether it was accessed, or is another, since that was asked.
    protected bit touched = 0;
    protected string name;

    function new(input string name, input bit clocked, input bit reports);
      this.name = name;
      this.clocked = clocked;
      this.reports = reports;
    endfunction

    // An edge of the clock, before what is accessed at it; another chip begins at its own cycle.
    function void edge_of(input longint unsigned handle);
      now++;
      if (chip != handle) begin
        chip = handle;
        now = cycle(handle);
        touched = 1;
      end
    endfunction

    // An edge at which nothing is accessed.
    function void pass();
      int status;
      if (!clocked || chip == 0 || now <= cycle(chip)) return;
      status = mblstm_chip_advance(chip, now);
      // Without power no time passes.
      if (status != MBLSTM_NO_POWER) void'(mblstm_done(status, {name, ": mblstm_chip_advance"}));
    endfunction

    // Whether the latest access is over.
    function bit ready();
      return !clocked || chip == 0 || now >= cycle(chip);
    endfunction

    function bit take_touched();
      take_touched = touched;
      touched = 0;
    endfunction

    // Of the handle that it is told: Verilator 5.006 puts a call before what it does not see the call to depend on.
    function longint unsigned cycle(input longint unsigned handle);
      longint unsigned at;
      at = 0;
      if (handle != 0) void'(mblstm_done(mblstm_chip_cycle(handle, at), {name, ": mblstm_chip_cycle"}));
      return at;
    endfunction

    function bit [5:0] lines();
      int unsigned up;
      up = 0;
      if (chip != 0) void'(mblstm_done(mblstm_chip_interrupts(chip, up), {name, ": mblstm_chip_interrupts"}));
      return up[5:0];
    endfunction

    // An access; whether it ended in order. value: of a read, else 0.
    function bit access(
      input bit writes, input bit [31:0] address, input bit [31:0] data, input bit [3:0] strobes, output bit [31:0] value);
      value = 0;
      touched = 1;
      if (writes) return write(address, data, strobes);
      return read(address, value);
    endfunction

    // Of the register at the address, in its size.
    protected function bit read(input bit [31:0] address, output bit [31:0] value);
      int unsigned word;
      int status;
      word = 0;
      status = mblstm_chip_read_register(chip, address, word);
      value = word;
      return ended(status, "read", address);
    endfunction

    // With all four strobes of the register at the address, in its size; else of the byte or half word that the strobes name.
    // With no strobe nothing is accessed. Others are errors of the bus.
    protected function bit write(input bit [31:0] address, input bit [31:0] value, input bit [3:0] strobes);
      int status;
      bit [31:0] base;
      base = {address[31:2], 2'b00};
      case (strobes)
        4'b0000: status = MBLSTM_OK;
        4'b1111: status = mblstm_chip_write_register(chip, address, value);
        4'b0011: status = mblstm_chip_write16(chip, base, value[15:0]);
        4'b1100: status = mblstm_chip_write16(chip, base + 2, value[31:16]);
        4'b0001: status = mblstm_chip_write8(chip, base, value[7:0]);
        4'b0010: status = mblstm_chip_write8(chip, base + 1, value[15:8]);
        4'b0100: status = mblstm_chip_write8(chip, base + 2, value[23:16]);
        4'b1000: status = mblstm_chip_write8(chip, base + 3, value[31:24]);
        default: begin
          if (reports) $error("%s: write at 0x%08x with strobes %04b, expected a word, half word or byte", name, address, strobes);
          return 0;
        end
      endcase
      return ended(status, "write", address);
    endfunction

    protected function bit ended(input int status, input string what, input bit [31:0] address);
      if (status == MBLSTM_OK) return 1;
      if (reports || status < 0)
        $error("%s: %s at 0x%08x: status %0d: %s", name, what, address, status, mblstm_error_text());
      return 0;
    endfunction
  endclass

  // So many of a unit. Verilator 5.006 takes an element of a class's array for an unsigned one.
  function automatic real mblstm_real(input longint whole, input real unit);
    return real'(whole) * unit;
  endfunction

  // What is on the lines of a tile of a chip, in the library's integers: Verilator 5.006 has no arrays of reals in a class.
  class mblstm_levels;
    longint word_line_microvolts [LINES], column_microvolts [LINES];
    longint word_line_attoamperes [LINES], column_attoamperes [LINES];
    // The first alone.
    longint pulse_microvolts [LINES];
    protected longint unsigned chip = 0;
    protected bit busy = 0;
    protected int unsigned tile, word_lines, columns;
    protected string name;

    function new(input string name, input int unsigned tile, input int unsigned word_lines, input int unsigned columns);
      this.name = name;
      this.tile = tile;
      this.word_lines = word_lines;
      this.columns = columns;
    endfunction

    // An edge; whether something may be another than before. touched: whether the chip was accessed since the latest.
    function bit sample(input longint unsigned handle, input bit touched);
      int unsigned status;
      bit was_busy;
      was_busy = busy;
      status = 0;
      if (handle == 0) return 0;
      if (handle != chip) check(handle);
      void'(mblstm_done(mblstm_chip_peek(handle, 32'h4001_000c + 32'h1_0000 * tile, status), {name, ": mblstm_chip_peek"}));
      busy = status[0];
      if (touched || busy != was_busy) begin
        take(handle, MBLSTM_LEVEL_WORD_LINE_MICROVOLTS, word_lines, word_line_microvolts);
        take(handle, MBLSTM_LEVEL_COLUMN_MICROVOLTS, columns, column_microvolts);
        take(handle, MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES, word_lines, word_line_attoamperes);
        take(handle, MBLSTM_LEVEL_COLUMN_ATTOAMPERES, columns, column_attoamperes);
      end
      if (touched || busy || was_busy) take(handle, MBLSTM_LEVEL_PULSE_MICROVOLTS, 1, pulse_microvolts);
      return touched || busy || was_busy;
    endfunction

    protected function void take(
      input longint unsigned handle, input mblstm_level level, input int unsigned count, inout longint values [LINES]);
      void'(mblstm_done(mblstm_chip_levels(handle, tile, level, values, count), {name, ": mblstm_chip_levels"}));
    endfunction

    protected function void check(input longint unsigned handle);
      int unsigned words, bits, sensed;
      {words, bits, sensed} = 0;
      chip = handle;
      void'(mblstm_done(mblstm_chip_tile_size(chip, tile, words, bits, sensed), {name, ": mblstm_chip_tile_size"}));
      if (words != word_lines || sensed != columns)
        $fatal(1, "%s: %0d word lines and %0d columns, tile %0d of the chip has %0d and %0d", name, word_lines, columns,
          tile, words, sensed);
    endfunction
  endclass
endpackage
