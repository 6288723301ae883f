// What the parts of MBX's digital side hand to each other.
package digital_pkg;
  // An access. Its first clock ends with the core clock's edge of the cycle that it is made in; it ends a clock later, or, a read
  // of WAIT, as many as it stalls.
  typedef struct packed {
    logic first;            // the clock in front of its edge
    logic rest;             // the others
    logic writes;
    logic [31:0] address, data;
  } request_t;

  // What a tile is: constants of the silicon.
  typedef struct packed {
    logic [10:0] word_lines, bit_lines;
    logic pairs;            // a column is two bit lines
    logic [4:0] dac_bits, adc_bits;
    logic [31:0] lowest, highest;            // conductances, nanosiemens
    logic [31:0] read_voltage;               // microvolts a code
    logic [7:0] settle, convert;             // cycles
    logic [15:0] relax;
    logic [31:0] wake_up;
  } tile_constants_t;

  typedef struct packed {
    logic [3:0] tiles;
    logic [63:0] die;
  } chip_constants_t;

  // Bits of a tile's ERROR, one more than their number.
  typedef enum logic [3:0] {
    ACCEPTED, BUSY, OPERATION, CODE, INDEX, LOCKED, STALE, WATCHDOG, ACCESS, UNMAPPED, MISALIGNED, RESERVED, LIMIT, WAIT, SUPPLY
  } tile_error_t;

  // Likewise of MBX.ERROR.
  typedef enum logic [2:0] {CHIP_ACCEPTED, CHIP_UNMAPPED, CHIP_MISALIGNED, CHIP_ACCESS, CHIP_RESERVED, CHIP_CODE} chip_error_t;

  // As ABORTED.PHASE has it.
  typedef enum logic [1:0] {NO_PHASE, SET, RESET} phase_t;

  typedef struct packed {
    logic [3:0] operation;
    logic gain, linear;
    logic [9:0] row;
  } command_t;

  function automatic command_t command(input logic [31:0] word);
    return '{word[3:0], word[4], word[5], word[25:16]};
  endfunction

  // Operations, as the map has them.
  localparam logic [3:0] READ = 1, READ_T = 2, PROGRAM_ROW = 3, ERASE = 4, ZERO = 5, REFERENCE = 6;

  function automatic logic converts(input logic [3:0] operation);
    return operation == READ || operation == READ_T || operation == ZERO || operation == REFERENCE;
  endfunction

  // A width without its sign.
  function automatic logic [15:0] magnitude(input logic [15:0] width);
    return width[15] ? -width : width;
  endfunction
endpackage
