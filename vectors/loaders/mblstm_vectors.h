/* Golden vectors of the MbLSTM chip in C11 and C++11. Written by vectors/loaders/generate.py from vectors/v1/schema.json: do not
   edit it. Header only; needs the standard library alone.

     char error[200];
     mbv_file *file = mbv_load("mvm.json", error, sizeof error);
     for (size_t n = 0; file && n < file->count; n++) {
       const mbv_bus_given *given = file->cases[n].bus.given;     by the kind or, of values, the suite; the others are NULL
       for (size_t line = 0; line < given->script.count; line++) puts(given->script.items[line]);
     }
     mbv_close(file);

   A file of another format, an unknown or a missing member, and a value of another type or out of its range are errors. What may
   be missing has a flag `has_`; a list that may be null has no items then. vectors/specification/format.md says what things mean. */

#ifndef MBLSTM_VECTORS_H
#define MBLSTM_VECTORS_H

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MBV_FORMAT 2

typedef struct mbv_real_list {
  size_t count;
  double *items;
} mbv_real_list;

typedef struct mbv_real_list_list {
  size_t count;
  mbv_real_list *items;
} mbv_real_list_list;

typedef struct mbv_real_list_list_map {
  size_t count;
  const char **keys;
  mbv_real_list_list *items;
} mbv_real_list_list_map;

typedef struct mbv_text_list {
  size_t count;
  const char **items;
} mbv_text_list;

typedef struct mbv_fixed_given {
  const char *op;
  const char *mode;
  int64_t value;
  int64_t shift;
  const char *format;
  int64_t fraction;
  int64_t a;
  int64_t b;
  mbv_text_list formats;
  const char *result;
  int64_t numerator;
  int64_t denominator;
  char has_mode;
  char has_value;
  char has_shift;
  char has_format;
  char has_fraction;
  char has_a;
  char has_b;
  char has_formats;
  char has_result;
  char has_numerator;
  char has_denominator;
} mbv_fixed_given;

typedef struct mbv_fixed_expect {
  int64_t value;
  int64_t multiplier;
  int64_t shift;
  char has_multiplier;
  char has_shift;
} mbv_fixed_expect;

typedef struct mbv_int64_list {
  size_t count;
  int64_t *items;
} mbv_int64_list;

typedef struct mbv_int64_list_list {
  size_t count;
  mbv_int64_list *items;
} mbv_int64_list_list;

typedef struct mbv_activation_given {
  const char *circuit;
  const char *function;
  mbv_int64_list inputs;
  char table;
  char all;
  mbv_int64_list_list segments;
  mbv_int64_list rails;
  char has_circuit;
  char has_function;
  char has_inputs;
  char has_table;
  char has_all;
  char has_segments;
  char has_rails;
} mbv_activation_given;

typedef struct mbv_activation_expect {
  mbv_int64_list values;
  mbv_int64_list slopes;
  mbv_int64_list_list segments;
  mbv_int64_list rails;
  int64_t crc32;
  char has_values;
  char has_slopes;
  char has_segments;
  char has_rails;
  char has_crc32;
} mbv_activation_expect;

typedef struct mbv_dac_given {
  int64_t bits;
  int64_t offset_microvolts;
  int64_t inl_microvolts;
  mbv_int64_list codes;
} mbv_dac_given;

typedef struct mbv_dac_expect {
  int64_t step_microvolts;
  mbv_int64_list microvolts;
} mbv_dac_expect;

typedef struct mbv_adc_given {
  int64_t bits;
  int64_t offset_sigma_microvolts;
  int64_t gain_sigma_ppm;
  uint64_t seed;
  int64_t tile;
  int64_t line;
  int64_t trim;
  mbv_int64_list steps;
} mbv_adc_given;

typedef struct mbv_flag_list {
  size_t count;
  char *items;
} mbv_flag_list;

typedef struct mbv_adc_expect {
  mbv_int64_list codes;
  mbv_flag_list overrange;
} mbv_adc_expect;

typedef struct mbv_device {
  const char *model;
  mbv_real_list_list_map others; /* further members: a number is a table of one */
} mbv_device;

typedef struct mbv_pulse_given {
  mbv_device device;
  double device_to_device;
  double cycle_to_cycle;
  uint64_t seed;
  int64_t tile;
  uint64_t operation;
  int64_t cell;
  const char *polarity;
  char half_selected;
  int64_t millivolts;
  int64_t nanoseconds;
  mbv_int64_list picosiemens;
} mbv_pulse_given;

typedef struct mbv_pulse_expect {
  mbv_int64_list picosiemens;
} mbv_pulse_expect;

typedef struct mbv_random_given {
  mbv_int64_list key;
  mbv_int64_list counter;
  uint64_t seed;
  int64_t purpose;
  int64_t tile;
  uint64_t operation;
  int64_t index;
  char has_key;
  char has_counter;
  char has_seed;
  char has_purpose;
  char has_tile;
  char has_operation;
  char has_index;
} mbv_random_given;

typedef struct mbv_random_expect {
  mbv_int64_list words;
  int64_t gaussian;
  char has_gaussian;
} mbv_random_expect;

typedef struct mbv_energy_given_activity {
  int64_t drive_conversions;
  int64_t conversions;
  int64_t amplifications;
  int64_t noise_gain;
  int64_t evaluations;
  int64_t word_line_squares;
  int64_t bit_line_squares;
  int64_t charge;
  int64_t reading;
  int64_t selected;
  int64_t half_selected;
  int64_t word_line_pulse_squares;
  int64_t bit_line_pulse_squares;
  int64_t highest_pulse;
} mbv_energy_given_activity;

typedef struct mbv_energy_given {
  const char *technology;
  int64_t dac_bits;
  int64_t adc_bits;
  mbv_int64_list tile;
  mbv_energy_given_activity activity;
  int64_t scalar_evaluations;
  int64_t formed_cells;
  int64_t accesses;
  mbv_int64_list cycles;
  char has_formed_cells;
  char has_cycles;
} mbv_energy_given;

typedef struct mbv_energy_expect_attojoules {
  mbv_int64_list array_reads;
  mbv_int64_list array_selected;
  mbv_int64_list array_half_selected;
  mbv_int64_list pulse_supply;
  mbv_int64_list lines;
  mbv_int64_list converting;
  mbv_int64_list read_drivers;
  mbv_int64_list amplifiers;
  mbv_int64_list sensing;
  mbv_int64_list circuits;
  mbv_int64_list bus;
  mbv_int64_list controller;
  char has_controller;
} mbv_energy_expect_attojoules;

typedef struct mbv_energy_expect {
  mbv_energy_expect_attojoules attojoules;
} mbv_energy_expect;

typedef struct mbv_chip {
  mbv_int64_list_list tiles;
  const char *synapse;
  mbv_device device;
  int64_t dac_bits;
  int64_t adc_bits;
  uint64_t seed;
  double device_to_device;
  double cycle_to_cycle;
  double threshold_spread;
  double bounds_spread;
  double device_noise;
  double program_error;
  double stuck_lrs;
  double stuck_hrs;
  int64_t read_noise_picosiemens;
  int64_t adc_offset_microvolts;
  int64_t adc_gain_ppm;
  int64_t dac_offset_microvolts;
  int64_t dac_inl_microvolts;
  int64_t max_amplitude_millivolts;
  int64_t read_voltage_microvolts;
  int64_t set_amplitude_millivolts;
  int64_t reset_amplitude_millivolts;
  int64_t feedback_ohms;
  int64_t settle_cycles;
  int64_t sample_cycles;
  int64_t bandwidth_kilohertz;
  int64_t relax_cycles;
  int64_t flash_endurance;
  const char *features;
  int64_t wake_up_cycles;
  int64_t pulse_step_cycles;
  char has_synapse;
  char has_device;
  char has_dac_bits;
  char has_adc_bits;
  char has_seed;
  char has_device_to_device;
  char has_cycle_to_cycle;
  char has_threshold_spread;
  char has_bounds_spread;
  char has_device_noise;
  char has_program_error;
  char has_stuck_lrs;
  char has_stuck_hrs;
  char has_read_noise_picosiemens;
  char has_adc_offset_microvolts;
  char has_adc_gain_ppm;
  char has_dac_offset_microvolts;
  char has_dac_inl_microvolts;
  char has_max_amplitude_millivolts;
  char has_read_voltage_microvolts;
  char has_set_amplitude_millivolts;
  char has_reset_amplitude_millivolts;
  char has_feedback_ohms;
  char has_settle_cycles;
  char has_sample_cycles;
  char has_bandwidth_kilohertz;
  char has_relax_cycles;
  char has_flash_endurance;
  char has_features;
  char has_wake_up_cycles;
  char has_pulse_step_cycles;
} mbv_chip;

typedef struct mbv_int64_list_map {
  size_t count;
  const char **keys;
  mbv_int64_list *items;
} mbv_int64_list_map;

typedef struct mbv_bus_given {
  mbv_chip chip;
  mbv_int64_list_map conductances;
  mbv_text_list script;
  char has_conductances;
} mbv_bus_given;

typedef struct mbv_counter {
  uint64_t reads;
  uint64_t phases;
  uint64_t pulses;
  uint64_t program_cycles;
  uint64_t serial_cycles;
  uint64_t energy_attojoules;
} mbv_counter;

typedef struct mbv_counter_map {
  size_t count;
  const char **keys;
  mbv_counter *items;
} mbv_counter_map;

