// Integer work of several kinds, some million instructions of it, and a checksum: what `mblstm bench` measures the core with.
//
//   mblstm exec .build/firmware/integer_mix.elf

#include "board.h"

enum { SIDE = 16, COUNT = 96 };

static uint32_t numbers = 2463534242u;

// Marsaglia's xorshift.
static uint32_t next(void) {
  numbers ^= numbers << 13;
  numbers ^= numbers >> 17;
  numbers ^= numbers << 5;
  return numbers;
}

// CRC-32 (IEEE 802.3), bit by bit.
static uint32_t crc(uint32_t sum, const uint32_t *words, int count) {
  for (int i = 0; i < count; i++) {
    sum ^= words[i];
    for (int bit = 0; bit < 32; bit++) sum = sum & 1 ? sum >> 1 ^ 0xedb88320u : sum >> 1;
  }
  return sum;
}

static void sort(uint32_t *words, int count) {
  for (int i = 1; i < count; i++) {
    uint32_t word = words[i];
    int place = i;
    for (; place > 0 && words[place - 1] > word; place--) words[place] = words[place - 1];
    words[place] = word;
  }
}

static void multiply(const int16_t *a, const int16_t *b, int32_t *product) {
  for (int row = 0; row < SIDE; row++) {
    for (int column = 0; column < SIDE; column++) {
      int32_t sum = 0;
      for (int k = 0; k < SIDE; k++) sum += a[row * SIDE + k] * b[k * SIDE + column];
      product[row * SIDE + column] = sum;
    }
  }
}

static uint32_t words[COUNT];
static int16_t left[SIDE * SIDE], right[SIDE * SIDE];
static int32_t product[SIDE * SIDE];

int main(void) {
  uint32_t sum = 0;
  for (int round = 0; round < 100; round++) {
    for (int i = 0; i < COUNT; i++) words[i] = next();
    sort(words, COUNT);
    sum = crc(sum, words, COUNT);
    for (int i = 0; i < SIDE * SIDE; i++) {
      left[i] = (int16_t)next();
      right[i] = (int16_t)next();
    }
    multiply(left, right, product);
    sum = crc(sum, (const uint32_t *)product, SIDE) + next() / (1 + round);
  }
  print_number((int32_t)sum);
  print_char('\n');
  return 0;
}
