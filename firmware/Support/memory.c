// What a compiler calls for memory in bulk, and what C++ calls around its statics. Compiled with -fno-builtin, or a loop
// here would become a call of itself.

#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict to, const void *restrict from, size_t count) {
  uint8_t *t = to;
  const uint8_t *f = from;
  if ((((uintptr_t)t | (uintptr_t)f) & 3) == 0) {
    for (; count >= 4; count -= 4, t += 4, f += 4) *(uint32_t *)t = *(const uint32_t *)f;
  }
  while (count--) *t++ = *f++;
  return to;
}

void *memmove(void *to, const void *from, size_t count) {
  uint8_t *t = to;
  const uint8_t *f = from;
  if ((uintptr_t)t - (uintptr_t)f >= count) return memcpy(to, from, count);
  while (count--) t[count] = f[count];
  return to;
}

void *memset(void *start, int byte, size_t count) {
  uint8_t *t = start;
  uint32_t word = (uint8_t)byte * 0x01010101u;
  for (; count && ((uintptr_t)t & 3); count--) *t++ = (uint8_t)byte;
  for (; count >= 4; count -= 4, t += 4) *(uint32_t *)t = word;
  while (count--) *t++ = (uint8_t)byte;
  return start;
}

int memcmp(const void *first, const void *second, size_t count) {
  const uint8_t *a = first, *b = second;
  for (; count; count--, a++, b++) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

size_t strlen(const char *text) {
  size_t count = 0;
  while (text[count]) count++;
  return count;
}

// A program that ends is gone: destructors of statics never run.
void *__dso_handle;
int __cxa_atexit(void (*destructor)(void *), void *object, void *handle) {
  (void)destructor, (void)object, (void)handle;
  return 0;
}

_Noreturn void __cxa_pure_virtual(void) { __builtin_trap(); }
