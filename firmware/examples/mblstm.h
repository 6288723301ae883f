// Registers of the MbLSTM board. Printed by `mblstm map --header`; see firmware/REGISTERS.md.

#ifndef MBLSTM_REGISTERS_H
#define MBLSTM_REGISTERS_H

#include <stdint.h>

#define MBLSTM_WORD(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define MBLSTM_BYTE(address) (*(volatile uint8_t *)(uintptr_t)(address))

#define FINISHER_BASE 0x00100000u
// wo: 0x5555 ends the run with status 0, 0x3333 with STATUS.
#define FINISHER_FINISH MBLSTM_WORD(FINISHER_BASE + 0x0000u)
#define FINISHER_FINISH_CODE(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define FINISHER_FINISH_CODE_OF(word) (((uint32_t)(word) & 0x0000ffffu) >> 0)
#define FINISHER_FINISH_STATUS(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define FINISHER_FINISH_STATUS_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)

#define CLINT_BASE 0x02000000u
// rw: Software interrupt of hart 0.
#define CLINT_MSIP MBLSTM_WORD(CLINT_BASE + 0x0000u)
#define CLINT_MSIP_PENDING(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define CLINT_MSIP_PENDING_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
// rw: The timer interrupt is pending while MTIME is not below it.
#define CLINT_MTIMECMP(i) MBLSTM_WORD(CLINT_BASE + 0x4000u + (i) * 4u)
// ro: Core clock cycles since reset: low word, high word.
#define CLINT_MTIME(i) MBLSTM_WORD(CLINT_BASE + 0xbff8u + (i) * 4u)

#define UART_BASE 0x10000000u
// port: Reading takes a received byte, writing sends one.
#define UART_DATA MBLSTM_BYTE(UART_BASE + 0x0000u)
#define UART_DATA_BYTE(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define UART_DATA_BYTE_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
// rw: Which causes raise the external interrupt line.
#define UART_IER MBLSTM_BYTE(UART_BASE + 0x0001u)
#define UART_IER_RDA(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define UART_IER_RDA_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define UART_IER_THRE(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define UART_IER_THRE_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define UART_IER_RLS(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define UART_IER_RLS_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define UART_IER_MS(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define UART_IER_MS_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define UART_IER_REST(x) (((uint32_t)(x) << 4) & 0x000000f0u)
#define UART_IER_REST_OF(word) (((uint32_t)(word) & 0x000000f0u) >> 4)
// port: Reading is IIR, what interrupts: 1 nothing, 2 THRE, 4 RDA, 12 RDA below the trigger; 192 more with FIFO.
#define UART_FCR MBLSTM_BYTE(UART_BASE + 0x0002u)
#define UART_FCR_BYTE(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define UART_FCR_BYTE_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
// rw: Form of the line.
#define UART_LCR MBLSTM_BYTE(UART_BASE + 0x0003u)
#define UART_LCR_FORMAT(x) (((uint32_t)(x) << 0) & 0x0000007fu)
#define UART_LCR_FORMAT_OF(word) (((uint32_t)(word) & 0x0000007fu) >> 0)
#define UART_LCR_DLAB(x) (((uint32_t)(x) << 7) & 0x00000080u)
#define UART_LCR_DLAB_OF(word) (((uint32_t)(word) & 0x00000080u) >> 7)
// rw: Outputs to the peer.
#define UART_MCR MBLSTM_BYTE(UART_BASE + 0x0004u)
#define UART_MCR_OUTPUTS(x) (((uint32_t)(x) << 0) & 0x0000000fu)
#define UART_MCR_OUTPUTS_OF(word) (((uint32_t)(word) & 0x0000000fu) >> 0)
#define UART_MCR_LOOP(x) (((uint32_t)(x) << 4) & 0x00000010u)
#define UART_MCR_LOOP_OF(word) (((uint32_t)(word) & 0x00000010u) >> 4)
#define UART_MCR_REST(x) (((uint32_t)(x) << 5) & 0x000000e0u)
#define UART_MCR_REST_OF(word) (((uint32_t)(word) & 0x000000e0u) >> 5)
// ro: State of the line.
#define UART_LSR MBLSTM_BYTE(UART_BASE + 0x0005u)
#define UART_LSR_DR(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define UART_LSR_DR_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define UART_LSR_THRE(x) (((uint32_t)(x) << 5) & 0x00000020u)
#define UART_LSR_THRE_OF(word) (((uint32_t)(word) & 0x00000020u) >> 5)
#define UART_LSR_TEMT(x) (((uint32_t)(x) << 6) & 0x00000040u)
#define UART_LSR_TEMT_OF(word) (((uint32_t)(word) & 0x00000040u) >> 6)
// ro: Inputs from the peer: it is there.
#define UART_MSR MBLSTM_BYTE(UART_BASE + 0x0006u)
#define UART_MSR_BYTE(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define UART_MSR_BYTE_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
// rw: Kept, without effect.
#define UART_SCR MBLSTM_BYTE(UART_BASE + 0x0007u)
#define UART_SCR_BYTE(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define UART_SCR_BYTE_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)

