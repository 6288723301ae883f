/* The tile alone gives the bits of tile 0 of the chip, operation for operation: codes, saturation, cells, time, energy. */
#include "bench.h"

enum { WORD_LINES = 9, BIT_LINES = 14, LINES = 14, OPERATIONS = 400 };

static const char *const chips[] = {
    "{\"tiles\": [[9, 14]]}",
    ("{\"tiles\": [[9, 14]], \"synapse\": \"differential\", \"readNoise\": 0.004, \"deviceToDevice\": 0.1,"
     " \"cycleToCycle\": 0.05, \"adcOffsetMicrovolts\": 900, \"adcGainPpm\": 5000, \"dacInlMicrovolts\": 700, \"seed\": 7}"),
    "{\"tiles\": [[9, 14]], \"device\": \"umass\", \"dacBits\": 6, \"adcBits\": 9, \"programError\": 0.02, \"seed\": 3}",
};

struct both {
  uint64_t tile, chip, random;
  uint32_t columns;
  int32_t largest;
};

static uint64_t below(struct both *both, uint64_t count) { return random_next(&both->random) % count; }

/* Starts an operation on the chip and waits for it. Returns the cycles that it took. */
static uint64_t operate(uint64_t chip, uint32_t word) {
  uint64_t begin, end;
  uint32_t status;
  MUST(mblstm_chip_write32(chip, START, word));
  MUST(mblstm_chip_cycle(chip, &begin));
  MUST(mblstm_chip_read32(chip, WAIT, &status));
  MUST(mblstm_chip_cycle(chip, &end));
  /* A load of WAIT takes a cycle where the tile is idle already, and returns at its end otherwise. */
  return end - begin;
}

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
  expect_cycles(cycles, operate(both->chip, conversion | 1 << 5));
  for (uint32_t line = 0; line < sensed; line += 1) {
    uint32_t word, bits;
    MUST(mblstm_chip_read32(both->chip, SENSE + 4 * (line / 2), &word));
    EXPECT(sense[line] == lane(word, line), "line %u: %d, the chip has %d", line, sense[line], lane(word, line));
    MUST(mblstm_chip_read32(both->chip, SATURATED, &bits));
    EXPECT(saturated[line] == (bits >> line & 1), "line %u is saturated in one of them", line);
  }
  int64_t currents[LINES];
  if (driven > 0) MUST(mblstm_tile_currents(both->tile, currents, sensed));
}

static void program(struct both *both) {
  uint32_t row = (uint32_t)below(both, WORD_LINES);
  int32_t widths[BIT_LINES];
  uint64_t cycles;
  for (uint32_t line = 0; line < BIT_LINES; line += 1) {
    widths[line] = below(both, 4) == 0 ? 0 : (int32_t)below(both, 2001) - 1000;
    MUST(mblstm_chip_write32(both->chip, PULSE + 4 * line, (uint16_t)widths[line]));
  }
  MUST(mblstm_tile_program_row(both->tile, row, widths, BIT_LINES, &cycles));
  expect_cycles(cycles, operate(both->chip, 3 | row << 16));
}

static void erase(struct both *both) {
  uint32_t width = (uint32_t)below(both, 500);
  uint64_t cycles;
  MUST(mblstm_chip_write32(both->chip, ERASE_WIDTH, width));
  MUST(mblstm_tile_erase(both->tile, width, &cycles));
  expect_cycles(cycles, operate(both->chip, 4));
}

static void set(struct both *both) {
  uint32_t up = 1000 + (uint32_t)below(both, 400), down = 1000 + (uint32_t)below(both, 400);
  uint32_t ohms = 5000 + (uint32_t)below(both, 100000);
  MUST(mblstm_tile_amplitudes(both->tile, up, down));
  MUST(mblstm_chip_write32(both->chip, AMPLITUDE, up | down << 16));
  MUST(mblstm_tile_feedback(both->tile, ohms));
  MUST(mblstm_chip_write32(both->chip, FEEDBACK, ohms));
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
    int32_t sense, microvolts;
    MUST(mblstm_tile_new(chips[number], &both.tile));
    MUST(mblstm_chip_new(chips[number], &both.chip));
    MUST(mblstm_tile_size(both.tile, &words, &bits, &both.columns));
    EXPECT(words == WORD_LINES && bits == BIT_LINES, "another size");
    MUST(mblstm_tile_converters(both.tile, &both.largest, &sense, &microvolts));
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
      compare(&both);
    }
    MUST(mblstm_tile_free(both.tile));
    MUST(mblstm_chip_free(both.chip));
    supplies(chips[number]);
  }
  printf("%d operations on %zu tiles as on their chips\n", OPERATIONS, sizeof chips / sizeof *chips);
  return 0;
}
