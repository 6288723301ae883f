// What a driver wants of the hart and of a tile besides registers: interrupts, sleep, and codes in and out. Header only.

#ifndef HAL_H
#define HAL_H

#include "mblstm.h"

// Interrupts of the hart. The external line is that of MBX, HOST and UART together.

enum { HAL_EXTERNAL = 1 << 11 };

// `handler` has __attribute__((interrupt("machine"), aligned(4))); it takes traps too.
static inline void hal_set_handler(void (*handler)(void)) { __asm__ volatile("csrw mtvec, %0" ::"r"(handler)); }

static inline void hal_enable_external(void) { __asm__ volatile("csrs mie, %0" ::"r"(HAL_EXTERNAL)); }

// Whether interrupts were on before.
static inline uint32_t hal_interrupts_off(void) {
  uint32_t before;
  __asm__ volatile("csrrci %0, mstatus, 8" : "=r"(before)::"memory");
  return before & 8;
}

static inline void hal_interrupts_on(uint32_t before) { __asm__ volatile("csrs mstatus, %0" ::"r"(before) : "memory"); }

// Sleeps until an enabled line is up, whether or not interrupts are on: called with interrupts off, none is missed between
// a look at what the handler leaves and sleep.
static inline void hal_sleep(void) { __asm__ volatile("wfi" ::: "memory"); }

// The cause of the trap or interrupt that the handler takes.
static inline uint32_t hal_cause(void) {
  uint32_t cause;
  __asm__ volatile("csrr %0, mcause" : "=r"(cause));
  return cause;
}

enum { HAL_EXTERNAL_CAUSE = (int)0x8000000b };

// A tile.

static inline uint32_t hal_word_lines(uint32_t tile) { return MBX_TILE_GEOMETRY_WORD_LINES_OF(MBX_TILE_GEOMETRY(tile)); }

static inline uint32_t hal_columns(uint32_t tile) {
  uint32_t bit_lines = MBX_TILE_GEOMETRY_BIT_LINES_OF(MBX_TILE_GEOMETRY(tile));
  return bit_lines / (MBX_TILE_CONVERTERS_DIFFERENTIAL_OF(MBX_TILE_CONVERTERS(tile)) ? 2 : 1);
}

// The largest DAC code: ±1 on a word line.
static inline int32_t hal_full_scale(uint32_t tile) {
  return (1 << (MBX_TILE_CONVERTERS_DAC_BITS_OF(MBX_TILE_CONVERTERS(tile)) - 1)) - 1;
}

// One word line at full scale, every other at 0; two codes a word.
static inline void hal_select(uint32_t tile, uint32_t row) {
  int32_t full_scale = hal_full_scale(tile);
  for (uint32_t line = 0; line < hal_word_lines(tile); line += 2) {
    MBX_TILE_DRIVE(tile, line / 2) = MBX_TILE_DRIVE_EVEN(line == row ? full_scale : 0) |
                                     MBX_TILE_DRIVE_ODD(line + 1 == row ? full_scale : 0);
  }
}

// Begins a read without activation circuits.
static inline void hal_start_read(uint32_t tile) {
  MBX_TILE_START(tile) = MBX_TILE_START_OPERATION(MBX_OPERATION_READ) | MBX_TILE_START_LINEAR(1);
}

// The codes of the last read.
static inline void hal_take_codes(uint32_t tile, int16_t *codes, uint32_t count) {
  for (uint32_t column = 0; column < count; column++) {
    uint32_t pair = MBX_TILE_SENSE(tile, column / 2);
    codes[column] = column % 2 ? MBX_TILE_SENSE_ODD_OF(pair) : MBX_TILE_SENSE_EVEN_OF(pair);
  }
}

#endif
