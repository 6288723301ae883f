// What a register write costs by b_transport against one from C in the same process; printed, not judged.
#include <ctime>
#include <iostream>

#include "initiator.h"

namespace {

constexpr std::uint32_t WRITES = 1000000, DRIVE = 0x40011000;

double nanoseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

template <typename Body>
double cost(Body body) {
  const double begin = nanoseconds();
  for (std::uint32_t write = 0; write < WRITES; write += 1) body(DRIVE + 4 * (write % 12));
  return (nanoseconds() - begin) / WRITES;
}

}  // namespace

int sc_main(int, char**) {
  mblstm_tlm clocked("clocked", "{\"tiles\": [[25, 64]]}"), untimed("untimed", "{\"tiles\": [[25, 64]]}", false);
  initiator first("first"), second("second");
  first.socket.bind(clocked.socket);
  second.socket.bind(untimed.socket);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  const double c = cost([&](std::uint32_t address) { mblstm_chip_write32(clocked.handle(), address, 0x00010001); });
  const double tlm = cost([&](std::uint32_t address) { first.write(address, 0x00010001); });
  const double alone = cost([&](std::uint32_t address) { second.write(address, 0x00010001); });
  std::printf("a register write: C %.1f ns; TLM clocked %.1f ns, %.1f of it; TLM untimed %.1f ns, %.1f of it\n", c, tlm,
              tlm / c, alone, alone / c);
  return 0;
}
