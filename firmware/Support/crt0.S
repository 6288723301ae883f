// Start-up of a C or C++ program: a stack, cleared .bss, static constructors, `main`, and the finisher. A trap that the
// program has no handler for ends the run with status 128 + cause.

#include "begin.inc"

  .section .text.start, "ax"
  .globl _start
_start:
  begin_program
  clear_bss
  la s0, __init_array_start
  la s1, __init_array_end
3:
  bgeu s0, s1, 4f
  lw t0, 0(s0)
  addi s0, s0, 4
  jalr t0
  j 3b
4:
  li a0, 0
  li a1, 0
  call main

  // The finisher: 0x5555 for 0, status << 16 | 0x3333 for any other.
  li t0, 0x5555
  beqz a0, finish
with_status:
  slli a0, a0, 16
  li t0, 0x3333
  or t0, t0, a0
finish:
  li t1, 0x100000
  sw t0, 0(t1)
5:
  wfi
  j 5b

  .p2align 2
trap_entry:
  csrr a0, mcause
  andi a0, a0, 0x7f
  ori a0, a0, 0x80
  j with_status
