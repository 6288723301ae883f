// COUNT loads and stores of every size, at random places of every block but the finisher, at places beside them and at
// places that nothing answers; a trap is passed over. SEED chooses them.

#include <stdint.h>

static uint32_t state = SEED;
static uint32_t scratch[64];

static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

__attribute__((interrupt("machine"), aligned(4))) static void skip(void) {
  uint32_t pc;
  __asm__ volatile("csrr %0, mepc" : "=r"(pc));
  __asm__ volatile("csrw mepc, %0" ::"r"(pc + ((*(volatile uint16_t *)pc & 3) == 3 ? 4 : 2)));
}

static uint32_t place(void) {
  static const uint32_t blocks[][2] = {
      {0x02000000, 0xc010},   {0x10000000, 16},     {0x40000000, 0x400},   {0x40010000, 0x5000},
      {0x40020000, 0x5000},   {0x40030000, 0x1000}, {0x40100000, 32},      {0x00000000, 0x1000},
      {0x7fffff00, 0x100},    {0xffffff00, 0x100},  {0x0200bff0, 16},      {0x40010000, 0x100},
  };
  uint32_t kind = next() % 14;
  if (kind == 12) return next() & 0x7fffffff;
  if (kind == 13) return (uint32_t)scratch + next() % sizeof scratch / 2;
  uint32_t address = blocks[kind][0] + next() % blocks[kind][1];
  // Mostly where a register may be.
  return next() & 3 ? address & ~3u : address;
}

static uint32_t value(void) {
  switch (next() & 3) {
    case 0: return next();
    case 1: return 1u << (next() & 31);
    case 2: return next() & 0xff;
    default: return next() & 1 ? 0x50524f47 : next() & 0x3f00ff;
  }
}

int main(void) {
  __asm__ volatile("csrw mtvec, %0" ::"r"(skip));
  for (uint32_t k = 0; k < COUNT; k++) {
    uint32_t address = place();
    uint32_t word = value();
    if (address - 0x00100000u < 0x1000u) continue;
    switch (next() % 6) {
      case 0: (void)*(volatile uint8_t *)address; break;
      case 1: (void)*(volatile uint16_t *)address; break;
      case 2: (void)*(volatile uint32_t *)address; break;
      case 3: *(volatile uint8_t *)address = (uint8_t)word; break;
      case 4: *(volatile uint16_t *)address = (uint16_t)word; break;
      default: *(volatile uint32_t *)address = word; break;
    }
  }
  return 0;
}
