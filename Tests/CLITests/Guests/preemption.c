// Two tasks that never yield; the timer's interrupt switches between them, with all their registers.
#include "board.h"

#define REG(address) (*(volatile uint32_t *)(address))
enum { WORDS = 32, SWITCHES = 10 };
static uint32_t contexts[2][WORDS] __attribute__((used));
static uint32_t stacks[2][256];
uint32_t *current __attribute__((used)) = contexts[0];
static volatile uint32_t counts[2], switches;

static void arm(void) {
  uint32_t now = REG(0x200bff8) + 1000;
  REG(0x2004004) = 0xffffffff;
  REG(0x2004000) = now;
  REG(0x2004004) = 0;
}

// Word 0 is pc, word n is xn.
void schedule(void);
__attribute__((naked, aligned(4))) static void switch_tasks(void) {
  __asm__ volatile(
      "csrw mscratch, t0\n la t0, current\n lw t0, 0(t0)\n"
      "sw x1, 4(t0)\n sw x2, 8(t0)\n sw x3, 12(t0)\n sw x4, 16(t0)\n sw x6, 24(t0)\n sw x7, 28(t0)\n sw x8, 32(t0)\n"
      "sw x9, 36(t0)\n sw x10, 40(t0)\n sw x11, 44(t0)\n sw x12, 48(t0)\n sw x13, 52(t0)\n sw x14, 56(t0)\n"
      "sw x15, 60(t0)\n sw x16, 64(t0)\n sw x17, 68(t0)\n sw x18, 72(t0)\n sw x19, 76(t0)\n sw x20, 80(t0)\n"
      "sw x21, 84(t0)\n sw x22, 88(t0)\n sw x23, 92(t0)\n sw x24, 96(t0)\n sw x25, 100(t0)\n sw x26, 104(t0)\n"
      "sw x27, 108(t0)\n sw x28, 112(t0)\n sw x29, 116(t0)\n sw x30, 120(t0)\n sw x31, 124(t0)\n"
      "csrr t1, mscratch\n sw t1, 20(t0)\n csrr t1, mepc\n sw t1, 0(t0)\n"
      "la sp, __stack_top\n call schedule\n"
      "la t0, current\n lw t0, 0(t0)\n lw t1, 0(t0)\n csrw mepc, t1\n"
      "lw x1, 4(t0)\n lw x2, 8(t0)\n lw x3, 12(t0)\n lw x4, 16(t0)\n lw x6, 24(t0)\n lw x7, 28(t0)\n lw x8, 32(t0)\n"
      "lw x9, 36(t0)\n lw x10, 40(t0)\n lw x11, 44(t0)\n lw x12, 48(t0)\n lw x13, 52(t0)\n lw x14, 56(t0)\n"
      "lw x15, 60(t0)\n lw x16, 64(t0)\n lw x17, 68(t0)\n lw x18, 72(t0)\n lw x19, 76(t0)\n lw x20, 80(t0)\n"
      "lw x21, 84(t0)\n lw x22, 88(t0)\n lw x23, 92(t0)\n lw x24, 96(t0)\n lw x25, 100(t0)\n lw x26, 104(t0)\n"
      "lw x27, 108(t0)\n lw x28, 112(t0)\n lw x29, 116(t0)\n lw x30, 120(t0)\n lw x31, 124(t0)\n"
      "lw x5, 20(t0)\n mret\n");
}

__attribute__((used)) void schedule(void) {
  if (++switches == SWITCHES) {
    print(counts[0] > 100 && counts[1] > 100 ? "both ran, " : "one starved, ");
    print_number((int32_t)switches);
    print(" switches\n");
    finish(0);
    for (;;) {
    }
  }
  current = current == contexts[0] ? contexts[1] : contexts[0];
  arm();
}

static void first(void) {
  for (;;) counts[0]++;
}
static void second(void) {
  for (;;) counts[1]++;
}

int main(void) {
  contexts[1][0] = (uint32_t)(uintptr_t)second;
  contexts[1][2] = (uint32_t)(uintptr_t)(stacks[1] + 256);
  __asm__ volatile("csrw mtvec, %0" ::"r"(switch_tasks));
  arm();
  __asm__ volatile("csrw mie, %0\n csrw mstatus, %1" ::"r"(1u << 7), "r"(3u << 11 | 1u << 3));
  first();
  return 0;
}
