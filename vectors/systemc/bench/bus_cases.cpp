// bus_cases CASES DIR: makes the accesses of every case of .ci/c/cases.py by b_transport and leaves a register log of each case
// in DIR.
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "initiator.h"

namespace {

void must(std::int32_t status) {
  if (status < 0) SC_REPORT_ERROR("bench", mblstm_error_text());
}

void set_cells(std::uint64_t chip, std::istringstream& words) {
  std::uint32_t tile;
  std::int32_t cell;
  std::vector<std::int32_t> cells;
  words >> tile;
  while (words >> cell) cells.push_back(cell);
  must(mblstm_chip_set_cells(chip, tile, 0, cells.data(), cells.size()));
}

// What is no access; errors of the bus and no power are answers, of which the log tells.
void pass(std::uint64_t chip, const std::string& what, std::istringstream& words) {
  std::uint64_t now = 0, until = 0;
  must(mblstm_chip_cycle(chip, &now));
  if (what == "advance") words >> until;
  else if (what == "brown-out") must(mblstm_chip_schedule(chip, UINT64_MAX, until = now));
  else SC_REPORT_ERROR("bench", ("what is " + what).c_str());
  if (until >= now) must(mblstm_chip_advance(chip, until));
}

}  // namespace

int sc_main(int count, char** arguments) {
  if (count != 3) return std::cerr << "expected CASES and DIR\n", 2;
  std::ifstream file(arguments[1]);
  if (!file) return std::cerr << arguments[1] << " is not there\n", 2;
  mblstm_tlm chip("chip", "{\"tiles\": [[1, 1]]}", false);
  initiator bench("bench");
  bench.socket.bind(chip.socket);
  sc_core::sc_start(sc_core::SC_ZERO_TIME);

  std::string line, what, path;
  unsigned cases = 0, accesses = 0;
  bool logs = false;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    words >> what;
    if (what == "case") {
      words >> path;
      path = std::string(arguments[2]) + "/" + path + ".csv";
      cases += 1;
      logs = false;
      continue;
    }
    if (what == "chip") {
      std::uint64_t made = 0;
      must(mblstm_chip_new(line.substr(5).c_str(), &made));
      chip.hold(made);
      continue;
    }
    if (what == "cells") {
      set_cells(chip.handle(), words);
      continue;
    }
    if (!logs) must(mblstm_chip_log_csv(chip.handle(), path.c_str()));
    logs = true;
    if (what == "end") {
      must(mblstm_chip_log_close(chip.handle()));
    } else if (what[0] == 'R' || what[0] == 'W') {
      std::uint32_t address = 0, word = 0;
      words >> std::hex >> address >> word;
      bench.access(what[0] == 'R' ? tlm::TLM_READ_COMMAND : tlm::TLM_WRITE_COMMAND, address, word);
      accesses += 1;
    } else {
      pass(chip.handle(), what, words);
    }
  }
  if (cases == 0) return std::cerr << arguments[1] << ": no case\n", 1;
  std::cout << "tlm: " << cases << " cases, " << accesses << " accesses\n";
  return 0;
}
