#include "inside.h"

#include <string.h>

_Alignas(TABLE_STRIDE) unsigned char table_memory[TABLE_PLACES * TABLE_STRIDE];

static _Thread_local char latest[4096];

void error_text_set(const char *bytes, size_t count) {
  if (count > sizeof latest - 1) {
    count = sizeof latest - 1;
    while (count > 0 && ((unsigned char)bytes[count] & 0xc0) == 0x80) count -= 1;
  }
  memcpy(latest, bytes, count);
  latest[count] = 0;
}

const char *error_text_get(void) { return latest; }
