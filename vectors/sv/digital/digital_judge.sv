// Whether a tile takes an access: the first refusal that applies (chip.md 7.1, 7.2); combinational.
module digital_judge import digital_pkg::*, mbx_map_pkg::*; (
  input request_t request,
  input place_t place,
  input logic busy, locked, stale, analog, drivers, settled,
  input logic amplitude_fixed, width_fixed,
  input tile_constants_t constants,
  input logic [10:0] columns, longer,
  input logic [15:0] longest,            // width in PULSE and ERASE_WIDTH
  input mbx_tile_pkg::mbx_tile__out_t held,
  output tile_error_t error
);
  localparam logic [31:0] LANES = 32'h5555_5555;

  wire [31:0] data = request.data;
  wire [11:0] largest_code = (12'd1 << (constants.dac_bits - 5'd1)) - 12'd1;
  command_t start;
  assign start = command(data);

  logic [15:0] count;
  always_comb case (place.register)
    MBX_TILE_DRIVE, MBX_TILE_SENSE: count = (16'(longer) + 16'd1) >> 1;
    MBX_TILE_PULSE: count = 16'(constants.bit_lines);
    MBX_TILE_TRIM: count = 16'(longer);
    MBX_TILE_ACTIVATION: count = (16'(columns) + 16'd15) >> 4;
    MBX_TILE_SATURATED: count = (16'(longer) + 16'd31) >> 5;
    default: count = '1;
  endcase

  wire takes_busy = place.register inside {MBX_TILE_ERROR, MBX_TILE_UNLOCK, MBX_TILE_SNAPSHOT};
  wire guarded = place.register inside {MBX_TILE_WATCHDOG, MBX_TILE_AMPLITUDE, MBX_TILE_ERASE_WIDTH, MBX_TILE_FEEDBACK,
    MBX_TILE_TRIM, MBX_TILE_LIMIT_AMPLITUDE, MBX_TILE_LIMIT_WIDTH};

  function automatic logic beyond(input logic [15:0] lane);
    return magnitude(lane) > 16'(largest_code);
  endfunction

  function automatic logic exceed(input logic [31:0] word, input logic [11:0] set, input logic [11:0] reset);
    return word[11:0] > set || word[27:16] > reset;
  endfunction

  tile_error_t started, switched, itself;
  always_comb begin
    if (!(start.operation inside {[READ:REFERENCE]})) started = OPERATION;
    else if (start.operation inside {PROGRAM_ROW, ERASE} && locked) started = LOCKED;
    else if (start.operation == PROGRAM_ROW && 11'(start.row) >= constants.word_lines) started = INDEX;
    else if (start.operation inside {PROGRAM_ROW, ERASE} ? !drivers : !analog) started = SUPPLY;
    else started = ACCEPTED;
  end
  // data[0] the references, data[1] the drivers.
  always_comb
    if (data[0] ? data[1] && !settled : data[1] || drivers) switched = SUPPLY;
    else switched = ACCEPTED;

  always_comb begin
    itself = ACCEPTED;
    case (place.register)
      MBX_TILE_START: itself = started;
      MBX_TILE_SUPPLY: itself = switched;
      MBX_TILE_DRIVE: if (beyond(data[15:0]) || beyond(data[31:16])) itself = CODE;
      MBX_TILE_ACTIVATION: if ((data & data >> 1 & LANES) != 0) itself = CODE;
      MBX_TILE_FEEDBACK, MBX_TILE_SETTLE: if (data == 0) itself = CODE;
      MBX_TILE_AMPLITUDE:
        if (exceed(data, held.LIMIT_AMPLITUDE.SET_MV.value, held.LIMIT_AMPLITUDE.RESET_MV.value)) itself = LIMIT;
      MBX_TILE_ERASE_WIDTH: if (data[15:0] > held.LIMIT_WIDTH.WIDTH.value) itself = LIMIT;
      MBX_TILE_PULSE: if (magnitude(data[15:0]) > held.LIMIT_WIDTH.WIDTH.value) itself = LIMIT;
      MBX_TILE_LIMIT_AMPLITUDE:
        if (amplitude_fixed || exceed(data, held.LIMIT_AMPLITUDE.SET_MV.value, held.LIMIT_AMPLITUDE.RESET_MV.value) ||
          held.AMPLITUDE.SET_MV.value > data[11:0] || held.AMPLITUDE.RESET_MV.value > data[27:16]) itself = LIMIT;
      MBX_TILE_LIMIT_WIDTH:
        if (width_fixed || data[15:0] > held.LIMIT_WIDTH.WIDTH.value || longest > data[15:0]) itself = LIMIT;
      default: itself = ACCEPTED;
    endcase
  end

  always_comb begin
    if (request.address[1:0] != 0) error = MISALIGNED;
    else if (place.register == NOWHERE) error = UNMAPPED;
    else if (request.writes ? !place.writable : !place.readable) error = ACCESS;
    else if (request.writes && (data & place.reserved) != 0) error = RESERVED;
    else if (request.writes && busy && !takes_busy) error = BUSY;
    else if (place.index >= count) error = INDEX;
    else if (request.writes && locked && guarded) error = LOCKED;
    else if (request.writes) error = itself;
    else if (place.register == MBX_TILE_SENSE && (busy || stale)) error = STALE;
    else if (place.register == MBX_TILE_WAIT && busy) error = WAIT;
    else error = ACCEPTED;
  end
endmodule
