// Integer arithmetic that RV32IMAC has no instructions for and a compiler calls by name (GCC internals, "Routines for
// integer arithmetic"). 64-bit numbers are taken apart into words, so that nothing here calls itself.

#include <stdint.h>

typedef union {
  uint64_t whole;
  struct {
    uint32_t low, high;
  };
} parts;

uint64_t __ashldi3(uint64_t value, int count) {
  parts p = {value}, r;
  if (count & 32) {
    r.low = 0;
    r.high = p.low << (count & 31);
  } else if (count == 0) {
    return value;
  } else {
    r.low = p.low << count;
    r.high = p.high << count | p.low >> (32 - count);
  }
  return r.whole;
}

uint64_t __lshrdi3(uint64_t value, int count) {
  parts p = {value}, r;
  if (count & 32) {
    r.high = 0;
    r.low = p.high >> (count & 31);
  } else if (count == 0) {
    return value;
  } else {
    r.high = p.high >> count;
    r.low = p.low >> count | p.high << (32 - count);
  }
  return r.whole;
}

int64_t __ashrdi3(int64_t value, int count) {
  parts p = {(uint64_t)value}, r;
  int32_t high = (int32_t)p.high;
  if (count & 32) {
    r.high = (uint32_t)(high >> 31);
    r.low = (uint32_t)(high >> (count & 31));
  } else if (count == 0) {
    return value;
  } else {
    r.high = (uint32_t)(high >> count);
    r.low = p.low >> count | p.high << (32 - count);
  }
  return (int64_t)r.whole;
}

int __clzsi2(uint32_t value) {
  int count = 0;
  for (int step = 16; step; step /= 2) {
    if (value >> (32 - step) == 0) {
      count += step;
      value <<= step;
    }
  }
  return value >> 31 ? count : 32;
}

int __ctzsi2(uint32_t value) { return value ? 31 - __clzsi2(value & -value) : 32; }

int __popcountsi2(uint32_t value) {
  value -= value >> 1 & 0x55555555;
  value = (value & 0x33333333) + (value >> 2 & 0x33333333);
  return (int)(((value + (value >> 4)) & 0x0f0f0f0f) * 0x01010101u >> 24);
}

int __paritysi2(uint32_t value) { return __popcountsi2(value) & 1; }

uint32_t __bswapsi2(uint32_t v) { return v << 24 | (v & 0xff00) << 8 | (v >> 8 & 0xff00) | v >> 24; }

int __clzdi2(uint64_t value) {
  parts p = {value};
  return p.high ? __clzsi2(p.high) : 32 + __clzsi2(p.low);
}

int __ctzdi2(uint64_t value) {
  parts p = {value};
  return p.low ? __ctzsi2(p.low) : 32 + __ctzsi2(p.high);
}

int __ffssi2(uint32_t value) { return value ? __ctzsi2(value) + 1 : 0; }
int __ffsdi2(uint64_t value) { return value ? __ctzdi2(value) + 1 : 0; }

int __popcountdi2(uint64_t value) {
  parts p = {value};
  return __popcountsi2(p.low) + __popcountsi2(p.high);
}

int __paritydi2(uint64_t value) { return __popcountdi2(value) & 1; }

uint64_t __bswapdi2(uint64_t value) {
  parts p = {value}, r;
  r.low = __bswapsi2(p.high);
  r.high = __bswapsi2(p.low);
  return r.whole;
}

uint64_t __muldi3(uint64_t a, uint64_t b) {
  parts x = {a}, y = {b}, r;
  r.whole = (uint64_t)x.low * y.low;
  r.high += x.low * y.high + x.high * y.low;
  return r.whole;
}

// By 0: all ones, and the dividend is left, as the instructions have it.
uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *rest) {
  parts n = {dividend}, d = {divisor};
  uint64_t quotient = 0;
  if (divisor == 0) {
    quotient = UINT64_MAX;
  } else if (n.high == 0 && d.high == 0) {
    quotient = n.low / d.low;
    dividend = n.low % d.low;
  } else if (dividend >= divisor) {
    int shift = __clzdi2(divisor) - __clzdi2(dividend);
    divisor = __ashldi3(divisor, shift);
    for (; shift >= 0; shift--) {
      quotient += quotient;
      if (dividend >= divisor) {
        dividend -= divisor;
        quotient += 1;
      }
      divisor = divisor >> 1;
    }
  }
  if (rest) *rest = dividend;
  return quotient;
}

uint64_t __udivdi3(uint64_t a, uint64_t b) { return __udivmoddi4(a, b, 0); }

uint64_t __umoddi3(uint64_t a, uint64_t b) {
  uint64_t rest;
  __udivmoddi4(a, b, &rest);
  return rest;
}

static uint64_t magnitude(int64_t value) { return value < 0 ? -(uint64_t)value : (uint64_t)value; }

int64_t __divmoddi4(int64_t a, int64_t b, int64_t *rest) {
  uint64_t left;
  uint64_t quotient = __udivmoddi4(magnitude(a), magnitude(b), &left);
  if (rest) *rest = (int64_t)(a < 0 ? -left : left);
  return (int64_t)((a < 0) != (b < 0) ? -quotient : quotient);
}

int64_t __divdi3(int64_t a, int64_t b) { return __divmoddi4(a, b, 0); }

int64_t __moddi3(int64_t a, int64_t b) {
  int64_t rest;
  __divmoddi4(a, b, &rest);
  return rest;
}
