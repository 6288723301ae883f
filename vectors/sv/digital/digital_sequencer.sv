// The life of an operation: begun at an edge of the core clock, under way for its cycles, ended at another (chip.md 5.5, 5.6, 6).
//
// `begins`, `stops` and what is told for an edge are up in front of it. Times are those of the core clock: nothing changes where
// `tick` is low.
module digital_sequencer import digital_pkg::*; #(
  parameter int LINES = 34,
  parameter int STEP_CYCLES = 2          // cycles of a step of a pulse's width
) (
  input logic clock, power_up, tick,
  input logic begins,                    // a START is taken at this edge …
  input command_t start,                 // … with this word
  input logic references_settled,
  input logic stops,                     // a reset of the tile is taken at this edge
  input tile_constants_t constants,
  input mbx_tile_pkg::mbx_tile__out_t held,
  output logic busy,
  output command_t at_hand,              // the operation under way, or the latest
  output logic over,                     // what is under way ends at this edge …
  output logic early,                    // … before its time …
  output logic timed_out,                // … by the watchdog
  output logic unsettled,                // it began before the references had settled
  output logic [47:0] age,               // cycles since its START, at this edge
  output logic [7:0] settle,
  output phase_t phase,                  // of the pulses, at this edge
  output logic [9:0] row,
  output logic [31:0] cycles,            // that the phase has had, at this edge
  output logic [47:0] longest_phase,     // cycles of the phase
  output logic [17:0] steps_set, steps_reset    // begun, of each phase, at this edge
);
  logic [47:0] elapsed;
  phase_t phase_now;
  logic [9:0] row_now;
  logic [31:0] cycles_now;
  logic [15:0] step_now, step;
  logic [17:0] steps_now, steps, steps_set_now;

  // The longest pulse of each polarity.
  logic [15:0] longest_set, longest_reset;
  always_comb begin
    longest_set = 0;
    longest_reset = 0;
    for (int line = 0; line < LINES; line++)
      if (held.PULSE[line].WIDTH.value[15]) begin
        if (magnitude(held.PULSE[line].WIDTH.value) > longest_reset) longest_reset = magnitude(held.PULSE[line].WIDTH.value);
      end else if (held.PULSE[line].WIDTH.value > longest_set) longest_set = held.PULSE[line].WIDTH.value;
  end

  function automatic logic [47:0] lasts(input logic [15:0] width);
    return width == 0 ? 48'd0 : 48'(STEP_CYCLES) * 48'(width) + 48'(constants.relax);
  endfunction

  wire [15:0] erase_width = held.ERASE_WIDTH.WIDTH.value;
  wire [31:0] watchdog = held.WATCHDOG.VALUE.value;
  assign settle = held.SETTLE.CYCLES.value;
  logic [47:0] duration, span;
  logic overdue;
  always_comb begin
    case (at_hand.operation)
      PROGRAM_ROW: duration = lasts(longest_set) + lasts(longest_reset);
      ERASE: duration = 48'(constants.word_lines) * lasts(erase_width);
      default: duration = 48'(settle) + 48'(constants.convert);
    endcase
    overdue = watchdog != 0 && duration > 48'(watchdog);
    span = overdue ? 48'(watchdog) : duration;
  end

  assign age = elapsed + 48'd1;
  wire due = busy && age >= span;
  assign over = tick && (due || busy && stops);
  assign early = due ? overdue : 1'b1;
  assign timed_out = tick && due && overdue;

  // Where the pulses stand a cycle on.
  assign longest_phase = lasts(phase_now == SET ? longest_set : at_hand.operation == ERASE ? erase_width : longest_reset);
  always_comb begin
    phase = phase_now;
    row = row_now;
    cycles = cycles_now + 32'd1;
    if (phase_now == NO_PHASE) begin
      cycles = 1;
      row = at_hand.operation == ERASE ? 10'd0 : at_hand.row;
      if (at_hand.operation == PROGRAM_ROW && longest_set != 0) phase = SET;
      else if (at_hand.operation == PROGRAM_ROW && longest_reset != 0) phase = RESET;
      else if (at_hand.operation == ERASE && erase_width != 0) phase = RESET;
    end else if (48'(cycles_now) == longest_phase) begin
      cycles = 1;
      if (at_hand.operation == ERASE) row = row_now + 10'd1;
      else phase = RESET;
    end
    step = cycles == 1 || step_now == 16'(STEP_CYCLES - 1) ? 16'd0 : step_now + 16'd1;
    steps = cycles == 1 ? 18'd1 : steps_now + 18'(step == 0);
    steps_set = phase == SET ? steps : steps_set_now;
    steps_reset = phase == RESET ? steps : 18'd0;
  end

  always_ff @(posedge clock)
    if (power_up) begin
      busy <= 0;
      at_hand <= '0;
      unsettled <= 0;
    end else if (begins) begin
      busy <= 1;
      at_hand <= start;
      unsettled <= !references_settled;
      elapsed <= 0;
      phase_now <= NO_PHASE;
      steps_set_now <= 0;
    end else if (over) busy <= 0;
    else if (tick) begin
      elapsed <= age;
      phase_now <= phase;
      row_now <= row;
      cycles_now <= cycles;
      step_now <= step;
      steps_now <= steps;
      steps_set_now <= steps_set;
    end
endmodule
