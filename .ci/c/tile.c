/* The tile alone gives the bits of tile 0 of the chip, operation for operation: codes, saturation, cells, time, energy. And what
 * is on the chip's lines is what the tile was told and what it got. */
#include "bench.h"

enum { WORD_LINES = 9, BIT_LINES = 14, LINES = 14, OPERATIONS = 400 };

static const char *const chips[] = {
    "{\"tiles\": [[9, 14]]}",
    ("{\"tiles\": [[9, 14]], \"synapse\": \"differential\", \"readNoise\": 0.004, \"deviceToDevice\": 0.1,"
     " \"cycleToCycle\": 0.05, \"adcOffsetMicrovolts\": 900, \"adcGainPpm\": 5000, \"dacInlMicrovolts\": 700, \"seed\": 7}"),
    "{\"tiles\": [[9, 14]], \"bandwidthKilohertz\": 90000, \"device\": \"umass\", \"dacBits\": 6, \"adcBits\": 9, \"programError\": 0.02, \"seed\": 3}",
};

/* Of these chips, microvolts: the bow of the DAC. */
static const int32_t bows[] = {0, 700, 0};

struct both {
  uint64_t tile, chip, random;
  uint32_t columns;
  int32_t largest, microvolts, bow;
};

static uint64_t below(struct both *both, uint64_t count) { return random_next(&both->random) % count; }

/* Starts an operation on the chip. Returns the cycle at which it begins. */
static uint64_t start(uint64_t chip, uint32_t word) {
  uint64_t begin;
  MUST(mblstm_chip_write32(chip, START, word));
  MUST(mblstm_chip_cycle(chip, &begin));
  return begin;
}

/* Waits for its end. Returns the cycles that it took. */
static uint64_t finish(uint64_t chip, uint64_t begin) {
  uint64_t end;
  uint32_t status;
  MUST(mblstm_chip_read32(chip, WAIT, &status));
  MUST(mblstm_chip_cycle(chip, &end));
  /* A load of WAIT takes a cycle where the tile is idle already, and returns at its end otherwise. */
  return end - begin;
}

/* ---- What is on the lines ---- */

/* Of the lines that are driven. codes: null where none is. */
static void expect_volts(struct both *both, uint32_t level, const int32_t *codes) {
  uint32_t count = level == MBLSTM_LEVEL_WORD_LINE_MICROVOLTS ? WORD_LINES : both->columns;
  int64_t volts[LINES], square = (int64_t)both->largest * both->largest;
  MUST(mblstm_chip_levels(both->chip, 0, level, volts, count));
  for (uint32_t line = 0; line < count; line += 1) {
    int64_t code = codes == NULL ? 0 : codes[line], magnitude = code < 0 ? -code : code;
    int64_t bow = (int64_t)both->bow * 4 * magnitude * (both->largest - magnitude) / square;
    int64_t expected = code * both->microvolts + (code < 0 ? -bow : bow);
    EXPECT(volts[line] == expected, "line %u: %" PRId64 " uV, expected %" PRId64, line, volts[line], expected);
  }
}

static void expect_driven(struct both *both, uint32_t conversion, const int32_t *codes) {
  expect_volts(both, MBLSTM_LEVEL_WORD_LINE_MICROVOLTS, conversion == MBLSTM_READ ? codes : NULL);
  expect_volts(both, MBLSTM_LEVEL_COLUMN_MICROVOLTS, conversion == MBLSTM_READ_T ? codes : NULL);
}

/* At some cycles of pulses that have begun: a phase that lasts for so many steps of two cycles and rests for 50, then another.
 * Each has its volts, which tell of the polarity. */
