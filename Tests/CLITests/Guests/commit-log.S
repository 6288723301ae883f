  // One instruction of each kind that a commit log tells apart: registers, loads, stores, atomics, CSRs, traps, returns.
  .option norelax
  .globl _start
  .section .text.init, "ax"
_start:
  la t0, handler
  csrw mtvec, t0
  li t0, 0x2004000 // mtimecmp: no timer interrupt is pending from here on, on Spike neither
  li t1, -1
  sw t1, 0(t0)
  sw t1, 4(t0)
  la s0, data
  li a0, 0x89abcdef
  sw a0, 0(s0)
  sh a0, 4(s0)
  sb a0, 6(s0)
  c.sw a0, 8(s0)
  lb a1, 0(s0)
  lbu a1, 1(s0)
  lh a1, 2(s0)
  lhu a1, 4(s0)
  c.lw a1, 8(s0)
  lw zero, 8(s0)
  mul a2, a0, a1
  divu a2, a0, zero
  add zero, a0, a1
  c.nop
  c.li a3, -1
  beq a0, a1, 1f
  jal ra, 1f
1:
  fence
  fence.i
  amoadd.w a4, a3, (s0)
  amoswap.w zero, a3, (s0)
  lr.w a4, (s0)
  sc.w a5, a0, (s0)
  sc.w a5, a0, (s0)
  sc.w zero, a0, (s0)

  csrw mscratch, a0
  csrr a1, mscratch
  csrrw a1, mscratch, zero
  csrrs a1, mscratch, zero
  csrrs zero, mscratch, a0
  csrrc a1, mscratch, a3
  csrrwi a1, mscratch, 0
  csrrsi a1, mscratch, 31
  csrrci a1, mscratch, 0
  csrrci zero, mscratch, 1
  csrsi mstatus, 8
  csrci mstatus, 8
  csrw mie, a3
  csrw mie, zero
  csrw mip, a3
  csrw misa, a3
  csrw mcause, a0
  csrw mtval, a0
  csrw mepc, a0
  csrw 0x310, a3 // mstatush
  csrw mcountinhibit, a3
  csrw mcountinhibit, zero
  csrw minstret, a0
  csrw minstreth, a0
  csrw mcycle, a0
  csrw mcycleh, a0
  csrw mhpmevent3, a0
  csrw mhpmevent31, a0
  csrw mhpmcounter3, a0
  csrw mhpmcounter31h, a0
  csrw pmpcfg0, zero
  csrw pmpaddr0, zero
  csrw pmpaddr15, a0
  csrw tselect, zero
  csrr a1, mhartid

  ecall
  ebreak
  c.ebreak
  .word 0xffffffff
  csrr a1, 0x180 // satp: there is none
  csrw mhartid, a0
  lw a1, 0(zero)
  sw a1, 0(zero)

  la t0, tohost
  li t1, 1
  sw t1, 0(t0)
  sw zero, 4(t0)
2:
  j 2b

  .p2align 2
handler:
  csrr gp, mcause
  csrr gp, mtval
  csrr gp, mepc
  lhu tp, 0(gp)
  andi tp, tp, 3
  addi tp, tp, -3
  addi gp, gp, 2
  bnez tp, 3f
  addi gp, gp, 2
3:
  csrw mepc, gp
  mret

  .data
  .p2align 6
data:
  .fill 16, 4, 0x12345678
  .section .tohost, "aw", @progbits
  .p2align 6
  .globl tohost, fromhost
tohost:
  .dword 0
  .p2align 6
fromhost:
  .dword 0
