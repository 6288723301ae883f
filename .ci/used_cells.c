// Leaves every cell of every tile far from where it begins: a SET of 300 µs, row by row.

#include "board.h"

int main(void) {
  for (uint32_t tile = 0; tile < MBX_TILES_COUNT_OF(MBX_TILES); tile++) {
    uint32_t geometry = MBX_TILE_GEOMETRY(tile);
    MBX_TILE_UNLOCK(tile) = MBX_TILE_UNLOCK_KEY;
    for (uint32_t row = 0; row < MBX_TILE_GEOMETRY_WORD_LINES_OF(geometry); row++) {
      for (uint32_t line = 0; line < MBX_TILE_GEOMETRY_BIT_LINES_OF(geometry); line++) {
        MBX_TILE_PULSE(tile, line) = MBX_TILE_PULSE_WIDTH(15000);
      }
      MBX_TILE_START(tile) = MBX_TILE_START_OPERATION(MBX_OPERATION_PROGRAM_ROW) | MBX_TILE_START_ROW(row);
      (void)MBX_TILE_WAIT(tile);
    }
  }
  return 0;
}
