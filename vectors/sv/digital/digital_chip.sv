// The digital side of the chip: MBX, its tiles, UART, CLINT and HOST behind one APB, around macros of tiles (chip.md 6, 7).
//
// Two clocks whose edges coincide: `clock` is the bus's, `core_clock` has those of its edges at which `tick` is up, a cycle of the
// chip each: all but the last one of an access, so that an access takes a cycle, and a read of WAIT those that it stalls. The
// macros run on `core_clock`. `slept` are cycles that passed while both stood still, which is allowed while `idle` is up.
module digital_chip import digital_pkg::*; #(
  parameter int TILES = 2,
  parameter int LINES = 34,
  parameter int STEP_CYCLES = 2,
  parameter int RAM_BYTES = 262144
) (
  input logic clock, core_clock, power_up,
  input logic [63:0] slept,
  output logic tick, idle,
  input chip_constants_t constants,
  input tile_constants_t tile_constants [TILES],
  input longint unsigned models [TILES], // handles of the macros' tiles in the library: no part of the silicon
  input logic PSEL, PENABLE, PWRITE,
  input logic [31:0] PADDR, PWDATA,
  output logic PREADY,
  output logic [31:0] PRDATA,
  // The board's memory: a word a clock.
  output logic memory_write,
  input logic [31:0] memory_word,
  output logic interrupt, timer, software, uart_interrupt,
  output logic [63:0] cycle
);
  localparam logic [31:0] TILE_BASE = 32'h4001_0000, MBX_BASE = 32'h4000_0000, HOST_BASE = 32'h4010_0000,
    UART_BASE = 32'h1000_0000, CLINT_BASE = 32'h0200_0000, FINISHER_BASE = 32'h0010_0000, RAM_BASE = 32'h8000_0000;

  request_t request;
  assign request = '{PSEL && !PENABLE, PSEL && PENABLE, PWRITE, PADDR, PWDATA};

  // MARK: Time

  logic [TILES-1:0] selected, ready, ended, raised, busy;
  assign PREADY = &ready;
  assign tick = !(request.rest && PREADY);
  always_ff @(posedge clock)
    if (power_up) cycle <= 0;
    else if (tick) cycle <= cycle + 64'd1 + slept;

  // MARK: Decoding

  wire [31:0] beyond_tiles = PADDR - TILE_BASE;
  wire at_tile = beyond_tiles[31:16] < 16'(constants.tiles);
  wire at_mbx = PADDR[31:16] == MBX_BASE[31:16];
  wire at_host = PADDR[31:12] == HOST_BASE[31:12];
  wire at_ram = PADDR - RAM_BASE < 32'(RAM_BYTES);
  wire at_uart = PADDR[31:8] == UART_BASE[31:8];
  wire at_clint = PADDR[31:16] == CLINT_BASE[31:16];
  wire at_finisher = PADDR[31:12] == FINISHER_BASE[31:12];
  wire at_rest = at_clint || at_host || at_finisher;

  chip_error_t elsewhere, rest_error, uart_error, chip_error;
  always_comb begin
    elsewhere = CHIP_ACCEPTED;
    if (request.rest) begin
      if (at_tile || at_mbx) elsewhere = CHIP_ACCEPTED;
      else if (at_rest) elsewhere = rest_error;
      else if (at_ram) elsewhere = PADDR[1:0] != 0 ? CHIP_MISALIGNED : CHIP_ACCEPTED;
      else if (at_uart) elsewhere = uart_error;
      else elsewhere = CHIP_UNMAPPED;
    end
  end
  assign memory_write = request.rest && PWRITE && at_ram && PADDR[1:0] == 0;

  // MARK: Blocks

  logic [31:0] mbx_answer, rest_answer, uart_answer, tile_answers [TILES];
  logic [7:0] tiles_stop, tiles_reset;
  logic [32*34-1:0] sigmoid, tanh;
  digital_mbx mbx_side (
    .clock, .power_up, .request, .selected(at_mbx), .elsewhere, .tile_ended(8'(ended)), .tile_error(8'(raised)), .constants,
    .cycle, .answer(mbx_answer), .error(chip_error), .tiles_stop, .tiles_reset, .sigmoid, .tanh, .interrupt);
  digital_uart uart_side (
    .clock, .power_up, .request, .selected(at_uart), .answer(uart_answer), .error(uart_error), .interrupt(uart_interrupt));
  digital_rest rest_side (
    .clock, .power_up, .request, .at_clint, .at_host, .at_finisher, .cycle, .answer(rest_answer), .error(rest_error), .timer,
    .software);

  tile_error_t tile_errors [TILES];
  for (genvar n = 0; n < TILES; n++) begin : tiles
    logic [2:0] conversion;
    logic [16*LINES-1:0] codes, widths, sense;
    logic drive, convert, stop, program_row, erase, analog, drivers;
    logic [9:0] row;
    logic [7:0] settle_cycles;
    logic [31:0] feedback_ohms;
    logic [32*LINES-1:0] trims;
    logic [2*LINES-1:0] circuits;
    logic [15:0] erase_width;
    logic [11:0] set_millivolts, reset_millivolts;
    logic [LINES-1:0] saturated;
    logic [63:0] attojoules;
    assign selected[n] = at_tile && beyond_tiles[18:16] == 3'(n);
    assign raised[n] = tile_errors[n] != ACCEPTED;
    digital_tile #(.LINES(LINES), .STEP_CYCLES(STEP_CYCLES)) side (
      .clock, .power_up, .tick, .request, .selected(selected[n]), .stops(tiles_stop[n]), .resets(tiles_reset[n]),
      .constants(tile_constants[n]), .ready(ready[n]), .answer(tile_answers[n]), .ended(ended[n]), .error(tile_errors[n]),
      .active(busy[n]), .conversion, .codes, .widths, .drive, .convert, .stop, .program_row, .erase, .row, .settle_cycles,
      .feedback_ohms, .trims, .circuits, .erase_width, .set_millivolts, .reset_millivolts, .analog, .drivers, .sense, .saturated,
      .attojoules);
    mblstm_full_tile #(.LINES(LINES), .STEP_CYCLES(STEP_CYCLES)) macro (
      .clock(core_clock), .tile(models[n]), .convert_cycles(tile_constants[n].convert),
      .relax_cycles(tile_constants[n].relax), .analog, .drivers, .conversion, .codes, .drive, .convert, .stop, .settle_cycles, .feedback_ohms, .trims,
      .circuits, .sigmoid, .tanh, .sense, .saturated, .program_row, .erase, .row, .widths, .erase_width, .set_millivolts,
      .reset_millivolts, .attojoules);
  end
  assign idle = busy == 0;

  logic [31:0] tile_answer;
  always_comb begin
    tile_answer = 0;
    for (int n = 0; n < TILES; n++) if (selected[n]) tile_answer = tile_answers[n];
  end
  assign PRDATA = PWRITE ? 32'd0 : at_tile ? tile_answer : at_mbx ? mbx_answer : at_rest ? rest_answer :
    at_ram && PADDR[1:0] == 0 ? memory_word : at_uart ? uart_answer : 32'd0;
endmodule
