// Of cost.sv: the thread's own time, and register writes from C.
#include <mblstm_model.h>

#include <cstdint>
#include <ctime>

extern "C" double seconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

extern "C" void write_by_c(std::uint64_t chip, std::uint32_t address, int count) {
  for (int write = 0; write < count; write += 1)
    mblstm_chip_write32(chip, address + 4 * static_cast<std::uint32_t>(write % 12), 0x00010001);
}
