# Ends by itself with the status that stands for a limit.
  .globl _start
_start:
  li t0, 0x100000
  li t1, 124 << 16 | 0x3333
  sw t1, 0(t0)
