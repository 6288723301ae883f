// Arithmetic that RV32IMAC has no instructions for, over numbers at the edges and random ones; prints a digest of each
// operation, the same natively and on the board. Built natively with -DNATIVE.

#include <stdint.h>

#ifdef NATIVE
#include <stdio.h>
static void print_char(char c) { putchar(c); }
#else
#include "board.h"
#endif

static uint64_t state = 1;
static uint64_t next(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static uint64_t digest;
static void note(uint64_t value) { digest = (digest ^ value) * 0x100000001b3; }
static void say(const char *name) {
  while (*name) print_char(*name++);
  print_char(' ');
  for (int i = 60; i >= 0; i -= 4) print_char("0123456789abcdef"[digest >> i & 15]);
  print_char('\n');
  digest = 0xcbf29ce484222325;
}

typedef union { float f; uint32_t u; } single;
typedef union { double f; uint64_t u; } dual;
static volatile single sa, sb;
static volatile dual da, db;
static volatile uint64_t ia, ib;

// NaNs of different payloads are one: which one is made is the implementation's choice.
static void note_single(float value) { single s = {value}; note(value != value ? 1 : s.u); }
static void note_dual(double value) { dual d = {value}; note(value != value ? 1 : d.u); }

static uint64_t pick(const uint64_t *edges, int count) { uint64_t r = next(); return r & 1 ? edges[(r >> 1) % count] : next() >> (r >> 8 & 63); }

static const uint64_t integers[] = {0, 1, 2, 3, 7, 10, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 0xfffffffffffffffe, 0xffffffff80000000};
static const uint64_t singles[] = {0, 0x80000000, 1, 0x007fffff, 0x00800000, 0x3f800000, 0xbf800000, 0x3f800001, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x4b000000, 0x4effffff, 0x4f000000, 0xcf000000, 0x33800000};
static const uint64_t duals[] = {0, 0x8000000000000000, 1, 0x000fffffffffffff, 0x0010000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3ff0000000000001, 0x7fefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000, 0x4330000000000000, 0x41dfffffffc00000, 0xc1e0000000000000, 0x36a0000000000000, 0x47efffffe0000000, 0x3cb0000000000000};
#define PICK(edges) pick(edges, sizeof edges / sizeof *edges)

enum { TURNS = 3000 };
#define EACH(name, setup, body) for (int i = 0; i < TURNS; i++) { setup; body; } say(name);

#define INTEGERS ia = PICK(integers); ib = PICK(integers)
#define SINGLES sa.u = (uint32_t)PICK(singles); sb.u = (i & 3) ? (uint32_t)PICK(singles) : sa.u + (uint32_t)(next() & 0x1800003)
#define DUALS da.u = PICK(duals); db.u = (i & 3) ? PICK(duals) : da.u + (next() & 0x30000000000003)

int main(void) {
  digest = 0xcbf29ce484222325;
  EACH("multiply", INTEGERS, note(ia * ib))
  EACH("unsigned divide", INTEGERS, if (ib) { note(ia / ib); note(ia % ib); })
  EACH("divide", INTEGERS, if (ib && !(ib == UINT64_MAX && ia == 1ull << 63)) { note((uint64_t)((int64_t)ia / (int64_t)ib)); note((uint64_t)((int64_t)ia % (int64_t)ib)); })
  EACH("shift", INTEGERS, note(ia << (ib & 63)); note(ia >> (ib & 63)); note((uint64_t)((int64_t)ia >> (ib & 63))))
  EACH("count", INTEGERS, if (ia) { note((uint64_t)__builtin_clzll(ia)); note((uint64_t)__builtin_ctzll(ia)); } note((uint64_t)__builtin_popcountll(ia)); note(__builtin_bswap64(ia)); note((uint64_t)__builtin_ffsll((long long)ia)))
  EACH("single add", SINGLES, note_single(sa.f + sb.f); note_single(sa.f - sb.f))
  EACH("single multiply", SINGLES, note_single(sa.f * sb.f))
  EACH("single divide", SINGLES, note_single(sa.f / sb.f))
  EACH("single compare", SINGLES, note((uint64_t)((sa.f < sb.f) | (sa.f <= sb.f) << 1 | (sa.f > sb.f) << 2 | (sa.f >= sb.f) << 3 | (sa.f == sb.f) << 4 | (sa.f != sb.f) << 5)))
  EACH("double add", DUALS, note_dual(da.f + db.f); note_dual(da.f - db.f))
  EACH("double multiply", DUALS, note_dual(da.f * db.f))
  EACH("double divide", DUALS, note_dual(da.f / db.f))
  EACH("double compare", DUALS, note((uint64_t)((da.f < db.f) | (da.f <= db.f) << 1 | (da.f > db.f) << 2 | (da.f >= db.f) << 3 | (da.f == db.f) << 4 | (da.f != db.f) << 5)))
  EACH("widen", SINGLES, note_dual(sa.f))
  EACH("narrow", DUALS, note_single((float)da.f))
  EACH("from integer", INTEGERS, note_single((float)ia); note_single((float)(int64_t)ia); note_single((float)(int32_t)ia); note_single((float)(uint32_t)ia); note_dual((double)ia); note_dual((double)(int64_t)ia); note_dual((double)(int32_t)ia); note_dual((double)(uint32_t)ia))
  // What does not fit is undefined in C.
  EACH("to integer", SINGLES; DUALS, if (sa.f > -2e9f && sa.f < 2e9f) { note((uint64_t)(int32_t)sa.f); note((uint64_t)(int64_t)sa.f); if (sa.f > -1) { note((uint32_t)sa.f); note((uint64_t)sa.f); } } if (da.f > -2e9 && da.f < 2e9) { note((uint64_t)(int32_t)da.f); note((uint64_t)(int64_t)da.f); if (da.f > -1) { note((uint32_t)da.f); note((uint64_t)da.f); } })
  return 0;
}
