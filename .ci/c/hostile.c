/* Every function with every hostile argument: each call returns a status of the header with words for it, writes nothing
 * beyond what it was given, and the chip goes on as if it had not been made. */
#include "bench.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const uint64_t numbers[] = {
    0, 1, 2, 3, 7, 8, 255, 256, 1023, 1024, 4095, 4096, 65535, 65536, UINT32_MAX - 1, UINT32_MAX,
    UINT64_C(1) << 32, UINT64_C(1) << 61, (UINT64_C(1) << 61) - 1, UINT64_C(1) << 62, INT64_MAX, UINT64_C(1) << 63,
    UINT64_MAX - 1, UINT64_MAX};
static const uint32_t addresses[] = {
    0, 1, 2, 3, 4, 0x00100000, 0x00100001, 0x02000000, 0x0200bffc, 0x0200c000, 0x10000000, 0x10000001, 0x10000008,
    0x3ffffffc, 0x40000000, 0x40000001, 0x4000fffc, 0x40010000, 0x40010002, 0x40010014, 0x40011000, 0x4001fffc,
    0x4001ffff, 0x40020000, 0x40090000, 0x40100000, 0x40100004, 0x40110000, 0x7fffffff, 0x80000000, 0x80000001,
    0x8003fffc, 0x80040000, 0xfffffff0, 0xfffffffc, 0xfffffffd, 0xfffffffe, 0xffffffff};
static const char *const texts[] = {
    NULL, "", " ", "{", "{}", "null", "[]", "{\"tiles\": []}", "{\"tiles\": [[0, 0]]}", "{\"tiles\": [[-1, 5]]}",
    "{\"tiles\": [[1025, 1]]}", "{\"tiles\": [[1, 1]], \"sed\": 1}", "{\"seed\": 1e400}", "{\"seed\": -1}",
    "{\"device\": \"none\"}", "\xff\xfe", "chip", "chip seed=1", "chip seed=1\ntile word-lines=1 bit-lines=1\ntile",
    "-", "/", "/dev/null/none", "/dev/full", "/nowhere/at/all", "."};

static uint64_t calls;

static int32_t judged(int32_t status) {
  calls += 1;
  EXPECT(status >= MBLSTM_CANNOT_WRITE && status <= MBLSTM_NO_POWER, "%d is no status", status);
  EXPECT(status == MBLSTM_OK || strlen(mblstm_error_text()) > 10, "%d without words", status);
  return status;
}

static void silent(void *context, uint32_t kind, uint64_t cycle, uint32_t address, uint32_t value, const char *line) {
  (void)kind, (void)cycle, (void)address, (void)value, (void)line;
  *(uint64_t *)context += 1;
}

