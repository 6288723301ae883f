/* What a register write costs: of the thread's own time, and against a call that only takes and gives back the handle, the
 * best of ten rounds. */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "bench.h"

enum { CALLS = 1000000 };

static double nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(void) {
  uint64_t chip, cycle;
  double write = 1e9, handle = 1e9;
  MUST(mblstm_chip_new("{\"tiles\": [[25, 64]]}", &chip));
  for (int round = 0; round < 10; round += 1) {
    double begin = nanoseconds();
    for (uint32_t call = 0; call < CALLS; call += 1) mblstm_chip_write32(chip, DRIVE + 4 * (call % 12), 0x00010001);
    double middle = nanoseconds();
    for (uint32_t call = 0; call < CALLS; call += 1) mblstm_chip_cycle(chip, &cycle);
    double end = nanoseconds();
    if ((middle - begin) / CALLS < write) write = (middle - begin) / CALLS;
    if ((end - middle) / CALLS < handle) handle = (end - middle) / CALLS;
  }
  MUST(mblstm_chip_free(chip));
  EXPECT(cycle == 10 * CALLS, "a write took another cycle than one");
  printf("a register write: %.1f ns, %.1f times a call that asks for the cycle\n", write, write / handle);
  return 0;
}
