// IEEE 754 arithmetic that a compiler calls by name where there are no floating-point registers (GCC internals,
// "Routines for floating point emulation"): round to nearest even, subnormals, infinities, NaNs.

#include <stdint.h>

typedef uint64_t wide;

#define SINGLE 1
#define NAME(before, after) before##sf##after
#define REAL float
#define REP uint32_t
#define FRACTION 23
#define EXPONENT 8
#include "float.inc"
#undef NAME
#undef REAL
#undef REP
#undef FRACTION
#undef EXPONENT
#undef SINGLE

#define SINGLE 0
#define NAME(before, after) before##df##after
#define REAL double
#define REP uint64_t
#define FRACTION 52
#define EXPONENT 11
#include "float.inc"

double __extendsfdf2(float value) {
  uint32_t bits = bits_sf(value), magnitude = bits & 0x7fffffff;
  uint64_t sign = (uint64_t)(bits >> 31) << 63;
  int exponent = (int)(magnitude >> 23);
  uint64_t fraction = (uint64_t)(magnitude & 0x7fffff) << 29;
  if (exponent == 255) return real_df(sign | 0x7ffull << 52 | fraction | (fraction ? 1ull << 51 : 0));
  if (magnitude == 0) return real_df(sign);
  if (exponent == 0) {
    for (exponent = 1; !(fraction >> 52); exponent--) fraction <<= 1;
    fraction &= ~(1ull << 52);
  }
  return real_df(sign | (uint64_t)(exponent + 1023 - 127) << 52 | fraction);
}

float __truncdfsf2(double value) {
  uint64_t bits = bits_df(value), magnitude = bits & ~(1ull << 63);
  uint32_t sign = (uint32_t)(bits >> 63) << 31;
  int exponent = (int)(magnitude >> 52);
  uint64_t fraction = magnitude & ((1ull << 52) - 1);
  if (exponent == 2047) return real_sf(sign | 0x7f800000 | (fraction ? 0x400000 : 0));
  if (exponent == 0) return real_sf(sign);
  fraction |= 1ull << 52;
  uint32_t significand = (uint32_t)(fraction >> 26) | ((fraction & ((1u << 26) - 1)) != 0);
  return real_sf(pack_sf(sign, exponent - 1023 + 127, significand));
}
