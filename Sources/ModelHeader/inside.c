#include "inside.h"

#include <string.h>

_Alignas(TABLE_STRIDE) unsigned char table_memory[TABLE_PLACES * TABLE_STRIDE];

static _Thread_local char texts[TEXTS][4096];

void text_set(size_t text, const char *bytes, size_t count) {
  char *latest = texts[text];
  if (count > sizeof *texts - 1) {
    count = sizeof *texts - 1;
    while (count > 0 && ((unsigned char)bytes[count] & 0xc0) == 0x80) count -= 1;
  }
  memcpy(latest, bytes, count);
  latest[count] = 0;
}

const char *text_get(size_t text) { return texts[text]; }
