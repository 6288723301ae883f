// Holds an RTL of the chip's digital side against the model, access by access. Needs mblstm_pkg.sv and libmblstm.
//
//     mblstm_lockstep lockstep = new("dut", chip, "lockstep.vcd");
//     lockstep.ask(writes, address, data);           // the model makes the access: lockstep.word, lockstep.failed
//     …                                              // the bench makes it of the RTL
//     if (!lockstep.answered(got, failed, clock)) $fatal(1);
//     if (!lockstep.holds(address, word, expected, mask, clock)) $fatal(1);     // where the RTL's registers can be seen
//
// The bench drives both, in the order it likes: a hardware side that is answered by the model asks first. The first
// difference is told with the register and field, the chip's cycle and the bench's clock, and the latest 20 accesses, which
// are written as waves, too; nothing is told after it.
package mblstm_lockstep_pkg;
  import mblstm_pkg::*;

  class mblstm_lockstep;
    // Accesses that are told of.
    localparam int KEPT = 20;

    // What the model answered latest: the word that it read or was given, and whether the bus ended the access with an error.
    bit [31:0] word;
    bit failed;
    // Something was different.
    bit differs = 0;
    // Accesses so far.
    int unsigned accesses = 0;

    protected string name, path;
    protected longint unsigned chip;
    // The latest accesses, one at its number modulo KEPT; the RTL's part once it has answered.
    protected longint unsigned cycles [KEPT];
    protected bit kinds [KEPT], failures [KEPT], rtl_failures [KEPT], answers [KEPT];
    protected bit [31:0] addresses [KEPT], words [KEPT], rtl_words [KEPT];

    // path: of the waves; none where it is empty.
    function new(input string name, input longint unsigned chip, input string path);
      this.name = name;
      this.chip = chip;
      this.path = path;
    endfunction

    // The model makes an access, of the register at the address in its size.
    function void ask(input bit writes, input bit [31:0] address, input bit [31:0] data);
      int unsigned got;
      int status, at;
      longint unsigned cycle;
      got = data;
      if (writes) status = mblstm_chip_write_register(chip, address, data);
      else status = mblstm_chip_read_register(chip, address, got);
      if (status < 0) $fatal(1, "%s: an access at 0x%08x: status %0d: %s", name, address, status, mblstm_error_text());
      word = got;
      failed = status != MBLSTM_OK;
      void'(mblstm_done(mblstm_chip_cycle(chip, cycle), "mblstm_chip_cycle"));
      at = int'(accesses % KEPT);
      cycles[at] = cycle;
      {kinds[at], failures[at], rtl_failures[at], answers[at]} = {writes, failed, 1'b0, 1'b0};
      {addresses[at], words[at], rtl_words[at]} = {address, word, 32'b0};
      accesses++;
    endfunction

    // What the RTL answered to the access asked for latest; of a write got is of no meaning.
    function bit answered(input bit [31:0] got, input bit got_failed, input longint unsigned clock);
      int at;
      at = int'((accesses - 1) % KEPT);
      rtl_words[at] = kinds[at] ? word : got;
      rtl_failures[at] = got_failed;
      answers[at] = 1;
      if (!kinds[at] && got != word) begin
        tell(addresses[at], $sformatf("reads as 0x%08x, expected 0x%08x", got, word), got, word, clock);
        return 0;
      end
      if (got_failed != failed) begin
        tell(addresses[at], $sformatf("a%s ends with%s an error of the bus, expected with%s", kinds[at] ? " write" : " read",
          got_failed ? "" : "out", failed ? " one" : "out"), 0, 0, clock);
        return 0;
      end
      return 1;
    endfunction

    // The RTL has not answered.
    function void silent(input longint unsigned clock);
      tell(addresses[(accesses - 1) % KEPT], "no answer to the access", 0, 0, clock);
    endfunction

    // Whether what the RTL holds in a register is what is expected, of the bits of a mask.
    function bit holds(
      input bit [31:0] address, input bit [31:0] held, input bit [31:0] expected, input bit [31:0] mask,
      input longint unsigned clock);
      if (((held ^ expected) & mask) == 0) return 1;
      tell(address, $sformatf("holds 0x%08x, expected 0x%08x", held & mask, expected & mask), held & mask, expected & mask, clock);
      return 0;
    endfunction

    protected function void tell(
      input bit [31:0] address, input string what, input bit [31:0] got, input bit [31:0] expected, input longint unsigned clock);
      string text, other;
      longint unsigned cycle;
      if (differs) return;
      differs = 1;
      text = mblstm_register_text(address, got);
      other = mblstm_register_text(address, expected);
      void'(mblstm_done(mblstm_chip_cycle(chip, cycle), "mblstm_chip_cycle"));
      $display("%s: %s at 0x%08x, cycle %0d, clock %0d: %s%s", name, text == "" ? "no register" : part(text, 0), address, cycle,
        clock, what, differences(text, other));
      if (accesses == 0) $display("%s: after reset, before any access", name);
      else $display("%s: the latest accesses: cycle, kind, address, the RTL's word, the model's, register", name);
      for (int unsigned number = accesses > KEPT ? accesses - KEPT : 0; number < accesses; number++) list(int'(number % KEPT));
      if (path != "" && accesses > 0) begin
        waves();
        $display("%s: as waves: %s", name, path);
      end
    endfunction

    protected function void list(input int at);
      string text, answer;
      text = mblstm_register_text(addresses[at], words[at]);
      answer = kinds[at] || !answers[at] ? "          " : $sformatf("0x%08x", rtl_words[at]);
      $display("%8d %s 0x%08x %s 0x%08x%s %s", cycles[at], kinds[at] ? "write" : "read ", addresses[at], answer, words[at],
        failures[at] ? " error" : "", text);
    endfunction

    // The part of a text behind its numberth space; "" where there is none.
    protected function string part(input string text, input int number);
      int first, spaces;
      first = 0;
      spaces = 0;
      for (int at = 0; at < text.len(); at++) if (text[at] == " ") begin
        if (spaces == number) return text.substr(first, at - 1);
        spaces++;
        first = at + 1;
      end
      if (spaces == number) return text.substr(first, text.len() - 1);
      return "";
    endfunction

    // Fields that have another value in one text than in the other.
    protected function string differences(input string got, input string expected);
      string told, one, other;
      told = "";
      for (int number = 1; ; number++) begin
        one = part(got, number);
        other = part(expected, number);
        if (one == "") return told;
        if (one != other) told = {told, told == "" ? "; " : ", ", one, ", expected ", other};
      end
    endfunction

    // Value change dump of the latest accesses; a cycle is 10 ns.
    protected function void waves();
      int file, at;
      file = $fopen(path, "w");
      if (file == 0) begin
        $display("%s: %s cannot be written", name, path);
        return;
      end
      $fwrite(file, "$timescale 1ns $end\n$scope module lockstep $end\n");
      $fwrite(file, "$var wire 32 a address $end\n$var wire 1 w write $end\n$var wire 1 d differs $end\n");
      $fwrite(file, "$scope module rtl $end\n$var wire 32 r word $end\n$var wire 1 f error $end\n$upscope $end\n");
      $fwrite(file, "$scope module model $end\n$var wire 32 m word $end\n$var wire 1 e error $end\n$upscope $end\n");
      $fwrite(file, "$upscope $end\n$enddefinitions $end\n");
      for (int unsigned number = accesses > KEPT ? accesses - KEPT : 0; number < accesses; number++) begin
        at = int'(number % KEPT);
        $fwrite(file, "#%0d\nb%b a\n%bw\nb%b m\n%be\n", 10 * cycles[at], addresses[at], kinds[at], words[at], failures[at]);
        if (answers[at]) $fwrite(file, "b%b r\n%bf\n", rtl_words[at], rtl_failures[at]);
        else $fwrite(file, "bx r\nxf\n");
        $fwrite(file, "%bd\n", number == accesses - 1);
      end
      $fwrite(file, "#%0d\n", 10 * (cycles[at] + 1));
      $fclose(file);
    endfunction
  endclass
endpackage
