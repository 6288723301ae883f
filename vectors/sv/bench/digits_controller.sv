// A controller of the chip without a processor: a microprogram, an APB master, and the arithmetic of an LSTM step
// (specification/firmware.md 1.2 and 6). It configures the chip, classifies one sequence and keeps to the firmware's order.
module digits_controller #(
  parameter int INPUTS = 8, HIDDEN = 16, OUTPUTS = 10, STEPS = 8,
  parameter int FULL_SCALE = 127,                       // code of 1 on a line
  parameter int SENSE_SHIFT = 4                         // 16 bits less those of an ADC
) (
  input logic clock,
  input logic start,
  output logic [7:0] step,                              // whose inputs are wanted
  input logic signed [15:0] inputs [INPUTS],            // Q0.15
  output logic done,
  output logic failed,                                  // an error of the bus, or one that the chip told of
  output logic signed [15:0] outputs [OUTPUTS],         // Q3.12 divided by 2^headroom
  output logic [7:0] winner,
  output logic PSEL, PENABLE, PWRITE,
  output logic [31:0] PADDR, PWDATA,
  output logic [3:0] PSTRB,
  input logic PREADY, PSLVERR,
  input logic [31:0] PRDATA
);
  localparam logic [31:0] MBX = 32'h4000_0000, LSTM = 32'h4001_0000, DENSE = 32'h4002_0000;
  localparam logic [31:0] START = 'h08, WAIT = 'h10, ERROR = 'h14, UNLOCK = 'h18, FEEDBACK = 'h40, ACTIVATION = 'h100;
  localparam logic [31:0] DRIVE = 'h1000, SENSE = 'h2000, SCALAR_TANH = 'h44, SCALAR_VALUE = 'h48;
  localparam logic [31:0] KEY = 32'h5052_4f47, READ = 1, READ_LINEAR = 'h21;
  localparam int COLUMNS = 4 * HIDDEN, LINES = INPUTS + HIDDEN + 1;

  typedef enum logic [3:0] {
    WRITE,    // `value` to `address`
    DISCARD,  // a read of `address`, which waits as long as it stalls
    EXPECT,   // a read of `address`, which has to be `value`
    LINE,     // codes of lines `index` and the next to `address`
    GATE,     // gates `index` and the next from `address`
    SQUASH,   // cell states `index` and the next to `address`
    HIDE,     // tanh of them from `address`: h, and the codes of its lines
    RESULT,   // outputs `index` and the next from `address`
    INPUT,    // codes of the step's inputs
    CELL,     // cell state `index`
    LOOP,     // to instruction `value` while a step is left
    END
  } operation_t;
  typedef struct packed {
    operation_t operation;
    logic [7:0] index;
    logic [31:0] address, value;
  } instruction_t;

  // The microprogram.
  instruction_t program_memory [256];
  int length = 0;
  task automatic emit(
    input operation_t operation, input logic [31:0] address = 0, input logic [31:0] value = 0, input int index = 0);
    program_memory[length[7:0]] = '{operation, index[7:0], address, value};
    length++;
  endtask
  task automatic convert(input logic [31:0] tile, input int first, input int count, input logic [31:0] command);
    for (int line = 0; line < count; line += 2) emit(LINE, tile + DRIVE + 2 * line, 0, first + line);
    emit(WRITE, tile + START, command);
    emit(DISCARD, tile + WAIT);
  endtask
  initial begin
    int again;
    // Columns of the gates i, f, g, o; g has the circuit of tanh.
    for (int word = 0; word < COLUMNS / 16; word++)
      emit(WRITE, LSTM + ACTIVATION + 4 * word, word * 16 / HIDDEN == 2 ? 32'haaaa_aaaa : 32'h5555_5555);
    // Feedback of gain 0 for windows of ±1, with one bit of headroom in the dense layer (firmware.md 3).
    for (int tile = 0; tile < 2; tile++) begin
      emit(WRITE, (tile == 0 ? LSTM : DENSE) + UNLOCK, KEY);
      emit(WRITE, (tile == 0 ? LSTM : DENSE) + FEEDBACK, tile == 0 ? 11376 : 5688);
      emit(WRITE, (tile == 0 ? LSTM : DENSE) + UNLOCK, 0);
    end
    again = length;
    emit(INPUT);
    convert(LSTM, 0, LINES, READ);
    for (int column = 0; column < COLUMNS; column += 2) emit(GATE, LSTM + SENSE + 2 * column, 0, column);
    for (int k = 0; k < HIDDEN; k++) emit(CELL, 0, 0, k);
    for (int k = 0; k < HIDDEN; k += 2) begin
      emit(SQUASH, MBX + SCALAR_TANH, 0, k);
      emit(HIDE, MBX + SCALAR_VALUE, 0, k);
    end
    emit(LOOP, 0, again);
    convert(DENSE, INPUTS, HIDDEN + 1, READ_LINEAR);
    for (int column = 0; column < OUTPUTS; column += 2) emit(RESULT, DENSE + SENSE + 2 * column, 0, column);
    emit(EXPECT, LSTM + ERROR, 0);
    emit(EXPECT, DENSE + ERROR, 0);
    emit(END);
  end

  // x, h, 1; one more for the odd half of a word.
  logic signed [15:0] lines [LINES + 1];
  logic signed [15:0] gates [COLUMNS];
  logic signed [15:0] cell_state [HIDDEN];

  function automatic logic signed [15:0] saturated(input logic signed [39:0] x);
    return x > 32767 ? 16'sd32767 : x < -32768 ? -16'sd32768 : x[15:0];
  endfunction
  function automatic logic signed [15:0] code(input logic signed [15:0] x);
    return 16'((40'(x) * FULL_SCALE + 40'sd16384) >>> 15);
  endfunction
  // f·c + i·g, rounded once.
  function automatic logic signed [15:0] next_cell(input int k);
    return saturated((40'(gates[HIDDEN + k]) * cell_state[k] * 8 + 40'(gates[k]) * gates[2 * HIDDEN + k]
      + 40'sd131072) >>> 18);
  endfunction
  function automatic logic signed [15:0] hidden(input int k, input logic [15:0] squashed);
    return saturated((40'(gates[3 * HIDDEN + k]) * $signed(squashed) + 40'sd16384) >>> 15);
  endfunction

  typedef enum {IDLE, FETCH, SETUP, ACCESS} state_t;
  state_t state = IDLE;
  logic [7:0] place;
  instruction_t now;
  assign now = program_memory[place];
  int at;
  assign at = int'(now.index);
  wire writes = now.operation inside {WRITE, LINE, SQUASH};
  wire accesses = writes || now.operation inside {DISCARD, EXPECT, GATE, HIDE, RESULT};
  assign PSTRB = {4{PWRITE}};

  always @(posedge clock) case (state)
    IDLE: if (start) begin
      place <= 0;
      step <= 0;
      {done, failed} <= 2'b00;
      for (int line = 0; line <= LINES; line++) lines[line] <= line == LINES - 1 ? 16'(FULL_SCALE) : 16'd0;
      for (int k = 0; k < HIDDEN; k++) cell_state[k] <= 0;
      state <= FETCH;
    end
    FETCH: begin
      if (accesses) begin
        {PSEL, PENABLE, PWRITE, PADDR} <= {1'b1, 1'b0, writes, now.address};
        PWDATA <= now.operation == LINE ? {lines[at + 1], lines[at]}
          : now.operation == SQUASH ? {cell_state[at + 1], cell_state[at]} : now.value;
        state <= SETUP;
      end else begin
        place <= place + 1;
        case (now.operation)
          INPUT: for (int line = 0; line < INPUTS; line++) lines[line] <= code(inputs[line]);
          CELL: cell_state[at] <= next_cell(at);
          LOOP: if (int'(step) != STEPS - 1) begin
            step <= step + 1;
            place <= now.value[7:0];
          end
          default: begin
            winner <= largest();
            done <= 1;
            state <= IDLE;
          end
        endcase
      end
    end
    SETUP: begin
      PENABLE <= 1;
      state <= ACCESS;
    end
    ACCESS: if (PREADY) begin
      {PSEL, PENABLE} <= 2'b00;
      place <= place + 1;
      state <= FETCH;
      if (PSLVERR || (now.operation == EXPECT && PRDATA != now.value)) begin
        {done, failed} <= 2'b11;
        state <= IDLE;
      end
      for (int half = 0; half < 2; half++) case (now.operation)
        GATE: gates[at + half] <= PRDATA[16 * half +: 16] << SENSE_SHIFT;
        RESULT: outputs[at + half] <= PRDATA[16 * half +: 16] << SENSE_SHIFT;
        HIDE: lines[INPUTS + at + half] <= code(hidden(at + half, PRDATA[16 * half +: 16]));
        default: ;
      endcase
    end
  endcase

  // The first place of the largest output.
  function automatic logic [7:0] largest();
    largest = 0;
    for (int k = 1; k < OUTPUTS; k++) if (outputs[k] > outputs[int'(largest)]) largest = 8'(k);
  endfunction
  initial {done, failed, PSEL, PENABLE, PWRITE} = 0;
endmodule