#define MBX_BASE 0x40000000u
// ro: MBX1 in ASCII.
#define MBX_ID MBLSTM_WORD(MBX_BASE + 0x0000u)
// ro: Version of this register map.
#define MBX_VERSION MBLSTM_WORD(MBX_BASE + 0x0004u)
#define MBX_VERSION_MINOR(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_VERSION_MINOR_OF(word) (((uint32_t)(word) & 0x0000ffffu) >> 0)
#define MBX_VERSION_MAJOR(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_VERSION_MAJOR_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)
// ro: Tiles present.
#define MBX_TILES MBLSTM_WORD(MBX_BASE + 0x0008u)
#define MBX_TILES_COUNT(x) (((uint32_t)(x) << 0) & 0x0000000fu)
#define MBX_TILES_COUNT_OF(word) (((uint32_t)(word) & 0x0000000fu) >> 0)
// ro: Core clock, hertz.
#define MBX_CLOCK MBLSTM_WORD(MBX_BASE + 0x000cu)
// w1c: What the bus or this block refused.
#define MBX_ERROR MBLSTM_WORD(MBX_BASE + 0x0010u)
#define MBX_ERROR_UNMAPPED(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_ERROR_UNMAPPED_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_ERROR_MISALIGNED(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_ERROR_MISALIGNED_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_ERROR_ACCESS(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define MBX_ERROR_ACCESS_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define MBX_ERROR_RESERVED(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define MBX_ERROR_RESERVED_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define MBX_ERROR_CODE(x) (((uint32_t)(x) << 4) & 0x00000010u)
#define MBX_ERROR_CODE_OF(word) (((uint32_t)(word) & 0x00000010u) >> 4)
// ro: Address of the latest refusal in ERROR.
#define MBX_ERROR_ADDRESS MBLSTM_WORD(MBX_BASE + 0x0014u)
// w1c: What has happened since it was cleared.
#define MBX_IRQ_PENDING MBLSTM_WORD(MBX_BASE + 0x0018u)
#define MBX_IRQ_PENDING_TILES(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define MBX_IRQ_PENDING_TILES_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
#define MBX_IRQ_PENDING_TILE_ERRORS(x) (((uint32_t)(x) << 8) & 0x0000ff00u)
#define MBX_IRQ_PENDING_TILE_ERRORS_OF(word) (((uint32_t)(word) & 0x0000ff00u) >> 8)
#define MBX_IRQ_PENDING_CHIP_ERROR(x) (((uint32_t)(x) << 16) & 0x00010000u)
#define MBX_IRQ_PENDING_CHIP_ERROR_OF(word) (((uint32_t)(word) & 0x00010000u) >> 16)
// rw: Whose pending bit raises the interrupt line.
#define MBX_IRQ_ENABLE MBLSTM_WORD(MBX_BASE + 0x001cu)
#define MBX_IRQ_ENABLE_TILES(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define MBX_IRQ_ENABLE_TILES_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
#define MBX_IRQ_ENABLE_TILE_ERRORS(x) (((uint32_t)(x) << 8) & 0x0000ff00u)
#define MBX_IRQ_ENABLE_TILE_ERRORS_OF(word) (((uint32_t)(word) & 0x0000ff00u) >> 8)
#define MBX_IRQ_ENABLE_CHIP_ERROR(x) (((uint32_t)(x) << 16) & 0x00010000u)
#define MBX_IRQ_ENABLE_CHIP_ERROR_OF(word) (((uint32_t)(word) & 0x00010000u) >> 16)
// wo: Any write copies the cycle counter for reading.
#define MBX_SNAPSHOT MBLSTM_WORD(MBX_BASE + 0x0020u)
// ro: Core clock cycles since reset: low word, high word.
#define MBX_CYCLES(i) MBLSTM_WORD(MBX_BASE + 0x0028u + (i) * 4u)
// wo: Two Q3.12 inputs for the sigmoid circuit.
#define MBX_SCALAR_SIGMOID MBLSTM_WORD(MBX_BASE + 0x0040u)
#define MBX_SCALAR_SIGMOID_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SCALAR_SIGMOID_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_SCALAR_SIGMOID_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_SCALAR_SIGMOID_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// wo: Two Q3.12 inputs for the tanh circuit.
#define MBX_SCALAR_TANH MBLSTM_WORD(MBX_BASE + 0x0044u)
#define MBX_SCALAR_TANH_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SCALAR_TANH_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_SCALAR_TANH_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_SCALAR_TANH_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// ro: The two Q0.15 outputs for the latest inputs.
#define MBX_SCALAR_VALUE MBLSTM_WORD(MBX_BASE + 0x0048u)
#define MBX_SCALAR_VALUE_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SCALAR_VALUE_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_SCALAR_VALUE_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_SCALAR_VALUE_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// ro: The two local slopes, Q1.14, zero at a rail.
#define MBX_SCALAR_SLOPE MBLSTM_WORD(MBX_BASE + 0x004cu)
#define MBX_SCALAR_SLOPE_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SCALAR_SLOPE_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_SCALAR_SLOPE_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_SCALAR_SLOPE_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// wo: Resets parts: what is under way there ends with the effect it has had.
#define MBX_RESET MBLSTM_WORD(MBX_BASE + 0x0050u)
#define MBX_RESET_HART(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_RESET_HART_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_RESET_CHIP(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_RESET_CHIP_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_RESET_TILES(x) (((uint32_t)(x) << 8) & 0x0000ff00u)
#define MBX_RESET_TILES_OF(word) (((uint32_t)(word) & 0x0000ff00u) >> 8)
// w1c: Why parts were reset since it was cleared.
#define MBX_RESET_CAUSE MBLSTM_WORD(MBX_BASE + 0x0054u)
#define MBX_RESET_CAUSE_HART(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_RESET_CAUSE_HART_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_RESET_CAUSE_CHIP(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_RESET_CAUSE_CHIP_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_RESET_CAUSE_POWER(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define MBX_RESET_CAUSE_POWER_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define MBX_RESET_CAUSE_BROWN_OUT(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define MBX_RESET_CAUSE_BROWN_OUT_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define MBX_RESET_CAUSE_TILES(x) (((uint32_t)(x) << 8) & 0x0000ff00u)
#define MBX_RESET_CAUSE_TILES_OF(word) (((uint32_t)(word) & 0x0000ff00u) >> 8)
// ro: What tells this die from others: low word, high word.
#define MBX_DIE(i) MBLSTM_WORD(MBX_BASE + 0x0058u + (i) * 4u)
// ro: What the chip has more.
#define MBX_FEATURES MBLSTM_WORD(MBX_BASE + 0x0060u)
#define MBX_FEATURES_WINDOWS(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_FEATURES_WINDOWS_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_FEATURES_CELL(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_FEATURES_CELL_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
// rw: Segments in use.
#define MBX_SIGMOID_COUNT MBLSTM_WORD(MBX_BASE + 0x0100u)
#define MBX_SIGMOID_COUNT_COUNT(x) (((uint32_t)(x) << 0) & 0x0000001fu)
#define MBX_SIGMOID_COUNT_COUNT_OF(word) (((uint32_t)(word) & 0x0000001fu) >> 0)
// rw: Where the circuit saturates.
#define MBX_SIGMOID_RAILS MBLSTM_WORD(MBX_BASE + 0x0104u)
#define MBX_SIGMOID_RAILS_LOW(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SIGMOID_RAILS_LOW_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_SIGMOID_RAILS_HIGH(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_SIGMOID_RAILS_HIGH_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// rw: Where segment k begins; without meaning in segment 0. Rising.
#define MBX_SIGMOID_BREAK(i) MBLSTM_WORD(MBX_BASE + 0x0140u + (i) * 4u)
#define MBX_SIGMOID_BREAK_Z(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SIGMOID_BREAK_Z_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
// rw: The line of segment k.
#define MBX_SIGMOID_LINE(i) MBLSTM_WORD(MBX_BASE + 0x0180u + (i) * 4u)
#define MBX_SIGMOID_LINE_SLOPE(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_SIGMOID_LINE_SLOPE_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_SIGMOID_LINE_OFFSET(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_SIGMOID_LINE_OFFSET_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// rw: Segments in use.
#define MBX_TANH_COUNT MBLSTM_WORD(MBX_BASE + 0x0200u)
#define MBX_TANH_COUNT_COUNT(x) (((uint32_t)(x) << 0) & 0x0000001fu)
#define MBX_TANH_COUNT_COUNT_OF(word) (((uint32_t)(word) & 0x0000001fu) >> 0)
// rw: Where the circuit saturates.
#define MBX_TANH_RAILS MBLSTM_WORD(MBX_BASE + 0x0204u)
#define MBX_TANH_RAILS_LOW(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TANH_RAILS_LOW_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TANH_RAILS_HIGH(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TANH_RAILS_HIGH_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// rw: Where segment k begins; without meaning in segment 0. Rising.
#define MBX_TANH_BREAK(i) MBLSTM_WORD(MBX_BASE + 0x0240u + (i) * 4u)
#define MBX_TANH_BREAK_Z(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TANH_BREAK_Z_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
// rw: The line of segment k.
#define MBX_TANH_LINE(i) MBLSTM_WORD(MBX_BASE + 0x0280u + (i) * 4u)
#define MBX_TANH_LINE_SLOPE(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TANH_LINE_SLOPE_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TANH_LINE_OFFSET(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TANH_LINE_OFFSET_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)

