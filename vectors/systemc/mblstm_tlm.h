// The chip MBX as a SystemC module with a TLM-2.0 target socket, loosely timed. Needs SystemC 2.3 and libmblstm.
//
// A transaction of four bytes is of the register at its address, in the register's own size; one of one or two bytes is of
// just that size. b_transport makes the access and adds to the delay what the chip takes: one cycle, or as long as a read of
// WAIT stalls. The debug transport is mblstm_chip_peek and, to write, mblstm_chip_poke: words, without time. There is no DMI.
//
// Clocked, the chip's time is SystemC's: what passes between two accesses passes on the chip too. Otherwise it passes by
// accesses alone, as in a script of the golden vectors, and no line is told. Clocked, the lines change at the latest when
// SystemC's time has reached the chip's, and early by no more than initiators are ahead of it: the hart's line (MBX, FLASH, HOST
// or UART) on the port `interrupt`, if it is bound, and all of enum mblstm_lines to `told`, if it is set.
//
// Of an access: an error of the bus is TLM_ADDRESS_ERROR_RESPONSE; no power, TLM_GENERIC_ERROR_RESPONSE; byte enables,
// TLM_BYTE_ENABLE_ERROR_RESPONSE; another length, or a streaming width below it, TLM_BURST_ERROR_RESPONSE.
#ifndef MBLSTM_TLM_H
#define MBLSTM_TLM_H

#include <mblstm_model.h>
#include <tlm_utils/simple_target_socket.h>

#include <cstring>
#include <functional>
#include <string>
#include <systemc>
#include <tlm>

