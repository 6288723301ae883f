/* A hundred chips and tiles on a hundred threads do what each does alone; a handle of all of them is refused to all but
 * one at a time; handles come and go on every thread. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "bench.h"

enum { THREADS = 100, ACCESSES = 2000 / STRIDE, TRIES = 2000 };

static uint64_t mixed(uint64_t hash, uint64_t value) { return (hash ^ value) * UINT64_C(1099511628211); }

/* What a chip with this seed answers to random accesses, and what a tile reads. */
static uint64_t answers(uint64_t seed) {
  char configuration[128];
  uint64_t chip, tile, cycle, length, random = seed + 1, hash = UINT64_C(14695981039346656037);
  snprintf(configuration, sizeof configuration,
           "{\"tiles\": [[8, 6]], \"readNoise\": 0.01, \"deviceToDevice\": 0.1, \"seed\": %" PRIu64 "}", seed);
  MUST(mblstm_chip_new(configuration, &chip));
  MUST(mblstm_tile_new(configuration, &tile));
  MUST(mblstm_chip_write32(chip, UNLOCK, KEY));
  for (int access = 0; access < ACCESSES; access += 1) {
    uint32_t address = MBX0 + 4 * (uint32_t)(random_next(&random) % 0x1300), value = 0;
    switch (random_next(&random) % 4) {
      case 0: hash = mixed(hash, (uint64_t)(int64_t)mblstm_chip_read32(chip, address, &value)); break;
      case 1: MUST(mblstm_chip_write32(chip, DRIVE + 4 * (uint32_t)(random_next(&random) % 4), 0x00050011)); break;
      case 2: MUST(mblstm_chip_write32(chip, START, 1 + (uint32_t)(random_next(&random) % 6))); break;
      default: MUST(mblstm_chip_read32(chip, WAIT, &value)); break;
    }
    hash = mixed(hash, value);
    if (access % (ACCESSES / 4) == 0) {
      int32_t drive[8] = {1, 2, 3, (int32_t)(random % 100)}, sense[6];
      MUST(mblstm_tile_convert(tile, MBLSTM_READ, drive, 8, sense, 6, NULL, NULL));
      for (int line = 0; line < 6; line += 1) hash = mixed(hash, (uint64_t)(int64_t)sense[line]);
      WANTS(MBLSTM_TOO_SHORT, "expected", mblstm_chip_snapshot(chip, NULL, 0, &length));
      hash = mixed(hash, length);
    }
  }
  MUST(mblstm_chip_cycle(chip, &cycle));
  MUST(mblstm_chip_free(chip));
  MUST(mblstm_tile_free(tile));
  return mixed(hash, cycle);
}

struct work {
  uint64_t number, shared, answer, made, refused;
};

static void *alone(void *context) {
  struct work *work = context;
  work->answer = answers(work->number);
  return NULL;
}

static void *together(void *context) {
  struct work *work = context;
  for (int attempt = 0; attempt < TRIES; attempt += 1) {
    int32_t status = mblstm_chip_write32(work->shared, DRIVE, (uint32_t)attempt & 0x7f);
    EXPECT(status == MBLSTM_OK || status == MBLSTM_IN_USE, "%d, %s", status, mblstm_error_text());
    if (status == MBLSTM_OK) {
      work->made += 1;
    } else {
      EXPECT(strstr(mblstm_error_text(), "in use") != NULL, "another thread's words: %s", mblstm_error_text());
      work->refused += 1;
    }
    if (attempt % (100 * STRIDE) == 0) {
      uint64_t own;
      MUST(mblstm_chip_new("{\"tiles\": [[1, 1]]}", &own));
      EXPECT(own != work->shared, "a handle twice");
      WANTS(MBLSTM_BAD_ARGUMENT, "null", mblstm_chip_cycle(own, NULL));
      MUST(mblstm_chip_free(own));
      WANTS(MBLSTM_BAD_HANDLE, "handle", mblstm_chip_free(own));
    }
  }
  return NULL;
}