#define MBX_TILE_BASE(n) (0x40010000u + (n) * 0x10000u)
// ro: Size of the array.
#define MBX_TILE_GEOMETRY(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0000u)
#define MBX_TILE_GEOMETRY_WORD_LINES(x) (((uint32_t)(x) << 0) & 0x000007ffu)
#define MBX_TILE_GEOMETRY_WORD_LINES_OF(word) (((uint32_t)(word) & 0x000007ffu) >> 0)
#define MBX_TILE_GEOMETRY_BIT_LINES(x) (((uint32_t)(x) << 16) & 0x07ff0000u)
#define MBX_TILE_GEOMETRY_BIT_LINES_OF(word) (((uint32_t)(word) & 0x07ff0000u) >> 16)
// ro: What the converters and the synapse are.
#define MBX_TILE_CONVERTERS(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0004u)
#define MBX_TILE_CONVERTERS_DAC_BITS(x) (((uint32_t)(x) << 0) & 0x0000001fu)
#define MBX_TILE_CONVERTERS_DAC_BITS_OF(word) (((uint32_t)(word) & 0x0000001fu) >> 0)
#define MBX_TILE_CONVERTERS_ADC_BITS(x) (((uint32_t)(x) << 8) & 0x00001f00u)
#define MBX_TILE_CONVERTERS_ADC_BITS_OF(word) (((uint32_t)(word) & 0x00001f00u) >> 8)
#define MBX_TILE_CONVERTERS_DIFFERENTIAL(x) (((uint32_t)(x) << 16) & 0x00010000u)
#define MBX_TILE_CONVERTERS_DIFFERENTIAL_OF(word) (((uint32_t)(word) & 0x00010000u) >> 16)
#define MBX_TILE_CONVERTERS_FEATURES(x) (((uint32_t)(x) << 24) & 0x01000000u)
#define MBX_TILE_CONVERTERS_FEATURES_OF(word) (((uint32_t)(word) & 0x01000000u) >> 24)
// wo: Starts one operation.
#define MBX_TILE_START(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0008u)
#define MBX_TILE_START_OPERATION(x) (((uint32_t)(x) << 0) & 0x0000000fu)
#define MBX_TILE_START_OPERATION_OF(word) (((uint32_t)(word) & 0x0000000fu) >> 0)
#define MBX_TILE_START_GAIN(x) (((uint32_t)(x) << 4) & 0x00000010u)
#define MBX_TILE_START_GAIN_OF(word) (((uint32_t)(word) & 0x00000010u) >> 4)
#define MBX_TILE_START_LINEAR(x) (((uint32_t)(x) << 5) & 0x00000020u)
#define MBX_TILE_START_LINEAR_OF(word) (((uint32_t)(word) & 0x00000020u) >> 5)
#define MBX_TILE_START_ROW(x) (((uint32_t)(x) << 16) & 0x03ff0000u)
#define MBX_TILE_START_ROW_OF(word) (((uint32_t)(word) & 0x03ff0000u) >> 16)
// ro: State of the tile.
#define MBX_TILE_STATUS(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x000cu)
#define MBX_TILE_STATUS_BUSY(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_TILE_STATUS_BUSY_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_TILE_STATUS_LOCKED(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_TILE_STATUS_LOCKED_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_TILE_STATUS_SATURATED(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define MBX_TILE_STATUS_SATURATED_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define MBX_TILE_STATUS_ERROR(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define MBX_TILE_STATUS_ERROR_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define MBX_TILE_STATUS_OPERATION(x) (((uint32_t)(x) << 4) & 0x000000f0u)
#define MBX_TILE_STATUS_OPERATION_OF(word) (((uint32_t)(word) & 0x000000f0u) >> 4)
#define MBX_TILE_STATUS_STALE(x) (((uint32_t)(x) << 8) & 0x00000100u)
#define MBX_TILE_STATUS_STALE_OF(word) (((uint32_t)(word) & 0x00000100u) >> 8)
// ro: STATUS, read once the tile is idle: the bus stalls until then.
#define MBX_TILE_WAIT(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0010u)
#define MBX_TILE_WAIT_BUSY(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_TILE_WAIT_BUSY_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_TILE_WAIT_LOCKED(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_TILE_WAIT_LOCKED_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_TILE_WAIT_SATURATED(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define MBX_TILE_WAIT_SATURATED_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define MBX_TILE_WAIT_ERROR(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define MBX_TILE_WAIT_ERROR_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define MBX_TILE_WAIT_OPERATION(x) (((uint32_t)(x) << 4) & 0x000000f0u)
#define MBX_TILE_WAIT_OPERATION_OF(word) (((uint32_t)(word) & 0x000000f0u) >> 4)
#define MBX_TILE_WAIT_STALE(x) (((uint32_t)(x) << 8) & 0x00000100u)
#define MBX_TILE_WAIT_STALE_OF(word) (((uint32_t)(word) & 0x00000100u) >> 8)
// w1c: What was refused; each bit stays until cleared. Takes a write also while an operation is under way.
#define MBX_TILE_ERROR(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0014u)
#define MBX_TILE_ERROR_BUSY(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_TILE_ERROR_BUSY_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_TILE_ERROR_OPERATION(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_TILE_ERROR_OPERATION_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_TILE_ERROR_CODE(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define MBX_TILE_ERROR_CODE_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define MBX_TILE_ERROR_INDEX(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define MBX_TILE_ERROR_INDEX_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define MBX_TILE_ERROR_LOCKED(x) (((uint32_t)(x) << 4) & 0x00000010u)
#define MBX_TILE_ERROR_LOCKED_OF(word) (((uint32_t)(word) & 0x00000010u) >> 4)
#define MBX_TILE_ERROR_STALE(x) (((uint32_t)(x) << 5) & 0x00000020u)
#define MBX_TILE_ERROR_STALE_OF(word) (((uint32_t)(word) & 0x00000020u) >> 5)
#define MBX_TILE_ERROR_WATCHDOG(x) (((uint32_t)(x) << 6) & 0x00000040u)
#define MBX_TILE_ERROR_WATCHDOG_OF(word) (((uint32_t)(word) & 0x00000040u) >> 6)
#define MBX_TILE_ERROR_ACCESS(x) (((uint32_t)(x) << 7) & 0x00000080u)
#define MBX_TILE_ERROR_ACCESS_OF(word) (((uint32_t)(word) & 0x00000080u) >> 7)
#define MBX_TILE_ERROR_UNMAPPED(x) (((uint32_t)(x) << 8) & 0x00000100u)
#define MBX_TILE_ERROR_UNMAPPED_OF(word) (((uint32_t)(word) & 0x00000100u) >> 8)
#define MBX_TILE_ERROR_MISALIGNED(x) (((uint32_t)(x) << 9) & 0x00000200u)
#define MBX_TILE_ERROR_MISALIGNED_OF(word) (((uint32_t)(word) & 0x00000200u) >> 9)
#define MBX_TILE_ERROR_RESERVED(x) (((uint32_t)(x) << 10) & 0x00000400u)
#define MBX_TILE_ERROR_RESERVED_OF(word) (((uint32_t)(word) & 0x00000400u) >> 10)
#define MBX_TILE_ERROR_LIMIT(x) (((uint32_t)(x) << 11) & 0x00000800u)
#define MBX_TILE_ERROR_LIMIT_OF(word) (((uint32_t)(word) & 0x00000800u) >> 11)
#define MBX_TILE_ERROR_WAIT(x) (((uint32_t)(x) << 12) & 0x00001000u)
#define MBX_TILE_ERROR_WAIT_OF(word) (((uint32_t)(word) & 0x00001000u) >> 12)
#define MBX_TILE_ERROR_SUPPLY(x) (((uint32_t)(x) << 13) & 0x00002000u)
#define MBX_TILE_ERROR_SUPPLY_OF(word) (((uint32_t)(word) & 0x00002000u) >> 13)
// wo: 0x50524F47 allows programming, any other word locks. Takes a write also while an operation is under way.
#define MBX_TILE_UNLOCK(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0018u)
// rw: Cycles after which an operation is aborted; 0 never. Takes a write only while programming is allowed.
#define MBX_TILE_WATCHDOG(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x001cu)
// ro: Lowest and highest conductance of a device, nanosiemens.
#define MBX_TILE_CONDUCTANCE(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0020u + (i) * 4u)
// ro: Microvolts on a line driven with code 1.
#define MBX_TILE_READ_VOLTAGE(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0028u)
// ro: Cycles that the parts of an operation take.
#define MBX_TILE_TIMING(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x002cu)
#define MBX_TILE_TIMING_SETTLE(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define MBX_TILE_TIMING_SETTLE_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
#define MBX_TILE_TIMING_CONVERT(x) (((uint32_t)(x) << 8) & 0x0000ff00u)
#define MBX_TILE_TIMING_CONVERT_OF(word) (((uint32_t)(word) & 0x0000ff00u) >> 8)
#define MBX_TILE_TIMING_RELAX(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_TIMING_RELAX_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)
// rw: Programming voltages; half of it on half-selected cells. Takes a write only while programming is allowed.
#define MBX_TILE_AMPLITUDE(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0030u)
#define MBX_TILE_AMPLITUDE_SET_MV(x) (((uint32_t)(x) << 0) & 0x00000fffu)
#define MBX_TILE_AMPLITUDE_SET_MV_OF(word) (((uint32_t)(word) & 0x00000fffu) >> 0)
#define MBX_TILE_AMPLITUDE_RESET_MV(x) (((uint32_t)(x) << 16) & 0x0fff0000u)
#define MBX_TILE_AMPLITUDE_RESET_MV_OF(word) (((uint32_t)(word) & 0x0fff0000u) >> 16)
// rw: Width of the ERASE pulse. Takes a write only while programming is allowed.
#define MBX_TILE_ERASE_WIDTH(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0034u)
#define MBX_TILE_ERASE_WIDTH_WIDTH(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_ERASE_WIDTH_WIDTH_OF(word) (((uint32_t)(word) & 0x0000ffffu) >> 0)
// rw: Transimpedance of gain 0 and of gain 1. Takes a write only while programming is allowed.
#define MBX_TILE_FEEDBACK(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0040u + (i) * 4u)
#define MBX_TILE_FEEDBACK_OHMS(x) (((uint32_t)(x) << 0) & 0xffffffffu)
#define MBX_TILE_FEEDBACK_OHMS_OF(word) (((uint32_t)(word) & 0xffffffffu) >> 0)
// mixed: The highest programming voltages that AMPLITUDE takes; lowered once. Takes a write only while programming is allowed.
#define MBX_TILE_LIMIT_AMPLITUDE(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0048u)
// rw: SET pulse amplitude, millivolts.
#define MBX_TILE_LIMIT_AMPLITUDE_SET_MV(x) (((uint32_t)(x) << 0) & 0x00000fffu)
#define MBX_TILE_LIMIT_AMPLITUDE_SET_MV_OF(word) (((uint32_t)(word) & 0x00000fffu) >> 0)
// rw: RESET pulse amplitude, millivolts.
#define MBX_TILE_LIMIT_AMPLITUDE_RESET_MV(x) (((uint32_t)(x) << 16) & 0x0fff0000u)
#define MBX_TILE_LIMIT_AMPLITUDE_RESET_MV_OF(word) (((uint32_t)(word) & 0x0fff0000u) >> 16)
// ro: 1: written, and kept until power-up.
#define MBX_TILE_LIMIT_AMPLITUDE_FIXED(x) (((uint32_t)(x) << 31) & 0x80000000u)
#define MBX_TILE_LIMIT_AMPLITUDE_FIXED_OF(word) (((uint32_t)(word) & 0x80000000u) >> 31)
// mixed: The longest pulse that ERASE_WIDTH and PULSE take, whatever its sign; lowered once. Takes a write only while programming is allowed.
#define MBX_TILE_LIMIT_WIDTH(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x004cu)
// rw: Longest pulse. In steps of 20 ns.
#define MBX_TILE_LIMIT_WIDTH_WIDTH(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_LIMIT_WIDTH_WIDTH_OF(word) (((uint32_t)(word) & 0x0000ffffu) >> 0)
// ro: 1: written, and kept until power-up.
#define MBX_TILE_LIMIT_WIDTH_FIXED(x) (((uint32_t)(x) << 31) & 0x80000000u)
#define MBX_TILE_LIMIT_WIDTH_FIXED_OF(word) (((uint32_t)(word) & 0x80000000u) >> 31)
// ro: Where the last operation that ended early stood.
#define MBX_TILE_ABORTED(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0050u)
#define MBX_TILE_ABORTED_OPERATION(x) (((uint32_t)(x) << 0) & 0x0000000fu)
#define MBX_TILE_ABORTED_OPERATION_OF(word) (((uint32_t)(word) & 0x0000000fu) >> 0)
#define MBX_TILE_ABORTED_PHASE(x) (((uint32_t)(x) << 4) & 0x00000030u)
#define MBX_TILE_ABORTED_PHASE_OF(word) (((uint32_t)(word) & 0x00000030u) >> 4)
#define MBX_TILE_ABORTED_ROW(x) (((uint32_t)(x) << 16) & 0x03ff0000u)
#define MBX_TILE_ABORTED_ROW_OF(word) (((uint32_t)(word) & 0x03ff0000u) >> 16)
// ro: Cycles that the phase in ABORTED had had by then, or else the operation.
#define MBX_TILE_ABORTED_CYCLES(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0054u)
// rw: Cycles after which a load of WAIT gives up and returns BUSY; 0 never.
#define MBX_TILE_WAIT_LIMIT(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0058u)
// rw: From when lines are driven to when ADCs sample: an amplifier that needs longer is sampled on its way.
#define MBX_TILE_SETTLE(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x005cu)
#define MBX_TILE_SETTLE_CYCLES(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define MBX_TILE_SETTLE_CYCLES_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
// wo: Any write copies the counters below for reading. Takes a write also while an operation is under way.
#define MBX_TILE_SNAPSHOT(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0060u)
// ro: READ, READ_T, ZERO and REFERENCE done: low word, high word.
#define MBX_TILE_READS(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0068u + (i) * 4u)
// ro: Pulse phases done, each on a whole row.
#define MBX_TILE_PHASES(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0070u + (i) * 4u)
// ro: Cell pulses done.
#define MBX_TILE_PULSES(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0078u + (i) * 4u)
// ro: Cycles spent on pulse phases.
#define MBX_TILE_PROGRAM_CYCLES(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0080u + (i) * 4u)
// ro: Cycles the same pulses would take one cell at a time.
#define MBX_TILE_SERIAL_CYCLES(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0088u + (i) * 4u)
// ro: Energy dissipated in the array, attojoules.
#define MBX_TILE_ENERGY(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0090u + (i) * 4u)
// rw: Switches supplies: ANALOG before DRIVERS on settled references, DRIVERS off before ANALOG.
#define MBX_TILE_SUPPLY(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x00a0u)
#define MBX_TILE_SUPPLY_ANALOG(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_TILE_SUPPLY_ANALOG_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_TILE_SUPPLY_DRIVERS(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_TILE_SUPPLY_DRIVERS_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
// ro: What is supplied, and whether it has settled.
#define MBX_TILE_SUPPLY_STATE(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x00a4u)
#define MBX_TILE_SUPPLY_STATE_LOGIC(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define MBX_TILE_SUPPLY_STATE_LOGIC_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define MBX_TILE_SUPPLY_STATE_ANALOG(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define MBX_TILE_SUPPLY_STATE_ANALOG_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define MBX_TILE_SUPPLY_STATE_DRIVERS(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define MBX_TILE_SUPPLY_STATE_DRIVERS_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define MBX_TILE_SUPPLY_STATE_SETTLED(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define MBX_TILE_SUPPLY_STATE_SETTLED_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
// ro: Cycles that references and amplifiers settle once they are supplied.
#define MBX_TILE_WAKE_UP(n) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x00a8u)
// rw: Circuit behind each column, two bits a column from bit 0; see the table of circuits.
#define MBX_TILE_ACTIVATION(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0100u + (i) * 4u)
// ro: Lines whose last conversion left the range, one bit a line: a linear column's amplifier limited, or more than half a code over.
#define MBX_TILE_SATURATED(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x0200u + (i) * 4u)
// rw: DAC codes of the driven lines, two a word.
#define MBX_TILE_DRIVE(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x1000u + (i) * 4u)
#define MBX_TILE_DRIVE_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_DRIVE_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TILE_DRIVE_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_DRIVE_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// ro: ADC codes of the converted lines, two a word; those of lines not converted stay.
#define MBX_TILE_SENSE(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x2000u + (i) * 4u)
#define MBX_TILE_SENSE_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_SENSE_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TILE_SENSE_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_SENSE_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// rw: Width on each bit line for PROGRAM_ROW, which leaves what it had no time for: 0 at its own end.
#define MBX_TILE_PULSE(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x3000u + (i) * 4u)
#define MBX_TILE_PULSE_WIDTH(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_PULSE_WIDTH_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
// rw: Correction of each ADC. Takes a write only while programming is allowed.
#define MBX_TILE_TRIM(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x4000u + (i) * 4u)
#define MBX_TILE_TRIM_OFFSET(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_TRIM_OFFSET_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TILE_TRIM_GAIN(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_TRIM_GAIN_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)
// wo: DRIVE in Q0.15: the code of a signal in ±1. Of chips with `windows` among their `features`.
#define MBX_TILE_DRIVE_SIGNALS(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x5000u + (i) * 4u)
#define MBX_TILE_DRIVE_SIGNALS_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_DRIVE_SIGNALS_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TILE_DRIVE_SIGNALS_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_DRIVE_SIGNALS_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// ro: SENSE with its codes at the top of 16 bits. Of chips with `windows` among their `features`.
#define MBX_TILE_SENSE_SIGNALS(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x6000u + (i) * 4u)
#define MBX_TILE_SENSE_SIGNALS_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_SENSE_SIGNALS_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TILE_SENSE_SIGNALS_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_SENSE_SIGNALS_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// wo: PULSE of two bit lines at once. Of chips with `windows` among their `features`.
#define MBX_TILE_PULSE_PAIRS(n, i) MBLSTM_WORD(MBX_TILE_BASE(n) + 0x7000u + (i) * 4u)
#define MBX_TILE_PULSE_PAIRS_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define MBX_TILE_PULSE_PAIRS_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define MBX_TILE_PULSE_PAIRS_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define MBX_TILE_PULSE_PAIRS_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)

