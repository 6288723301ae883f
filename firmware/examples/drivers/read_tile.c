// Reads every word line of tile 0 and prints the codes, by whichever driver is linked.
//
//   firmware/cc polling.elf firmware/examples/drivers/read_tile.c firmware/examples/drivers/polling.c
//   mblstm exec polling.elf

#include "board.h"
#include "driver.h"
#include "hal.h"

enum { TILE = 0, MOST = 64 };

int main(void) {
  // Amplifiers with 10 kΩ, which take the key.
  MBX_TILE_UNLOCK(TILE) = MBX_TILE_UNLOCK_KEY;
  MBX_TILE_FEEDBACK(TILE, 0) = MBX_TILE_FEEDBACK_OHMS(10000);
  MBX_TILE_UNLOCK(TILE) = 0;
  uint32_t columns = hal_columns(TILE);
  if (columns > MOST) columns = MOST;
  driver_begin();
  for (uint32_t row = 0; row < hal_word_lines(TILE); row++) {
    int16_t codes[MOST];
    if (driver_read(TILE, row, codes, columns)) return 1;
    for (uint32_t column = 0; column < columns; column++) {
      print_number(codes[column]);
      print_char(column + 1 < columns ? ' ' : '\n');
    }
  }
  return 0;
}
