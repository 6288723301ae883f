/* The chip MBX, and the tile that it is built on, for a bench of your own: libmblstm.
 *
 * Every function that can fail returns a status: 0 done, above 0 the hardware's own answer, below 0 a call that was
 * refused and changed nothing. No argument ends the process. mblstm_error_text() says what was wrong with the calling
 * thread's latest call that did not return 0. Which calls may be made from which thread, what a version promises and
 * worked examples are in LIBRARY.md.
 *
 * Numbers are of fixed width, arrays are pointers with a count, texts are UTF-8 and end in a zero, and nothing is passed
 * by value but numbers: DPI-C, ctypes and cffi need no shim. Nobody has to give a callback.
 */
#ifndef MBLSTM_MODEL_H
#define MBLSTM_MODEL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header: major in the upper half. A library of the same major and of no smaller minor fits. */
#define MBLSTM_ABI_VERSION 0x00010002u

enum mblstm_status {
  MBLSTM_OK = 0,
  /* The access was made, and the bus ended it with an error: no block there, or another size or alignment. */
  MBLSTM_BUS_ERROR = 1,
  /* The board has no power: no access is made and no time passes until mblstm_chip_power_cycle. */
  MBLSTM_NO_POWER = 2,

  /* No such handle: 0, freed, of another kind, or never given out. */
  MBLSTM_BAD_HANDLE = -1,
  /* Another thread, or the callback's own call, is inside a call with this handle. */
  MBLSTM_IN_USE = -2,
  /* A null pointer, a number out of its range, a length that no buffer has. */
  MBLSTM_BAD_ARGUMENT = -3,
  /* What a text, a file or a snapshot says cannot be: the error text is the command line's own. */
  MBLSTM_BAD_INPUT = -4,
  /* The buffer is shorter than what goes into it; the length needed is told. */
  MBLSTM_TOO_SHORT = -5,
  /* 4096 chips and tiles are alive. */
  MBLSTM_TOO_MANY = -6,
  /* Not now: the error text says what has to come before. */
  MBLSTM_BAD_ORDER = -7,
  /* A file cannot be written. */
  MBLSTM_CANNOT_WRITE = -8
};

/* ---- The library ------------------------------------------------------------------------------------------------- */

/* MBLSTM_ABI_VERSION of the library. */
uint32_t mblstm_abi_version(void);

/* The version of the results that chips give: the same chip and seed give the same bits while it stays. */
uint32_t mblstm_results_version(void);

/* What was wrong with this thread's latest call that did not return 0; "" before there is one. Valid until the next such
 * call of this thread. */
const char *mblstm_error_text(void);

/* What a register log calls an address and a word there: "MBX0.DRIVE[3] EVEN=52 ODD=-3", without fields where it has none;
 * "" where no chip has a register. Valid until the next such call of this thread. (Version 1.1) */
const char *mblstm_register_text(uint32_t address, uint32_t value);

/* ---- A chip ------------------------------------------------------------------------------------------------------ */

/* A chip on its board, as after power-up: MBX and its tiles, FLASH, HOST, UART, CLINT, the finisher and 256 KiB of RAM.
 * configuration: JSON as `mblstm run --print-chip` writes it ("{}" for the usual chip), or the lines of a log's head
 * without the "# " ("chip seed=1 …", "tile word-lines=25 bit-lines=64"); at most 4 MiB.
 * chip: the handle; 0 if it fails. */
int32_t mblstm_chip_new(const char *configuration, uint64_t *chip);

/* The same from a file: JSON, or a chip file, which goes on where it was saved. */
int32_t mblstm_chip_open(const char *path, uint64_t *chip);

/* Ends a chip; its logs are made final first. The handle is gone even where a log cannot be written, which the status
 * then says; it is not where the call was refused (IN_USE). */
int32_t mblstm_chip_free(uint64_t chip);

/* ---- Its bus ----------------------------------------------------------------------------------------------------- */