#define HOST_BASE 0x40100000u
// port: Reading takes the next word from the host, 0 when there is none; writing sends one.
#define HOST_DATA MBLSTM_WORD(HOST_BASE + 0x0000u)
// ro: Words from the host that wait to be read.
#define HOST_LEVEL MBLSTM_WORD(HOST_BASE + 0x0004u)
// rw: When the mailbox raises the external interrupt line.
#define HOST_IRQ_ENABLE MBLSTM_WORD(HOST_BASE + 0x0008u)
#define HOST_IRQ_ENABLE_WAITING(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define HOST_IRQ_ENABLE_WAITING_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)

#define FLASH_BASE 0x40110000u
// ro: Size of the flash.
#define FLASH_GEOMETRY MBLSTM_WORD(FLASH_BASE + 0x0000u)
#define FLASH_GEOMETRY_PAGES(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define FLASH_GEOMETRY_PAGES_OF(word) (((uint32_t)(word) & 0x0000ffffu) >> 0)
#define FLASH_GEOMETRY_WORDS(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define FLASH_GEOMETRY_WORDS_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)
// ro: How long its operations take: bit after bit, word after word.
#define FLASH_TIMING MBLSTM_WORD(FLASH_BASE + 0x0004u)
#define FLASH_TIMING_ERASE(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define FLASH_TIMING_ERASE_OF(word) (((uint32_t)(word) & 0x0000ffffu) >> 0)
#define FLASH_TIMING_PROGRAM(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define FLASH_TIMING_PROGRAM_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)
// wo: Starts an operation on a page.
#define FLASH_START MBLSTM_WORD(FLASH_BASE + 0x0008u)
#define FLASH_START_OPERATION(x) (((uint32_t)(x) << 0) & 0x0000000fu)
#define FLASH_START_OPERATION_OF(word) (((uint32_t)(word) & 0x0000000fu) >> 0)
#define FLASH_START_PAGE(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define FLASH_START_PAGE_OF(word) (((uint32_t)(word) & 0xffff0000u) >> 16)
// ro: State of the flash.
#define FLASH_STATUS MBLSTM_WORD(FLASH_BASE + 0x000cu)
#define FLASH_STATUS_BUSY(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define FLASH_STATUS_BUSY_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define FLASH_STATUS_LOCKED(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define FLASH_STATUS_LOCKED_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define FLASH_STATUS_ERROR(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define FLASH_STATUS_ERROR_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define FLASH_STATUS_OPERATION(x) (((uint32_t)(x) << 4) & 0x000000f0u)
#define FLASH_STATUS_OPERATION_OF(word) (((uint32_t)(word) & 0x000000f0u) >> 4)
// ro: As STATUS; a load stalls until no operation is under way.
#define FLASH_WAIT MBLSTM_WORD(FLASH_BASE + 0x0010u)
#define FLASH_WAIT_BUSY(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define FLASH_WAIT_BUSY_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define FLASH_WAIT_LOCKED(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define FLASH_WAIT_LOCKED_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define FLASH_WAIT_ERROR(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define FLASH_WAIT_ERROR_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define FLASH_WAIT_OPERATION(x) (((uint32_t)(x) << 4) & 0x000000f0u)
#define FLASH_WAIT_OPERATION_OF(word) (((uint32_t)(word) & 0x000000f0u) >> 4)
// w1c: What the flash refused, or could not do. Takes a write also while an operation is under way.
#define FLASH_ERROR MBLSTM_WORD(FLASH_BASE + 0x0014u)
#define FLASH_ERROR_BUSY(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define FLASH_ERROR_BUSY_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define FLASH_ERROR_OPERATION(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define FLASH_ERROR_OPERATION_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define FLASH_ERROR_LOCKED(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define FLASH_ERROR_LOCKED_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define FLASH_ERROR_INDEX(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define FLASH_ERROR_INDEX_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define FLASH_ERROR_ONES(x) (((uint32_t)(x) << 4) & 0x00000010u)
#define FLASH_ERROR_ONES_OF(word) (((uint32_t)(word) & 0x00000010u) >> 4)
#define FLASH_ERROR_WORN(x) (((uint32_t)(x) << 5) & 0x00000020u)
#define FLASH_ERROR_WORN_OF(word) (((uint32_t)(word) & 0x00000020u) >> 5)
// wo: 0x464c5348 allows PROGRAM and ERASE, anything else forbids them. Takes a write also while an operation is under way.
#define FLASH_UNLOCK MBLSTM_WORD(FLASH_BASE + 0x0018u)
// rw: When the flash raises the external interrupt line. Takes a write also while an operation is under way.
#define FLASH_IRQ_ENABLE MBLSTM_WORD(FLASH_BASE + 0x001cu)
#define FLASH_IRQ_ENABLE_IDLE(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define FLASH_IRQ_ENABLE_IDLE_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define FLASH_IRQ_ENABLE_ERROR(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define FLASH_IRQ_ENABLE_ERROR_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
// ro: Erases after which a page is worn: it is erased no more.
#define FLASH_ENDURANCE MBLSTM_WORD(FLASH_BASE + 0x0020u)
// ro: Erases that the page of the latest START has had.
#define FLASH_CYCLES MBLSTM_WORD(FLASH_BASE + 0x0024u)
// rw: The page that was read, or what is to be programmed: words of all ones are left out.
#define FLASH_BUFFER(i) MBLSTM_WORD(FLASH_BASE + 0x0400u + (i) * 4u)

