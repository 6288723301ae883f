// Sleeps until the tile's interrupt says that the read is done.

#include "driver.h"
#include "hal.h"

// Tiles whose operation has ended or was refused, a bit each.
static volatile uint32_t done;

__attribute__((interrupt("machine"), aligned(4))) static void handler(void) {
  if (hal_cause() != (uint32_t)HAL_EXTERNAL_CAUSE) {
    FINISHER_FINISH = FINISHER_FINISH_CODE(0x3333) | FINISHER_FINISH_STATUS(100);
  }
  uint32_t pending = MBX_IRQ_PENDING;
  MBX_IRQ_PENDING = pending;
  done |= MBX_IRQ_PENDING_TILES_OF(pending) | MBX_IRQ_PENDING_TILE_ERRORS_OF(pending);
}

void driver_begin(void) {
  hal_set_handler(handler);
  MBX_IRQ_ENABLE = MBX_IRQ_ENABLE_TILES(0xff) | MBX_IRQ_ENABLE_TILE_ERRORS(0xff);
  hal_enable_external();
  hal_interrupts_on(8);
}

uint32_t driver_read(uint32_t tile, uint32_t row, int16_t *codes, uint32_t count) {
  hal_select(tile, row);
  done &= ~(1u << tile);
  hal_start_read(tile);
  for (;;) {
    uint32_t before = hal_interrupts_off();
    int is_done = done >> tile & 1;
    if (!is_done) hal_sleep();
    hal_interrupts_on(before);
    if (is_done) break;
  }
  hal_take_codes(tile, codes, count);
  return MBX_TILE_ERROR(tile);
}
