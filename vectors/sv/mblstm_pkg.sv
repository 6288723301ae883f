// The chip MBX, and its tile alone, in a SystemVerilog bench: the functions of mblstm_model.h by DPI-C as they stand, and a
// class that holds a chip. The header says what each function takes, gives and refuses.
//
// An array of C is one of mblstm_pkg::LINES elements here, the most that a tile has, whatever its count: a tile's size is
// no constant, and DPI-C has one signature a function. Without a counterpart, since they need pointers of another kind:
// mblstm_chip_snapshot, mblstm_chip_restore, mblstm_chip_log_callback. Files do the same: _save, _open, _log_csv.
package mblstm_pkg;
  localparam int unsigned MBLSTM_ABI_VERSION = 32'h0001_0002;
  // Elements of an array that is handed over.
  localparam int LINES = 1024;
  // Lines of a batch: four words each.
  localparam int BATCH = 256;

  typedef enum int {
    MBLSTM_OK = 0, MBLSTM_BUS_ERROR = 1, MBLSTM_NO_POWER = 2, MBLSTM_BAD_HANDLE = -1, MBLSTM_IN_USE = -2,
    MBLSTM_BAD_ARGUMENT = -3, MBLSTM_BAD_INPUT = -4, MBLSTM_TOO_SHORT = -5, MBLSTM_TOO_MANY = -6, MBLSTM_BAD_ORDER = -7,
    MBLSTM_CANNOT_WRITE = -8
  } mblstm_status;
  typedef enum int unsigned {
    MBLSTM_READ8 = 0, MBLSTM_READ16 = 1, MBLSTM_READ32 = 2, MBLSTM_WRITE8 = 3, MBLSTM_WRITE16 = 4, MBLSTM_WRITE32 = 5,
    MBLSTM_READ_REGISTER = 6, MBLSTM_WRITE_REGISTER = 7, MBLSTM_PASS = 8
  } mblstm_operation;
  typedef enum int unsigned {
    MBLSTM_LINE_MBX = 1, MBLSTM_LINE_FLASH = 2, MBLSTM_LINE_HOST = 4, MBLSTM_LINE_UART = 8, MBLSTM_LINE_TIMER = 16,
    MBLSTM_LINE_SOFTWARE = 32
  } mblstm_lines;
  typedef enum int unsigned {
    MBLSTM_LEVEL_WORD_LINE_MICROVOLTS = 0, MBLSTM_LEVEL_COLUMN_MICROVOLTS = 1, MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES = 2,
    MBLSTM_LEVEL_COLUMN_ATTOAMPERES = 3, MBLSTM_LEVEL_PULSE_MICROVOLTS = 4
  } mblstm_level;
  typedef enum int unsigned {
    MBLSTM_READ = 1, MBLSTM_READ_T = 2, MBLSTM_ZERO = 5, MBLSTM_REFERENCE = 6
  } mblstm_conversion;
  typedef enum int unsigned {
    MBLSTM_LINEAR = 0, MBLSTM_SIGMOID = 1, MBLSTM_TANH = 2
  } mblstm_circuit;
  typedef enum int unsigned {
    MBLSTM_SUPPLY_ANALOG = 1, MBLSTM_SUPPLY_DRIVERS = 2, MBLSTM_SUPPLY_SETTLED = 4
  } mblstm_supply;

  // The library.
  import "DPI-C" function int unsigned mblstm_abi_version();
  import "DPI-C" function int unsigned mblstm_results_version();
  import "DPI-C" function string mblstm_error_text();
  import "DPI-C" function string mblstm_register_text(input int unsigned address, input int unsigned value);

  // A chip.
  import "DPI-C" function int mblstm_chip_new(input string configuration, output longint unsigned chip);
  import "DPI-C" function int mblstm_chip_open(input string path, output longint unsigned chip);
  import "DPI-C" function int mblstm_chip_free(input longint unsigned chip);

  // Its bus.
  import "DPI-C" function int mblstm_chip_read8(
    input longint unsigned chip, input int unsigned address, output byte unsigned value);
  import "DPI-C" function int mblstm_chip_read16(
    input longint unsigned chip, input int unsigned address, output shortint unsigned value);
  import "DPI-C" function int mblstm_chip_read32(
    input longint unsigned chip, input int unsigned address, output int unsigned value);
  import "DPI-C" function int mblstm_chip_write8(
    input longint unsigned chip, input int unsigned address, input byte unsigned value);
  import "DPI-C" function int mblstm_chip_write16(
    input longint unsigned chip, input int unsigned address, input shortint unsigned value);
  import "DPI-C" function int mblstm_chip_write32(
    input longint unsigned chip, input int unsigned address, input int unsigned value);
  import "DPI-C" function int mblstm_chip_read_register(
    input longint unsigned chip, input int unsigned address, output int unsigned value);
  import "DPI-C" function int mblstm_chip_write_register(
    input longint unsigned chip, input int unsigned address, input int unsigned value);
  // Word 4i + 0 an operation, + 1 an address, + 2 a value, + 3 the status.
  import "DPI-C" function int mblstm_chip_batch(
    input longint unsigned chip, inout int unsigned accesses [4 * BATCH], input longint unsigned count);
  import "DPI-C" function int mblstm_chip_peek(
    input longint unsigned chip, input int unsigned address, output int unsigned value);
  import "DPI-C" function int mblstm_chip_poke(
    input longint unsigned chip, input int unsigned address, input int unsigned value);

  // Its time, lines and supply.
  import "DPI-C" function int mblstm_chip_cycle(input longint unsigned chip, output longint unsigned cycle);
  import "DPI-C" function int mblstm_chip_advance(input longint unsigned chip, input longint unsigned cycle);
  import "DPI-C" function int mblstm_chip_next_event(input longint unsigned chip, output longint unsigned cycle);
  import "DPI-C" function int mblstm_chip_interrupts(input longint unsigned chip, output int unsigned lines);
  import "DPI-C" function int mblstm_chip_reset(input longint unsigned chip, input int unsigned parts);
  import "DPI-C" function int mblstm_chip_power_cycle(input longint unsigned chip);
  import "DPI-C" function int mblstm_chip_schedule(
    input longint unsigned chip, input longint unsigned power_cut, input longint unsigned brown_out);

  // Its state.
  import "DPI-C" function int mblstm_chip_save(input longint unsigned chip, input string path);
  import "DPI-C" function int mblstm_chip_tiles(input longint unsigned chip, output int unsigned tiles);
  import "DPI-C" function int mblstm_chip_tile_size(
    input longint unsigned chip, input int unsigned tile, output int unsigned word_lines,
    output int unsigned bit_lines, output int unsigned columns);
  import "DPI-C" function int mblstm_chip_get_cells(
    input longint unsigned chip, input int unsigned tile, input longint unsigned first,
    inout int picosiemens [LINES], input longint unsigned count);
  import "DPI-C" function int mblstm_chip_set_cells(
    input longint unsigned chip, input int unsigned tile, input longint unsigned first,
    input int picosiemens [LINES], input longint unsigned count);
  import "DPI-C" function int mblstm_chip_levels(
    input longint unsigned chip, input int unsigned tile, input int unsigned level, inout longint values [LINES],
    input int unsigned count);

  // Its logs.
  import "DPI-C" function int mblstm_chip_log_csv(input longint unsigned chip, input string path);
  import "DPI-C" function int mblstm_chip_log_vcd(input longint unsigned chip, input string path, input int analog);
  import "DPI-C" function int mblstm_chip_log_close(input longint unsigned chip);

  // A tile alone.
  import "DPI-C" function int mblstm_tile_new(input string configuration, output longint unsigned tile);
  import "DPI-C" function int mblstm_tile_free(input longint unsigned tile);
  import "DPI-C" function int mblstm_tile_of(
    input string configuration, input int unsigned number, output longint unsigned tile);
  import "DPI-C" function int mblstm_tile_size(
    input longint unsigned tile, output int unsigned word_lines, output int unsigned bit_lines,
    output int unsigned columns);
  import "DPI-C" function int mblstm_tile_converters(
    input longint unsigned tile, output int largest_drive, output int largest_sense, output int microvolts_per_code);
  import "DPI-C" function int mblstm_tile_convert(
    input longint unsigned tile, input int unsigned conversion, input int drive [LINES], input int unsigned driven,
    inout int sense [LINES], input int unsigned sensed, inout byte unsigned saturated [LINES],
    output longint unsigned cycles);
  import "DPI-C" function int mblstm_tile_currents(
    input longint unsigned tile, inout longint attoamperes [LINES], input int unsigned count);
  import "DPI-C" function int mblstm_tile_program_row(
    input longint unsigned tile, input int unsigned row, input int widths [LINES], input int unsigned count,
    output longint unsigned cycles);
  import "DPI-C" function int mblstm_tile_erase(
    input longint unsigned tile, input int unsigned width, output longint unsigned cycles);
  import "DPI-C" function int mblstm_tile_amplitudes(
    input longint unsigned tile, input int unsigned set_millivolts, input int unsigned reset_millivolts);
  import "DPI-C" function int mblstm_tile_feedback(input longint unsigned tile, input int unsigned ohms);
  import "DPI-C" function int mblstm_tile_settle(input longint unsigned tile, input int unsigned cycles);
  import "DPI-C" function int mblstm_tile_stop(input longint unsigned tile, input longint unsigned cycles);
  import "DPI-C" function int mblstm_tile_trims(
    input longint unsigned tile, input int unsigned words [LINES], input int unsigned count);
  import "DPI-C" function int mblstm_tile_circuits(
    input longint unsigned tile, input int unsigned circuits [LINES], input int unsigned count);
  import "DPI-C" function int mblstm_tile_bank(
    input longint unsigned tile, input int unsigned circuit, input int unsigned words [LINES], input int unsigned count);
  import "DPI-C" function int mblstm_tile_set_supplies(input longint unsigned tile, input int unsigned wanted);
  import "DPI-C" function int mblstm_tile_supplies(input longint unsigned tile, output int unsigned present);
  import "DPI-C" function int mblstm_tile_cycle(input longint unsigned tile, output longint unsigned cycle);
  import "DPI-C" function int mblstm_tile_advance(input longint unsigned tile, input longint unsigned cycle);
  import "DPI-C" function int mblstm_tile_energy(
    input longint unsigned tile, output longint unsigned read, output longint unsigned programmed);
  import "DPI-C" function int mblstm_tile_dissipated(
    input longint unsigned tile, output longint unsigned attojoules);
  import "DPI-C" function int mblstm_tile_get_cells(
    input longint unsigned tile, input longint unsigned first, inout int picosiemens [LINES],
    input longint unsigned count);
  import "DPI-C" function int mblstm_tile_set_cells(
    input longint unsigned tile, input longint unsigned first, input int picosiemens [LINES],
    input longint unsigned count);

  // Whether a call did what it was asked for; if not, an error in the library's words.
  function automatic bit mblstm_done(input int status, input string what);
    if (status == MBLSTM_OK) return 1;
    $error("%s: status %0d: %s", what, status, mblstm_error_text());
    return 0;
  endfunction

  // A chip that a bench has: each call reports what went wrong and goes on.
  class mblstm_chip;
    // 0 while there is none.
    longint unsigned handle = 0;

    // From a configuration, in place of an earlier one.
    function bit make(input string configuration);
      free();
      return mblstm_done(mblstm_chip_new(configuration, handle), "mblstm_chip_new");
    endfunction
    // From a file, JSON or a chip file, which goes on where it was saved.
    function bit open(input string path);
      free();
      return mblstm_done(mblstm_chip_open(path, handle), "mblstm_chip_open");
    endfunction
    // Ends it, which makes its logs final.
    function void free();
      if (handle != 0) void'(mblstm_done(mblstm_chip_free(handle), "mblstm_chip_free"));
      handle = 0;
    endfunction

    function int unsigned read(input int unsigned address);
      int unsigned value;
      value = 0;
      void'(mblstm_done(mblstm_chip_read32(handle, address, value), "mblstm_chip_read32"));
      return value;
    endfunction
    function void write(input int unsigned address, input int unsigned value);
      void'(mblstm_done(mblstm_chip_write32(handle, address, value), "mblstm_chip_write32"));
    endfunction
    function int unsigned peek(input int unsigned address);
      int unsigned value;
      value = 0;
      void'(mblstm_done(mblstm_chip_peek(handle, address, value), "mblstm_chip_peek"));
      return value;
    endfunction
    function longint unsigned cycle();
      longint unsigned now;
      now = 0;
      void'(mblstm_done(mblstm_chip_cycle(handle, now), "mblstm_chip_cycle"));
      return now;
    endfunction
  endclass
endpackage
