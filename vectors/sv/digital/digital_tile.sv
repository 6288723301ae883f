// The digital side of a tile: its registers, which PeakRDL makes of the map, and what stands behind them; the pins of the macro.
//
// An access is judged in front of its edge for what takes place at the edge (START, RESET), and behind it, as everything is by then,
// for all else. Registers take a write at the access's last edge.
module digital_tile import digital_pkg::*, mbx_map_pkg::*; #(
  parameter int LINES = 34,
  parameter int STEP_CYCLES = 2
) (
  input logic clock, power_up, tick,
  input request_t request,
  input logic selected,                  // the access is of this tile's block
  input logic stops, resets,             // MBX.RESET: in front of its edge, and at its last
  input tile_constants_t constants,
  output logic ready,
  output logic [31:0] answer,
  output logic ended,                    // an operation, at this edge
  output tile_error_t error,             // raised at this edge
  output logic active,                   // something is under way, references that settle included
  // The macro.
  output logic [2:0] conversion,
  output logic [16*LINES-1:0] codes, widths,
  output logic drive, convert, stop, program_row, erase,
  output logic [9:0] row,
  output logic [7:0] settle_cycles,
  output logic [31:0] feedback_ohms,
  output logic [32*LINES-1:0] trims,
  output logic [2*LINES-1:0] circuits,
  output logic [15:0] erase_width,
  output logic [11:0] set_millivolts, reset_millivolts,
  output logic analog, drivers,
  input logic [16*LINES-1:0] sense,
  input logic [LINES-1:0] saturated,
  input logic [63:0] attojoules
);
  localparam int PAIRS = (LINES + 1) / 2, WORDS = (LINES + 31) / 32, BANKS = (LINES + 15) / 16;
  localparam logic [31:0] KEY = 32'h5052_4f47;

  mbx_tile_pkg::mbx_tile__in_t given;
  mbx_tile_pkg::mbx_tile__out_t held;

  wire [10:0] columns = constants.pairs ? constants.bit_lines >> 1 : constants.bit_lines;
  wire [10:0] longer = columns > constants.word_lines ? columns : constants.word_lines;

  // MARK: Time and operations

  logic begins, busy, over, early, timed_out, unsettled, settled, settles, references, pulsers;
  command_t at_hand;
  logic [47:0] age, longest_phase;
  phase_t phase;
  logic [9:0] phase_row;
  logic [31:0] cycles;
  logic [17:0] steps_set, steps_reset;
  digital_sequencer #(.LINES(LINES), .STEP_CYCLES(STEP_CYCLES)) sequencer (
    .clock, .power_up, .tick, .begins, .start(command(request.data)), .references_settled(settles), .stops, .constants, .held,
    .busy, .at_hand, .over, .early, .timed_out, .unsettled, .age, .settle(settle_cycles), .phase, .row(phase_row), .cycles,
    .longest_phase, .steps_set, .steps_reset);
  assign ended = over;
  assign active = busy || references && !settled;

  wire converted = over && !early && converts(at_hand.operation) && !unsettled;
  wire programmed = over && at_hand.operation == PROGRAM_ROW;

  logic locked, stale, amplitude_fixed, width_fixed, begun;
  logic [3:0] latest;
  // MARK: Accesses

  place_t place;
  assign place = mbx_tile_at(request.address[15:0]);
  logic [15:0] longest;
  always_comb begin
    longest = held.ERASE_WIDTH.WIDTH.value;
    for (int line = 0; line < LINES; line++)
      if (magnitude(held.PULSE[line].WIDTH.value) > longest) longest = magnitude(held.PULSE[line].WIDTH.value);
  end
  tile_error_t verdict, first_verdict, refusal;
  digital_judge judge (
    .request, .place, .busy(busy && !(request.first && over)), .locked, .stale, .analog(references), .drivers(pulsers),
    .settled(settles), .amplitude_fixed,
    .width_fixed, .constants, .columns, .longer, .longest, .held, .error(verdict));
  // START and SUPPLY have been judged in front of the edge that they are taken at.
  wire starts = selected && request.writes && place.register == MBX_TILE_START;
  wire switching = selected && request.writes && place.register == MBX_TILE_SUPPLY;
  assign begins = tick && request.first && starts && verdict == ACCEPTED;
  wire switches = tick && request.first && switching && verdict == ACCEPTED;
  assign refusal = starts || switching ? first_verdict : verdict;
  wire last = selected && request.rest && ready;
  wire taken = last && refusal == ACCEPTED;
  wire written = taken && request.writes;
  assign error = timed_out ? WATCHDOG : last ? refusal : ACCEPTED;

  // A read of WAIT stalls while the tile is busy, up to WAIT_LIMIT.
  logic [31:0] waited;
  wire waits = selected && !request.writes && place.register == MBX_TILE_WAIT && request.address[1:0] == 0;
  wire gives_up = held.WAIT_LIMIT.VALUE.value != 0 && waited == held.WAIT_LIMIT.VALUE.value;
  assign ready = !(waits && busy && !gives_up);

  // MARK: State that no register holds

  always_ff @(posedge clock) begin
    if (request.first) first_verdict <= verdict;
    waited <= request.first ? 32'd0 : waited + 32'(tick);
    if (power_up || resets) begin
      locked <= 1;
      stale <= 0;
      latest <= 0;
    end else begin
      if (begins) latest <= request.data[3:0];
      if (written && place.register == MBX_TILE_UNLOCK) locked <= request.data != KEY;
      if (over && converts(at_hand.operation)) stale <= !converted;
    end
    if (power_up) {amplitude_fixed, width_fixed} <= 2'b00;
    else if (written && place.register == MBX_TILE_LIMIT_AMPLITUDE) amplitude_fixed <= 1;
    else if (written && place.register == MBX_TILE_LIMIT_WIDTH) width_fixed <= 1;
  end

  digital_supplies supplies (
    .clock, .power_up, .tick, .switches, .wanted(request.data[1:0]),
    .wake_up(constants.wake_up), .analog(references), .drivers(pulsers), .settled, .settles);
  assign {drivers, analog} = switches ? request.data[1:0] : {pulsers, references};

  logic [63:0] reads, phases, pulses, program_cycles, serial_cycles, energy;
  digital_counters #(.LINES(LINES), .STEP_CYCLES(STEP_CYCLES)) counters (
    .clock, .power_up, .reset(resets), .tick, .begins, .busy, .over, .converted, .at_hand, .phase, .cycles, .constants, .held,
    .attojoules, .snapshot(written && place.register == MBX_TILE_SNAPSHOT), .reads, .phases, .pulses, .program_cycles,
    .serial_cycles, .energy);

  // Where an operation stood that has ended early.
  logic [3:0] aborted;
  phase_t aborted_phase;
  logic [9:0] aborted_row;
  logic [31:0] aborted_cycles;
  always_ff @(posedge clock)
    if (power_up) begin
      aborted <= 0;
      aborted_phase <= NO_PHASE;
      aborted_row <= 0;
      aborted_cycles <= 0;
    end else if (over && early) begin
      aborted <= at_hand.operation;
      aborted_phase <= phase;
      aborted_row <= phase == NO_PHASE ? 10'd0 : phase_row;
      aborted_cycles <= phase != NO_PHASE ? cycles : converts(at_hand.operation) ? age[31:0] : 32'd0;
    end

  // Codes are the macro's in the clock behind its edge, and kept from then on.
  logic takes;
  logic [10:0] sensed;
  logic [15:0] kept [LINES], codes_now [LINES];
  logic [LINES-1:0] kept_saturated, saturated_now;
  always_comb begin
    saturated_now = takes ? '0 : kept_saturated;
    for (int line = 0; line < LINES; line++) begin
      codes_now[line] = kept[line];
      if (takes && 11'(line) < sensed) begin
        codes_now[line] = sense[16*line +: 16];
        saturated_now[line] = saturated[line];
      end
    end
  end
  always_ff @(posedge clock) begin
    takes <= converted && !power_up && !resets;
    sensed <= at_hand.operation == READ ? columns : at_hand.operation == READ_T ? constants.word_lines : longer;
    kept_saturated <= power_up || resets ? '0 : saturated_now;
    for (int line = 0; line < LINES; line++) kept[line] <= power_up || resets ? 16'd0 : codes_now[line];
  end

  // MARK: Registers

  wire [8:0] status = {stale, latest, held.ERROR.BUSY.value | held.ERROR.OPERATION.value | held.ERROR.CODE.value |
    held.ERROR.INDEX.value | held.ERROR.LOCKED.value | held.ERROR.STALE.value | held.ERROR.WATCHDOG.value |
    held.ERROR.ACCESS.value | held.ERROR.UNMAPPED.value | held.ERROR.MISALIGNED.value | held.ERROR.RESERVED.value |
    held.ERROR.LIMIT.value | held.ERROR.WAIT.value | held.ERROR.SUPPLY.value, |saturated_now, locked, busy};
  logic clamps;
  always_ff @(posedge clock) clamps <= resets;

  function automatic logic [15:0] left(input logic [15:0] width, input logic [17:0] steps_of_set, input logic [17:0] steps_of_reset);
    logic [17:0] steps, rest;
    steps = width[15] ? steps_of_reset : steps_of_set;
    rest = 18'(magnitude(width)) > steps ? 18'(magnitude(width)) - steps : 18'd0;
    return width[15] ? -rest[15:0] : rest[15:0];
  endfunction

  always_comb begin
    given.power_up = power_up;
    given.accepts = written;
    given.GEOMETRY.WORD_LINES.next = constants.word_lines;
    given.GEOMETRY.BIT_LINES.next = constants.bit_lines;
    given.CONVERTERS.DAC_BITS.next = constants.dac_bits;
    given.CONVERTERS.ADC_BITS.next = constants.adc_bits;
    given.CONVERTERS.DIFFERENTIAL.next = constants.pairs;
    given.CONVERTERS.FEATURES.next = 0;
    given.CONDUCTANCE[0].VALUE.next = constants.lowest;
    given.CONDUCTANCE[1].VALUE.next = constants.highest;
    given.READ_VOLTAGE.VALUE.next = constants.read_voltage;
    given.TIMING.SETTLE.next = constants.settle;
    given.TIMING.CONVERT.next = constants.convert;
    given.TIMING.RELAX.next = constants.relax;
    given.WAKE_UP.VALUE.next = constants.wake_up;
    {given.STATUS.STALE.next, given.STATUS.OPERATION.next, given.STATUS.ERROR.next, given.STATUS.SATURATED.next,
      given.STATUS.LOCKED.next, given.STATUS.BUSY.next} = status;
    given.WAIT.rd_ack = held.WAIT.req && !held.WAIT.req_is_wr;
    given.WAIT.rd_data = '0;
    {given.WAIT.rd_data.STALE, given.WAIT.rd_data.OPERATION, given.WAIT.rd_data.ERROR, given.WAIT.rd_data.SATURATED,
      given.WAIT.rd_data.LOCKED, given.WAIT.rd_data.BUSY} = status;
    given.ERROR.BUSY.next = error == BUSY;
    given.ERROR.OPERATION.next = error == OPERATION;
    given.ERROR.CODE.next = error == CODE;
    given.ERROR.INDEX.next = error == INDEX;
    given.ERROR.LOCKED.next = error == LOCKED;
    given.ERROR.STALE.next = error == STALE;
    given.ERROR.WATCHDOG.next = error == WATCHDOG;
    given.ERROR.ACCESS.next = error == ACCESS;
    given.ERROR.UNMAPPED.next = error == UNMAPPED;
    given.ERROR.MISALIGNED.next = error == MISALIGNED;
    given.ERROR.RESERVED.next = error == RESERVED;
    given.ERROR.LIMIT.next = error == LIMIT;
    given.ERROR.WAIT.next = error == WAIT;
    given.ERROR.SUPPLY.next = error == SUPPLY;
    // Behind a reset at most what their limits, which stay, allow.
    given.AMPLITUDE.SET_MV.next = held.LIMIT_AMPLITUDE.SET_MV.value;
    given.AMPLITUDE.SET_MV.we = clamps && held.AMPLITUDE.SET_MV.value > held.LIMIT_AMPLITUDE.SET_MV.value;
    given.AMPLITUDE.RESET_MV.next = held.LIMIT_AMPLITUDE.RESET_MV.value;
    given.AMPLITUDE.RESET_MV.we = clamps && held.AMPLITUDE.RESET_MV.value > held.LIMIT_AMPLITUDE.RESET_MV.value;
    given.ERASE_WIDTH.WIDTH.next = held.LIMIT_WIDTH.WIDTH.value;
    given.ERASE_WIDTH.WIDTH.we = clamps && held.ERASE_WIDTH.WIDTH.value > held.LIMIT_WIDTH.WIDTH.value;
    {given.LIMIT_AMPLITUDE.SET_MV.next, given.LIMIT_AMPLITUDE.RESET_MV.next, given.LIMIT_WIDTH.WIDTH.next} = '0;
    {given.LIMIT_AMPLITUDE.SET_MV.we, given.LIMIT_AMPLITUDE.RESET_MV.we, given.LIMIT_WIDTH.WIDTH.we} = '0;
    given.LIMIT_AMPLITUDE.FIXED.next = amplitude_fixed;
    given.LIMIT_WIDTH.FIXED.next = width_fixed;
    given.ABORTED.OPERATION.next = aborted;
    given.ABORTED.PHASE.next = aborted_phase;
    given.ABORTED.ROW.next = aborted_row;
    given.ABORTED_CYCLES.VALUE.next = aborted_cycles;
    {given.READS[1].VALUE.next, given.READS[0].VALUE.next} = reads;
    {given.PHASES[1].VALUE.next, given.PHASES[0].VALUE.next} = phases;
    {given.PULSES[1].VALUE.next, given.PULSES[0].VALUE.next} = pulses;
    {given.PROGRAM_CYCLES[1].VALUE.next, given.PROGRAM_CYCLES[0].VALUE.next} = program_cycles;
    {given.SERIAL_CYCLES[1].VALUE.next, given.SERIAL_CYCLES[0].VALUE.next} = serial_cycles;
    {given.ENERGY[1].VALUE.next, given.ENERGY[0].VALUE.next} = energy;
    {given.SUPPLY.ANALOG.next, given.SUPPLY.ANALOG.we, given.SUPPLY.DRIVERS.next, given.SUPPLY.DRIVERS.we} = '0;
    given.SUPPLY_STATE.LOGIC.next = 1;
    given.SUPPLY_STATE.ANALOG.next = references;
    given.SUPPLY_STATE.DRIVERS.next = pulsers;
    given.SUPPLY_STATE.SETTLED.next = settled;
    for (int word = 0; word < WORDS; word++) given.SATURATED[word].VALUE.next = 32'(saturated_now >> 32 * word);
    for (int pair = 0; pair < PAIRS; pair++) begin
      given.SENSE[pair].EVEN.next = codes_now[2*pair];
      given.SENSE[pair].ODD.next = 2 * pair + 1 < LINES ? codes_now[2*pair+1] : 16'd0;
    end
    for (int line = 0; line < LINES; line++) begin
      given.PULSE[line].WIDTH.next = left(held.PULSE[line].WIDTH.value, steps_set, steps_reset);
      given.PULSE[line].WIDTH.we = programmed;
    end
  end

  logic [31:0] word;
  mbx_tile registers (
    .clk(clock), .rst(power_up || resets), .s_cpuif_req(last && (taken || refusal inside {STALE, WAIT})),
    .s_cpuif_req_is_wr(request.writes), .s_cpuif_addr(request.address[14:0]), .s_cpuif_wr_data(request.data),
    .s_cpuif_wr_biten('1), .s_cpuif_req_stall_wr(), .s_cpuif_req_stall_rd(), .s_cpuif_rd_ack(), .s_cpuif_rd_err(),
    .s_cpuif_rd_data(word), .s_cpuif_wr_ack(), .s_cpuif_wr_err(), .hwif_in(given), .hwif_out(held));
  assign answer = taken || refusal inside {STALE, WAIT} ? word : 32'd0;

  // MARK: The macro

  command_t next;
  assign next = begins ? command(request.data) : at_hand;
  assign conversion = next.operation[2:0];
  assign drive = begins && converts(next.operation) || busy && converts(at_hand.operation) && !over;
  assign convert = tick && busy && converts(at_hand.operation) && age == 48'(settle_cycles) && !over;
  assign stop = over && (early || unsettled);
  assign program_row = begins && next.operation == PROGRAM_ROW;
  assign erase = begins && next.operation == ERASE;
  assign row = next.row;
  assign feedback_ohms = held.FEEDBACK[next.gain].OHMS.value;
  assign erase_width = held.ERASE_WIDTH.WIDTH.value;
  assign set_millivolts = held.AMPLITUDE.SET_MV.value;
  assign reset_millivolts = held.AMPLITUDE.RESET_MV.value;
  always_comb begin
    for (int line = 0; line < LINES; line++) begin
      codes[16*line +: 16] = line % 2 == 0 ? held.DRIVE[line/2].EVEN.value : held.DRIVE[line/2].ODD.value;
      widths[16*line +: 16] = programmed ? given.PULSE[line].WIDTH.next : held.PULSE[line].WIDTH.value;
      trims[32*line +: 32] = {held.TRIM[line].GAIN.value, held.TRIM[line].OFFSET.value};
    end
  end
  logic [32*BANKS-1:0] activation;
  always_comb for (int bank = 0; bank < BANKS; bank++) activation[32*bank +: 32] = {
    held.ACTIVATION[bank].COLUMN15.value, held.ACTIVATION[bank].COLUMN14.value, held.ACTIVATION[bank].COLUMN13.value,
    held.ACTIVATION[bank].COLUMN12.value, held.ACTIVATION[bank].COLUMN11.value, held.ACTIVATION[bank].COLUMN10.value,
    held.ACTIVATION[bank].COLUMN9.value, held.ACTIVATION[bank].COLUMN8.value, held.ACTIVATION[bank].COLUMN7.value,
    held.ACTIVATION[bank].COLUMN6.value, held.ACTIVATION[bank].COLUMN5.value, held.ACTIVATION[bank].COLUMN4.value,
    held.ACTIVATION[bank].COLUMN3.value, held.ACTIVATION[bank].COLUMN2.value, held.ACTIVATION[bank].COLUMN1.value,
    held.ACTIVATION[bank].COLUMN0.value};
  // Of what is under way: a conversion that is linear has no circuits.
  assign circuits = at_hand.linear ? '0 : activation[2*LINES-1:0];
endmodule
