/* state DIR: what a chip keeps and how it goes on: snapshots, files, pokes, time, lines, supply, and logs that begin
 * anywhere, which are left in DIR. */
#include "bench.h"

static const char *const configuration =
    "{\"tiles\": [[8, 6], [4, 4]], \"readNoise\": 0.01, \"cycleToCycle\": 0.1, \"seed\": 5}";
static char path[4096];
static const char *folder;

static const char *in(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

/* Random accesses, operations under way among them. Returns what was read, mixed. */
static uint64_t wander(uint64_t chip, uint64_t seed, int accesses) {
  uint64_t random = seed, mix = 0;
  for (int access = 0; access < accesses; access += 1) {
    uint32_t value = 0, base = MBX0 + (uint32_t)(random_next(&random) % 2) * 0x10000;
    int32_t status;
    switch (random_next(&random) % 6) {
      case 0: status = mblstm_chip_write32(chip, base + 0x18, KEY); break;
      case 1: status = mblstm_chip_write32(chip, base + 0x1000, (uint32_t)random_next(&random) & 0x003f003f); break;
      case 2: status = mblstm_chip_write32(chip, base + 0x3000, (uint32_t)random_next(&random) & 0x1ff); break;
      case 3: status = mblstm_chip_write32(chip, base + 0x8, 1 + (uint32_t)(random_next(&random) % 6)); break;
      case 4: status = mblstm_chip_read32(chip, base + 0x2000 + 4 * (uint32_t)(random_next(&random) % 4), &value); break;
      default: status = mblstm_chip_read32(chip, base + 0x10, &value); break;
    }
    EXPECT(status == MBLSTM_OK, "%d, %s", status, mblstm_error_text());
    mix = mix * UINT64_C(6364136223846793005) + value;
  }
  return mix;
}

static uint8_t *snapshot(uint64_t chip, uint64_t *length) {
  WANTS(MBLSTM_TOO_SHORT, "buffer", mblstm_chip_snapshot(chip, NULL, 0, length));
  uint8_t *bytes = malloc(*length);
  EXPECT(bytes != NULL, "no memory");
  WANTS(MBLSTM_TOO_SHORT, "buffer", mblstm_chip_snapshot(chip, bytes, *length - 1, length));
  MUST(mblstm_chip_snapshot(chip, bytes, *length, length));
  return bytes;
}

static void expect_same(uint64_t one, uint64_t other) {
  uint64_t lengths[2];
  uint8_t *bytes[2] = {snapshot(one, &lengths[0]), snapshot(other, &lengths[1])};
  EXPECT(lengths[0] == lengths[1] && memcmp(bytes[0], bytes[1], lengths[0]) == 0, "two chips differ");
  free(bytes[0]);
  free(bytes[1]);
}

static void snapshots(void) {
  uint64_t chip, other, third, length;
  MUST(mblstm_chip_new(configuration, &chip));
  for (uint64_t round = 1; round < 30; round += STRIDE) {
    wander(chip, round, 37);
    uint8_t *bytes = snapshot(chip, &length);
    MUST(mblstm_chip_new("{}", &other));
    MUST(mblstm_chip_restore(other, bytes, length));
    MUST(mblstm_chip_save(chip, in("chip.mbx")));
    MUST(mblstm_chip_open(in("chip.mbx"), &third));
    bytes[length / 2] ^= 1;
    WANTS(MBLSTM_BAD_INPUT, "damaged", mblstm_chip_restore(other, bytes, length));
    WANTS(MBLSTM_BAD_INPUT, "truncated", mblstm_chip_restore(other, bytes, length - 1));
    free(bytes);
    expect_same(chip, other);
    expect_same(chip, third);
    uint64_t answer = wander(chip, round + 100, 50);
    EXPECT(answer == wander(other, round + 100, 50), "a restored chip goes on otherwise");
    EXPECT(answer == wander(third, round + 100, 50), "a chip from a file goes on otherwise");
    MUST(mblstm_chip_free(other));
    MUST(mblstm_chip_free(third));
  }
  MUST(mblstm_chip_free(chip));
}

/* A log that is switched on and off changes nothing; each part begins where it does, for `mblstm replay`. */
static void logs(void) {
  uint64_t logged, silent;
  uint32_t words, bits, columns, tiles;
  MUST(mblstm_chip_new(configuration, &logged));
  MUST(mblstm_chip_new(configuration, &silent));
  MUST(mblstm_chip_tiles(logged, &tiles));
  MUST(mblstm_chip_tile_size(logged, 1, &words, &bits, &columns));
  EXPECT(tiles == 2 && words == 4 && bits == 4 && columns == 4, "other sizes");
  MUST(mblstm_chip_log_vcd(logged, in("waves.vcd"), 1));
  for (uint64_t round = 1; round < 9; round += 1) {
    char name[32];
    snprintf(name, sizeof name, "part-%" PRIu64 ".csv", round);
    MUST(mblstm_chip_log_csv(logged, in(name)));
    WANTS(MBLSTM_BAD_ORDER, "log_close", mblstm_chip_log_csv(logged, in("other.csv")));
    WANTS(MBLSTM_BAD_ORDER, "closed", mblstm_chip_power_cycle(logged));
    EXPECT(wander(logged, round, 60) == wander(silent, round, 60), "a log changes what is read");
    MUST(mblstm_chip_log_close(logged));
    expect_same(logged, silent);
    EXPECT(wander(logged, round, 7) == wander(silent, round, 7), "the end of a log changes what is read");
  }
  WANTS(MBLSTM_BAD_ORDER, "cycle 0", mblstm_chip_log_vcd(logged, in("late.vcd"), 0));
  WANTS(MBLSTM_CANNOT_WRITE, "cannot write", mblstm_chip_log_csv(logged, "/nowhere/at/all.csv"));
  WANTS(MBLSTM_CANNOT_WRITE, "standard stream", mblstm_chip_save(logged, "/dev/stdout"));
  MUST(mblstm_chip_log_csv(logged, "/dev/full"));
  wander(logged, 1, 60);
  WANTS(MBLSTM_CANNOT_WRITE, "No space", mblstm_chip_free(logged));
  WANTS(MBLSTM_BAD_HANDLE, "handle", mblstm_chip_cycle(logged, &silent));
}

static void behind_the_bus(void) {
  uint64_t chip, before, after;
  uint32_t value;
  int32_t cells[] = {100000000, 10000000, 55000000, 12345678}, got[4];
  MUST(mblstm_chip_new("{\"tiles\": [[2, 2]]}", &chip));
  MUST(mblstm_chip_cycle(chip, &before));
  MUST(mblstm_chip_poke(chip, DRIVE, 0x00020003));
  MUST(mblstm_chip_peek(chip, DRIVE, &value));
  EXPECT(value == 0x00020003, "%08x", value);
  MUST(mblstm_chip_poke(chip, 0x80000010, 0x12345678));
  MUST(mblstm_chip_peek(chip, 0x80000010, &value));
  EXPECT(value == 0x12345678, "%08x", value);
  WANTS(MBLSTM_BAD_INPUT, "DRIVE", mblstm_chip_poke(chip, DRIVE, 0x00ff00ff));
  WANTS(MBLSTM_BAD_INPUT, "no register", mblstm_chip_poke(chip, 0x50000000, 0));
  WANTS(MBLSTM_BUS_ERROR, "0x50000000", mblstm_chip_peek(chip, 0x50000000, &value));
  MUST(mblstm_chip_set_cells(chip, 0, 0, cells, 4));
  MUST(mblstm_chip_get_cells(chip, 0, 1, got, 3));
  EXPECT(memcmp(got, cells + 1, 3 * sizeof *got) == 0, "other cells");
  WANTS(MBLSTM_BAD_ARGUMENT, "cell 2", mblstm_chip_set_cells(chip, 0, 1, (int32_t[]){20000000, 5}, 2));
  MUST(mblstm_chip_get_cells(chip, 0, 1, got, 1));
  EXPECT(got[0] == cells[1], "a cell was set before another was refused");
  MUST(mblstm_chip_cycle(chip, &after));
  EXPECT(before == 0 && after == 0, "time passed");
  uint8_t byte;
  WANTS(MBLSTM_BUS_ERROR, "0x40010000", mblstm_chip_read8(chip, MBX0, &byte));
  WANTS(MBLSTM_BUS_ERROR, "0x10000000", mblstm_chip_write32(chip, 0x10000000, 0));
  WANTS(MBLSTM_BUS_ERROR, "0x40010001", mblstm_chip_read32(chip, MBX0 + 1, &value));
  WANTS(MBLSTM_BUS_ERROR, "0xffffffff", mblstm_chip_write8(chip, 0xffffffff, 1));
  MUST(mblstm_chip_read8(chip, 0x10000005, &byte));
  EXPECT(byte == 0x60, "LSR is %02x", byte);
  MUST(mblstm_chip_read_register(chip, 0x10000005, &value));
  EXPECT(value == 0x60, "LSR is %08x", value);
  MUST(mblstm_chip_read_register(chip, MBX, &value));
  EXPECT(value == 0x4d425831, "ID is %08x", value);
  WANTS(MBLSTM_BUS_ERROR, "0x50000000", mblstm_chip_write_register(chip, 0x50000000, 1));
  /* A block refuses by its own error bits, which is no error of the bus. */
  MUST(mblstm_chip_write32(chip, MBX0, 1));
  MUST(mblstm_chip_read32(chip, ERROR, &value));
  EXPECT(value != 0, "nothing was refused");
  MUST(mblstm_chip_free(chip));
}

static void time_and_supply(void) {
  uint64_t chip, cycle, event;
  uint32_t value, lines;
  MUST(mblstm_chip_new("{\"tiles\": [[2, 2]]}", &chip));
  MUST(mblstm_chip_next_event(chip, &event));
  EXPECT(event == UINT64_MAX, "%" PRIu64, event);
  MUST(mblstm_chip_write32(chip, MBX + 0x1c, 1));
  MUST(mblstm_chip_write32(chip, START, 1));
  MUST(mblstm_chip_next_event(chip, &event));
  EXPECT(event == 2 + 30, "%" PRIu64, event);
  MUST(mblstm_chip_advance(chip, event - 1));
  MUST(mblstm_chip_interrupts(chip, &lines));
  EXPECT(lines == 0, "%u", lines);
  MUST(mblstm_chip_advance(chip, event));
  MUST(mblstm_chip_interrupts(chip, &lines));
  EXPECT(lines == MBLSTM_LINE_MBX, "%u", lines);
  WANTS(MBLSTM_BAD_ARGUMENT, "from now", mblstm_chip_advance(chip, event - 1));
  MUST(mblstm_chip_reset(chip, 2));
  MUST(mblstm_chip_interrupts(chip, &lines));
  EXPECT(lines == 0, "%u", lines);
  WANTS(MBLSTM_BAD_ARGUMENT, "parts", mblstm_chip_reset(chip, 1 << 9));

  MUST(mblstm_chip_cycle(chip, &cycle));
  MUST(mblstm_chip_schedule(chip, cycle + 200, cycle + 100));
  MUST(mblstm_chip_next_event(chip, &event));
  EXPECT(event == cycle + 100, "%" PRIu64, event);
  MUST(mblstm_chip_advance(chip, event));
  MUST(mblstm_chip_read32(chip, SUPPLY + 4, &value));
  EXPECT(value == 1, "supplies are %u after a brown-out", value);
  WANTS(MBLSTM_NO_POWER, "power", mblstm_chip_advance(chip, cycle + 1000));
  WANTS(MBLSTM_NO_POWER, "power", mblstm_chip_write32(chip, DRIVE, 1));
  MUST(mblstm_chip_cycle(chip, &event));
  EXPECT(event == cycle + 200, "time stands at %" PRIu64, event);
  MUST(mblstm_chip_power_cycle(chip));
  MUST(mblstm_chip_write32(chip, DRIVE, 1));
  MUST(mblstm_chip_cycle(chip, &cycle));
  EXPECT(cycle == 1, "%" PRIu64, cycle);
  MUST(mblstm_chip_free(chip));
}

static void configurations(void) {
  uint64_t chip, other;
  uint32_t words, bits, columns;
  MUST(mblstm_chip_new("{}", &chip));
  MUST(mblstm_chip_tile_size(chip, 0, &words, &bits, &columns));
  EXPECT(words == 32 && bits == 64 && columns == 64, "%u x %u", words, bits);
  MUST(mblstm_chip_free(chip));
  MUST(mblstm_chip_new("{\"tiles\": [[3, 4]], \"seed\": 9, \"synapse\": \"differential\"}", &chip));
  MUST(mblstm_chip_new("chip seed=9 synapse=differential device=vteam\ntile word-lines=3 bit-lines=4\n", &other));
  expect_same(chip, other);
  MUST(mblstm_chip_tile_size(chip, 0, &words, &bits, &columns));
  EXPECT(columns == 2, "%u", columns);
  WANTS(MBLSTM_BAD_INPUT, "configuration:1", mblstm_chip_new("{\"tils\": []}", &other));
  WANTS(MBLSTM_BAD_INPUT, "did you mean", mblstm_chip_new("{\"sed\": 1}", &other));
  WANTS(MBLSTM_BAD_INPUT, "No such file", mblstm_chip_open(in("none.json"), &other));
  FILE *file = fopen(in("chip.json"), "w");
  EXPECT(file != NULL, "no file");
  fputs("{\"tiles\": [[3, 4]],\n \"adcBits\": 40}", file);
  fclose(file);
  WANTS(MBLSTM_BAD_INPUT, "chip.json:2", mblstm_chip_open(in("chip.json"), &other));
  EXPECT(other == 0, "a handle of what failed");
  MUST(mblstm_chip_free(chip));
}

static void names(void) {
  static const struct { uint32_t address, value; const char *text; } wanted[] = {
      {0x4001100c, 0xfffd0034, "MBX0.DRIVE[3] EVEN=52 ODD=-3"}, {0x4008001c, 1, "MBX7.WATCHDOG"},
      {0x10000007, 0x1ff, "UART.SCR BYTE=255"}, {0x40010031, 0, "MBX0.AMPLITUDE+1"}, {0x80000000, 1, ""}, {0, 0, ""}};
  for (size_t n = 0; n < sizeof wanted / sizeof *wanted; n += 1) {
    const char *text = mblstm_register_text(wanted[n].address, wanted[n].value);
    EXPECT(strcmp(text, wanted[n].text) == 0, "'%s', expected '%s'", text, wanted[n].text);
  }
  EXPECT(strlen(mblstm_error_text()) == 0, "a name is no error");
}

int main(int count, char **arguments) {
  EXPECT(count == 2, "expected DIR");
  folder = arguments[1];
  EXPECT(mblstm_abi_version() == MBLSTM_ABI_VERSION, "the header is another library's");
  EXPECT(mblstm_results_version() > 0 && strlen(mblstm_error_text()) == 0, "not as before the first call");
  names();
  snapshots();
  logs();
  behind_the_bus();
  time_and_supply();
  configurations();
  puts("states, files, logs, time and supply");
  return 0;
}
