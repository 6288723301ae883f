// Reads every register of a table as it is after reset, twice: a refused read would have changed an ERROR register.
// Ends with 0, or with the number of the first entry that differs, from 1 to 255 and from 1 again.
#include <stdint.h>

static const struct {
  uint32_t address, value, mask, bytes;
} table[] = {
#include "table.h"
};

int main(void) {
  for (int pass = 0; pass < 2; pass++)
    for (unsigned i = 0; i < sizeof table / sizeof *table; i++) {
      uint32_t word = table[i].bytes == 1 ? *(volatile uint8_t *)(uintptr_t)table[i].address
                                          : *(volatile uint32_t *)(uintptr_t)table[i].address;
      if ((word ^ table[i].value) & table[i].mask) return (int)(i % 255) + 1;
    }
  return 0;
}
