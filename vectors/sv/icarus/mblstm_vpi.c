/* The tile of libmblstm as system tasks for Icarus Verilog (VPI): arrays are vectors, the last argument is the status.
 *
 *   iverilog-vpi mblstm_vpi.c, with the flags of the library */
#include <mblstm_model.h>
#include <stdlib.h>
#include <vpi_user.h>

enum { LINES = 1024, ARGUMENTS = 10 };

struct call {
  vpiHandle argument[ARGUMENTS];
};

static struct call arguments(void) {
  struct call call = {{0}};
  vpiHandle all = vpi_iterate(vpiArgument, vpi_handle(vpiSysTfCall, NULL)), next;
  for (int place = 0; all != NULL && place < ARGUMENTS && (next = vpi_scan(all)) != NULL; place += 1) call.argument[place] = next;
  return call;
}

/* Bits from place on, at most 64. */
static uint64_t bits(const s_vpi_vecval *words, unsigned place, unsigned count) {
  uint64_t value = 0;
  for (unsigned bit = 0; bit < count; bit += 1)
    value |= (uint64_t)((uint32_t)words[(place + bit) / 32].aval >> (place + bit) % 32 & 1) << bit;
  return value;
}

static uint64_t get(vpiHandle from) {
  s_vpi_value value = {.format = vpiVectorVal};
  vpi_get_value(from, &value);
  unsigned size = (unsigned)vpi_get(vpiSize, from);
  return bits(value.value.vector, 0, size < 64 ? size : 64);
}

/* Signed elements of 16 bits. */
static void get_lanes(vpiHandle from, int32_t *lanes) {
  s_vpi_value value = {.format = vpiVectorVal};
  vpi_get_value(from, &value);
  for (unsigned lane = 0; lane < (unsigned)vpi_get(vpiSize, from) / 16; lane += 1)
    lanes[lane] = (int16_t)bits(value.value.vector, 16 * lane, 16);
}

/* Elements of some bits each, as many as the vector has. */
static void put(vpiHandle to, const int64_t *elements, unsigned width) {
  unsigned size = (unsigned)vpi_get(vpiSize, to);
  s_vpi_vecval *words = calloc(size / 32 + 1, sizeof *words);
  for (unsigned bit = 0; words != NULL && bit < size; bit += 1)
    words[bit / 32].aval |= (int32_t)((uint32_t)((uint64_t)elements[bit / width] >> bit % width & 1) << bit % 32);
  s_vpi_value value = {.format = vpiVectorVal, .value = {.vector = words}};
  vpi_put_value(to, &value, NULL, vpiNoDelay);
  free(words);
}

static void put_one(vpiHandle to, int64_t element) { put(to, &element, 64); }

static PLI_INT32 tell(PLI_BYTE8 *unused) {
  (void)unused;
  s_vpi_value value = {.format = vpiStringVal, .value = {.str = (PLI_BYTE8 *)mblstm_error_text()}};
  vpi_put_value(arguments().argument[0], &value, NULL, vpiNoDelay);
  return 0;
}

/* Configuration; tile, word lines, bit lines, columns, microvolts a code, cycles to settle. The supplies are off. */
static PLI_INT32 make(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  s_vpi_value text = {.format = vpiStringVal};
  vpi_get_value(call.argument[0], &text);
  uint64_t tile = 0, chip = 0;
  uint32_t words = 0, lines = 0, columns = 0, timing = 0;
  int32_t drive = 0, sense = 0, microvolts = 0;
  int32_t status = mblstm_chip_new(text.value.str, &chip);
  if (status == MBLSTM_OK) {
    /* MBX0.TIMING. */
    mblstm_chip_peek(chip, 0x4001002c, &timing);
    mblstm_chip_free(chip);
    status = mblstm_tile_new(text.value.str, &tile);
    mblstm_tile_size(tile, &words, &lines, &columns);
    mblstm_tile_converters(tile, &drive, &sense, &microvolts);
    mblstm_tile_set_supplies(tile, MBLSTM_SUPPLY_ANALOG);
    mblstm_tile_set_supplies(tile, 0);
  }
  const int64_t got[] = {(int64_t)tile, words, lines, columns, microvolts, timing & 0xff, status};
  for (int place = 0; place < 7; place += 1) put_one(call.argument[1 + place], got[place]);
  return 0;
}