typedef struct mbv_bus_expect {
  mbv_text_list transactions;
  mbv_int64_list_map conductances;
  mbv_counter_map counters;
  mbv_text_list events;
  char has_conductances;
  char has_counters;
  char has_events;
} mbv_bus_expect;

typedef struct mbv_text_list_map {
  size_t count;
  const char **keys;
  mbv_text_list *items;
} mbv_text_list_map;

typedef struct mbv_firmware_given {
  mbv_chip chip;
  mbv_int64_list_map conductances;
  mbv_int64_list_list requests;
  mbv_text_list_map accesses;
  char has_conductances;
  char has_accesses;
} mbv_firmware_given;

typedef struct mbv_text_list_list {
  size_t count;
  mbv_text_list *items;
} mbv_text_list_list;

typedef struct mbv_firmware_expect_gradients {
  mbv_int64_list lstm;
  mbv_int64_list dense;
} mbv_firmware_expect_gradients;

typedef struct mbv_firmware_expect {
  mbv_int64_list_list replies;
  mbv_text_list_list transactions;
  mbv_int64_list_map conductances;
  mbv_firmware_expect_gradients gradients;
  char has_conductances;
  char has_gradients;
} mbv_firmware_expect;

typedef struct mbv_free {
  int64_t pulse_width;
  char has_pulse_width;
  const char *text; /* in the place of all others, or NULL */
} mbv_free;

typedef struct mbv_free_list {
  size_t count;
  mbv_free *items;
} mbv_free_list;

typedef struct mbv_file_source {
  const char *generator;
  const char *specification;
} mbv_file_source;

typedef struct mbv_text_map {
  size_t count;
  const char **keys;
  const char **items;
} mbv_text_map;

typedef struct mbv_case {
  int64_t id;
  const char *note;
  const char *verdict;
  mbv_text_list flags;
  mbv_text_list holds;
  mbv_free_list free;
  char has_note;
  char has_verdict;
  char has_flags;
  char has_holds;
  char has_free;
  struct {
    const mbv_fixed_given *given;
    const mbv_fixed_expect *expect;
  } fixed;
  struct {
    const mbv_activation_given *given;
    const mbv_activation_expect *expect;
  } activation;
  struct {
    const mbv_dac_given *given;
    const mbv_dac_expect *expect;
  } dac;
  struct {
    const mbv_adc_given *given;
    const mbv_adc_expect *expect;
  } adc;
  struct {
    const mbv_pulse_given *given;
    const mbv_pulse_expect *expect;
  } pulse;
  struct {
    const mbv_random_given *given;
    const mbv_random_expect *expect;
  } random;
  struct {
    const mbv_energy_given *given;
    const mbv_energy_expect *expect;
  } energy;
  struct {
    const mbv_bus_given *given;
    const mbv_bus_expect *expect;
  } bus;
  struct {
    const mbv_firmware_given *given;
    const mbv_firmware_expect *expect;
  } firmware;
} mbv_case;

struct mbv_shape;
struct mbv_block;

typedef struct mbv_file {
  int64_t format;
  const char *version;
  const char *suite;
  const char *kind;
  const char *provenance;
  const char *purpose;
  mbv_file_source source;
  mbv_text_list holds;
  mbv_text_map flags;
  mbv_text_map fields;
  char has_version;
  char has_holds;
  char has_flags;
  size_t count;
  const mbv_case *cases;
  const struct mbv_shape *shape;
  struct mbv_block *blocks;
} mbv_file;

typedef enum mbv_kind { MBV_INT64, MBV_UINT64, MBV_REAL, MBV_FLAG, MBV_TEXT, MBV_LIST, MBV_MAP, MBV_STRUCT } mbv_kind;

#define MBV_REQUIRED ((size_t)-1)

struct mbv_type;

typedef struct mbv_member {
  const char *key;
  size_t offset, has; /* has: where the flag is, MBV_REQUIRED of what has none */
  const struct mbv_type *type;
} mbv_member;

typedef struct mbv_type {
  mbv_kind kind;
  size_t size;
  int64_t low;                /* of whole numbers */
  uint64_t high;
  const char *const *choices; /* of texts, NULL behind the last; NULL for any */
  const struct mbv_type *item;
  int optional;               /* a list that may be null */
  const mbv_member *members;
  size_t count;
  size_t text, others;        /* of structures: where a text in their place and further members go, or MBV_REQUIRED */
} mbv_type;