/* One access, of one cycle, at the next cycle; a read of WAIT takes as long as the tile is busy. A register is reached in
 * its own size only: 32 bits, UART's 8. What a block refuses (a busy tile, a reserved bit) is no error of the bus: it sets
 * the block's error bits. After BUS_ERROR and NO_POWER value is what the bus holds then, mostly 0. */
int32_t mblstm_chip_read8(uint64_t chip, uint32_t address, uint8_t *value);
int32_t mblstm_chip_read16(uint64_t chip, uint32_t address, uint16_t *value);
int32_t mblstm_chip_read32(uint64_t chip, uint32_t address, uint32_t *value);
int32_t mblstm_chip_write8(uint64_t chip, uint32_t address, uint8_t value);
int32_t mblstm_chip_write16(uint64_t chip, uint32_t address, uint16_t value);
int32_t mblstm_chip_write32(uint64_t chip, uint32_t address, uint32_t value);

/* The same in the size that registers there have, as a register model or a golden vector has it, which name a register and
 * no size. Bits of value beyond the size are reserved ones, and refused as such. */
int32_t mblstm_chip_read_register(uint64_t chip, uint32_t address, uint32_t *value);
int32_t mblstm_chip_write_register(uint64_t chip, uint32_t address, uint32_t value);

enum mblstm_operation {
  MBLSTM_READ8 = 0,
  MBLSTM_READ16 = 1,
  MBLSTM_READ32 = 2,
  MBLSTM_WRITE8 = 3,
  MBLSTM_WRITE16 = 4,
  MBLSTM_WRITE32 = 5,
  MBLSTM_READ_REGISTER = 6,
  MBLSTM_WRITE_REGISTER = 7,
  /* Lets value cycles pass; no address. */
  MBLSTM_PASS = 8
};

/* A line of a batch: four 32-bit words without padding, so that an array of 4n integers serves as well. */
typedef struct mblstm_access {
  /* Of enum mblstm_operation. */
  uint32_t operation;
  uint32_t address;
  /* Written, or, of a read, filled in. */
  uint32_t value;
  /* Filled in. */
  int32_t status;
} mblstm_access;

/* All of them in their order, whatever becomes of each; a write of 8 or 16 bits takes those of value alone. At most
 * 2^24 of them.
 * Returns the first status of a line that is not 0, else 0. */
int32_t mblstm_chip_batch(uint64_t chip, mblstm_access *accesses, uint64_t count);

/* What a read of a register or of a word of RAM would return, without effect, time or log. BUS_ERROR where there is
 * none. */
int32_t mblstm_chip_peek(uint64_t chip, uint32_t address, uint32_t *value);

/* Puts a word into a register or into RAM, without time or log; what follows from it follows. It takes as long as a
 * snapshot. BAD_INPUT for what no chip can hold. */
int32_t mblstm_chip_poke(uint64_t chip, uint32_t address, uint32_t value);

/* ---- Its time, lines and supply ---------------------------------------------------------------------------------- */

/* Core clock cycles since power-up. */
int32_t mblstm_chip_cycle(uint64_t chip, uint64_t *cycle);

/* Lets time pass up to a cycle, not before now and below 2^61. */
int32_t mblstm_chip_advance(uint64_t chip, uint64_t cycle);

/* The first later cycle at which something happens by itself: an operation ends, the timer's time comes, the supply
 * fails. UINT64_MAX where nothing is to come. */
int32_t mblstm_chip_next_event(uint64_t chip, uint64_t *cycle);

enum mblstm_lines {
  MBLSTM_LINE_MBX = 1,
  MBLSTM_LINE_FLASH = 2,
  MBLSTM_LINE_HOST = 4,
  MBLSTM_LINE_UART = 8,
  MBLSTM_LINE_TIMER = 16,
  MBLSTM_LINE_SOFTWARE = 32
};

/* The interrupt lines that are up now: levels, a bit each. */
int32_t mblstm_chip_interrupts(uint64_t chip, uint32_t *lines);