static void expect_pulses(struct both *both, uint64_t begin, const uint64_t steps[2], const int32_t millivolts[2], int phases) {
  uint64_t lengths[2], all = 0;
  for (int phase = 0; phase < 2; phase += 1) lengths[phase] = steps[phase] == 0 ? 0 : 2 * steps[phase] + 50;
  for (int phase = 0; phase < phases; phase += 1) all += lengths[phase % 2];
  for (uint64_t at = 0; at < all; at += 1 + below(both, 1 + all / 4)) {
    uint64_t rest = at;
    int phase = 0;
    while (rest >= lengths[phase % 2]) rest -= lengths[phase++ % 2];
    int64_t volts, expected = rest < 2 * steps[phase % 2] ? millivolts[phase % 2] * 1000 : 0;
    MUST(mblstm_chip_advance(both->chip, begin + at));
    MUST(mblstm_chip_levels(both->chip, 0, MBLSTM_LEVEL_PULSE_MICROVOLTS, &volts, 1));
    EXPECT(volts == expected, "%" PRId64 " uV %" PRIu64 " cycles behind the start, expected %" PRId64, volts, at, expected);
    expect_driven(both, 0, NULL);
  }
}

static void expect_rest(struct both *both) {
  int64_t volts;
  MUST(mblstm_chip_levels(both->chip, 0, MBLSTM_LEVEL_PULSE_MICROVOLTS, &volts, 1));
  EXPECT(volts == 0, "%" PRId64 " uV between operations", volts);
  expect_driven(both, 0, NULL);
}

/* What the amplifiers got is what the tile alone tells, and stays until the next conversion of its direction, whatever is
 * done behind the bus. */
static void expect_currents(struct both *both, uint32_t conversion, uint32_t sensed) {
  uint32_t level = conversion == MBLSTM_READ ? MBLSTM_LEVEL_COLUMN_ATTOAMPERES : MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES;
  int64_t currents[LINES], levels[LINES];
  MUST(mblstm_tile_currents(both->tile, currents, sensed));
  MUST(mblstm_chip_poke(both->chip, 0x02004000, 5));
  MUST(mblstm_chip_log_csv(both->chip, "/dev/null"));
  MUST(mblstm_chip_log_close(both->chip));
  MUST(mblstm_chip_levels(both->chip, 0, level, levels, sensed));
  EXPECT(memcmp(currents, levels, sensed * sizeof *levels) == 0, "the chip's amplifiers got something else");
}

/* ---- Operations ---- */

static void expect_cycles(uint64_t tile, uint64_t chip) {
  EXPECT(tile == chip || (tile < 1 && chip == 1), "%" PRIu64 " cycles, the chip takes %" PRIu64, tile, chip);
}

static int16_t lane(uint32_t word, uint32_t line) { return (int16_t)(line % 2 == 0 ? word : word >> 16); }

static void convert(struct both *both, uint32_t conversion) {
  uint32_t driven = conversion == MBLSTM_READ ? WORD_LINES : conversion == MBLSTM_READ_T ? both->columns : 0;
  uint32_t longer = WORD_LINES > both->columns ? WORD_LINES : both->columns;
  uint32_t sensed = conversion == MBLSTM_READ ? both->columns : conversion == MBLSTM_READ_T ? WORD_LINES : longer;
  int32_t drive[LINES + 1] = {0}, sense[LINES];
  uint8_t saturated[LINES];
  uint64_t cycles;
  for (uint32_t line = 0; line < driven; line += 1) {
    drive[line] = (int32_t)below(both, 2 * (uint64_t)both->largest + 1) - both->largest;
  }
  for (uint32_t line = 0; line < driven; line += 2) {
    uint32_t word = (uint32_t)(uint16_t)drive[line] | (uint32_t)drive[line + 1] << 16;
    MUST(mblstm_chip_write32(both->chip, DRIVE + 2 * line, word));
  }
  MUST(mblstm_tile_convert(both->tile, conversion, drive, driven, sense, sensed, saturated, &cycles));
  uint64_t begin = start(both->chip, conversion | 1 << 5);
  expect_driven(both, conversion, drive);
  expect_cycles(cycles, finish(both->chip, begin));
  for (uint32_t line = 0; line < sensed; line += 1) {
    uint32_t word, bits;
    MUST(mblstm_chip_read32(both->chip, SENSE + 4 * (line / 2), &word));
    EXPECT(sense[line] == lane(word, line), "line %u: %d, the chip has %d", line, sense[line], lane(word, line));
    MUST(mblstm_chip_read32(both->chip, SATURATED, &bits));
    EXPECT(saturated[line] == (bits >> line & 1), "line %u is saturated in one of them", line);
  }
  if (driven > 0) expect_currents(both, conversion, sensed);
}

