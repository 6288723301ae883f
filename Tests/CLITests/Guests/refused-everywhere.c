// An access that each block refuses, of the sizes that it does not have and of ones that it does; a handler steps over
// those that end in a bus error.
#include "board.h"

__attribute__((interrupt("machine"), aligned(4))) static void step_over(void) {
  uint32_t place;
  __asm__ volatile("csrr %0, mepc" : "=r"(place));
  uint32_t length = (*(volatile uint16_t *)place & 3) == 3 ? 4 : 2;
  __asm__ volatile("csrw mepc, %0" ::"r"(place + length));
}

#define WORD(address) (*(volatile uint32_t *)(address))
#define HALF(address) (*(volatile uint16_t *)(address))
#define BYTE(address) (*(volatile uint8_t *)(address))

int main(void) {
  __asm__ volatile("csrw mtvec, %0" ::"r"(step_over));
  (void)BYTE(0x40010000);                       // a byte of a tile
  HALF(0x40000020) = 1;                         // half a register of the chip
  (void)WORD(0x40011002);                       // a word across two registers
  (void)__atomic_fetch_add(&WORD(0x40011000), 1, __ATOMIC_RELAXED);
  WORD(0x40100004) = 1;                         // HOST.LEVEL can only be read
  (void)HALF(0x40100000);
  WORD(0x0200bff8) = 0;                         // so can MTIME
  BYTE(0x02000000) = 0;
  (void)WORD(0x10000000);                       // the UART is of bytes
  (void)WORD(0x40110004 + 0xf00);               // no register of FLASH
  BYTE(0x40110000) = 0;
  (void)WORD(0);                                // nothing there
  BYTE(0) = 1;
  (void)WORD(0x40060000);                       // a tile that the chip has not
  (void)HALF(0x40060000);
  (void)WORD(0x00100000);                       // FINISHER can only be written
  HALF(0x00100000) = 0x5555;
  return 0;
}
