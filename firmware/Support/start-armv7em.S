// Start-up of a bare-metal program on a Cortex-M4 controller, and what the Arm run-time ABI (IHI 0043) wants in registers
// of its own choice.

  .syntax unified
  .thumb

  .section .vectors, "a"
  .word __stack_top
  .word _start
  .rept 14
  .word trap_entry
  .endr

  .section .text.start, "ax"
  .globl _start
  .type _start, %function
_start:
  ldr r0, =__data_start
  ldr r1, =__data_end
  ldr r2, =__data_load
1:
  cmp r0, r1
  bhs 2f
  ldr r3, [r2], #4
  str r3, [r0], #4
  b 1b
2:
  ldr r0, =__bss_start
  ldr r1, =__bss_end
  movs r3, #0
3:
  cmp r0, r1
  bhs 4f
  str r3, [r0], #4
  b 3b
4:
  // The heap begins as one free block.
  ldr r0, =__heap_start
  ldr r1, =__heap_end
  subs r1, r1, r0
  str r1, [r0]
  // A pending interrupt ends `wfi` although none is taken.
  cpsid i
  bl main
  movs r0, #0
  b platform_exit

  .section .text.trap, "ax"
  .type trap_entry, %function
trap_entry:
  // Number of the exception, then the pc that the processor stacked.
  mrs r0, ipsr
  ldr r1, [sp, #24]
  movs r2, #0
  b platform_trap

  .section .text.platform_wait, "ax"
  .globl platform_wait
  .type platform_wait, %function
platform_wait:
  wfi
  bx lr

  .section .text.platform_heap, "ax"
  .globl platform_heap_start
  .type platform_heap_start, %function
platform_heap_start:
  ldr r0, =__heap_start
  bx lr
  .globl platform_heap_end
  .type platform_heap_end, %function
platform_heap_end:
  ldr r0, =__heap_end
  bx lr

  // Quotient in r0:r1, remainder in r2:r3.
  .macro divmod name, divide
  .section .text.\name, "ax"
  .globl \name
  .type \name, %function
\name:
  push {r4, lr}
  sub sp, #16
  add r4, sp, #8
  str r4, [sp]
  bl \divide
  ldrd r2, r3, [sp, #8]
  add sp, #16
  pop {r4, pc}
  .endm

  divmod __aeabi_ldivmod, runtime_divide_signed
  divmod __aeabi_uldivmod, runtime_divide_unsigned

  .macro alias name, to
  .globl \name
  .type \name, %function
  .thumb_set \name, \to
  .endm

  // (destination, count, byte), against memset's (destination, byte, count).
  .section .text.aeabi_memset, "ax"
  .type aeabi_memset, %function
aeabi_memset:
  mov r3, r1
  mov r1, r2
  mov r2, r3
  b memset
  alias __aeabi_memset, aeabi_memset
  alias __aeabi_memset4, aeabi_memset
  alias __aeabi_memset8, aeabi_memset

  // (destination, count).
  .section .text.aeabi_memclr, "ax"
  .type aeabi_memclr, %function
aeabi_memclr:
  mov r2, r1
  movs r1, #0
  b memset
  alias __aeabi_memclr, aeabi_memclr
  alias __aeabi_memclr4, aeabi_memclr
  alias __aeabi_memclr8, aeabi_memclr

  .section .text.aeabi_memcpy, "ax"
  .type aeabi_memcpy, %function
aeabi_memcpy:
  b memcpy
  alias __aeabi_memcpy, aeabi_memcpy
  alias __aeabi_memcpy4, aeabi_memcpy
  alias __aeabi_memcpy8, aeabi_memcpy

  .section .text.aeabi_memmove, "ax"
  .type aeabi_memmove, %function
aeabi_memmove:
  b memmove
  alias __aeabi_memmove, aeabi_memmove
  alias __aeabi_memmove4, aeabi_memmove
  alias __aeabi_memmove8, aeabi_memmove

  .macro shift name, to
  .section .text.\name, "ax"
  .globl \name
  .type \name, %function
\name:
  b \to
  .endm
  shift __aeabi_llsl, __ashldi3
  shift __aeabi_llsr, __lshrdi3
  shift __aeabi_lasr, __ashrdi3
