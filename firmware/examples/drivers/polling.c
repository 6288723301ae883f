// Looks at STATUS until the read is done.

#include "driver.h"
#include "hal.h"

void driver_begin(void) {}

uint32_t driver_read(uint32_t tile, uint32_t row, int16_t *codes, uint32_t count) {
  hal_select(tile, row);
  hal_start_read(tile);
  while (MBX_TILE_STATUS_BUSY_OF(MBX_TILE_STATUS(tile))) {
  }
  hal_take_codes(tile, codes, count);
  return MBX_TILE_ERROR(tile);
}
