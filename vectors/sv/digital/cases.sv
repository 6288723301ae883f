// The chip's digital side as RTL around macros of tiles makes the accesses of golden cases, and tells what it answers and does.
//
//     +cases=FILE    of .ci/c/cases.py, of chips with as many tiles and lines as were built at most
//     +out=FILE      a line an access, event and tile: digital/judge.py compares it
module cases #(parameter int TILES = 2, parameter int LINES = 34);
  import mblstm_pkg::*;
  import case_file_pkg::*;
  import digital_pkg::*;

  logic clock = 0, core_clock = 0, power_up = 1, tick, idle;
  logic [63:0] slept = 0, cycle;
  logic PSEL = 0, PENABLE = 0, PWRITE = 0, PREADY;
  logic [31:0] PADDR = 0, PWDATA = 0, PRDATA;
  logic memory_write, interrupt, timer, software, uart_interrupt;
  logic [31:0] memory_word;
  chip_constants_t constants;
  tile_constants_t tile_constants [TILES];
  longint unsigned models [TILES];
  digital_chip #(.TILES(TILES), .LINES(LINES)) chip (.*);

  bit [31:0] memory [bit [31:0]];
  assign memory_word = memory.exists(PADDR) != 0 ? memory[PADDR] : 32'd0;
  always @(posedge clock) if (memory_write) memory[PADDR] = PWDATA;

  int out;
  // Cells that are handed over at once.
  localparam longint unsigned MOST = longint'(mblstm_pkg::LINES);

  // An edge of the bus's clock, and of the core's where it has one.
  task automatic pass();
    #1 {clock, core_clock} = {1'b1, tick};
    #1 {clock, core_clock} = 2'b00;
  endtask

  task automatic access(input bit writes, input bit [31:0] address, input bit [31:0] data);
    bit ready;
    bit [31:0] got;
    {PSEL, PENABLE, PWRITE, PADDR, PWDATA} = {1'b1, 1'b0, writes, address, data};
    pass();
    PENABLE = 1;
    do begin
      #1 ready = PREADY;
      got = PRDATA;
      pass();
    end while (!ready);
    {PSEL, PENABLE} = 2'b00;
    $fwrite(out, "%s 0x%08x 0x%08x %0d\n", writes ? "W" : "R", address, writes ? data : got, cycle);
  endtask

  task automatic advance(input longint unsigned target);
    while (cycle < target) begin
      #1 if (idle) slept = target - cycle - 1;
      pass();
      slept = 0;
    end
  endtask

  function automatic bit [31:0] peek(input longint unsigned handle, input bit [31:0] address);
    int unsigned word;
    void'(mblstm_done(mblstm_chip_peek(handle, address, word), "mblstm_chip_peek"));
    return word;
  endfunction

  // What the silicon of a chip has as constants, tiles in the library with the cells of a case; power comes.
  task automatic begin_with(input case_file file);
    int unsigned tiles;
    bit [31:0] base, geometry, converters, timing;
    void'(mblstm_done(mblstm_chip_tiles(file.chip, tiles), "mblstm_chip_tiles"));
    if (tiles > TILES) $fatal(1, "%s: %0d tiles, expected at most %0d", file.name, tiles, TILES);
    // The registers first: what they have of supplies is the macros'.
    power_up = 1;
    models = '{default: 0};
    pass();
    constants = '{tiles[3:0], {peek(file.chip, 32'h4000_005c), peek(file.chip, 32'h4000_0058)}};
    for (int unsigned n = 0; n < TILES; n++) begin
      tile_constants[n] = '0;
      if (n < tiles) begin
        base = 32'h4001_0000 + (n << 16);
        geometry = peek(file.chip, base);
        converters = peek(file.chip, base + 32'h4);
        timing = peek(file.chip, base + 32'h2c);
        tile_constants[n] = '{geometry[10:0], geometry[26:16], converters[16], converters[4:0], converters[12:8],
          peek(file.chip, base + 32'h20), peek(file.chip, base + 32'h24), peek(file.chip, base + 32'h28), timing[7:0],
          timing[15:8], timing[31:16], peek(file.chip, base + 32'ha8)};
        void'(mblstm_done(mblstm_tile_of(file.configuration, n, models[n]), "mblstm_tile_of"));
        copy_cells(file.chip, n, models[n], longint'(geometry[10:0]) * longint'(geometry[26:16]));
      end
    end
    memory.delete();
    pass();
    power_up = 0;
  endtask

  task automatic copy_cells(
    input longint unsigned from, input int unsigned tile, input longint unsigned to, input longint unsigned count);
    int cells [mblstm_pkg::LINES];
    longint unsigned some;
    for (longint unsigned first = 0; first < count; first += some) begin
      some = count - first < MOST ? count - first : MOST;
      void'(mblstm_done(mblstm_chip_get_cells(from, tile, first, cells, some), "mblstm_chip_get_cells"));
      void'(mblstm_done(mblstm_tile_set_cells(to, first, cells, some), "mblstm_tile_set_cells"));
    end
  endtask

  task automatic tell_cells(input int unsigned tile, input longint unsigned count);
    int cells [mblstm_pkg::LINES];
    longint unsigned some;
    $fwrite(out, "cells %0d", tile);
    for (longint unsigned first = 0; first < count; first += some) begin
      some = count - first < MOST ? count - first : MOST;
      void'(mblstm_done(mblstm_tile_get_cells(models[tile], first, cells, some), "mblstm_tile_get_cells"));
      for (int place = 0; place < int'(some); place++) $fwrite(out, " %0d", cells[place]);
    end
    $fwrite(out, "\n");
  endtask

  // What a tile has counted, and what it and MBX do, with the cycle that it is done in.
  logic [5*64-1:0] counts [TILES];
  logic [63:0] attojoules [TILES];
  for (genvar n = 0; n < TILES; n++) begin : watched
    assign counts[n] = chip.tiles[n].side.counters.counts;
    assign attojoules[n] = chip.tiles[n].side.counters.dissipated;
    bit settled;
    always @(negedge clock) begin
      if (chip.tiles[n].side.settled && !settled && !power_up) $fwrite(out, "settled %0d %0d\n", cycle, n);
      settled = chip.tiles[n].side.settled;
    end
    bit ended;
    command_t what;
    bit early, unsettled, at_once;
    // What takes no time has ended with its START, and is done at the edge behind it.
    always @(negedge clock) if (ended)
      $fwrite(out, "end %0d %0d %0d %0d %0d %0d\n", cycle - 64'(at_once), n, what.operation, early, unsettled,
        |chip.tiles[n].side.saturated_now);
    always @(posedge clock) begin
      ended = chip.tiles[n].side.over && !power_up;
      what = chip.tiles[n].side.at_hand;
      early = chip.tiles[n].side.early;
      unsettled = chip.tiles[n].side.unsettled;
      at_once = chip.tiles[n].side.sequencer.span == 0;
    end
    always @(posedge clock) if (!power_up) begin
      if (chip.tile_errors[n] != ACCEPTED)
        $fwrite(out, "error %0d %0d %s\n", tick ? cycle + 1 : cycle, n, chip.tile_errors[n].name());
      if (chip.tiles[n].side.switches)
        $fwrite(out, "supply %0d %0d %0d %0d\n", cycle + 1, n, PWDATA[0], PWDATA[1]);
      if (chip.tiles[n].side.begins) $fwrite(out, "start %0d %0d %0d\n", cycle + 1, n, PWDATA);
    end
  end
  always @(posedge clock) if (!power_up && chip.chip_error != CHIP_ACCEPTED)
    $fwrite(out, "error %0d - %s\n", cycle, chip.chip_error.name());

  initial begin
    string path, kind;
    bit [31:0] address, value;
    longint unsigned until_cycle, count;
    case_file file;
    int cases, accesses;
    if (!$value$plusargs("out=%s", path)) $fatal(1, "expected +out=FILE");
    out = $fopen(path, "w");
    if (!$value$plusargs("cases=%s", path)) $fatal(1, "expected +cases=FILE");
    file = new(path);
    while (file.next()) begin
      $fwrite(out, "case %s\n", file.name);
      begin_with(file);
      while (file.step(kind, address, value, until_cycle)) begin
        if (kind == "W" || kind == "R") begin
          access(kind == "W", address, value);
          accesses++;
        end else if (kind == "advance") advance(until_cycle);
        else $fatal(1, "%s: '%s' is not for this bench", file.name, kind);
      end
      for (int unsigned n = 0; n < TILES; n++) if (models[n] != 0) begin
        tell_cells(n, longint'(tile_constants[n].word_lines) * longint'(tile_constants[n].bit_lines));
        $fwrite(out, "counters %0d %0d %0d %0d %0d %0d %0d\n", n, counts[n][4*64 +: 64], counts[n][3*64 +: 64],
          counts[n][2*64 +: 64], counts[n][64 +: 64], counts[n][0 +: 64], attojoules[n]);
        void'(mblstm_done(mblstm_tile_free(models[n]), "mblstm_tile_free"));
      end
      $fwrite(out, "end of case\n");
      void'(mblstm_done(mblstm_chip_free(file.chip), "mblstm_chip_free"));
      cases++;
    end
    if (cases == 0) $fatal(1, "%s: no case", path);
    $display("%0d cases, %0d accesses", cases, accesses);
    $finish;
  end
endmodule
