// An initiator whose functions make one transaction each; delays are kept until `wait_for_it`.
#ifndef INITIATOR_H
#define INITIATOR_H

#include <mblstm_tlm.h>
#include <tlm_utils/simple_initiator_socket.h>

struct initiator : sc_core::sc_module {
  tlm_utils::simple_initiator_socket<initiator> socket{"socket"};
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;

  explicit initiator(sc_core::sc_module_name name) : sc_module(name) {}

  tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, std::uint32_t& word, unsigned length = 4) {
    prepare(command, address, word, length);
    socket->b_transport(payload, delay);
    return payload.get_response_status();
  }

  unsigned debug(tlm::tlm_command command, std::uint64_t address, std::uint32_t& word) {
    prepare(command, address, word, 4);
    return socket->transport_dbg(payload);
  }

  void write(std::uint32_t address, std::uint32_t word) { expect(access(tlm::TLM_WRITE_COMMAND, address, word)); }

  std::uint32_t read(std::uint32_t address) {
    std::uint32_t word = 0;
    expect(access(tlm::TLM_READ_COMMAND, address, word));
    return word;
  }

  void wait_for_it() {
    sc_core::wait(delay);
    delay = sc_core::SC_ZERO_TIME;
  }

 private:
  tlm::tlm_generic_payload payload;

  void prepare(tlm::tlm_command command, std::uint64_t address, std::uint32_t& word, unsigned length) {
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&word));
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    payload.set_byte_enable_ptr(nullptr);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  }

  void expect(tlm::tlm_response_status status) {
    if (status == tlm::TLM_OK_RESPONSE) return;
    char place[32];
    std::snprintf(place, sizeof place, " at 0x%08x", static_cast<unsigned>(payload.get_address()));
    SC_REPORT_ERROR("bench", (payload.get_response_string() + place).c_str());
  }
};

#endif
