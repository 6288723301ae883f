// A small initiator: programs a cell, reads its column, asleep until the interrupt in between. What it senses has to be what
// the same accesses give in C, and the interrupt has to come at the cycle at which the operation ends.
// [example FAULT: answer, bus or interrupt, to see that it is noticed]
#include <iostream>

#include "initiator.h"

namespace {

constexpr std::uint32_t
    IRQ_PENDING = 0x40000018, IRQ_ENABLE = 0x4000001c, TILE = 0x40010000, START = TILE + 0x8,
    WAIT = TILE + 0x10, UNLOCK = TILE + 0x18, DRIVE = TILE + 0x1000, SENSE = TILE + 0x2000, PULSE = TILE + 0x3000, KEY = 0x50524f47;
const char* const configuration = "{\"tiles\": [[4, 3]]}";

// The same by C; WAIT stalls in place of the interrupt.
std::uint32_t expected() {
  std::uint64_t chip;
  std::uint32_t word = 0;
  mblstm_chip_new(configuration, &chip);
  mblstm_chip_write32(chip, UNLOCK, KEY);
  mblstm_chip_write32(chip, PULSE + 4, 1000);
  mblstm_chip_write32(chip, START, 3 | 2 << 16);
  mblstm_chip_read32(chip, WAIT, &word);
  mblstm_chip_write32(chip, DRIVE + 4, 127);
  mblstm_chip_write32(chip, START, 1 | 1 << 5);
  mblstm_chip_read32(chip, WAIT, &word);
  mblstm_chip_read32(chip, SENSE, &word);
  mblstm_chip_free(chip);
  return word;
}

struct program : initiator {
  sc_core::sc_in<bool> interrupt{"interrupt"};
  const std::string fault;
  // Of the lines: up, down again before the second operation, and up.
  int changes = 0;

  program(sc_core::sc_module_name name, const std::string& fault) : initiator(name), fault(fault) {
    SC_HAS_PROCESS(program);
    SC_THREAD(run);
  }

  static std::uint64_t now() { return static_cast<std::uint64_t>(sc_core::sc_time_stamp() / sc_core::sc_time(10, sc_core::SC_NS)); }

  // Starts an operation and sleeps until it has ended: the cycles that it took.
  std::uint64_t operate(std::uint32_t command) {
    write(IRQ_PENDING, 0xffffffff);
    write(START, command);
    wait_for_it();
    const std::uint64_t begin = now();
    if (!interrupt.read()) sc_core::wait(interrupt.posedge_event());
    return now() - begin;
  }

  void run() {
    write(IRQ_ENABLE, fault == "interrupt" ? 0 : 1);
    write(fault == "bus" ? 0x48000000 : UNLOCK, KEY);
    write(PULSE + 4, 1000);
    const std::uint64_t programming = operate(3 | 2 << 16);
    write(DRIVE + 4, fault == "answer" ? 126 : 127);
    const std::uint64_t conversion = operate(1 | 1 << 5);
    const std::uint32_t got = read(SENSE);
    std::uint32_t seen = 0, word;
    if (debug(tlm::TLM_READ_COMMAND, SENSE, seen) != 4 || seen != got)
      SC_REPORT_ERROR("bench", "the debug transport sees another word");
    word = 77;
    if (debug(tlm::TLM_WRITE_COMMAND, PULSE, word) != 4 || read(PULSE) != 77)
      SC_REPORT_ERROR("bench", "the debug transport writes another word");
    if (access(tlm::TLM_READ_COMMAND, UNLOCK, word, 1) != tlm::TLM_ADDRESS_ERROR_RESPONSE)
      SC_REPORT_ERROR("bench", "a register of 32 bits was read by a byte");
    if (access(tlm::TLM_READ_COMMAND, UNLOCK, word, 3) != tlm::TLM_BURST_ERROR_RESPONSE)
      SC_REPORT_ERROR("bench", "three bytes were read");
    if (changes != 3) SC_REPORT_ERROR("bench", "the lines changed another number of times");
    if (got != expected()) SC_REPORT_ERROR("bench", "another word than by C");
    // Two cycles a step and 50 of rest; 10 to settle and 20 to convert.
    if (programming != 2050 || conversion != 30) SC_REPORT_ERROR("bench", "the interrupt came at another cycle");
    std::cout << "column 0 " << static_cast<std::int16_t>(got) << ", column 1 " << static_cast<std::int16_t>(got >> 16)
              << "; asleep for " << programming << " and " << conversion << " cycles\n";
    sc_core::sc_stop();
  }
};

}  // namespace

int sc_main(int count, char** arguments) {
  // What SystemC says of its own stop.
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_DO_NOTHING);
  mblstm_tlm chip("chip", configuration);
  program bench("bench", count > 1 ? arguments[1] : "");
  sc_core::sc_signal<bool> line("line");
  bench.socket.bind(chip.socket);
  chip.interrupt.bind(line);
  chip.told = [&bench](std::uint32_t lines) { bench.changes += lines == 0 || lines == MBLSTM_LINE_MBX; };
  bench.interrupt.bind(line);
  sc_core::sc_start();
  // An initiator that still sleeps has not been woken.
  if (sc_core::sc_get_status() != sc_core::SC_STOPPED) return std::cerr << "no interrupt came\n", 1;
  return 0;
}