// Members are named as SystemC's are; numbers of the bus are little-endian, as the host's have to be.
class mblstm_tlm : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<mblstm_tlm> socket{"socket"};
  sc_core::sc_port<sc_core::sc_signal_inout_if<bool>, 1, sc_core::SC_ZERO_OR_MORE_BOUND> interrupt{"interrupt"};
  std::function<void(std::uint32_t lines)> told;

  // From a configuration, as mblstm_chip_new takes it. period: of the chip's core clock.
  // Reports an error of "mblstm", with the library's words, where there can be no such chip.
  mblstm_tlm(
      sc_core::sc_module_name name, const std::string& configuration, bool clocked = true,
      sc_core::sc_time period = sc_core::sc_time(10, sc_core::SC_NS))
      : sc_module(name), period(period), clocked(clocked) {
    must(mblstm_chip_new(configuration.c_str(), &chip));
    socket.register_b_transport(this, &mblstm_tlm::b_transport);
    socket.register_transport_dbg(this, &mblstm_tlm::transport_dbg);
    SC_HAS_PROCESS(mblstm_tlm);
    SC_METHOD(change);
    sensitive << changes;
  }

  // Ends the chip, which makes its logs final.
  ~mblstm_tlm() override {
    if (chip != 0) mblstm_chip_free(chip);
  }

  // For every other function of mblstm_model.h.
  std::uint64_t handle() const { return chip; }

  // Another chip in place of this one, which is ended; 0 is none.
  void hold(std::uint64_t other) {
    if (chip != 0) must(mblstm_chip_free(chip));
    chip = other;
  }

 private:
  std::uint64_t chip = 0;
  const sc_core::sc_time period;
  const bool clocked;
  std::uint32_t lines = 0;
  sc_core::sc_event changes;

  // What the library refuses is an error of the bench, in its words.
  static void must(std::int32_t status) {
    if (status != MBLSTM_OK) SC_REPORT_ERROR("mblstm", mblstm_error_text());
  }

  std::uint64_t cycle() const {
    std::uint64_t now = 0;
    must(mblstm_chip_cycle(chip, &now));
    return now;
  }

  // The chip up to a time, where it is not beyond it already. Without power none passes.
  void catch_up(const sc_core::sc_time& time) {
    const auto target = static_cast<std::uint64_t>(time / period);
    if (!clocked || cycle() >= target) return;
    const std::int32_t status = mblstm_chip_advance(chip, target);
    if (status != MBLSTM_NO_POWER) must(status);
  }

  void b_transport(tlm::tlm_generic_payload& access, sc_core::sc_time& delay) {
    const sc_core::sc_time now = sc_core::sc_time_stamp();
    catch_up(now + delay);
    const std::uint64_t begin = cycle();
    access.set_response_status(perform(access));
    const std::uint64_t end = cycle();
    // Clocked, the end is the chip's own, which another initiator may have taken beyond this one's time.
    if (clocked) {
      delay = period * static_cast<double>(end) - now;
      watch(now + delay);
    } else {
      delay += period * static_cast<double>(end - begin);
    }
  }

  tlm::tlm_response_status perform(tlm::tlm_generic_payload& access) {
    const unsigned length = access.get_data_length();
    if (access.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    if ((length != 1 && length != 2 && length != 4) || access.get_streaming_width() < length)
      return tlm::TLM_BURST_ERROR_RESPONSE;
    if (access.get_address() > UINT32_MAX) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    const auto address = static_cast<std::uint32_t>(access.get_address());
    if (access.is_read()) return answer(read(address, access.get_data_ptr(), length));
    if (access.is_write()) return answer(write(address, access.get_data_ptr(), length));
    return tlm::TLM_OK_RESPONSE;
  }

  std::int32_t read(std::uint32_t address, unsigned char* data, unsigned length) {
    std::uint8_t byte = 0;
    std::uint16_t half = 0;
    std::uint32_t word = 0;
    const std::int32_t status = length == 1   ? mblstm_chip_read8(chip, address, &byte)
                                : length == 2 ? mblstm_chip_read16(chip, address, &half)
                                              : mblstm_chip_read_register(chip, address, &word);
    word |= byte | half;
    std::memcpy(data, &word, length);
    return status;
  }

  std::int32_t write(std::uint32_t address, const unsigned char* data, unsigned length) {
    std::uint32_t word = 0;
    std::memcpy(&word, data, length);
    return length == 1   ? mblstm_chip_write8(chip, address, static_cast<std::uint8_t>(word))
           : length == 2 ? mblstm_chip_write16(chip, address, static_cast<std::uint16_t>(word))
                         : mblstm_chip_write_register(chip, address, word);
  }

  static tlm::tlm_response_status answer(std::int32_t status) {
    if (status < 0) must(status);
    return status == MBLSTM_OK          ? tlm::TLM_OK_RESPONSE
           : status == MBLSTM_BUS_ERROR ? tlm::TLM_ADDRESS_ERROR_RESPONSE
                                        : tlm::TLM_GENERIC_ERROR_RESPONSE;
  }

  // Whole words up to the first that is none; the bytes done.
  unsigned transport_dbg(tlm::tlm_generic_payload& access) {
    unsigned done = 0;
    for (; done + 4 <= access.get_data_length(); done += 4) {
      const auto address = static_cast<std::uint32_t>(access.get_address() + done);
      std::uint32_t word = 0;
      if (access.is_write()) {
        std::memcpy(&word, access.get_data_ptr() + done, 4);
        if (mblstm_chip_poke(chip, address, word) != MBLSTM_OK) break;
      } else {
        if (mblstm_chip_peek(chip, address, &word) != MBLSTM_OK) break;
        std::memcpy(access.get_data_ptr() + done, &word, 4);
      }
    }
    if (access.is_write() && done > 0) watch(sc_core::sc_time_stamp());
    return done;
  }

  // Looks at the lines once SystemC's time is there, if that is not to happen before.
  void watch(const sc_core::sc_time& time) {
    const sc_core::sc_time now = sc_core::sc_time_stamp();
    changes.notify(time > now ? time - now : sc_core::SC_ZERO_TIME);
  }

  // The lines as they are now; looks again when the chip does something by itself.
  void change() {
    if (chip == 0 || !clocked) return;
    catch_up(sc_core::sc_time_stamp());
    std::uint32_t up = 0;
    must(mblstm_chip_interrupts(chip, &up));
    if (up != lines && told) told(up);
    lines = up;
    const std::uint32_t hart = MBLSTM_LINE_MBX | MBLSTM_LINE_FLASH | MBLSTM_LINE_HOST | MBLSTM_LINE_UART;
    if (interrupt.size() > 0) interrupt->write((up & hart) != 0);
    std::uint64_t next = UINT64_MAX;
    must(mblstm_chip_next_event(chip, &next));
    // Beyond 2^61 nothing comes.
    if (next < std::uint64_t{1} << 61) watch(period * static_cast<double>(next));
  }
};

#endif
