// An LSTM network in software alone, in the chip's own number formats: what the controller would take without the chip. Tells
// the cycles of an inference for some shapes; `Tasks/Energy/SoftwareNetwork.swift` has them as a formula.
//
//   mblstm exec .build/firmware/software_lstm.elf

#include "board.h"

enum { MOST_INPUTS = 16, MOST_HIDDEN = 32, MOST_OUTPUTS = 16, MOST_LINES = MOST_INPUTS + MOST_HIDDEN + 1 };

// Weights Q3.12, signals Q0.15, in the order in which they are used.
static int16_t lstm[4 * MOST_HIDDEN * MOST_LINES], dense[MOST_OUTPUTS * (MOST_HIDDEN + 1)];
static int16_t lines[MOST_LINES], gates[4 * MOST_HIDDEN], cells[MOST_HIDDEN];

static inline int32_t limited(int32_t value) {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value;
}

// A row of weights times the lines, Q3.12: four products at a time.
static int32_t product(const int16_t *weights, const int16_t *values, int count) {
  int32_t sum = 1 << 14;
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    sum += weights[i] * values[i] + weights[i + 1] * values[i + 1] + weights[i + 2] * values[i + 2] +
           weights[i + 3] * values[i + 3];
  }
  for (; i < count; i++) sum += weights[i] * values[i];
  return limited(sum >> 15);
}

// The circuits 'hard' of the chip, Q3.12 to Q0.15.
static inline int16_t sigmoid(int32_t z) {
  int32_t y = z * 2 + (1 << 14);
  return (int16_t)(y < 0 ? 0 : y > 32767 ? 32767 : y);
}
static inline int16_t hyperbolic(int32_t z) { return (int16_t)limited(z * 8); }

static void step(int inputs, int hidden) {
  int count = inputs + hidden + 1;
  for (int column = 0; column < 4 * hidden; column++) {
    int32_t z = product(lstm + column * count, lines, count);
    gates[column] = column < 3 * hidden ? sigmoid(z) : hyperbolic(z);
  }
  const int16_t *i = gates, *f = gates + hidden, *o = gates + 2 * hidden, *g = gates + 3 * hidden;
  for (int k = 0; k < hidden; k++) {
    int32_t sum = (f[k] * cells[k] + (i[k] * g[k] >> 3) + (1 << 14)) >> 15;
    cells[k] = (int16_t)limited(sum);
    lines[inputs + k] = (int16_t)((o[k] * hyperbolic(cells[k])) >> 15);
  }
}

// Steps, then the dense layer and the largest of its outputs.
static int infer(int inputs, int hidden, int outputs, int steps) {
  for (int k = 0; k < hidden; k++) cells[k] = lines[inputs + k] = 0;
  lines[inputs + hidden] = 32767;
  for (int t = 0; t < steps; t++) {
    for (int k = 0; k < inputs; k++) lines[k] = (int16_t)(1021 * (t + 1) * (k + 3));
    step(inputs, hidden);
  }
  int best = 0;
  int32_t most = -32769;
  for (int k = 0; k < outputs; k++) {
    int32_t z = product(dense + k * (hidden + 1), lines + inputs, hidden + 1);
    if (z > most) most = z, best = k;
  }
  return best;
}

static inline uint32_t cycles(void) {
  uint32_t now;
  __asm__ volatile("csrr %0, mcycle" : "=r"(now));
  return now;
}

static void tell(int inputs, int hidden, int outputs, int steps) {
  uint32_t begin = cycles();
  int answer = infer(inputs, hidden, outputs, steps);
  uint32_t took = cycles() - begin;
  const int numbers[] = {inputs, hidden, outputs, steps, (int)took, answer};
  for (int i = 0; i < 6; i++) {
    print_number(numbers[i]);
    print(i < 5 ? " " : "\n");
  }
}

int main(void) {
  uint32_t random = 2463534242u;
  for (unsigned i = 0; i < sizeof lstm / 2; i++) {
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    lstm[i] = (int16_t)(random >> 18);
    if (i < sizeof dense / 2) dense[i] = (int16_t)(random >> 20);
  }
  print("inputs hidden outputs steps cycles answer\n");
  tell(8, 16, 10, 8);
  tell(8, 32, 10, 8);
  tell(12, 16, 9, 10);
  tell(1, 32, 10, 64);
  tell(7, 12, 7, 20);
  tell(2, 4, 2, 5);
  finish(0);
  return 0;
}