/* Resets what a word of MBX.RESET names: bit 1 MBX with all tiles and FLASH, bits 8 to 15 tiles by themselves; cells and
 * limits stay. No access is made. */
int32_t mblstm_chip_reset(uint64_t chip, uint32_t parts);

/* The power goes and comes again: cells and flash as they were left, with what was under way ended where it stood; all
 * else as after power-up, the cycle 0. Logs have to be closed before. */
int32_t mblstm_chip_power_cycle(uint64_t chip);

/* Has the supply fail, in place of what was scheduled before: the power goes at a cycle, the supplies of references and
 * drivers fail at a cycle. Neither is in the past; UINT64_MAX is never. */
int32_t mblstm_chip_schedule(uint64_t chip, uint64_t power_cut, uint64_t brown_out);

/* ---- Its state --------------------------------------------------------------------------------------------------- */

/* The whole state in the form of a chip file (`mblstm run --load`).
 * length: the bytes needed, always. TOO_SHORT where capacity is less; bytes may then be null. */
int32_t mblstm_chip_snapshot(uint64_t chip, uint8_t *bytes, uint64_t capacity, uint64_t *length);

/* The chip goes on where the snapshot was taken, as the chip that it was taken of. Logs have to be closed before. */
int32_t mblstm_chip_restore(uint64_t chip, const uint8_t *bytes, uint64_t length);

/* A snapshot as a file. */
int32_t mblstm_chip_save(uint64_t chip, const char *path);

/* The tiles that it has, 1 to 8. */
int32_t mblstm_chip_tiles(uint64_t chip, uint32_t *tiles);

/* The lines of a tile. columns: what a READ senses, bit lines or pairs of them. */
int32_t mblstm_chip_tile_size(
    uint64_t chip, uint32_t tile, uint32_t *word_lines, uint32_t *bit_lines, uint32_t *columns);

/* Picosiemens of count cells of a tile from cell first on, row-major: word line by word line. */
int32_t mblstm_chip_get_cells(uint64_t chip, uint32_t tile, uint64_t first, int32_t *picosiemens, uint64_t count);

/* Puts cells into a known state, each within the bounds of its device; none changes where one is outside. */
int32_t mblstm_chip_set_cells(
    uint64_t chip, uint32_t tile, uint64_t first, const int32_t *picosiemens, uint64_t count);

enum mblstm_level {
  /* Of each word line what READ drives while it is under way, else 0: microvolts, offset and bow of the DAC included. */
  MBLSTM_LEVEL_WORD_LINE_MICROVOLTS = 0,
  /* Of each column the same of READ_T. */
  MBLSTM_LEVEL_COLUMN_MICROVOLTS = 1,
  /* Of each word line what its amplifier got in the latest READ_T, read noise included; 0 before one and after a reset. */
  MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES = 2,
  /* Of each column the same of READ. */
  MBLSTM_LEVEL_COLUMN_ATTOAMPERES = 3,
  /* One number: across a selected cell while PROGRAM_ROW or ERASE is under way, else 0. Above 0 SET, below 0 RESET. */
  MBLSTM_LEVEL_PULSE_MICROVOLTS = 4
};

/* What is on the lines of a tile now, as a log with analog waves has it: a pulse of a row lasts as long as the longest of its
 * widths. level: of enum mblstm_level. The count is that of the lines exactly. Without effect, time or log; currents are no
 * part of a snapshot. */
int32_t mblstm_chip_levels(uint64_t chip, uint32_t tile, uint32_t level, int64_t *values, uint32_t count);

/* ---- Its logs ---------------------------------------------------------------------------------------------------- */

/* From now on the register log goes to a file, as `mblstm run --log` writes it; `mblstm replay` takes it, wherever it
 * begins. The file appears under its name when the log is closed. Standard output is none. */
int32_t mblstm_chip_log_csv(uint64_t chip, const char *path);

/* The same as waves, as --vcd writes them: from cycle 0 only. analog: 1 with volts and amperes, as --vcd-analog. */
int32_t mblstm_chip_log_vcd(uint64_t chip, const char *path, int32_t analog);