/* All calls that take a chip, with each number for each argument of one. good: whether the handle is one. */
static void chip_calls(uint64_t chip, int good) {
  uint8_t byte, bytes[64];
  uint16_t half;
  uint32_t word, words[3];
  uint64_t wide;
  int32_t cells[64] = {0};
  int64_t levels[8];
  mblstm_access accesses[4];
#define CALL(call)                                                                                       \
  do {                                                                                                   \
    int32_t status__ = judged(call);                                                                     \
    EXPECT(good || status__ == MBLSTM_BAD_HANDLE || status__ == MBLSTM_BAD_ARGUMENT, "%s: %d", #call, status__); \
  } while (0)
  for (size_t a = 0; a < COUNT(addresses); a += 1) {
    for (size_t n = 0; n < COUNT(numbers); n += 1) {
      EXPECT(strlen(mblstm_register_text(addresses[a], (uint32_t)numbers[n])) < 200, "a long name");
    }
    CALL(mblstm_chip_read8(chip, addresses[a], &byte));
    CALL(mblstm_chip_read16(chip, addresses[a], &half));
    CALL(mblstm_chip_read32(chip, addresses[a], &word));
    CALL(mblstm_chip_peek(chip, addresses[a], &word));
    CALL(mblstm_chip_read_register(chip, addresses[a], &word));
    CALL(mblstm_chip_read_register(chip, addresses[a], NULL));
    CALL(mblstm_chip_read8(chip, addresses[a], NULL));
    CALL(mblstm_chip_read16(chip, addresses[a], NULL));
    CALL(mblstm_chip_read32(chip, addresses[a], NULL));
    CALL(mblstm_chip_peek(chip, addresses[a], NULL));
    for (size_t n = 0; n < COUNT(numbers); n += 1) {
      uint32_t value = (uint32_t)numbers[n];
      CALL(mblstm_chip_write8(chip, addresses[a], (uint8_t)value));
      CALL(mblstm_chip_write16(chip, addresses[a], (uint16_t)value));
      CALL(mblstm_chip_write32(chip, addresses[a], value));
      CALL(mblstm_chip_write_register(chip, addresses[a], value));
      if ((a + n) % STRIDE == 0) CALL(mblstm_chip_poke(chip, addresses[a], value));
      for (uint32_t operation = 0; operation < 4; operation += 1) {
        accesses[operation] = (mblstm_access){(uint32_t)(n + operation), addresses[a], value & 0xffff, 99};
      }
      CALL(mblstm_chip_batch(chip, accesses, 4));
    }
  }
  CALL(mblstm_chip_batch(chip, NULL, 0));
  CALL(mblstm_chip_cycle(chip, NULL));
  CALL(mblstm_chip_next_event(chip, NULL));
  CALL(mblstm_chip_next_event(chip, &wide));
  CALL(mblstm_chip_interrupts(chip, NULL));
  CALL(mblstm_chip_interrupts(chip, &word));
  CALL(mblstm_chip_tiles(chip, NULL));
  CALL(mblstm_chip_snapshot(chip, NULL, 0, NULL));
  CALL(mblstm_chip_snapshot(chip, NULL, UINT64_MAX, &wide));
  CALL(mblstm_chip_snapshot(chip, bytes, sizeof bytes, &wide));
  CALL(mblstm_chip_log_callback(chip, NULL, NULL));
  for (size_t n = 0; n < COUNT(numbers); n += 1) {
    uint64_t number = numbers[n];
    uint32_t narrow = (uint32_t)number;
    if (number > 4) CALL(mblstm_chip_batch(chip, NULL, number));
    if (number > 1 << 24) CALL(mblstm_chip_batch(chip, accesses, number));
    CALL(mblstm_chip_reset(chip, narrow));
    CALL(mblstm_chip_restore(chip, NULL, number));
    if (number <= sizeof bytes || number > UINT64_C(1) << 32) CALL(mblstm_chip_restore(chip, bytes, number));
    CALL(mblstm_chip_tile_size(chip, narrow, &words[0], &words[1], &words[2]));
    CALL(mblstm_chip_tile_size(chip, narrow, NULL, NULL, NULL));
    for (uint32_t level = 0; level < 7; level += 1) {
      CALL(mblstm_chip_levels(chip, narrow, level, levels, 2));
      CALL(mblstm_chip_levels(chip, 0, level, NULL, narrow));
      if (narrow <= COUNT(levels) || narrow > 4096) CALL(mblstm_chip_levels(chip, 0, level, levels, narrow));
    }
    CALL(mblstm_chip_levels(chip, 0, narrow, levels, 1));
    for (size_t m = 0; m < COUNT(numbers); m += 1) {
      CALL(mblstm_chip_get_cells(chip, narrow, numbers[m], NULL, number));
      CALL(mblstm_chip_set_cells(chip, narrow, numbers[m], NULL, number));
      if (number <= 64 || number > 1 << 20) {
        CALL(mblstm_chip_get_cells(chip, narrow, numbers[m], cells, number));
        CALL(mblstm_chip_set_cells(chip, narrow, numbers[m], cells, number));
      }
    }
  }
  for (size_t t = 0; t < COUNT(texts); t += 1) {
    for (int32_t analog = -1; analog < 3; analog += 1) CALL(mblstm_chip_log_vcd(chip, texts[t], analog));
    if (texts[t] == NULL || texts[t][0] == '/' || texts[t][0] == '.' || texts[t][0] == 0) {
      CALL(mblstm_chip_log_csv(chip, texts[t]));
      CALL(mblstm_chip_save(chip, texts[t]));
    }
    CALL(mblstm_chip_log_close(chip));
  }
#undef CALL
}

/* What moves time and supply, on a chip of its own: some of it leaves none to go on with. */
static void time_calls(void) {
  for (size_t n = 0; n < COUNT(numbers); n += 1) {
    for (size_t m = n % STRIDE; m < COUNT(numbers); m += STRIDE) {
      uint64_t chip, cycle;
      uint32_t word;
      MUST(mblstm_chip_new("{\"tiles\": [[2, 2]]}", &chip));
      judged(mblstm_chip_write32(chip, START, 1));
      judged(mblstm_chip_schedule(chip, numbers[n], numbers[m]));
      judged(mblstm_chip_advance(chip, numbers[m]));
      judged(mblstm_chip_advance(chip, numbers[n]));
      judged(mblstm_chip_read32(chip, WAIT, &word));
      judged(mblstm_chip_poke(chip, DRIVE, 1));
      judged(mblstm_chip_log_vcd(chip, "/dev/null", 0));
      judged(mblstm_chip_next_event(chip, &cycle));
      judged(mblstm_chip_power_cycle(chip));
      MUST(mblstm_chip_write32(chip, DRIVE, 1));
      MUST(mblstm_chip_free(chip));
    }
  }
}

static void tile_calls(uint64_t tile, int good) {
  uint32_t words[3];
  int32_t codes[8] = {0}, sense[8];
  int64_t currents[8];
  uint8_t saturated[8];
  uint32_t bank[34] = {0};
  uint64_t wide[2];
#define CALL(call)                                                                                       \
  do {                                                                                                   \
    int32_t status__ = judged(call);                                                                     \
    EXPECT(good || status__ == MBLSTM_BAD_HANDLE || status__ == MBLSTM_BAD_ARGUMENT, "%s: %d", #call, status__); \
  } while (0)
  CALL(mblstm_tile_size(tile, NULL, &words[1], &words[2]));
  CALL(mblstm_tile_size(tile, &words[0], &words[1], NULL));
  CALL(mblstm_tile_converters(tile, NULL, NULL, NULL));
  CALL(mblstm_tile_supplies(tile, NULL));
  CALL(mblstm_tile_cycle(tile, NULL));
  CALL(mblstm_tile_energy(tile, NULL, wide));
  CALL(mblstm_tile_energy(tile, wide, NULL));
  CALL(mblstm_tile_dissipated(tile, NULL));
  for (size_t n = 0; n < COUNT(numbers); n += 1) {
    uint64_t number = numbers[n];
    uint32_t narrow = (uint32_t)number;
    codes[1] = (int32_t)narrow;
    for (uint32_t conversion = 0; conversion < 9; conversion += 1) {
      CALL(mblstm_tile_convert(tile, conversion, codes, 2, sense, 3, saturated, wide));
      CALL(mblstm_tile_convert(tile, conversion, codes, 3, sense, 2, NULL, NULL));
      CALL(mblstm_tile_convert(tile, conversion, NULL, 0, sense, 3, saturated, wide));
      CALL(mblstm_tile_convert(tile, conversion, NULL, 2, sense, 3, saturated, wide));
      CALL(mblstm_tile_convert(tile, conversion, codes, 2, NULL, 3, saturated, wide));
      if (narrow > 8) CALL(mblstm_tile_convert(tile, conversion, codes, narrow, sense, narrow, saturated, wide));
    }
    CALL(mblstm_tile_convert(tile, narrow, codes, 2, sense, 3, saturated, wide));
    CALL(mblstm_tile_currents(tile, NULL, narrow));
    if (narrow <= 8 || narrow > 4096) CALL(mblstm_tile_currents(tile, currents, narrow));
    CALL(mblstm_tile_program_row(tile, narrow, codes, 3, wide));
    CALL(mblstm_tile_program_row(tile, 1, codes, 3, NULL));
    CALL(mblstm_tile_program_row(tile, 1, NULL, narrow, wide));
    if (narrow <= 8 || narrow > 4096) CALL(mblstm_tile_program_row(tile, 0, codes, narrow, wide));
    CALL(mblstm_tile_erase(tile, narrow, wide));
    CALL(mblstm_tile_erase(tile, narrow, NULL));
    CALL(mblstm_tile_feedback(tile, narrow));
    CALL(mblstm_tile_settle(tile, narrow));
    CALL(mblstm_tile_trims(tile, NULL, narrow));
    CALL(mblstm_tile_circuits(tile, NULL, narrow));
    CALL(mblstm_tile_bank(tile, narrow, NULL, 34));
    CALL(mblstm_tile_bank(tile, narrow, bank, 34));
    CALL(mblstm_tile_bank(tile, MBLSTM_TANH, bank, narrow < 34 ? narrow : 34));
    if (narrow <= 8 || narrow > 4096) {
      CALL(mblstm_tile_trims(tile, bank, narrow));
      CALL(mblstm_tile_circuits(tile, bank, narrow));
    }
    bank[0] = bank[1] = narrow;
    CALL(mblstm_tile_set_supplies(tile, narrow));
    CALL(mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG));
    CALL(mblstm_tile_advance(tile, number));
    CALL(mblstm_tile_stop(tile, number));
    for (size_t m = 0; m < COUNT(numbers); m += 1) {
      CALL(mblstm_tile_amplitudes(tile, narrow, (uint32_t)numbers[m]));
      CALL(mblstm_tile_get_cells(tile, number, NULL, numbers[m]));
      CALL(mblstm_tile_set_cells(tile, number, NULL, numbers[m]));
      if (numbers[m] <= 8 || numbers[m] > 4096) {
        CALL(mblstm_tile_get_cells(tile, number, sense, numbers[m]));
        CALL(mblstm_tile_set_cells(tile, number, codes, numbers[m]));
      }
    }
  }
#undef CALL
}

/* Counts and cells that a chip has without all those calls, to be compared. */
static void same_read(uint64_t chip) {
  uint32_t status, word;
  MUST(mblstm_chip_write32(chip, MBX + 0x50, 2));
  MUST(mblstm_chip_set_cells(chip, 0, 0, (int32_t[]){100000000, 10000000, 55000000, 12345678}, 4));
  MUST(mblstm_chip_write32(chip, SUPPLY, 1));
  MUST(mblstm_chip_write32(chip, FEEDBACK, 20000));
  MUST(mblstm_chip_write32(chip, DRIVE, 0x00070007));
  MUST(mblstm_chip_write32(chip, START, 1));
  MUST(mblstm_chip_read32(chip, WAIT, &status));
  MUST(mblstm_chip_read32(chip, SENSE, &word));
  static uint32_t first;
  if (first == 0) first = word;
  EXPECT(word == first, "%08x, expected %08x", word, first);
}

/* All places taken, and given back. */
static void all_places(void) {
  static uint64_t all[4096];
  uint64_t chip;
  for (size_t n = 0; n < COUNT(all); n += 1) MUST(mblstm_tile_new("{\"tiles\": [[1, 1]]}", &all[n]));
  WANTS(MBLSTM_TOO_MANY, "4096", mblstm_chip_new("{}", &chip));
  for (size_t n = 0; n < COUNT(all); n += 1) MUST(mblstm_tile_free(all[n]));
  MUST(mblstm_chip_new("{}", &chip));
  MUST(mblstm_chip_free(chip));
}

int main(void) {
  uint64_t chip, tile, freed, freed_tile, told = 0;
  judged(mblstm_chip_new(NULL, NULL));
  judged(mblstm_chip_new("{}", NULL));
  judged(mblstm_chip_open(NULL, NULL));
  judged(mblstm_tile_new("{}", NULL));
  judged(mblstm_tile_of("{}", 0, NULL));
  judged(mblstm_tile_of(NULL, 0, &tile));
  for (size_t n = 0; n < COUNT(numbers); n += 1)
    if (judged(mblstm_tile_of("{}", (uint32_t)numbers[n], &tile)) == MBLSTM_OK) MUST(mblstm_tile_free(tile));
  for (size_t t = 0; t < COUNT(texts); t += 1) {
    chip = 77;
    if (judged(mblstm_chip_new(texts[t], &chip)) == MBLSTM_OK) MUST(mblstm_chip_free(chip));
    else EXPECT(chip == 0, "a handle of what failed");
    if (judged(mblstm_chip_open(texts[t], &chip)) == MBLSTM_OK) MUST(mblstm_chip_free(chip));
    if (judged(mblstm_tile_new(texts[t], &tile)) == MBLSTM_OK) MUST(mblstm_tile_free(tile));
  }

  MUST(mblstm_chip_new("{\"tiles\": [[2, 2]]}", &freed));
  MUST(mblstm_chip_free(freed));
  MUST(mblstm_tile_new("{\"tiles\": [[2, 3]]}", &freed_tile));
  MUST(mblstm_tile_free(freed_tile));
  MUST(mblstm_chip_new("{\"tiles\": [[2, 2]]}", &chip));
  same_read(chip);
  MUST(mblstm_tile_new("{\"tiles\": [[2, 3]]}", &tile));
  uint64_t strange[] = {0, freed, freed_tile, tile, chip ^ 1, chip | 1u << 31, chip + (UINT64_C(1) << 32), UINT64_MAX, 4096};
  for (size_t n = 0; n < COUNT(strange); n += 1) {
    chip_calls(strange[n], 0);
    WANTS(MBLSTM_BAD_HANDLE, "handle", mblstm_chip_free(strange[n]));
    WANTS(MBLSTM_BAD_HANDLE, "handle", mblstm_chip_power_cycle(strange[n]));
    WANTS(MBLSTM_BAD_HANDLE, "handle", mblstm_chip_advance(strange[n], 1000000));
  }
  for (size_t n = 0; n < COUNT(strange); n += 1) {
    uint64_t other = strange[n] == tile ? chip : strange[n];
    tile_calls(other, 0);
    WANTS(MBLSTM_BAD_HANDLE, "handle", mblstm_tile_free(other));
  }
  chip_calls(chip, 1);
  same_read(chip);
  MUST(mblstm_chip_log_callback(chip, silent, &told));
  chip_calls(chip, 1);
  EXPECT(told > 0, "nothing was told");
  same_read(chip);
  tile_calls(tile, 1);
  time_calls();
  MUST(mblstm_tile_free(tile));
  MUST(mblstm_chip_free(chip));

  if (STRIDE == 1) all_places();
  printf("%" PRIu64 " calls, each ended in a status\n", calls);
  return 0;
}
