/* What the benches share: an expectation that fails ends the program with its place. */
#ifndef BENCH_H
#define BENCH_H

#include <inttypes.h>
#include <mblstm_model.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every how-manieth of what is done over and over is done, where nothing is optimised. */
#ifndef STRIDE
#define STRIDE 1
#endif

#define EXPECT(condition, ...)                                        \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition); \
      fprintf(stderr, __VA_ARGS__);                                   \
      fputc('\n', stderr);                                            \
      exit(1);                                                        \
    }                                                                 \
  } while (0)

/* A call that has to succeed. */
#define MUST(call)                                                                 \
  do {                                                                             \
    int32_t status_ = (call);                                                      \
    EXPECT(status_ == MBLSTM_OK, "%s: %d, %s", #call, status_, mblstm_error_text()); \
  } while (0)

/* A call that has to end with a status and, below or above 0, with words that hold some. */
#define WANTS(expected, words, call)                                                                                \
  do {                                                                                                              \
    int32_t status_ = (call);                                                                                       \
    EXPECT(status_ == (expected), "%s: %d, %s", #call, status_, mblstm_error_text());                               \
    EXPECT(strstr(mblstm_error_text(), (words)) != NULL, "%s: '%s' has no '%s'", #call, mblstm_error_text(), (words)); \
  } while (0)

/* xorshift64*: the same numbers everywhere. */
static inline uint64_t random_next(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}

enum {
  MBX = 0x40000000,
  MBX0 = 0x40010000,
  START = MBX0 + 0x8,
  STATUS = MBX0 + 0xc,
  WAIT = MBX0 + 0x10,
  ERROR = MBX0 + 0x14,
  UNLOCK = MBX0 + 0x18,
  AMPLITUDE = MBX0 + 0x30,
  ERASE_WIDTH = MBX0 + 0x34,
  FEEDBACK = MBX0 + 0x40,
  SETTLE = MBX0 + 0x5c,
  SNAPSHOT = MBX0 + 0x60,
  ENERGY = MBX0 + 0x90,
  SUPPLY = MBX0 + 0xa0,
  SATURATED = MBX0 + 0x200,
  DRIVE = MBX0 + 0x1000,
  SENSE = MBX0 + 0x2000,
  PULSE = MBX0 + 0x3000,
  KEY = 0x50524f47
};

#endif