static const mbv_type mbv_type_real = {MBV_REAL, sizeof(double), 0, 0, NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_real_list = {MBV_LIST, sizeof(mbv_real_list), 0, 0, NULL, &mbv_type_real, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_real_list_list = {MBV_LIST, sizeof(mbv_real_list_list), 0, 0, NULL, &mbv_type_real_list, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(9223372036854775807), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text = {MBV_TEXT, sizeof(const char *), 0, 0, NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_5[] = {"valid", "must-refuse", "implementation-defined", NULL};

static const mbv_type mbv_type_text_5 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_5, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text_list = {MBV_LIST, sizeof(mbv_text_list), 0, 0, NULL, &mbv_type_text, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_7 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(32767), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_free[] = {
  {"pulse-width", offsetof(mbv_free, pulse_width), offsetof(mbv_free, has_pulse_width), &mbv_type_int64_7},
};

static const mbv_type mbv_type_free = {MBV_STRUCT, sizeof(mbv_free), 0, 0, NULL, NULL, 0, mbv_members_free, 1, offsetof(mbv_free, text), MBV_REQUIRED};

static const mbv_type mbv_type_free_list = {MBV_LIST, sizeof(mbv_free_list), 0, 0, NULL, &mbv_type_free, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_case[] = {
  {"id", offsetof(mbv_case, id), MBV_REQUIRED, &mbv_type_int64},
  {"note", offsetof(mbv_case, note), offsetof(mbv_case, has_note), &mbv_type_text},
  {"verdict", offsetof(mbv_case, verdict), offsetof(mbv_case, has_verdict), &mbv_type_text_5},
  {"flags", offsetof(mbv_case, flags), offsetof(mbv_case, has_flags), &mbv_type_text_list},
  {"holds", offsetof(mbv_case, holds), offsetof(mbv_case, has_holds), &mbv_type_text_list},
  {"free", offsetof(mbv_case, free), offsetof(mbv_case, has_free), &mbv_type_free_list},
};

static const mbv_type mbv_type_case = {MBV_STRUCT, sizeof(mbv_case), 0, 0, NULL, NULL, 0, mbv_members_case, 6, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_10 = {MBV_INT64, sizeof(int64_t), INT64_C(2), UINT64_C(2), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_11[] = {"fixed", "activation", "dac", "adc", "pulse", "random", "energy", "mvm", "registers", "program_row", "abort", "limits", "interrupts", "reset", "power", "flash", "settle", "windows", "cell", "program_verify", "lstm_step", "dense", "inference", "training_step", "calibration", "boot", "sides", "scrub", "features", NULL};

static const mbv_type mbv_type_text_11 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_11, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_12[] = {"value", "bus", "firmware", NULL};

static const mbv_type mbv_type_text_12 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_12, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_13[] = {"golden", "recorded", NULL};

static const mbv_type mbv_type_text_13 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_13, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_file_source[] = {
  {"generator", offsetof(mbv_file_source, generator), MBV_REQUIRED, &mbv_type_text},
  {"specification", offsetof(mbv_file_source, specification), MBV_REQUIRED, &mbv_type_text},
};

static const mbv_type mbv_type_file_source = {MBV_STRUCT, sizeof(mbv_file_source), 0, 0, NULL, NULL, 0, mbv_members_file_source, 2, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text_map = {MBV_MAP, sizeof(mbv_text_map), 0, 0, NULL, &mbv_type_text, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_file[] = {
  {"format", offsetof(mbv_file, format), MBV_REQUIRED, &mbv_type_int64_10},
  {"version", offsetof(mbv_file, version), offsetof(mbv_file, has_version), &mbv_type_text},
  {"suite", offsetof(mbv_file, suite), MBV_REQUIRED, &mbv_type_text_11},
  {"kind", offsetof(mbv_file, kind), MBV_REQUIRED, &mbv_type_text_12},
  {"provenance", offsetof(mbv_file, provenance), MBV_REQUIRED, &mbv_type_text_13},
  {"purpose", offsetof(mbv_file, purpose), MBV_REQUIRED, &mbv_type_text},
  {"source", offsetof(mbv_file, source), MBV_REQUIRED, &mbv_type_file_source},
  {"holds", offsetof(mbv_file, holds), offsetof(mbv_file, has_holds), &mbv_type_text_list},
  {"flags", offsetof(mbv_file, flags), offsetof(mbv_file, has_flags), &mbv_type_text_map},
  {"fields", offsetof(mbv_file, fields), MBV_REQUIRED, &mbv_type_text_map},
};

static const mbv_type mbv_type_file = {MBV_STRUCT, sizeof(mbv_file), 0, 0, NULL, NULL, 0, mbv_members_file, 10, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_16[] = {"round", "convert", "add", "subtract", "multiply", "requantise", NULL};

static const mbv_type mbv_type_text_16 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_16, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_17[] = {"halfUp", "halfToEven", "halfAwayFromZero", "down", "towardZero", NULL};

static const mbv_type mbv_type_text_17 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_17, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_18 = {MBV_INT64, sizeof(int64_t), INT64_MIN, UINT64_C(9223372036854775807), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_19 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(63), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_20[] = {"Q3.12", "Q0.15", "Q0.7", "Q1.14", NULL};

static const mbv_type mbv_type_text_20 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_20, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_21 = {MBV_INT64, sizeof(int64_t), INT64_C(-32768), UINT64_C(32767), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text_list_22 = {MBV_LIST, sizeof(mbv_text_list), 0, 0, NULL, &mbv_type_text_20, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_23 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(4611686018427387903), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_fixed_given[] = {
  {"op", offsetof(mbv_fixed_given, op), MBV_REQUIRED, &mbv_type_text_16},
  {"mode", offsetof(mbv_fixed_given, mode), offsetof(mbv_fixed_given, has_mode), &mbv_type_text_17},
  {"value", offsetof(mbv_fixed_given, value), offsetof(mbv_fixed_given, has_value), &mbv_type_int64_18},
  {"shift", offsetof(mbv_fixed_given, shift), offsetof(mbv_fixed_given, has_shift), &mbv_type_int64_19},
  {"format", offsetof(mbv_fixed_given, format), offsetof(mbv_fixed_given, has_format), &mbv_type_text_20},
  {"fraction", offsetof(mbv_fixed_given, fraction), offsetof(mbv_fixed_given, has_fraction), &mbv_type_int64_19},
  {"a", offsetof(mbv_fixed_given, a), offsetof(mbv_fixed_given, has_a), &mbv_type_int64_21},
  {"b", offsetof(mbv_fixed_given, b), offsetof(mbv_fixed_given, has_b), &mbv_type_int64_21},
  {"formats", offsetof(mbv_fixed_given, formats), offsetof(mbv_fixed_given, has_formats), &mbv_type_text_list_22},
  {"result", offsetof(mbv_fixed_given, result), offsetof(mbv_fixed_given, has_result), &mbv_type_text_20},
  {"numerator", offsetof(mbv_fixed_given, numerator), offsetof(mbv_fixed_given, has_numerator), &mbv_type_int64_23},
  {"denominator", offsetof(mbv_fixed_given, denominator), offsetof(mbv_fixed_given, has_denominator), &mbv_type_int64_23},
};

static const mbv_type mbv_type_fixed_given = {MBV_STRUCT, sizeof(mbv_fixed_given), 0, 0, NULL, NULL, 0, mbv_members_fixed_given, 12, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_25 = {MBV_INT64, sizeof(int64_t), INT64_C(1073741824), UINT64_C(2147483647), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_26 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(62), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_fixed_expect[] = {
  {"value", offsetof(mbv_fixed_expect, value), MBV_REQUIRED, &mbv_type_int64_18},
  {"multiplier", offsetof(mbv_fixed_expect, multiplier), offsetof(mbv_fixed_expect, has_multiplier), &mbv_type_int64_25},
  {"shift", offsetof(mbv_fixed_expect, shift), offsetof(mbv_fixed_expect, has_shift), &mbv_type_int64_26},
};

static const mbv_type mbv_type_fixed_expect = {MBV_STRUCT, sizeof(mbv_fixed_expect), 0, 0, NULL, NULL, 0, mbv_members_fixed_expect, 3, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_28[] = {"hard", "fiveSegment", "plan", "equalRipple", NULL};

static const mbv_type mbv_type_text_28 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_28, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_29[] = {"sigmoid", "tanh", NULL};

static const mbv_type mbv_type_text_29 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_29, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_21, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_flag = {MBV_FLAG, sizeof(char), 0, 0, NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_list = {MBV_LIST, sizeof(mbv_int64_list_list), 0, 0, NULL, &mbv_type_int64_list, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_activation_given[] = {
  {"circuit", offsetof(mbv_activation_given, circuit), offsetof(mbv_activation_given, has_circuit), &mbv_type_text_28},
  {"function", offsetof(mbv_activation_given, function), offsetof(mbv_activation_given, has_function), &mbv_type_text_29},
  {"inputs", offsetof(mbv_activation_given, inputs), offsetof(mbv_activation_given, has_inputs), &mbv_type_int64_list},
  {"table", offsetof(mbv_activation_given, table), offsetof(mbv_activation_given, has_table), &mbv_type_flag},
  {"all", offsetof(mbv_activation_given, all), offsetof(mbv_activation_given, has_all), &mbv_type_flag},
  {"segments", offsetof(mbv_activation_given, segments), offsetof(mbv_activation_given, has_segments), &mbv_type_int64_list_list},
  {"rails", offsetof(mbv_activation_given, rails), offsetof(mbv_activation_given, has_rails), &mbv_type_int64_list},
};

static const mbv_type mbv_type_activation_given = {MBV_STRUCT, sizeof(mbv_activation_given), 0, 0, NULL, NULL, 0, mbv_members_activation_given, 7, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_34 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(4294967295), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_activation_expect[] = {
  {"values", offsetof(mbv_activation_expect, values), offsetof(mbv_activation_expect, has_values), &mbv_type_int64_list},
  {"slopes", offsetof(mbv_activation_expect, slopes), offsetof(mbv_activation_expect, has_slopes), &mbv_type_int64_list},
  {"segments", offsetof(mbv_activation_expect, segments), offsetof(mbv_activation_expect, has_segments), &mbv_type_int64_list_list},
  {"rails", offsetof(mbv_activation_expect, rails), offsetof(mbv_activation_expect, has_rails), &mbv_type_int64_list},
  {"crc32", offsetof(mbv_activation_expect, crc32), offsetof(mbv_activation_expect, has_crc32), &mbv_type_int64_34},
};

static const mbv_type mbv_type_activation_expect = {MBV_STRUCT, sizeof(mbv_activation_expect), 0, 0, NULL, NULL, 0, mbv_members_activation_expect, 5, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_36 = {MBV_INT64, sizeof(int64_t), INT64_C(4), UINT64_C(12), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_37 = {MBV_INT64, sizeof(int64_t), INT64_C(-10000), UINT64_C(10000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_38 = {MBV_INT64, sizeof(int64_t), INT64_C(-2047), UINT64_C(2047), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_39 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_38, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_dac_given[] = {
  {"bits", offsetof(mbv_dac_given, bits), MBV_REQUIRED, &mbv_type_int64_36},
  {"offsetMicrovolts", offsetof(mbv_dac_given, offset_microvolts), MBV_REQUIRED, &mbv_type_int64_37},
  {"inlMicrovolts", offsetof(mbv_dac_given, inl_microvolts), MBV_REQUIRED, &mbv_type_int64_37},
  {"codes", offsetof(mbv_dac_given, codes), MBV_REQUIRED, &mbv_type_int64_list_39},
};

static const mbv_type mbv_type_dac_given = {MBV_STRUCT, sizeof(mbv_dac_given), 0, 0, NULL, NULL, 0, mbv_members_dac_given, 4, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_41 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(2147483647), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_42 = {MBV_INT64, sizeof(int64_t), INT64_C(-2147483648), UINT64_C(2147483647), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_43 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_42, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_dac_expect[] = {
  {"stepMicrovolts", offsetof(mbv_dac_expect, step_microvolts), MBV_REQUIRED, &mbv_type_int64_41},
  {"microvolts", offsetof(mbv_dac_expect, microvolts), MBV_REQUIRED, &mbv_type_int64_list_43},
};

static const mbv_type mbv_type_dac_expect = {MBV_STRUCT, sizeof(mbv_dac_expect), 0, 0, NULL, NULL, 0, mbv_members_dac_expect, 2, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_45 = {MBV_INT64, sizeof(int64_t), INT64_C(5), UINT64_C(16), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_46 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(100000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_uint64 = {MBV_UINT64, sizeof(uint64_t), INT64_C(0), UINT64_C(18446744073709551615), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_48 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(7), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_49 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(1023), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_adc_given[] = {
  {"bits", offsetof(mbv_adc_given, bits), MBV_REQUIRED, &mbv_type_int64_45},
  {"offsetSigmaMicrovolts", offsetof(mbv_adc_given, offset_sigma_microvolts), MBV_REQUIRED, &mbv_type_int64_46},
  {"gainSigmaPpm", offsetof(mbv_adc_given, gain_sigma_ppm), MBV_REQUIRED, &mbv_type_int64_46},
  {"seed", offsetof(mbv_adc_given, seed), MBV_REQUIRED, &mbv_type_uint64},
  {"tile", offsetof(mbv_adc_given, tile), MBV_REQUIRED, &mbv_type_int64_48},
  {"line", offsetof(mbv_adc_given, line), MBV_REQUIRED, &mbv_type_int64_49},
  {"trim", offsetof(mbv_adc_given, trim), MBV_REQUIRED, &mbv_type_int64_34},
  {"steps", offsetof(mbv_adc_given, steps), MBV_REQUIRED, &mbv_type_int64_list},
};

static const mbv_type mbv_type_adc_given = {MBV_STRUCT, sizeof(mbv_adc_given), 0, 0, NULL, NULL, 0, mbv_members_adc_given, 8, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_flag_list = {MBV_LIST, sizeof(mbv_flag_list), 0, 0, NULL, &mbv_type_flag, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_adc_expect[] = {
  {"codes", offsetof(mbv_adc_expect, codes), MBV_REQUIRED, &mbv_type_int64_list},
  {"overrange", offsetof(mbv_adc_expect, overrange), MBV_REQUIRED, &mbv_type_flag_list},
};

static const mbv_type mbv_type_adc_expect = {MBV_STRUCT, sizeof(mbv_adc_expect), 0, 0, NULL, NULL, 0, mbv_members_adc_expect, 2, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_53[] = {"vteam", "linear", "soft-bounds", "constant-step", "reram-sb", "ecram", "neurosim-taox", "neurosim-alox", "neurosim-taox-tio2", "neurosim-ag-si", "neurosim-pcmo", "neurosim-epiram", "umass", "measured", NULL};

static const mbv_type mbv_type_text_53 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_53, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_device[] = {
  {"model", offsetof(mbv_device, model), MBV_REQUIRED, &mbv_type_text_53},
};

static const mbv_type mbv_type_device = {MBV_STRUCT, sizeof(mbv_device), 0, 0, NULL, NULL, 0, mbv_members_device, 1, MBV_REQUIRED, offsetof(mbv_device, others)};

static const mbv_type mbv_type_int64_55 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(1048575), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_56[] = {"SET", "RESET", NULL};

static const mbv_type mbv_type_text_56 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_56, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_57 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(4095), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_58 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(1048576), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_59 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_41, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_pulse_given[] = {
  {"device", offsetof(mbv_pulse_given, device), MBV_REQUIRED, &mbv_type_device},
  {"deviceToDevice", offsetof(mbv_pulse_given, device_to_device), MBV_REQUIRED, &mbv_type_real},
  {"cycleToCycle", offsetof(mbv_pulse_given, cycle_to_cycle), MBV_REQUIRED, &mbv_type_real},
  {"seed", offsetof(mbv_pulse_given, seed), MBV_REQUIRED, &mbv_type_uint64},
  {"tile", offsetof(mbv_pulse_given, tile), MBV_REQUIRED, &mbv_type_int64_48},
  {"operation", offsetof(mbv_pulse_given, operation), MBV_REQUIRED, &mbv_type_uint64},
  {"cell", offsetof(mbv_pulse_given, cell), MBV_REQUIRED, &mbv_type_int64_55},
  {"polarity", offsetof(mbv_pulse_given, polarity), MBV_REQUIRED, &mbv_type_text_56},
  {"halfSelected", offsetof(mbv_pulse_given, half_selected), MBV_REQUIRED, &mbv_type_flag},
  {"millivolts", offsetof(mbv_pulse_given, millivolts), MBV_REQUIRED, &mbv_type_int64_57},
  {"nanoseconds", offsetof(mbv_pulse_given, nanoseconds), MBV_REQUIRED, &mbv_type_int64_58},
  {"picosiemens", offsetof(mbv_pulse_given, picosiemens), MBV_REQUIRED, &mbv_type_int64_list_59},
};

static const mbv_type mbv_type_pulse_given = {MBV_STRUCT, sizeof(mbv_pulse_given), 0, 0, NULL, NULL, 0, mbv_members_pulse_given, 12, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_pulse_expect[] = {
  {"picosiemens", offsetof(mbv_pulse_expect, picosiemens), MBV_REQUIRED, &mbv_type_int64_list_59},
};

static const mbv_type mbv_type_pulse_expect = {MBV_STRUCT, sizeof(mbv_pulse_expect), 0, 0, NULL, NULL, 0, mbv_members_pulse_expect, 1, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_62 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_34, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_63 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(65), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_random_given[] = {
  {"key", offsetof(mbv_random_given, key), offsetof(mbv_random_given, has_key), &mbv_type_int64_list_62},
  {"counter", offsetof(mbv_random_given, counter), offsetof(mbv_random_given, has_counter), &mbv_type_int64_list_62},
  {"seed", offsetof(mbv_random_given, seed), offsetof(mbv_random_given, has_seed), &mbv_type_uint64},
  {"purpose", offsetof(mbv_random_given, purpose), offsetof(mbv_random_given, has_purpose), &mbv_type_int64_63},
  {"tile", offsetof(mbv_random_given, tile), offsetof(mbv_random_given, has_tile), &mbv_type_int64_48},
  {"operation", offsetof(mbv_random_given, operation), offsetof(mbv_random_given, has_operation), &mbv_type_uint64},
  {"index", offsetof(mbv_random_given, index), offsetof(mbv_random_given, has_index), &mbv_type_int64_34},
};

static const mbv_type mbv_type_random_given = {MBV_STRUCT, sizeof(mbv_random_given), 0, 0, NULL, NULL, 0, mbv_members_random_given, 7, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_random_expect[] = {
  {"words", offsetof(mbv_random_expect, words), MBV_REQUIRED, &mbv_type_int64_list_62},
  {"gaussian", offsetof(mbv_random_expect, gaussian), offsetof(mbv_random_expect, has_gaussian), &mbv_type_int64_42},
};

static const mbv_type mbv_type_random_expect = {MBV_STRUCT, sizeof(mbv_random_expect), 0, 0, NULL, NULL, 0, mbv_members_random_expect, 2, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_66[] = {"180nm", "130nm", "65nm", "28nm", "22nm", NULL};

static const mbv_type mbv_type_text_66 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_66, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_67 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(1024), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_68 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_67, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_69 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(9007199254740992), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_70 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(4611686018427387904), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_energy_given_activity[] = {
  {"driveConversions", offsetof(mbv_energy_given_activity, drive_conversions), MBV_REQUIRED, &mbv_type_int64_69},
  {"conversions", offsetof(mbv_energy_given_activity, conversions), MBV_REQUIRED, &mbv_type_int64_69},
  {"amplifications", offsetof(mbv_energy_given_activity, amplifications), MBV_REQUIRED, &mbv_type_int64_69},
  {"noiseGain", offsetof(mbv_energy_given_activity, noise_gain), MBV_REQUIRED, &mbv_type_int64_70},
  {"evaluations", offsetof(mbv_energy_given_activity, evaluations), MBV_REQUIRED, &mbv_type_int64_69},
  {"wordLineSquares", offsetof(mbv_energy_given_activity, word_line_squares), MBV_REQUIRED, &mbv_type_int64_70},
  {"bitLineSquares", offsetof(mbv_energy_given_activity, bit_line_squares), MBV_REQUIRED, &mbv_type_int64_70},
  {"charge", offsetof(mbv_energy_given_activity, charge), MBV_REQUIRED, &mbv_type_int64_70},
  {"reading", offsetof(mbv_energy_given_activity, reading), MBV_REQUIRED, &mbv_type_int64_70},
  {"selected", offsetof(mbv_energy_given_activity, selected), MBV_REQUIRED, &mbv_type_int64_70},
  {"halfSelected", offsetof(mbv_energy_given_activity, half_selected), MBV_REQUIRED, &mbv_type_int64_70},
  {"wordLinePulseSquares", offsetof(mbv_energy_given_activity, word_line_pulse_squares), MBV_REQUIRED, &mbv_type_int64_69},
  {"bitLinePulseSquares", offsetof(mbv_energy_given_activity, bit_line_pulse_squares), MBV_REQUIRED, &mbv_type_int64_69},
  {"highestPulse", offsetof(mbv_energy_given_activity, highest_pulse), MBV_REQUIRED, &mbv_type_int64_57},
};

static const mbv_type mbv_type_energy_given_activity = {MBV_STRUCT, sizeof(mbv_energy_given_activity), 0, 0, NULL, NULL, 0, mbv_members_energy_given_activity, 14, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_72 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_69, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_energy_given[] = {
  {"technology", offsetof(mbv_energy_given, technology), MBV_REQUIRED, &mbv_type_text_66},
  {"dacBits", offsetof(mbv_energy_given, dac_bits), MBV_REQUIRED, &mbv_type_int64_36},
  {"adcBits", offsetof(mbv_energy_given, adc_bits), MBV_REQUIRED, &mbv_type_int64_45},
  {"tile", offsetof(mbv_energy_given, tile), MBV_REQUIRED, &mbv_type_int64_list_68},
  {"activity", offsetof(mbv_energy_given, activity), MBV_REQUIRED, &mbv_type_energy_given_activity},
  {"scalarEvaluations", offsetof(mbv_energy_given, scalar_evaluations), MBV_REQUIRED, &mbv_type_int64_69},
  {"formedCells", offsetof(mbv_energy_given, formed_cells), offsetof(mbv_energy_given, has_formed_cells), &mbv_type_int64_69},
  {"accesses", offsetof(mbv_energy_given, accesses), MBV_REQUIRED, &mbv_type_int64_69},
  {"cycles", offsetof(mbv_energy_given, cycles), offsetof(mbv_energy_given, has_cycles), &mbv_type_int64_list_72},
};

static const mbv_type mbv_type_energy_given = {MBV_STRUCT, sizeof(mbv_energy_given), 0, 0, NULL, NULL, 0, mbv_members_energy_given, 9, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_74 = {MBV_LIST, sizeof(mbv_int64_list), 0, 0, NULL, &mbv_type_int64_70, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_energy_expect_attojoules[] = {
  {"arrayReads", offsetof(mbv_energy_expect_attojoules, array_reads), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"arraySelected", offsetof(mbv_energy_expect_attojoules, array_selected), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"arrayHalfSelected", offsetof(mbv_energy_expect_attojoules, array_half_selected), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"pulseSupply", offsetof(mbv_energy_expect_attojoules, pulse_supply), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"lines", offsetof(mbv_energy_expect_attojoules, lines), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"converting", offsetof(mbv_energy_expect_attojoules, converting), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"readDrivers", offsetof(mbv_energy_expect_attojoules, read_drivers), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"amplifiers", offsetof(mbv_energy_expect_attojoules, amplifiers), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"sensing", offsetof(mbv_energy_expect_attojoules, sensing), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"circuits", offsetof(mbv_energy_expect_attojoules, circuits), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"bus", offsetof(mbv_energy_expect_attojoules, bus), MBV_REQUIRED, &mbv_type_int64_list_74},
  {"controller", offsetof(mbv_energy_expect_attojoules, controller), offsetof(mbv_energy_expect_attojoules, has_controller), &mbv_type_int64_list_74},
};

static const mbv_type mbv_type_energy_expect_attojoules = {MBV_STRUCT, sizeof(mbv_energy_expect_attojoules), 0, 0, NULL, NULL, 0, mbv_members_energy_expect_attojoules, 12, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_energy_expect[] = {
  {"attojoules", offsetof(mbv_energy_expect, attojoules), MBV_REQUIRED, &mbv_type_energy_expect_attojoules},
};

static const mbv_type mbv_type_energy_expect = {MBV_STRUCT, sizeof(mbv_energy_expect), 0, 0, NULL, NULL, 0, mbv_members_energy_expect, 1, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_list_77 = {MBV_LIST, sizeof(mbv_int64_list_list), 0, 0, NULL, &mbv_type_int64_list_68, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_78[] = {"reference", "differential", NULL};

static const mbv_type mbv_type_text_78 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_78, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_79 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(2000000000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_80 = {MBV_INT64, sizeof(int64_t), INT64_C(10000), UINT64_C(1000000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_81 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(1000000000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_82 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(255), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_83 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(239), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_84 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(10000000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_85 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(65535), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_86 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(1000000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const char *const mbv_choices_87[] = {"none", "windows", "cell", "windows+cell", NULL};

static const mbv_type mbv_type_text_87 = {MBV_TEXT, sizeof(const char *), 0, 0, mbv_choices_87, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_88 = {MBV_INT64, sizeof(int64_t), INT64_C(0), UINT64_C(1000000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_89 = {MBV_INT64, sizeof(int64_t), INT64_C(1), UINT64_C(1000), NULL, NULL, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_chip[] = {
  {"tiles", offsetof(mbv_chip, tiles), MBV_REQUIRED, &mbv_type_int64_list_list_77},
  {"synapse", offsetof(mbv_chip, synapse), offsetof(mbv_chip, has_synapse), &mbv_type_text_78},
  {"device", offsetof(mbv_chip, device), offsetof(mbv_chip, has_device), &mbv_type_device},
  {"dacBits", offsetof(mbv_chip, dac_bits), offsetof(mbv_chip, has_dac_bits), &mbv_type_int64_36},
  {"adcBits", offsetof(mbv_chip, adc_bits), offsetof(mbv_chip, has_adc_bits), &mbv_type_int64_45},
  {"seed", offsetof(mbv_chip, seed), offsetof(mbv_chip, has_seed), &mbv_type_uint64},
  {"deviceToDevice", offsetof(mbv_chip, device_to_device), offsetof(mbv_chip, has_device_to_device), &mbv_type_real},
  {"cycleToCycle", offsetof(mbv_chip, cycle_to_cycle), offsetof(mbv_chip, has_cycle_to_cycle), &mbv_type_real},
  {"thresholdSpread", offsetof(mbv_chip, threshold_spread), offsetof(mbv_chip, has_threshold_spread), &mbv_type_real},
  {"boundsSpread", offsetof(mbv_chip, bounds_spread), offsetof(mbv_chip, has_bounds_spread), &mbv_type_real},
  {"deviceNoise", offsetof(mbv_chip, device_noise), offsetof(mbv_chip, has_device_noise), &mbv_type_real},
  {"programError", offsetof(mbv_chip, program_error), offsetof(mbv_chip, has_program_error), &mbv_type_real},
  {"stuckLRS", offsetof(mbv_chip, stuck_lrs), offsetof(mbv_chip, has_stuck_lrs), &mbv_type_real},
  {"stuckHRS", offsetof(mbv_chip, stuck_hrs), offsetof(mbv_chip, has_stuck_hrs), &mbv_type_real},
  {"readNoisePicosiemens", offsetof(mbv_chip, read_noise_picosiemens), offsetof(mbv_chip, has_read_noise_picosiemens), &mbv_type_int64_79},
  {"adcOffsetMicrovolts", offsetof(mbv_chip, adc_offset_microvolts), offsetof(mbv_chip, has_adc_offset_microvolts), &mbv_type_int64_46},
  {"adcGainPpm", offsetof(mbv_chip, adc_gain_ppm), offsetof(mbv_chip, has_adc_gain_ppm), &mbv_type_int64_46},
  {"dacOffsetMicrovolts", offsetof(mbv_chip, dac_offset_microvolts), offsetof(mbv_chip, has_dac_offset_microvolts), &mbv_type_int64_37},
  {"dacInlMicrovolts", offsetof(mbv_chip, dac_inl_microvolts), offsetof(mbv_chip, has_dac_inl_microvolts), &mbv_type_int64_37},
  {"maxAmplitudeMillivolts", offsetof(mbv_chip, max_amplitude_millivolts), offsetof(mbv_chip, has_max_amplitude_millivolts), &mbv_type_int64_57},
  {"readVoltageMicrovolts", offsetof(mbv_chip, read_voltage_microvolts), offsetof(mbv_chip, has_read_voltage_microvolts), &mbv_type_int64_80},
  {"setAmplitudeMillivolts", offsetof(mbv_chip, set_amplitude_millivolts), offsetof(mbv_chip, has_set_amplitude_millivolts), &mbv_type_int64_57},
  {"resetAmplitudeMillivolts", offsetof(mbv_chip, reset_amplitude_millivolts), offsetof(mbv_chip, has_reset_amplitude_millivolts), &mbv_type_int64_57},
  {"feedbackOhms", offsetof(mbv_chip, feedback_ohms), offsetof(mbv_chip, has_feedback_ohms), &mbv_type_int64_81},
  {"settleCycles", offsetof(mbv_chip, settle_cycles), offsetof(mbv_chip, has_settle_cycles), &mbv_type_int64_82},
  {"sampleCycles", offsetof(mbv_chip, sample_cycles), offsetof(mbv_chip, has_sample_cycles), &mbv_type_int64_83},
  {"bandwidthKilohertz", offsetof(mbv_chip, bandwidth_kilohertz), offsetof(mbv_chip, has_bandwidth_kilohertz), &mbv_type_int64_84},
  {"relaxCycles", offsetof(mbv_chip, relax_cycles), offsetof(mbv_chip, has_relax_cycles), &mbv_type_int64_85},
  {"flashEndurance", offsetof(mbv_chip, flash_endurance), offsetof(mbv_chip, has_flash_endurance), &mbv_type_int64_86},
  {"features", offsetof(mbv_chip, features), offsetof(mbv_chip, has_features), &mbv_type_text_87},
  {"wakeUpCycles", offsetof(mbv_chip, wake_up_cycles), offsetof(mbv_chip, has_wake_up_cycles), &mbv_type_int64_88},
  {"pulseStepCycles", offsetof(mbv_chip, pulse_step_cycles), offsetof(mbv_chip, has_pulse_step_cycles), &mbv_type_int64_89},
};

static const mbv_type mbv_type_chip = {MBV_STRUCT, sizeof(mbv_chip), 0, 0, NULL, NULL, 0, mbv_members_chip, 32, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_map = {MBV_MAP, sizeof(mbv_int64_list_map), 0, 0, NULL, &mbv_type_int64_list_59, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_bus_given[] = {
  {"chip", offsetof(mbv_bus_given, chip), MBV_REQUIRED, &mbv_type_chip},
  {"conductances", offsetof(mbv_bus_given, conductances), offsetof(mbv_bus_given, has_conductances), &mbv_type_int64_list_map},
  {"script", offsetof(mbv_bus_given, script), MBV_REQUIRED, &mbv_type_text_list},
};

static const mbv_type mbv_type_bus_given = {MBV_STRUCT, sizeof(mbv_bus_given), 0, 0, NULL, NULL, 0, mbv_members_bus_given, 3, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_counter[] = {
  {"reads", offsetof(mbv_counter, reads), MBV_REQUIRED, &mbv_type_uint64},
  {"phases", offsetof(mbv_counter, phases), MBV_REQUIRED, &mbv_type_uint64},
  {"pulses", offsetof(mbv_counter, pulses), MBV_REQUIRED, &mbv_type_uint64},
  {"programCycles", offsetof(mbv_counter, program_cycles), MBV_REQUIRED, &mbv_type_uint64},
  {"serialCycles", offsetof(mbv_counter, serial_cycles), MBV_REQUIRED, &mbv_type_uint64},
  {"energyAttojoules", offsetof(mbv_counter, energy_attojoules), MBV_REQUIRED, &mbv_type_uint64},
};

static const mbv_type mbv_type_counter = {MBV_STRUCT, sizeof(mbv_counter), 0, 0, NULL, NULL, 0, mbv_members_counter, 6, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_counter_map = {MBV_MAP, sizeof(mbv_counter_map), 0, 0, NULL, &mbv_type_counter, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_bus_expect[] = {
  {"transactions", offsetof(mbv_bus_expect, transactions), MBV_REQUIRED, &mbv_type_text_list},
  {"conductances", offsetof(mbv_bus_expect, conductances), offsetof(mbv_bus_expect, has_conductances), &mbv_type_int64_list_map},
  {"counters", offsetof(mbv_bus_expect, counters), offsetof(mbv_bus_expect, has_counters), &mbv_type_counter_map},
  {"events", offsetof(mbv_bus_expect, events), offsetof(mbv_bus_expect, has_events), &mbv_type_text_list},
};

static const mbv_type mbv_type_bus_expect = {MBV_STRUCT, sizeof(mbv_bus_expect), 0, 0, NULL, NULL, 0, mbv_members_bus_expect, 4, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_int64_list_list_96 = {MBV_LIST, sizeof(mbv_int64_list_list), 0, 0, NULL, &mbv_type_int64_list_62, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text_list_map = {MBV_MAP, sizeof(mbv_text_list_map), 0, 0, NULL, &mbv_type_text_list, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_firmware_given[] = {
  {"chip", offsetof(mbv_firmware_given, chip), MBV_REQUIRED, &mbv_type_chip},
  {"conductances", offsetof(mbv_firmware_given, conductances), offsetof(mbv_firmware_given, has_conductances), &mbv_type_int64_list_map},
  {"requests", offsetof(mbv_firmware_given, requests), MBV_REQUIRED, &mbv_type_int64_list_list_96},
  {"accesses", offsetof(mbv_firmware_given, accesses), offsetof(mbv_firmware_given, has_accesses), &mbv_type_text_list_map},
};

static const mbv_type mbv_type_firmware_given = {MBV_STRUCT, sizeof(mbv_firmware_given), 0, 0, NULL, NULL, 0, mbv_members_firmware_given, 4, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text_list_99 = {MBV_LIST, sizeof(mbv_text_list), 0, 0, NULL, &mbv_type_text, 1, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_type mbv_type_text_list_list = {MBV_LIST, sizeof(mbv_text_list_list), 0, 0, NULL, &mbv_type_text_list_99, 0, NULL, 0, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_firmware_expect_gradients[] = {
  {"lstm", offsetof(mbv_firmware_expect_gradients, lstm), MBV_REQUIRED, &mbv_type_int64_list_43},
  {"dense", offsetof(mbv_firmware_expect_gradients, dense), MBV_REQUIRED, &mbv_type_int64_list_43},
};

static const mbv_type mbv_type_firmware_expect_gradients = {MBV_STRUCT, sizeof(mbv_firmware_expect_gradients), 0, 0, NULL, NULL, 0, mbv_members_firmware_expect_gradients, 2, MBV_REQUIRED, MBV_REQUIRED};

static const mbv_member mbv_members_firmware_expect[] = {
  {"replies", offsetof(mbv_firmware_expect, replies), MBV_REQUIRED, &mbv_type_int64_list_list_96},
  {"transactions", offsetof(mbv_firmware_expect, transactions), MBV_REQUIRED, &mbv_type_text_list_list},
  {"conductances", offsetof(mbv_firmware_expect, conductances), offsetof(mbv_firmware_expect, has_conductances), &mbv_type_int64_list_map},
  {"gradients", offsetof(mbv_firmware_expect, gradients), offsetof(mbv_firmware_expect, has_gradients), &mbv_type_firmware_expect_gradients},
};

static const mbv_type mbv_type_firmware_expect = {MBV_STRUCT, sizeof(mbv_firmware_expect), 0, 0, NULL, NULL, 0, mbv_members_firmware_expect, 4, MBV_REQUIRED, MBV_REQUIRED};

/* What the cases of a suite give and expect. */
typedef struct mbv_shape {
  const char *suite;
  size_t offset;
  const mbv_type *given, *expect;
} mbv_shape;

static const mbv_shape mbv_shapes[] = {
  {"fixed", offsetof(mbv_case, fixed), &mbv_type_fixed_given, &mbv_type_fixed_expect},
  {"activation", offsetof(mbv_case, activation), &mbv_type_activation_given, &mbv_type_activation_expect},
  {"dac", offsetof(mbv_case, dac), &mbv_type_dac_given, &mbv_type_dac_expect},
  {"adc", offsetof(mbv_case, adc), &mbv_type_adc_given, &mbv_type_adc_expect},
  {"pulse", offsetof(mbv_case, pulse), &mbv_type_pulse_given, &mbv_type_pulse_expect},
  {"random", offsetof(mbv_case, random), &mbv_type_random_given, &mbv_type_random_expect},
  {"energy", offsetof(mbv_case, energy), &mbv_type_energy_given, &mbv_type_energy_expect},
  {"mvm", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"registers", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"program_row", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"abort", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"limits", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"interrupts", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"reset", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"power", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"flash", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"settle", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"windows", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"cell", offsetof(mbv_case, bus), &mbv_type_bus_given, &mbv_type_bus_expect},
  {"program_verify", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"lstm_step", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"dense", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"inference", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"training_step", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"calibration", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"boot", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"sides", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"scrub", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {"features", offsetof(mbv_case, firmware), &mbv_type_firmware_given, &mbv_type_firmware_expect},
  {NULL, 0, NULL, NULL},
};

/* What follows reads and writes JSON by the tables above; C11 and C++11. */

typedef struct mbv_block {
  struct mbv_block *next;
} mbv_block;

typedef struct mbv_reader {
  const char *at, *begin, *end;
  mbv_block *blocks; /* of what was read */
  char *error;
  size_t error_bytes;
  int failed;
} mbv_reader;

static inline int mbv_fail(mbv_reader *r, const char *what, const char *name) {
  if (!r->failed) {
    unsigned long line = 1;
    const char *p;
    for (p = r->begin; p < r->at; p++) line += *p == '\n';
    if (r->error_bytes) snprintf(r->error, r->error_bytes, "line %lu: %s%s", line, what, name);
    r->failed = 1;
  }
  return 0;
}

/* Zeroed memory that lives as long as the file. */
static inline void *mbv_take(mbv_reader *r, size_t bytes) {
  mbv_block *block = (mbv_block *)calloc(1, sizeof(mbv_block) + 16 + bytes);
  if (!block) {
    mbv_fail(r, "no memory is left", "");
    return NULL;
  }
  block->next = r->blocks;
  r->blocks = block;
  return (char *)block + 16;
}

static inline void mbv_release(mbv_block *block) {
  while (block) {
    mbv_block *next = block->next;
    free(block);
    block = next;
  }
}

static inline void mbv_blank(mbv_reader *r) {
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t')) r->at++;
}

static inline int mbv_is_next(mbv_reader *r, char wanted) {
  mbv_blank(r);
  return r->at < r->end && *r->at == wanted;
}

static inline int mbv_take_char(mbv_reader *r, char wanted) {
  char name[2] = {0, 0};
  name[0] = wanted;
  if (!mbv_is_next(r, wanted)) return mbv_fail(r, "expected ", name);
  r->at++;
  return 1;
}

static inline int mbv_take_word(mbv_reader *r, const char *word) {
  size_t length = strlen(word);
  mbv_blank(r);
  if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0) return 0;
  r->at += length;
  return 1;
}

/* Whether another element comes before the closing bracket, which is taken. `first` is 1 before the first. */
static inline int mbv_more(mbv_reader *r, int *first, char close) {
  if (r->failed) return 0;
  if (mbv_is_next(r, close)) {
    r->at++;
    return 0;
  }
  if (!*first && !mbv_take_char(r, ',')) return 0;
  *first = 0;
  return 1;
}

static inline char *mbv_put_utf8(char *out, unsigned long code) {
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xc0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    *out++ = (char)(0xe0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  } else {
    *out++ = (char)(0xf0 | code >> 18);
    *out++ = (char)(0x80 | (code >> 12 & 0x3f));
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  }
  return out;
}

static inline int mbv_take_hex(mbv_reader *r, unsigned long *code) {
  int digit;
  *code = 0;
  for (digit = 0; digit < 4; digit++) {
    char c = r->at < r->end ? *r->at++ : 0;
    unsigned long value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
    if (value == 16) return mbv_fail(r, "expected four hexadecimal digits", "");
    *code = *code << 4 | value;
  }
  return 1;
}

static inline int mbv_take_escape(mbv_reader *r, char **out) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  unsigned long code, low;
  char c = r->at < r->end ? *r->at++ : 0;
  const char *known = c ? strchr(from, c) : NULL;
  if (known) {
    *(*out)++ = to[known - from];
    return 1;
  }
  if (c != 'u') return mbv_fail(r, "an escape that JSON has not", "");
  if (!mbv_take_hex(r, &code)) return 0;
  if (code >= 0xd800 && code < 0xdc00) {
    if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u') return mbv_fail(r, "half a surrogate pair", "");
    r->at += 2;
    if (!mbv_take_hex(r, &low)) return 0;
    code = 0x10000 + ((code - 0xd800) << 10) + (low & 0x3ff);
  }
  *out = mbv_put_utf8(*out, code);
  return 1;
}

static inline int mbv_take_text(mbv_reader *r, const char **text) {
  const char *close;
  char *out, *start;
  if (!mbv_take_char(r, '"')) return 0;
  for (close = r->at; close < r->end && *close != '"'; close++) close += *close == '\\';
  if (close >= r->end) return mbv_fail(r, "a text that does not end", "");
  start = out = (char *)mbv_take(r, (size_t)(close - r->at) + 1);
  if (!out) return 0;
  while (r->at < close) {
    if (*r->at != '\\') {
      *out++ = *r->at++;
    } else {
      r->at++;
      if (!mbv_take_escape(r, &out)) return 0;
    }
  }
  r->at = close + 1;
  *text = start;
  return 1;
}

static inline int mbv_take_number(mbv_reader *r, char number[40]) {
  size_t length = 0;
  mbv_blank(r);
  while (r->at < r->end && length < 39 && strchr("+-.eE0123456789", *r->at)) number[length++] = *r->at++;
  number[length] = 0;
  return length > 0 ? 1 : mbv_fail(r, "expected a number", "");
}

static inline int mbv_take_integer(mbv_reader *r, const mbv_type *type, void *out) {
  char number[40], *rest;
  uint64_t magnitude;
  int negative;
  if (!mbv_take_number(r, number)) return 0;
  negative = number[0] == '-';
  errno = 0;
  magnitude = strtoull(number + negative, &rest, 10);
  if (errno || *rest || rest == number + negative || number[negative] == '+' || number[negative] == '-')
    return mbv_fail(r, "expected a whole number, found ", number);
  if (type->kind == MBV_UINT64) {
    if ((negative && magnitude) || magnitude < (uint64_t)type->low || magnitude > type->high)
      return mbv_fail(r, "out of its range: ", number);
    memcpy(out, &magnitude, sizeof magnitude);
  } else {
    int64_t value;
    if (magnitude > (uint64_t)INT64_MAX + (uint64_t)negative) return mbv_fail(r, "out of its range: ", number);
    value = negative ? (magnitude ? -(int64_t)(magnitude - 1) - 1 : 0) : (int64_t)magnitude;
    if (value < type->low || (value > 0 && (uint64_t)value > type->high)) return mbv_fail(r, "out of its range: ", number);
    memcpy(out, &value, sizeof value);
  }
  return 1;
}

static inline int mbv_take_value(mbv_reader *r, const mbv_type *type, void *out);

/* Elements of any type, one behind the other, as many as come. */
typedef struct mbv_row {
  size_t count, room, size;
  char *items;
} mbv_row;

static inline void *mbv_next_item(mbv_reader *r, mbv_row *row) {
  if (row->count == row->room) {
    size_t room = row->room ? 2 * row->room : 4;
    char *items = (char *)mbv_take(r, room * row->size);
    if (!items) return NULL;
    if (row->count) memcpy(items, row->items, row->count * row->size);
    row->items = items;
    row->room = room;
  }
  return row->items + row->size * row->count++;
}

static inline int mbv_take_list(mbv_reader *r, const mbv_type *type, void *out) {
  mbv_row row = {0, 0, 0, NULL};
  int first = 1;
  row.size = type->item->size;
  if (type->optional && mbv_take_word(r, "null")) return 1;
  if (!mbv_take_char(r, '[')) return 0;
  row.items = (char *)mbv_take(r, 1);
  while (mbv_more(r, &first, ']')) {
    void *item = mbv_next_item(r, &row);
    if (!item || !mbv_take_value(r, type->item, item)) return 0;
  }
  memcpy(out, &row.count, sizeof row.count);
  memcpy((char *)out + sizeof(size_t), &row.items, sizeof row.items);
  return !r->failed;
}

/* Adds a member to a map. */
static inline void *mbv_entry(mbv_reader *r, mbv_row *keys, mbv_row *items, const char *key) {
  void *place = mbv_next_item(r, keys);
  if (!place) return NULL;
  memcpy(place, &key, sizeof key);
  return mbv_next_item(r, items);
}

static inline void mbv_store_map(const mbv_row *keys, const mbv_row *items, void *out) {
  memcpy(out, &keys->count, sizeof keys->count);
  memcpy((char *)out + sizeof(size_t), &keys->items, sizeof keys->items);
  memcpy((char *)out + sizeof(size_t) + sizeof(void *), &items->items, sizeof items->items);
}

static inline int mbv_take_map(mbv_reader *r, const mbv_type *type, void *out) {
  mbv_row keys = {0, 0, sizeof(char *), NULL}, items = {0, 0, 0, NULL};
  int first = 1;
  items.size = type->item->size;
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    void *item;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    item = mbv_entry(r, &keys, &items, key);
    if (!item || !mbv_take_value(r, type->item, item)) return 0;
  }
  mbv_store_map(&keys, &items, out);
  return !r->failed;
}

/* A number stands for a table of one row and one column. */
static inline int mbv_take_table(mbv_reader *r, mbv_real_list_list *table) {
  mbv_real_list *row;
  if (mbv_is_next(r, '[')) return mbv_take_value(r, &mbv_type_real_list_list, table);
  row = (mbv_real_list *)mbv_take(r, sizeof *row);
  if (!row) return 0;
  row->items = (double *)mbv_take(r, sizeof(double));
  row->count = 1;
  table->items = row;
  table->count = 1;
  return row->items && mbv_take_value(r, &mbv_type_real, row->items);
}

static inline int mbv_take_member(mbv_reader *r, const mbv_member *member, void *out) {
  if (member->has != MBV_REQUIRED) *((char *)out + member->has) = 1;
  return mbv_take_value(r, member->type, (char *)out + member->offset);
}

static inline int mbv_take_struct(mbv_reader *r, const mbv_type *type, void *out) {
  mbv_row keys = {0, 0, sizeof(char *), NULL}, tables = {0, 0, sizeof(mbv_real_list_list), NULL};
  uint64_t seen = 0;
  size_t n;
  int first = 1;
  if (type->text != MBV_REQUIRED && mbv_is_next(r, '"')) {
    const char *text;
    if (!mbv_take_text(r, &text)) return 0;
    memcpy((char *)out + type->text, &text, sizeof text);
    return 1;
  }
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    for (n = 0; n < type->count && strcmp(key, type->members[n].key) != 0; n++) {
    }
    if (n < type->count) {
      if (seen >> n & 1) return mbv_fail(r, "a member is there twice: ", key);
      seen |= (uint64_t)1 << n;
      if (!mbv_take_member(r, &type->members[n], out)) return 0;
    } else if (type->others != MBV_REQUIRED) {
      void *table = mbv_entry(r, &keys, &tables, key);
      if (!table || !mbv_take_table(r, (mbv_real_list_list *)table)) return 0;
    } else {
      return mbv_fail(r, "an unknown member: ", key);
    }
  }
  for (n = 0; n < type->count && !r->failed; n++)
    if (type->members[n].has == MBV_REQUIRED && !(seen >> n & 1)) return mbv_fail(r, "a member is missing: ", type->members[n].key);
  if (type->others != MBV_REQUIRED) mbv_store_map(&keys, &tables, (char *)out + type->others);
  return !r->failed;
}

static inline int mbv_take_choice(mbv_reader *r, const mbv_type *type, void *out) {
  const char *text;
  const char *const *choice = type->choices;
  if (!mbv_take_text(r, &text)) return 0;
  while (choice && *choice && strcmp(*choice, text) != 0) choice++;
  if (choice && !*choice) return mbv_fail(r, "none of the texts that may stand here: ", text);
  memcpy(out, &text, sizeof text);
  return 1;
}

static inline int mbv_take_value(mbv_reader *r, const mbv_type *type, void *out) {
  char number[40], *rest;
  double real;
  if (r->failed) return 0;
  switch (type->kind) {
    case MBV_INT64:
    case MBV_UINT64: return mbv_take_integer(r, type, out);
    case MBV_REAL:
      if (!mbv_take_number(r, number)) return 0;
      real = strtod(number, &rest);
      memcpy(out, &real, sizeof real);
      return *rest ? mbv_fail(r, "expected a number, found ", number) : 1;
    case MBV_FLAG:
      if (mbv_take_word(r, "true")) return *(char *)out = 1;
      return mbv_take_word(r, "false") ? 1 : mbv_fail(r, "expected true or false", "");
    case MBV_TEXT: return mbv_take_choice(r, type, out);
    case MBV_LIST: return mbv_take_list(r, type, out);
    case MBV_MAP: return mbv_take_map(r, type, out);
    case MBV_STRUCT: return mbv_take_struct(r, type, out);
  }
  return 0;
}

/* A case: its own members, and `given` and `expect` by the suite. */
static inline int mbv_take_case(mbv_reader *r, const mbv_shape *shape, mbv_case *out) {
  uint64_t seen = 0;
  size_t n;
  int first = 1;
  void *parts[2] = {NULL, NULL};
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    int part;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    part = strcmp(key, "given") == 0 ? 0 : strcmp(key, "expect") == 0 ? 1 : 2;
    for (n = 0; n < mbv_type_case.count && strcmp(key, mbv_type_case.members[n].key) != 0; n++) {
    }
    if (part < 2) {
      const mbv_type *type = part ? shape->expect : shape->given;
      if (parts[part]) return mbv_fail(r, "a member is there twice: ", key);
      parts[part] = mbv_take(r, type->size);
      if (!parts[part] || !mbv_take_value(r, type, parts[part])) return 0;
    } else if (n < mbv_type_case.count) {
      if (seen >> n & 1) return mbv_fail(r, "a member is there twice: ", key);
      seen |= (uint64_t)1 << n;
      if (!mbv_take_member(r, &mbv_type_case.members[n], out)) return 0;
    } else {
      return mbv_fail(r, "an unknown member: ", key);
    }
  }
  if (r->failed) return 0;
  if (!(seen & 1) || !parts[0] || !parts[1]) return mbv_fail(r, "a case lacks id, given or expect", "");
  memcpy((char *)out + shape->offset, &parts[0], sizeof parts[0]);
  memcpy((char *)out + shape->offset + sizeof(void *), &parts[1], sizeof parts[1]);
  return 1;
}

static inline int mbv_take_cases(mbv_reader *r, mbv_file *file) {
  mbv_row row = {0, 0, sizeof(mbv_case), NULL};
  const mbv_shape *shape = mbv_shapes;
  int first = 1;
  if (!file->suite) return mbv_fail(r, "expected the suite before the cases", "");
  while (shape->suite && strcmp(shape->suite, file->suite) != 0) shape++;
  if (!shape->suite) return mbv_fail(r, "no suite is called ", file->suite);
  if (!mbv_take_char(r, '[')) return 0;
  while (mbv_more(r, &first, ']')) {
    void *item = mbv_next_item(r, &row);
    if (!item || !mbv_take_case(r, shape, (mbv_case *)item)) return 0;
  }
  file->shape = shape;
  file->count = row.count;
  file->cases = (const mbv_case *)row.items;
  return !r->failed;
}

/* The format, by which a file of another version is told before anything else. */
static inline int mbv_take_format(mbv_reader *r, mbv_file *file) {
  char number[40], expected[60];
  if (!mbv_take_number(r, number)) return 0;
  snprintf(expected, sizeof expected, "expected format %d, found ", MBV_FORMAT);
  file->format = MBV_FORMAT;
  return strtol(number, NULL, 10) == MBV_FORMAT ? 1 : mbv_fail(r, expected, number);
}

static inline int mbv_take_file(mbv_reader *r, mbv_file *file) {
  uint64_t seen = 0;
  size_t n;
  int first = 1;
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    for (n = 0; n < mbv_type_file.count && strcmp(key, mbv_type_file.members[n].key) != 0; n++) {
    }
    if (n < mbv_type_file.count) {
      if (seen >> n & 1) return mbv_fail(r, "a member is there twice: ", key);
      seen |= (uint64_t)1 << n;
      if (strcmp(key, "format") == 0 ? !mbv_take_format(r, file) : !mbv_take_member(r, &mbv_type_file.members[n], file)) return 0;
    } else if (strcmp(key, "cases") == 0) {
      if (!mbv_take_cases(r, file)) return 0;
    } else {
      return mbv_fail(r, "an unknown member: ", key);
    }
  }
  for (n = 0; n < mbv_type_file.count && !r->failed; n++)
    if (mbv_type_file.members[n].has == MBV_REQUIRED && !(seen >> n & 1))
      return mbv_fail(r, "a member is missing: ", mbv_type_file.members[n].key);
  if (!r->failed && !file->cases) return mbv_fail(r, "a member is missing: ", "cases");
  mbv_blank(r);
  return r->failed ? 0 : r->at == r->end ? 1 : mbv_fail(r, "expected the end of the file", "");
}

/* Reads a file of vectors from memory. NULL where it is none, with what is wrong in `error`; else for `mbv_close`. */
static inline mbv_file *mbv_read(const char *text, size_t bytes, char *error, size_t error_bytes) {
  mbv_reader r;
  mbv_file *file;
  memset(&r, 0, sizeof r);
  r.at = r.begin = text;
  r.end = text + bytes;
  r.error = error;
  r.error_bytes = error_bytes;
  if (error_bytes) *error = 0;
  file = (mbv_file *)mbv_take(&r, sizeof *file);
  if (!file || !mbv_take_file(&r, file)) {
    mbv_release(r.blocks);
    return NULL;
  }
  file->blocks = r.blocks;
  return file;
}

/* The same from a file by its path. */
static inline mbv_file *mbv_load(const char *path, char *error, size_t error_bytes) {
  FILE *stream = fopen(path, "rb");
  mbv_file *file = NULL;
  char *text = NULL;
  long bytes = -1;
  if (stream && fseek(stream, 0, SEEK_END) == 0 && (bytes = ftell(stream)) >= 0 && fseek(stream, 0, SEEK_SET) == 0)
    text = (char *)malloc((size_t)bytes + 1);
  if (text && fread(text, 1, (size_t)bytes, stream) == (size_t)bytes)
    file = mbv_read(text, (size_t)bytes, error, error_bytes);
  else if (error_bytes)
    snprintf(error, error_bytes, "cannot be read");
  free(text);
  if (stream) fclose(stream);
  return file;
}

static inline void mbv_close(mbv_file *file) {
  if (file) mbv_release(file->blocks);
}

/* Writing: the same JSON again, on one line. */

static inline void mbv_put_text(FILE *out, const char *text) {
  putc('"', out);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') {
      putc('\\', out);
      putc(*text, out);
    } else if ((unsigned char)*text < 0x20) {
      fprintf(out, "\\u%04x", (unsigned)*text);
    } else {
      putc(*text, out);
    }
  }
  putc('"', out);
}

static inline void mbv_put_key(FILE *out, const char *key, int *first) {
  if (!*first) putc(',', out);
  *first = 0;
  mbv_put_text(out, key);
  putc(':', out);
}

static inline void mbv_put(FILE *out, const mbv_type *type, const void *value);

static inline void mbv_put_list(FILE *out, const mbv_type *type, const void *value) {
  size_t count, n;
  const char *items;
  memcpy(&count, value, sizeof count);
  memcpy(&items, (const char *)value + sizeof(size_t), sizeof items);
  if (type->optional && !items) {
    fputs("null", out);
    return;
  }
  putc('[', out);
  for (n = 0; n < count; n++) {
    if (n) putc(',', out);
    mbv_put(out, type->item, items + n * type->item->size);
  }
  putc(']', out);
}

static inline void mbv_put_entries(FILE *out, const mbv_type *item, const void *value, int *first) {
  size_t count, n;
  const char *items;
  const char *const *keys;
  memcpy(&count, value, sizeof count);
  memcpy(&keys, (const char *)value + sizeof(size_t), sizeof keys);
  memcpy(&items, (const char *)value + sizeof(size_t) + sizeof(void *), sizeof items);
  for (n = 0; n < count; n++) {
    mbv_put_key(out, keys[n], first);
    mbv_put(out, item, items + n * item->size);
  }
}

static inline void mbv_put_members(FILE *out, const mbv_type *type, const void *value, int *first) {
  size_t n;
  for (n = 0; n < type->count; n++) {
    const mbv_member *member = &type->members[n];
    if (member->has != MBV_REQUIRED && !*((const char *)value + member->has)) continue;
    mbv_put_key(out, member->key, first);
    mbv_put(out, member->type, (const char *)value + member->offset);
  }
}

static inline void mbv_put_others(FILE *out, const mbv_real_list_list_map *others, int *first) {
  size_t n;
  for (n = 0; n < others->count; n++) {
    const mbv_real_list_list *table = &others->items[n];
    mbv_put_key(out, others->keys[n], first);
    if (table->count == 1 && table->items[0].count == 1)
      mbv_put(out, &mbv_type_real, table->items[0].items);
    else
      mbv_put(out, &mbv_type_real_list_list, table);
  }
}

static inline void mbv_put_struct(FILE *out, const mbv_type *type, const void *value) {
  const char *text = NULL;
  int first = 1;
  if (type->text != MBV_REQUIRED) memcpy(&text, (const char *)value + type->text, sizeof text);
  if (text) {
    mbv_put_text(out, text);
    return;
  }
  putc('{', out);
  mbv_put_members(out, type, value, &first);
  if (type->others != MBV_REQUIRED) mbv_put_others(out, (const mbv_real_list_list_map *)((const char *)value + type->others), &first);
  putc('}', out);
}

static inline void mbv_put(FILE *out, const mbv_type *type, const void *value) {
  int first = 1;
  const char *text;
  switch (type->kind) {
    case MBV_INT64: fprintf(out, "%" PRId64, *(const int64_t *)value); break;
    case MBV_UINT64: fprintf(out, "%" PRIu64, *(const uint64_t *)value); break;
    case MBV_REAL: fprintf(out, "%.17g", *(const double *)value); break;
    case MBV_FLAG: fputs(*(const char *)value ? "true" : "false", out); break;
    case MBV_TEXT:
      memcpy(&text, value, sizeof text);
      mbv_put_text(out, text);
      break;
    case MBV_LIST: mbv_put_list(out, type, value); break;
    case MBV_MAP:
      putc('{', out);
      mbv_put_entries(out, type->item, value, &first);
      putc('}', out);
      break;
    case MBV_STRUCT: mbv_put_struct(out, type, value); break;
  }
}

/* Writes a file of vectors. */
static inline void mbv_write(FILE *out, const mbv_file *file) {
  size_t n;
  int first = 1;
  putc('{', out);
  mbv_put_members(out, &mbv_type_file, file, &first);
  mbv_put_key(out, "cases", &first);
  putc('[', out);
  for (n = 0; n < file->count; n++) {
    const char *parts[2];
    if (n) putc(',', out);
    memcpy(parts, (const char *)&file->cases[n] + file->shape->offset, sizeof parts);
    putc('{', out);
    first = 1;
    mbv_put_members(out, &mbv_type_case, &file->cases[n], &first);
    mbv_put_key(out, "given", &first);
    mbv_put(out, file->shape->given, parts[0]);
    mbv_put_key(out, "expect", &first);
    mbv_put(out, file->shape->expect, parts[1]);
    putc('}', out);
  }
  fputs("]}\n", out);
}

#endif
