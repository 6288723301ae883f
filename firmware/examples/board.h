// What a small bare-metal program on the board wants besides its registers: text on the UART, and an end.

#ifndef BOARD_H
#define BOARD_H

#include "mblstm.h"

static inline void print_char(char character) {
  while (!UART_LSR_THRE_OF(UART_LSR)) {
  }
  UART_DATA = (uint8_t)character;
}

static inline void print(const char *text) {
  while (*text) print_char(*text++);
}

static inline void print_number(int32_t number) {
  char digits[10];
  int count = 0;
  uint32_t magnitude = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;
  if (number < 0) print_char('-');
  do {
    digits[count++] = (char)('0' + magnitude % 10);
    magnitude /= 10;
  } while (magnitude);
  while (count) print_char(digits[--count]);
}

// Ends the run: status 0 is success.
static inline void finish(uint32_t status) {
  FINISHER_FINISH = status ? FINISHER_FINISH_CODE(0x3333) | FINISHER_FINISH_STATUS(status) : FINISHER_FINISH_CODE(0x5555);
}

#endif