/* A handle is in use for as long as a call of it lasts, for every thread and for what the call itself calls. */
struct held {
  uint64_t chip;
  pthread_barrier_t entered, tried;
};

static void hold(void *context, uint32_t kind, uint64_t cycle, uint32_t address, uint32_t value, const char *line) {
  (void)cycle, (void)address, (void)value, (void)line;
  struct held *held = context;
  uint64_t now;
  if (kind == MBLSTM_ENTRY_HEAD) return;
  WANTS(MBLSTM_IN_USE, "in use", mblstm_chip_cycle(held->chip, &now));
  WANTS(MBLSTM_IN_USE, "in use", mblstm_chip_free(held->chip));
  pthread_barrier_wait(&held->entered);
  pthread_barrier_wait(&held->tried);
}

static void *write_held(void *context) {
  struct held *held = context;
  MUST(mblstm_chip_write32(held->chip, DRIVE, 1));
  return NULL;
}

static void expect_in_use(void) {
  struct held held;
  pthread_t thread;
  uint64_t cycle;
  MUST(mblstm_chip_new("{}", &held.chip));
  MUST(mblstm_chip_log_callback(held.chip, hold, &held));
  pthread_barrier_init(&held.entered, NULL, 2);
  pthread_barrier_init(&held.tried, NULL, 2);
  EXPECT(pthread_create(&thread, NULL, write_held, &held) == 0, "no thread");
  pthread_barrier_wait(&held.entered);
  WANTS(MBLSTM_IN_USE, "in use", mblstm_chip_write32(held.chip, DRIVE, 2));
  WANTS(MBLSTM_IN_USE, "in use", mblstm_chip_free(held.chip));
  pthread_barrier_wait(&held.tried);
  pthread_join(thread, NULL);
  MUST(mblstm_chip_cycle(held.chip, &cycle));
  EXPECT(cycle == 1, "what was refused took a cycle");
  MUST(mblstm_chip_free(held.chip));
}

/* All but one are refused. */
static void *freeing(void *context) {
  struct work *work = context;
  int32_t status;
  do status = mblstm_chip_free(work->shared);
  while (status == MBLSTM_IN_USE);
  EXPECT(status == MBLSTM_OK || status == MBLSTM_BAD_HANDLE, "%d, %s", status, mblstm_error_text());
  work->made = status == MBLSTM_OK;
  return NULL;
}

static void run(void *(*body)(void *), struct work *work) {
  pthread_t threads[THREADS];
  for (int number = 0; number < THREADS; number += 1) {
    EXPECT(pthread_create(&threads[number], NULL, body, &work[number]) == 0, "no thread");
  }
  for (int number = 0; number < THREADS; number += 1) pthread_join(threads[number], NULL);
}

int main(void) {
  static struct work work[THREADS];
  for (uint64_t number = 0; number < THREADS; number += 1) work[number].number = number;
  run(alone, work);
  for (uint64_t number = 0; number < THREADS; number += 1) {
    EXPECT(work[number].answer == answers(number), "chip %" PRIu64 " answers otherwise by itself", number);
    EXPECT(number == 0 || work[number].answer != work[number - 1].answer, "two seeds answer alike");
  }

  uint64_t shared, cycle, made = 0, refused = 0;
  MUST(mblstm_chip_new("{}", &shared));
  for (int number = 0; number < THREADS; number += 1) work[number].shared = shared;
  run(together, work);
  for (int number = 0; number < THREADS; number += 1) {
    made += work[number].made;
    refused += work[number].refused;
  }
  MUST(mblstm_chip_cycle(shared, &cycle));
  EXPECT(cycle == made && made + refused == (uint64_t)THREADS * TRIES, "%" PRIu64 " cycles of %" PRIu64, cycle, made);
  run(freeing, work);
  made = 0;
  for (int number = 0; number < THREADS; number += 1) made += work[number].made;
  expect_in_use();
  EXPECT(made == 1, "freed %" PRIu64 " times", made);
  printf("%d threads; of one handle %" PRIu64 " calls refused\n", THREADS, refused);
  return 0;
}
