// The digital side of MBX itself: what the bus and it refuse, interrupts, resets, the banks of circuits and their scalar port
// (chip.md 6, 6.2, 7.3).
module digital_mbx import digital_pkg::*, mbx_map_pkg::*; (
  input logic clock, power_up,
  input request_t request,
  input logic selected,                  // the access is of this block
  input chip_error_t elsewhere,          // refused at this edge by what has no ERROR of its own
  input logic [7:0] tile_ended, tile_error,       // at this edge
  input chip_constants_t constants,
  input logic [63:0] cycle,
  output logic [31:0] answer,
  output chip_error_t error,             // raised at this edge
  output logic [7:0] tiles_stop, tiles_reset,     // in front of the edge of a write of RESET, and at its last
  output logic [32*34-1:0] sigmoid, tanh,         // words of a bank: COUNT, RAILS, BREAK, LINE
  output logic interrupt
);
  mbx_pkg::mbx__in_t given;
  mbx_pkg::mbx__out_t held;

  place_t place;
  assign place = mbx_at(request.address[15:0]);
  wire [31:0] data = request.data;
  wire strange_tiles = ({24'b0, data[15:8]} >> constants.tiles) != 0;
  wire strange_count = data == 0 || data > 16;

  chip_error_t verdict;
  always_comb begin
    if (request.address[1:0] != 0) verdict = CHIP_MISALIGNED;
    else if (place.register == NOWHERE) verdict = CHIP_UNMAPPED;
    else if (request.writes ? !place.writable : !place.readable) verdict = CHIP_ACCESS;
    else if (request.writes && (data & place.reserved) != 0) verdict = CHIP_RESERVED;
    else if (request.writes && place.register == MBX_RESET && strange_tiles) verdict = CHIP_CODE;
    else if (request.writes && place.register inside {MBX_SIGMOID_COUNT, MBX_TANH_COUNT} && strange_count) verdict = CHIP_CODE;
    else verdict = CHIP_ACCEPTED;
  end
  wire taken = selected && request.rest && verdict == CHIP_ACCEPTED;
  wire written = taken && request.writes;
  assign error = selected && request.rest ? verdict : elsewhere;

  // MARK: Resets

  wire resetting = selected && request.writes && place.register == MBX_RESET && verdict == CHIP_ACCEPTED;
  wire [7:0] named = data[1] ? 8'hff : data[15:8];
  assign tiles_stop = resetting && request.first ? named : 8'd0;
  assign tiles_reset = resetting && request.rest ? named : 8'd0;
  wire reset = power_up || resetting && request.rest && data[1];

  // MARK: State that no register holds

  logic [31:0] error_address;
  logic [63:0] cycles;
  logic [31:0] values, slopes;
  wire scalar = written && place.register inside {MBX_SCALAR_SIGMOID, MBX_SCALAR_TANH};
  wire [32*34-1:0] bank = place.register == MBX_SCALAR_TANH ? tanh : sigmoid;
  wire [31:0] value, slope;
  activation even (
    .count(bank[31:0]), .rails(bank[63:32]), .breaks(bank[64 +: 512]), .lines(bank[576 +: 512]), .z(data[15:0]),
    .value(value[15:0]), .slope(slope[15:0]));
  activation odd (
    .count(bank[31:0]), .rails(bank[63:32]), .breaks(bank[64 +: 512]), .lines(bank[576 +: 512]), .z(data[31:16]),
    .value(value[31:16]), .slope(slope[31:16]));
  always_ff @(posedge clock)
    if (reset) begin
      error_address <= 0;
      cycles <= 0;
      values <= 0;
      slopes <= 0;
    end else begin
      if (error != CHIP_ACCEPTED) error_address <= request.address;
      if (written && place.register == MBX_SNAPSHOT) cycles <= cycle;
      if (scalar) {values, slopes} <= {value, slope};
    end

  // MARK: Registers

  always_comb begin
    given.power_up = power_up;
    given.accepts = written;
    given.TILES.COUNT.next = constants.tiles;
    // A chip without any.
    {given.FEATURES.WINDOWS.next, given.FEATURES.CELL.next} = '0;
    {given.DIE[1].VALUE.next, given.DIE[0].VALUE.next} = constants.die;
    given.ERROR.UNMAPPED.next = error == CHIP_UNMAPPED;
    given.ERROR.MISALIGNED.next = error == CHIP_MISALIGNED;
    given.ERROR.ACCESS.next = error == CHIP_ACCESS;
    given.ERROR.RESERVED.next = error == CHIP_RESERVED;
    given.ERROR.CODE.next = error == CHIP_CODE;
    given.ERROR_ADDRESS.VALUE.next = error_address;
    given.IRQ_PENDING.TILES.next = tile_ended;
    given.IRQ_PENDING.TILE_ERRORS.next = tile_error;
    given.IRQ_PENDING.CHIP_ERROR.next = error != CHIP_ACCEPTED;
    {given.CYCLES[1].VALUE.next, given.CYCLES[0].VALUE.next} = cycles;
    {given.SCALAR_VALUE.ODD.next, given.SCALAR_VALUE.EVEN.next} = values;
    {given.SCALAR_SLOPE.ODD.next, given.SCALAR_SLOPE.EVEN.next} = slopes;
    given.RESET_CAUSE.HART.next = resetting && request.rest && data[0];
    given.RESET_CAUSE.CHIP.next = resetting && request.rest && data[1];
    given.RESET_CAUSE.POWER.next = 0;
    given.RESET_CAUSE.BROWN_OUT.next = 0;
    given.RESET_CAUSE.TILES.next = resetting && request.rest ? data[15:8] : 8'd0;
  end

  logic [31:0] word;
  mbx registers (
    .clk(clock), .rst(reset), .s_cpuif_req(taken), .s_cpuif_req_is_wr(request.writes), .s_cpuif_addr(request.address[9:0]),
    .s_cpuif_wr_data(data), .s_cpuif_wr_biten('1), .s_cpuif_req_stall_wr(), .s_cpuif_req_stall_rd(), .s_cpuif_rd_ack(),
    .s_cpuif_rd_err(), .s_cpuif_rd_data(word), .s_cpuif_wr_ack(), .s_cpuif_wr_err(), .hwif_in(given), .hwif_out(held));
  assign answer = taken ? word : 32'd0;

  wire [16:0] pending = {held.IRQ_PENDING.CHIP_ERROR.value, held.IRQ_PENDING.TILE_ERRORS.value, held.IRQ_PENDING.TILES.value};
  wire [16:0] enabled = {held.IRQ_ENABLE.CHIP_ERROR.value, held.IRQ_ENABLE.TILE_ERRORS.value, held.IRQ_ENABLE.TILES.value};
  assign interrupt = (pending & enabled) != 0;

  always_comb begin
    sigmoid[63:0] = {held.SIGMOID_RAILS.HIGH.value, held.SIGMOID_RAILS.LOW.value, 27'd0, held.SIGMOID_COUNT.COUNT.value};
    tanh[63:0] = {held.TANH_RAILS.HIGH.value, held.TANH_RAILS.LOW.value, 27'd0, held.TANH_COUNT.COUNT.value};
    for (int k = 0; k < 16; k++) begin
      sigmoid[32*(2+k) +: 32] = {16'd0, held.SIGMOID_BREAK[k].Z.value};
      sigmoid[32*(18+k) +: 32] = {held.SIGMOID_LINE[k].OFFSET.value, held.SIGMOID_LINE[k].SLOPE.value};
      tanh[32*(2+k) +: 32] = {16'd0, held.TANH_BREAK[k].Z.value};
      tanh[32*(18+k) +: 32] = {held.TANH_LINE[k].OFFSET.value, held.TANH_LINE[k].SLOPE.value};
    end
  end
endmodule
