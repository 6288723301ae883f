// A driver as for any 16550: it finds the UART by loopback, sets divisor and FIFO, receives by interrupt and sends by
// polling. Prints what scratch and line status of errors say, then a line in capitals.
#include "board.h"

#define UART(offset) (*(volatile uint8_t *)(0x10000000 + (offset)))
enum { DATA, IER, IIR, LCR, MCR, LSR, MSR, SCR };
#define PLIC(offset) (*(volatile uint32_t *)(0x0c000000 + (offset)))

static volatile char line[64];
static volatile int length, ended, has_plic = 1;

// The first access to a PLIC says whether there is one: where there is none it is an access fault, which is passed over.
__attribute__((interrupt("machine"), aligned(4))) static void handler(void) {
  uint32_t cause, pc;
  __asm__ volatile("csrr %0, mcause\n csrr %1, mepc" : "=r"(cause), "=r"(pc));
  if (cause == 5 || cause == 7) {
    has_plic = 0;
    uint16_t low = *(volatile uint16_t *)pc;
    __asm__ volatile("csrw mepc, %0" ::"r"(pc + ((low & 3) == 3 ? 4 : 2)));
    return;
  }
  uint32_t source = has_plic ? PLIC(0x200004) : 0;
  for (;;) {
    uint8_t identity = UART(IIR) & 15;
    if (identity != 4 && identity != 12) break;
    while (UART(LSR) & 1) {
      char c = (char)UART(DATA);
      if (c == '\n') ended = 1;
      line[length++ & 63] = c;
    }
  }
  if (has_plic) PLIC(0x200004) = source;
}

static void put(char c) {
  while (!(UART(LSR) & 0x20)) {
  }
  UART(DATA) = (uint8_t)c;
}

int main(void) {
  __asm__ volatile("csrw mtvec, %0" ::"r"(handler));
  UART(IER) = 0;
  UART(SCR) = 0x5a;
  int bad = UART(SCR) != 0x5a;
  UART(MCR) = 0x10 | 0x0a;
  bad |= (UART(MSR) & 0xf0) != 0x90;
  UART(LCR) = 0x83;
  UART(DATA) = 1;
  UART(IER) = 0;
  bad |= UART(DATA) != 1;
  UART(LCR) = 3;
  UART(IIR) = 0x47;
  UART(MCR) = 0x0b;
  bad |= (UART(IIR) & 0xc0) != 0xc0;
  put((char)('0' + bad));
  put(' ');
  put((char)('0' + ((UART(LSR) & 0x1e) != 0)));
  put('\n');
  PLIC(4 * 10) = 1;
  if (has_plic) {
    PLIC(0x2000) = 1 << 10;
    PLIC(0x200000) = 0;
  }
  UART(IER) = 1;
  __asm__ volatile("csrs mie, %0\n csrsi mstatus, 8" ::"r"(1u << 11));
  while (!ended) __asm__ volatile("wfi");
  for (int i = 0; i < length; i++) put(line[i] >= 'a' && line[i] <= 'z' ? (char)(line[i] - 32) : line[i]);
  return 0;
}