static void program(struct both *both) {
  uint32_t row = (uint32_t)below(both, WORD_LINES);
  int32_t widths[BIT_LINES];
  uint64_t cycles, longest[2] = {0, 0};
  uint32_t amplitude;
  for (uint32_t line = 0; line < BIT_LINES; line += 1) {
    widths[line] = below(both, 4) == 0 ? 0 : (int32_t)below(both, 2001) - 1000;
    uint64_t steps = (uint64_t)abs(widths[line]), *phase = &longest[widths[line] < 0];
    if (steps > *phase) *phase = steps;
    MUST(mblstm_chip_write32(both->chip, PULSE + 4 * line, (uint16_t)widths[line]));
  }
  MUST(mblstm_tile_program_row(both->tile, row, widths, BIT_LINES, &cycles));
  MUST(mblstm_chip_peek(both->chip, AMPLITUDE, &amplitude));
  uint64_t begin = start(both->chip, 3 | row << 16);
  expect_pulses(both, begin, longest, (int32_t[]){amplitude & 0xffff, -(int32_t)(amplitude >> 16)}, 2);
  expect_cycles(cycles, finish(both->chip, begin));
}

static void erase(struct both *both) {
  uint32_t width = (uint32_t)below(both, 500);
  uint64_t cycles;
  uint32_t amplitude;
  MUST(mblstm_chip_write32(both->chip, ERASE_WIDTH, width));
  MUST(mblstm_tile_erase(both->tile, width, &cycles));
  MUST(mblstm_chip_peek(both->chip, AMPLITUDE, &amplitude));
  int32_t millivolts = -(int32_t)(amplitude >> 16);
  uint64_t begin = start(both->chip, 4);
  expect_pulses(both, begin, (uint64_t[]){width, width}, (int32_t[]){millivolts, millivolts}, WORD_LINES);
  expect_cycles(cycles, finish(both->chip, begin));
}

static void set(struct both *both) {
  uint32_t up = 1000 + (uint32_t)below(both, 400), down = 1000 + (uint32_t)below(both, 400);
  uint32_t ohms = 5000 + (uint32_t)below(both, 100000);
  MUST(mblstm_tile_amplitudes(both->tile, up, down));
  MUST(mblstm_chip_write32(both->chip, AMPLITUDE, up | down << 16));
  MUST(mblstm_tile_feedback(both->tile, ohms));
  MUST(mblstm_chip_write32(both->chip, FEEDBACK, ohms));
  uint32_t cycles = 1 + (uint32_t)below(both, 30);
  MUST(mblstm_tile_settle(both->tile, cycles));
  MUST(mblstm_chip_write32(both->chip, SETTLE, cycles));
}

static void compare(struct both *both) {
  int32_t cells[2][WORD_LINES * BIT_LINES];
  MUST(mblstm_tile_get_cells(both->tile, 0, cells[0], WORD_LINES * BIT_LINES));
  MUST(mblstm_chip_get_cells(both->chip, 0, 0, cells[1], WORD_LINES * BIT_LINES));
  EXPECT(memcmp(cells[0], cells[1], sizeof cells[0]) == 0, "the cells differ");
  uint64_t read, programmed;
  uint32_t low, high;
  MUST(mblstm_tile_energy(both->tile, &read, &programmed));
  MUST(mblstm_chip_write32(both->chip, SNAPSHOT, 1));
  MUST(mblstm_chip_read32(both->chip, ENERGY, &low));
  MUST(mblstm_chip_read32(both->chip, ENERGY + 4, &high));
  /* Each of the two is rounded down. */
  uint64_t whole = (uint64_t)high << 32 | low;
  EXPECT(whole - (read + programmed) <= 1, "%" PRIu64 " + %" PRIu64 " aJ, the chip has %" PRIu64, read, programmed, whole);
}