#define CELL_BASE 0x40120000u
// rw: Cells that there are.
#define CELL_CELLS MBLSTM_WORD(CELL_BASE + 0x0000u)
#define CELL_CELLS_COUNT(x) (((uint32_t)(x) << 0) & 0x000001ffu)
#define CELL_CELLS_COUNT_OF(word) (((uint32_t)(word) & 0x000001ffu) >> 0)
// rw: Whose codes the gates are: i, f, g, o, so many lines each.
#define CELL_SOURCE MBLSTM_WORD(CELL_BASE + 0x0004u)
#define CELL_SOURCE_TILE(x) (((uint32_t)(x) << 0) & 0x00000007u)
#define CELL_SOURCE_TILE_OF(word) (((uint32_t)(word) & 0x00000007u) >> 0)
// rw: Where outputs go as DAC codes.
#define CELL_TARGET(i) MBLSTM_WORD(CELL_BASE + 0x0008u + (i) * 4u)
#define CELL_TARGET_TILE(x) (((uint32_t)(x) << 0) & 0x00000007u)
#define CELL_TARGET_TILE_OF(word) (((uint32_t)(word) & 0x00000007u) >> 0)
#define CELL_TARGET_LINE(x) (((uint32_t)(x) << 16) & 0x03ff0000u)
#define CELL_TARGET_LINE_OF(word) (((uint32_t)(word) & 0x03ff0000u) >> 16)
#define CELL_TARGET_ENABLE(x) (((uint32_t)(x) << 31) & 0x80000000u)
#define CELL_TARGET_ENABLE_OF(word) (((uint32_t)(word) & 0x80000000u) >> 31)
// wo: Carries an operation out, which holds the bus as long as TIMING says.
#define CELL_START MBLSTM_WORD(CELL_BASE + 0x0010u)
#define CELL_START_OPERATION(x) (((uint32_t)(x) << 0) & 0x00000003u)
#define CELL_START_OPERATION_OF(word) (((uint32_t)(word) & 0x00000003u) >> 0)
// w1c: What the unit refused.
#define CELL_ERROR MBLSTM_WORD(CELL_BASE + 0x0014u)
#define CELL_ERROR_OPERATION(x) (((uint32_t)(x) << 0) & 0x00000001u)
#define CELL_ERROR_OPERATION_OF(word) (((uint32_t)(word) & 0x00000001u) >> 0)
#define CELL_ERROR_INDEX(x) (((uint32_t)(x) << 1) & 0x00000002u)
#define CELL_ERROR_INDEX_OF(word) (((uint32_t)(word) & 0x00000002u) >> 1)
#define CELL_ERROR_BUSY(x) (((uint32_t)(x) << 2) & 0x00000004u)
#define CELL_ERROR_BUSY_OF(word) (((uint32_t)(word) & 0x00000004u) >> 2)
#define CELL_ERROR_STALE(x) (((uint32_t)(x) << 3) & 0x00000008u)
#define CELL_ERROR_STALE_OF(word) (((uint32_t)(word) & 0x00000008u) >> 3)
#define CELL_ERROR_CODE(x) (((uint32_t)(x) << 4) & 0x00000010u)
#define CELL_ERROR_CODE_OF(word) (((uint32_t)(word) & 0x00000010u) >> 4)
// ro: Cycles that an operation takes.
#define CELL_TIMING MBLSTM_WORD(CELL_BASE + 0x0018u)
#define CELL_TIMING_PER_CELL(x) (((uint32_t)(x) << 0) & 0x000000ffu)
#define CELL_TIMING_PER_CELL_OF(word) (((uint32_t)(word) & 0x000000ffu) >> 0)
#define CELL_TIMING_BEGIN(x) (((uint32_t)(x) << 8) & 0x0000ff00u)
#define CELL_TIMING_BEGIN_OF(word) (((uint32_t)(word) & 0x0000ff00u) >> 8)
// rw: The state c of cells, two a word.
#define CELL_STATE(i) MBLSTM_WORD(CELL_BASE + 0x0100u + (i) * 4u)
#define CELL_STATE_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define CELL_STATE_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define CELL_STATE_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define CELL_STATE_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)
// ro: The outputs h of cells, two a word.
#define CELL_OUTPUT(i) MBLSTM_WORD(CELL_BASE + 0x0300u + (i) * 4u)
#define CELL_OUTPUT_EVEN(x) (((uint32_t)(x) << 0) & 0x0000ffffu)
#define CELL_OUTPUT_EVEN_OF(word) ((int32_t)((uint32_t)(word) << 16) >> 16)
#define CELL_OUTPUT_ODD(x) (((uint32_t)(x) << 16) & 0xffff0000u)
#define CELL_OUTPUT_ODD_OF(word) ((int32_t)((uint32_t)(word) << 0) >> 16)

// Operations of a tile, and what unlocks its programming.
#define MBX_OPERATION_READ 1u
#define MBX_OPERATION_READ_T 2u
#define MBX_OPERATION_PROGRAM_ROW 3u
#define MBX_OPERATION_ERASE 4u
#define MBX_OPERATION_ZERO 5u
#define MBX_OPERATION_REFERENCE 6u
#define MBX_TILE_UNLOCK_KEY 0x50524f47u
// The same of the flash.
#define FLASH_OPERATION_READ 1u
#define FLASH_OPERATION_PROGRAM 2u
#define FLASH_OPERATION_ERASE 3u
#define FLASH_UNLOCK_KEY 0x464c5348u

// Circuits behind the columns: two bits each in MBX_TILE_ACTIVATION.
#define MBX_CIRCUIT_LINEAR 0u
#define MBX_CIRCUIT_SIGMOID 1u
#define MBX_CIRCUIT_TANH 2u

#endif

