/* bus_cases CASES DIR: makes the accesses of every case (cases.py) and leaves a register log of each in DIR.
 *
 * Every second case goes in one batch. What the callback is told has to be the text of the file. */
#include "bench.h"

struct text {
  char *bytes;
  size_t count, room;
};

static void told(void *context, uint32_t kind, uint64_t cycle, uint32_t address, uint32_t value, const char *line) {
  (void)kind, (void)cycle, (void)address, (void)value;
  struct text *text = context;
  size_t count = strlen(line);
  if (text->count + count + 1 > text->room) {
    text->room = 2 * (text->count + count + 1);
    text->bytes = realloc(text->bytes, text->room);
    EXPECT(text->bytes != NULL, "no memory");
  }
  memcpy(text->bytes + text->count, line, count);
  text->bytes[text->count + count] = '\n';
  text->count += count + 1;
}

static void compare(const char *path, const struct text *text) {
  FILE *file = fopen(path, "rb");
  EXPECT(file != NULL, "%s is not there", path);
  char *bytes = malloc(text->count + 1);
  EXPECT(bytes != NULL && fread(bytes, 1, text->count + 1, file) == text->count, "%s: another length", path);
  EXPECT(memcmp(bytes, text->bytes, text->count) == 0, "%s: the callback was told of another log", path);
  free(bytes);
  fclose(file);
}

/* BUS_ERROR and NO_POWER are answers, of which the log tells. */
static void made(int32_t status) { EXPECT(status >= 0, "%d, %s", status, mblstm_error_text()); }

static void flush(uint64_t chip, mblstm_access *batch, uint64_t *count) {
  if (*count > 0) made(mblstm_chip_batch(chip, batch, *count));
  *count = 0;
}

static void set_cells(uint64_t chip, const char *words) {
  static int32_t cells[1 << 20];
  char *next;
  uint32_t tile = (uint32_t)strtoul(words, &next, 10);
  uint64_t count = 0;
  for (char *end; *next != 0 && *next != '\n'; next = end) cells[count++] = (int32_t)strtol(next, &end, 10);
  MUST(mblstm_chip_set_cells(chip, tile, 0, cells, count));
}

static void perform(uint64_t chip, const char *line) {
  uint8_t byte;
  uint32_t address, value;
  uint64_t cycle, now;
  if (sscanf(line, "W32 %" SCNx32 " %" SCNx32, &address, &value) == 2) {
    made(mblstm_chip_write32(chip, address, value));
  } else if (sscanf(line, "R32 %" SCNx32, &address) == 1) {
    made(mblstm_chip_read32(chip, address, &value));
  } else if (sscanf(line, "W8 %" SCNx32 " %" SCNx32, &address, &value) == 2) {
    made(mblstm_chip_write8(chip, address, (uint8_t)value));
  } else if (sscanf(line, "W %" SCNx32 " %" SCNx32, &address, &value) == 2) {
    made(mblstm_chip_write_register(chip, address, value));
  } else if (sscanf(line, "R8 %" SCNx32, &address) == 1) {
    made(mblstm_chip_read8(chip, address, &byte));
  } else if (sscanf(line, "advance %" SCNu64, &cycle) == 1) {
    MUST(mblstm_chip_cycle(chip, &now));
    if (cycle > now) made(mblstm_chip_advance(chip, cycle));
  } else {
    EXPECT(strncmp(line, "brown-out", 9) == 0, "what is %s", line);
    MUST(mblstm_chip_cycle(chip, &now));
    MUST(mblstm_chip_schedule(chip, UINT64_MAX, now));
    made(mblstm_chip_advance(chip, now));
  }
}

/* Whether a line is one of a batch. */
static int batched(const char *line, mblstm_access *access) {
  memset(access, 0xff, sizeof *access);
  if (sscanf(line, "W32 %" SCNx32 " %" SCNx32, &access->address, &access->value) == 2) {
    access->operation = MBLSTM_WRITE32;
  } else if (sscanf(line, "W8 %" SCNx32 " %" SCNx32, &access->address, &access->value) == 2) {
    access->operation = MBLSTM_WRITE8;
  } else if (sscanf(line, "W %" SCNx32 " %" SCNx32, &access->address, &access->value) == 2) {
    access->operation = MBLSTM_WRITE_REGISTER;
  } else if (sscanf(line, "R32 %" SCNx32, &access->address) == 1) {
    access->operation = MBLSTM_READ32;
  } else if (sscanf(line, "R8 %" SCNx32, &access->address) == 1) {
    access->operation = MBLSTM_READ8;
  }
  return access->operation != UINT32_MAX;
}

int main(int count, char **arguments) {
  EXPECT(count == 3, "expected CASES and DIR");
  FILE *file = fopen(arguments[1], "r");
  EXPECT(file != NULL, "%s is not there", arguments[1]);
  static char line[1 << 16], path[4096];
  static mblstm_access batch[1 << 14];
  struct text text = {0};
  uint64_t chip = 0, waiting = 0;
  uint32_t cases = 0, accesses = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, "case ", 5) == 0) {
      line[strcspn(line, "\n")] = 0;
      snprintf(path, sizeof path, "%s/%s.csv", arguments[2], line + 5);
      cases += 1;
    } else if (strncmp(line, "chip ", 5) == 0) {
      MUST(mblstm_chip_new(line + 5, &chip));
      text.count = 0;
    } else if (strncmp(line, "cells ", 6) == 0) {
      set_cells(chip, line + 6);
    } else {
      if (text.count == 0) {
        MUST(mblstm_chip_log_csv(chip, path));
        MUST(mblstm_chip_log_callback(chip, told, &text));
      }
      if (strncmp(line, "end", 3) == 0) {
        flush(chip, batch, &waiting);
        MUST(mblstm_chip_free(chip));
        compare(path, &text);
      } else {
        accesses += line[0] == 'R' || line[0] == 'W';
        if (cases % 2 == 0 && waiting < 1 << 14 && batched(line, &batch[waiting])) {
          waiting += 1;
        } else {
          flush(chip, batch, &waiting);
          perform(chip, line);
        }
      }
    }
  }
  fclose(file);
  free(text.bytes);
  printf("%u cases, %u accesses\n", cases, accesses);
  return 0;
}