/* A reset clears currents as it clears the codes. */
static void forget(struct both *both) {
  int64_t currents[LINES] = {1};
  MUST(mblstm_chip_levels(both->chip, 0, MBLSTM_LEVEL_COLUMN_ATTOAMPERES, currents, both->columns));
  EXPECT(currents[0] != 0, "no current was left");
  MUST(mblstm_chip_reset(both->chip, 1 << 8));
  for (uint32_t level = MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES; level <= MBLSTM_LEVEL_COLUMN_ATTOAMPERES; level += 1) {
    uint32_t count = level == MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES ? WORD_LINES : both->columns;
    MUST(mblstm_chip_levels(both->chip, 0, level, currents, count));
    for (uint32_t line = 0; line < count; line += 1) EXPECT(currents[line] == 0, "a reset leaves a current");
  }
}

static void supplies(const char *configuration) {
  uint64_t tile, cycle;
  uint32_t present;
  int32_t drive[WORD_LINES] = {1}, sense[LINES];
  uint32_t words, bits, columns;
  MUST(mblstm_tile_new(configuration, &tile));
  MUST(mblstm_tile_size(tile, &words, &bits, &columns));
  WANTS(MBLSTM_BAD_ORDER, "nothing has been read", mblstm_tile_currents(tile, (int64_t[LINES]){0}, columns));
  WANTS(MBLSTM_BAD_ORDER, "SUPPLY", mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_DRIVERS));
  MUST(mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG));
  int32_t widths[BIT_LINES] = {5};
  WANTS(MBLSTM_BAD_ORDER, "SUPPLY", mblstm_tile_program_row(tile, 0, widths, BIT_LINES, NULL));
  MUST(mblstm_tile_set_supplies(tile, 0));
  WANTS(MBLSTM_BAD_ORDER, "settled", mblstm_tile_convert(tile, MBLSTM_READ, drive, words, sense, columns, NULL, NULL));
  MUST(mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG));
  MUST(mblstm_tile_supplies(tile, &present));
  EXPECT(present == MBLSTM_SUPPLY_ANALOG, "%u", present);
  WANTS(MBLSTM_BAD_ORDER, "SUPPLY",
        mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG | MBLSTM_SUPPLY_DRIVERS));
  MUST(mblstm_tile_cycle(tile, &cycle));
  EXPECT(cycle == 0, "what is refused takes no time");
  MUST(mblstm_tile_advance(tile, 999));
  WANTS(MBLSTM_BAD_ORDER, "settled", mblstm_tile_convert(tile, MBLSTM_READ, drive, words, sense, columns, NULL, NULL));
  MUST(mblstm_tile_advance(tile, 1000));
  MUST(mblstm_tile_convert(tile, MBLSTM_READ, drive, words, sense, columns, NULL, NULL));
  MUST(mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG | MBLSTM_SUPPLY_DRIVERS));
  MUST(mblstm_tile_program_row(tile, 0, widths, BIT_LINES, NULL));
  MUST(mblstm_tile_free(tile));
}

int main(void) {
  for (size_t number = 0; number < sizeof chips / sizeof *chips; number += 1) {
    struct both both = {.random = 11 + number};
    uint32_t words, bits;
    int32_t sense;
    both.bow = bows[number];
    MUST(mblstm_tile_new(chips[number], &both.tile));
    MUST(mblstm_chip_new(chips[number], &both.chip));
    MUST(mblstm_tile_size(both.tile, &words, &bits, &both.columns));
    EXPECT(words == WORD_LINES && bits == BIT_LINES, "another size");
    MUST(mblstm_tile_converters(both.tile, &both.largest, &sense, &both.microvolts));
    MUST(mblstm_chip_write32(both.chip, UNLOCK, KEY));
    for (int operation = 0; operation < OPERATIONS; operation += 1) {
      switch (below(&both, 8)) {
        case 0: set(&both); break;
        case 1: erase(&both); break;
        case 2: convert(&both, MBLSTM_ZERO); break;
        case 3: convert(&both, MBLSTM_REFERENCE); break;
        case 4: convert(&both, MBLSTM_READ_T); break;
        case 5: convert(&both, MBLSTM_READ); break;
        default: program(&both); break;
      }
      expect_rest(&both);
      compare(&both);
    }
    forget(&both);
    MUST(mblstm_tile_free(both.tile));
    MUST(mblstm_chip_free(both.chip));
    supplies(chips[number]);
  }
  printf("%d operations on %zu tiles as on their chips\n", OPERATIONS, sizeof chips / sizeof *chips);
  return 0;
}