enum mblstm_entry {
  /* The lines before the first entry, all in one text. */
  MBLSTM_ENTRY_HEAD = 0,
  MBLSTM_ENTRY_READ = 1,
  MBLSTM_ENTRY_WRITE = 2,
  MBLSTM_ENTRY_EVENT = 3
};

/* An entry of the log: kind of enum mblstm_entry; address and value of an access, else 0; line as the CSV has it, without
 * its line feed and valid during the call. It is called inside the call that made the entry, on its thread, with the
 * chip's handle in use. It has to return. */
typedef void (*mblstm_log_entry)(
    void *context, uint32_t kind, uint64_t cycle, uint32_t address, uint32_t value, const char *line);

/* From now on every entry is told. context is handed on as it is. */
int32_t mblstm_chip_log_callback(uint64_t chip, mblstm_log_entry entry, void *context);

/* Makes all logs final and ends them; nothing where there is none. CANNOT_WRITE for the first thing that went wrong since
 * they began. */
int32_t mblstm_chip_log_close(uint64_t chip);

/* ---- A tile alone ------------------------------------------------------------------------------------------------ */

/* The first tile of a configuration below any register map: codes and widths in, codes and conductances out. Its time is
 * its own, 0 at first; operations take as long as MBX's do and nothing else does. It gives the same bits as tile 0 of the
 * chip with the same configuration, operation for operation. tile: the handle; 0 if it fails. */
int32_t mblstm_tile_new(const char *configuration, uint64_t *tile);
int32_t mblstm_tile_free(uint64_t tile);

/* The tile of a number of a configuration, from 0 on: its random draws are those of that tile of the chip. (Version 1.2) */
int32_t mblstm_tile_of(const char *configuration, uint32_t number, uint64_t *tile);

/* Its lines, as of mblstm_chip_tile_size. */
int32_t mblstm_tile_size(uint64_t tile, uint32_t *word_lines, uint32_t *bit_lines, uint32_t *columns);

/* Its converters: the largest drive code (codes are symmetric), the largest sense code (the smallest is one less than its
 * negative), and microvolts of a drive code of 1. */
int32_t mblstm_tile_converters(
    uint64_t tile, int32_t *largest_drive, int32_t *largest_sense, int32_t *microvolts_per_code);

enum mblstm_conversion {
  /* Word lines driven, columns sensed. */
  MBLSTM_READ = 1,
  /* Columns driven, word lines sensed. */
  MBLSTM_READ_T = 2,
  /* 0 V on every converter: nothing driven, as many sensed as the longer side has. */
  MBLSTM_ZERO = 5,
  /* The reference voltage on every converter, likewise. */
  MBLSTM_REFERENCE = 6
};

/* Drives lines with codes and converts what is sensed: linearly, unless mblstm_tile_circuits or mblstm_tile_trims has said
 * otherwise. The counts are those of the lines exactly; drive may be null where nothing is driven. saturated: a line each,
 * 0 or 1; may be null. cycles: that it took; may be null. BAD_ORDER without settled references; nothing is converted then,
 * and no time passes. */
int32_t mblstm_tile_convert(
    uint64_t tile, uint32_t conversion, const int32_t *drive, uint32_t driven, int32_t *sense, uint32_t sensed,
    uint8_t *saturated, uint64_t *cycles);

/* Attoamperes into the amplifiers in the latest READ or READ_T: as many as it sensed. */
int32_t mblstm_tile_currents(uint64_t tile, int64_t *attoamperes, uint32_t count);

/* Pulses on a word line, a width for each bit line in steps: above 0 SET, below 0 RESET. The SETs come first, all at once.
 * BAD_ORDER without supply of the drivers. */
int32_t mblstm_tile_program_row(
    uint64_t tile, uint32_t row, const int32_t *widths, uint32_t count, uint64_t *cycles);

/* A RESET of this width on every cell, word line by word line; 0 to 65 535 steps. */
int32_t mblstm_tile_erase(uint64_t tile, uint32_t width, uint64_t *cycles);

