// What a tile has done, and the copy that software reads (chip.md 5.5, 6).
//
// What is under way counts when it is over, with what it has had by then.
module digital_counters import digital_pkg::*; #(
  parameter int LINES = 34,
  parameter int STEP_CYCLES = 2
) (
  input logic clock, power_up, reset, tick,
  input logic begins, busy, over, converted,
  input command_t at_hand,
  input phase_t phase,
  input logic [31:0] cycles,
  input tile_constants_t constants,
  input mbx_tile_pkg::mbx_tile__out_t held,
  input logic [63:0] attojoules,         // by the meter of the macro
  input logic snapshot,
  output logic [63:0] reads, phases, pulses, program_cycles, serial_cycles, energy    // as of the snapshot
);
  typedef struct packed {
    logic [63:0] reads, phases, pulses, program_cycles, serial_cycles;
  } counts_t;
  counts_t counts, under_way, more;
  logic [63:0] attojoules_before;        // a reset
  wire [63:0] dissipated = attojoules - attojoules_before;

  // Pulses of the phase, and how many of them would not be over by themselves, rest included.
  logic [10:0] selected, lasting;
  logic [15:0] width;
  logic is_selected;
  always_comb begin
    selected = 0;
    lasting = 0;
    for (int line = 0; line < LINES; line++) begin
      width = at_hand.operation == ERASE ? held.ERASE_WIDTH.WIDTH.value : magnitude(held.PULSE[line].WIDTH.value);
      is_selected = 11'(line) < constants.bit_lines && width != 0 &&
        (at_hand.operation == ERASE || held.PULSE[line].WIDTH.value[15] == (phase == RESET));
      selected += 11'(is_selected);
      lasting += 11'(is_selected && cycles <= 32'(STEP_CYCLES) * 32'(width) + 32'(constants.relax));
    end
  end

  always_comb begin
    more = under_way;
    if (phase != NO_PHASE) begin
      more.program_cycles += 64'd1;
      more.serial_cycles += 64'(lasting);
      if (cycles == 1) begin
        more.phases += 64'd1;
        more.pulses += 64'(selected);
      end
    end
    more.reads += 64'(converted);
  end

  always_ff @(posedge clock)
    if (power_up || reset) begin
      counts <= '0;
      attojoules_before <= power_up ? 64'd0 : attojoules;
      {reads, phases, pulses, program_cycles, serial_cycles, energy} <= '0;
    end else begin
      if (begins) under_way <= '0;
      else if (tick && busy) under_way <= more;
      if (over) counts <= '{counts.reads + more.reads, counts.phases + more.phases, counts.pulses + more.pulses,
        counts.program_cycles + more.program_cycles, counts.serial_cycles + more.serial_cycles};
      if (snapshot) {reads, phases, pulses, program_cycles, serial_cycles, energy} <= {counts, dissipated};
    end
endmodule