static PLI_INT32 convert(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  static int32_t drive[LINES], sense[LINES];
  static uint8_t saturated[LINES];
  static int64_t amperes[LINES], elements[LINES], flags[LINES];
  uint64_t tile = get(call.argument[0]), cycles = 0;
  uint32_t driven = (uint32_t)get(call.argument[3]), sensed = (uint32_t)get(call.argument[4]);
  get_lanes(call.argument[2], drive);
  int32_t status = mblstm_tile_convert(
      tile, (uint32_t)get(call.argument[1]), drive, driven, sense, sensed, saturated, &cycles);
  if (status == MBLSTM_OK && driven > 0) mblstm_tile_currents(tile, amperes, sensed);
  for (int line = 0; line < LINES; line += 1) {
    elements[line] = sense[line];
    flags[line] = saturated[line];
  }
  put(call.argument[5], elements, 16);
  put(call.argument[6], flags, 1);
  put(call.argument[7], amperes, 64);
  put_one(call.argument[8], (int64_t)cycles);
  put_one(call.argument[9], status);
  return 0;
}

static PLI_INT32 program_row(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  static int32_t widths[LINES];
  uint64_t cycles = 0;
  get_lanes(call.argument[2], widths);
  int32_t status = mblstm_tile_program_row(
      get(call.argument[0]), (uint32_t)get(call.argument[1]), widths, (uint32_t)get(call.argument[3]), &cycles);
  put_one(call.argument[4], (int64_t)cycles);
  put_one(call.argument[5], status);
  return 0;
}

static PLI_INT32 erase(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  uint64_t cycles = 0;
  int32_t status = mblstm_tile_erase(get(call.argument[0]), (uint32_t)get(call.argument[1]), &cycles);
  put_one(call.argument[2], (int64_t)cycles);
  put_one(call.argument[3], status);
  return 0;
}

static PLI_INT32 amplitudes(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  uint32_t set = (uint32_t)get(call.argument[1]), reset = (uint32_t)get(call.argument[2]);
  put_one(call.argument[3], mblstm_tile_amplitudes(get(call.argument[0]), set, reset));
  return 0;
}

static PLI_INT32 feedback(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  put_one(call.argument[2], mblstm_tile_feedback(get(call.argument[0]), (uint32_t)get(call.argument[1])));
  return 0;
}

static PLI_INT32 set_supplies(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  put_one(call.argument[2], mblstm_tile_set_supplies(get(call.argument[0]), (uint32_t)get(call.argument[1])));
  return 0;
}

static PLI_INT32 advance(PLI_BYTE8 *unused) {
  (void)unused;
  struct call call = arguments();
  put_one(call.argument[2], mblstm_tile_advance(get(call.argument[0]), get(call.argument[1])));
  return 0;
}

static void enlist(void) {
  const s_vpi_systf_data tasks[] = {
      {vpiSysTask, 0, "$mblstm_error_text", tell, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_open", make, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_convert", convert, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_program_row", program_row, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_erase", erase, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_amplitudes", amplitudes, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_feedback", feedback, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_set_supplies", set_supplies, 0, 0, 0},
      {vpiSysTask, 0, "$mblstm_tile_advance", advance, 0, 0, 0},
  };
  for (unsigned place = 0; place < sizeof tasks / sizeof *tasks; place += 1) {
    s_vpi_systf_data task = tasks[place];
    vpi_register_systf(&task);
  }
}

void (*vlog_startup_routines[])(void) = {enlist, 0};