/* Amplitudes of the pulses, millivolts, at most the configuration's maximum. */
int32_t mblstm_tile_amplitudes(uint64_t tile, uint32_t set, uint32_t reset);

/* Feedback resistor of the amplifiers, ohms, not 0. */
int32_t mblstm_tile_feedback(uint64_t tile, uint32_t ohms);

/* From when lines are driven to when converters sample: 1 to 255 cycles, and a conversion lasts as much longer. With a
 * configuration's "bandwidthKilohertz" an amplifier that needs longer is sampled on its way. (Version 1.1) */
int32_t mblstm_tile_settle(uint64_t tile, uint32_t cycles);

/* The next operation ends early: it has its effect of so many cycles, at most of those it takes, which it then tells. A
 * conversion converts nothing: its codes are those of the one before, and lines that were driven have dissipated; it needs
 * supplied references, but no settled ones. Programming gives each cell what of its pulse those cycles have. An operation that is
 * refused leaves it to the next. (Version 1.2) */
int32_t mblstm_tile_stop(uint64_t tile, uint64_t cycles);

/* Trims of the converters, as TRIM of MBX has them: the offset taken off in the lower half, steps of 25 microvolts, and a gain of
 * 0x8000 for 1 in the upper. As many as the longer side has lines. (Version 1.2) */
int32_t mblstm_tile_trims(uint64_t tile, const uint32_t *words, uint32_t count);

enum mblstm_circuit {
  MBLSTM_LINEAR = 0,
  MBLSTM_SIGMOID = 1,
  MBLSTM_TANH = 2
};

/* The circuit behind each column in READ, between amplifier and converter; of enum mblstm_circuit. (Version 1.2) */
int32_t mblstm_tile_circuits(uint64_t tile, const uint32_t *circuits, uint32_t count);

/* The circuit SIGMOID or TANH of all columns that have it, by the words of MBX's registers: COUNT (1 to 16), RAILS, 16 of BREAK, 16
 * of LINE. count: 34. (Version 1.2) */
int32_t mblstm_tile_bank(uint64_t tile, uint32_t circuit, const uint32_t *words, uint32_t count);

enum mblstm_supply {
  /* References, amplifiers and converters. */
  MBLSTM_SUPPLY_ANALOG = 1,
  /* Drivers of pulses. */
  MBLSTM_SUPPLY_DRIVERS = 2,
  /* The references have settled; follows by itself. */
  MBLSTM_SUPPLY_SETTLED = 4
};

/* Switches its supplies: analog first, the drivers once the references have settled; down the other way. BAD_ORDER
 * otherwise. wanted: of MBLSTM_SUPPLY_ANALOG and _DRIVERS; all is on at first. */
int32_t mblstm_tile_set_supplies(uint64_t tile, uint32_t wanted);
int32_t mblstm_tile_supplies(uint64_t tile, uint32_t *present);

/* Its time in core clock cycles. */
int32_t mblstm_tile_cycle(uint64_t tile, uint64_t *cycle);

/* Lets time pass up to a cycle, as for references to settle; not before now and below 2^61. */
int32_t mblstm_tile_advance(uint64_t tile, uint64_t cycle);

/* Dissipated in the array since it was made, attojoules: by conversions, and by pulses with half-selected cells. */
int32_t mblstm_tile_energy(uint64_t tile, uint64_t *read, uint64_t *programmed);

/* Both together, as ENERGY of MBX has it: rounded down once. (Version 1.2) */
int32_t mblstm_tile_dissipated(uint64_t tile, uint64_t *attojoules);

/* As of mblstm_chip_get_cells and mblstm_chip_set_cells. */
int32_t mblstm_tile_get_cells(uint64_t tile, uint64_t first, int32_t *picosiemens, uint64_t count);
int32_t mblstm_tile_set_cells(uint64_t tile, uint64_t first, const int32_t *picosiemens, uint64_t count);

#ifdef __cplusplus
}
#endif

#endif
