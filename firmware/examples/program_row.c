// Programs one word line of tile 0, all its cells at once, and reads it before and after.
//
//   mblstm exec .build/firmware/program_row.elf

#include "board.h"

enum { TILE = 0, ROW = 2, COLUMNS = 8 };

// Prints the codes of the first columns with only ROW driven.
static void print_row(const char *title) {
  uint32_t word_lines = MBX_TILE_GEOMETRY_WORD_LINES_OF(MBX_TILE_GEOMETRY(TILE));
  for (uint32_t line = 0; line < word_lines; line += 2) {
    MBX_TILE_DRIVE(TILE, line / 2) = MBX_TILE_DRIVE_EVEN(line == ROW ? 100 : 0) | MBX_TILE_DRIVE_ODD(line + 1 == ROW ? 100 : 0);
  }
  MBX_TILE_START(TILE) = MBX_TILE_START_OPERATION(MBX_OPERATION_READ) | MBX_TILE_START_LINEAR(1);
  (void)MBX_TILE_WAIT(TILE);
  print(title);
  for (uint32_t column = 0; column < COLUMNS; column++) {
    uint32_t pair = MBX_TILE_SENSE(TILE, column / 2);
    print_char(' ');
    print_number(column % 2 ? MBX_TILE_SENSE_ODD_OF(pair) : MBX_TILE_SENSE_EVEN_OF(pair));
  }
  print_char('\n');
}

int main(void) {
  // Nothing is programmed, and no amplifier set, without the key.
  MBX_TILE_UNLOCK(TILE) = MBX_TILE_UNLOCK_KEY;
  MBX_TILE_FEEDBACK(TILE, 0) = MBX_TILE_FEEDBACK_OHMS(10000);
  print_row("before");

  // A width for each bit line, in steps of 20 ns: positive SET, negative RESET, 0 none.
  for (int32_t bit_line = 0; bit_line < COLUMNS; bit_line++) {
    MBX_TILE_PULSE(TILE, bit_line) = MBX_TILE_PULSE_WIDTH(bit_line * 1000);
  }
  MBX_TILE_START(TILE) = MBX_TILE_START_OPERATION(MBX_OPERATION_PROGRAM_ROW) | MBX_TILE_START_ROW(ROW);
  uint32_t status = MBX_TILE_WAIT(TILE);
  MBX_TILE_UNLOCK(TILE) = 0;

  print_row("after ");
  return MBX_TILE_WAIT_ERROR_OF(status) ? 1 : 0;
}
