// Start-up of a bare-metal program on the RV32IMAC controller, and the instructions Swift has no words for.

#include "begin.inc"

  .section .text.start, "ax"
  .globl _start
_start:
  begin_program
  // Interrupts stay disabled, so that no handler ever runs; a pending external line still ends a `wfi`.
  li t0, 1 << 11
  csrw mie, t0
  clear_bss
  // The heap begins as one free block.
  la t0, __heap_start
  la t1, __heap_end
  sub t1, t1, t0
  sw t1, 0(t0)
  li a0, 0
  li a1, 0
  call main
  li a0, 0
  tail platform_exit

  // A trap ends the program: the stack may be what is broken, so it is begun again.
  .section .text.trap, "ax"
  .p2align 2
trap_entry:
  la sp, __stack_top
  csrr a0, mcause
  csrr a1, mepc
  csrr a2, mtval
  tail platform_trap

  // Sleeps until an interrupt line is up.
  .section .text.platform_wait, "ax"
  .globl platform_wait
  .type platform_wait, @function
platform_wait:
  wfi
  ret
  .size platform_wait, . - platform_wait

  .section .text.platform_heap, "ax"
  .globl platform_heap_start
  .type platform_heap_start, @function
platform_heap_start:
  la a0, __heap_start
  ret
  .size platform_heap_start, . - platform_heap_start
  .globl platform_heap_end
  .type platform_heap_end, @function
platform_heap_end:
  la a0, __heap_end
  ret
  .size platform_heap_end, . - platform_heap_end
