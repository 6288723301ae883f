// Reads one word line of tile 0: the word line at full scale, every other at 0, and the code of each column.
//
//   mblstm exec .build/firmware/read_row.elf

#include "board.h"

enum { TILE = 0, ROW = 3, MOST = 64 };

// Where a debugger can watch them arrive.
int16_t codes[MOST];

int main(void) {
  uint32_t geometry = MBX_TILE_GEOMETRY(TILE);
  uint32_t converters = MBX_TILE_CONVERTERS(TILE);
  uint32_t word_lines = MBX_TILE_GEOMETRY_WORD_LINES_OF(geometry);
  uint32_t columns = MBX_TILE_GEOMETRY_BIT_LINES_OF(geometry) / (MBX_TILE_CONVERTERS_DIFFERENTIAL_OF(converters) ? 2 : 1);
  if (columns > MOST) columns = MOST;
  int32_t full_scale = (1 << (MBX_TILE_CONVERTERS_DAC_BITS_OF(converters) - 1)) - 1;

  // Two DAC codes a word.
  for (uint32_t line = 0; line < word_lines; line += 2) {
    MBX_TILE_DRIVE(TILE, line / 2) =
        MBX_TILE_DRIVE_EVEN(line == ROW ? full_scale : 0) | MBX_TILE_DRIVE_ODD(line + 1 == ROW ? full_scale : 0);
  }
  // Amplifiers with 10 kΩ, which take the key; no activation circuit.
  MBX_TILE_UNLOCK(TILE) = MBX_TILE_UNLOCK_KEY;
  MBX_TILE_FEEDBACK(TILE, 0) = MBX_TILE_FEEDBACK_OHMS(10000);
  MBX_TILE_UNLOCK(TILE) = 0;
  MBX_TILE_START(TILE) = MBX_TILE_START_OPERATION(MBX_OPERATION_READ) | MBX_TILE_START_LINEAR(1);
  // Reading WAIT stalls until the codes are there.
  uint32_t status = MBX_TILE_WAIT(TILE);

  for (uint32_t column = 0; column < columns; column++) {
    uint32_t pair = MBX_TILE_SENSE(TILE, column / 2);
    codes[column] = column % 2 ? MBX_TILE_SENSE_ODD_OF(pair) : MBX_TILE_SENSE_EVEN_OF(pair);
    print_number(codes[column]);
    print_char(column + 1 < columns ? ' ' : '\n');
  }
  return MBX_TILE_WAIT_ERROR_OF(status) ? 1 : 0;
}
