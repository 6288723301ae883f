// The registers as PeakRDL makes them, in lock-step with the model, which is the hardware behind them: it gives what software
// reads there, raises flags, ends operations, answers ports, and says of each write whether what holds it takes it.
//
//     +cases=FILE            golden cases of .ci/c/cases.py, all of the chip that the RTL was made for
//     +sweep=N               N rounds over every register with words drawn at random; +configuration=JSON the chip
//     +names=FILE            names of the cases that touch only storage and kinds of access; +tied: accepts is always up
//     +waves=FILE            where the latest accesses go when something differs
//
// What the RTL holds is compared behind every access: first what the write alone made of it, one clock behind its end, then
// what the hardware has changed since.
module registers;
  import mblstm_pkg::*;
  import mblstm_lockstep_pkg::*;
  import case_file_pkg::*;
  import registers_table::*;

  bit clock = 0;
  always #5 clock = !clock;
  longint unsigned clocks = 0;
  always @(posedge clock) clocks++;

  logic reset = 1, select = 0, enable = 0, writes = 0, accepts = 0, ready, failed;
  logic [31:0] address = 0, data = 0, answer = 0, got;
  logic [31:0] given [COUNT], raised [COUNT], held [COUNT];
  logic changed [COUNT];
  registers_rtl rtl (.*);

  longint unsigned chip;
  mblstm_lockstep lockstep;
  string waves;
  // Which register is at an address.
  int places [bit [31:0]];
  // What the model has in each register, and what an access by itself makes of what the RTL holds.
  bit [31:0] words [COUNT], written [COUNT];
  // All writes of a case have been taken: it touches storage and kinds of access alone.
  bit plain, tied;
  int cases = 0, plain_cases = 0;

  // Ends the run where something differs.
  task automatic must(input bit same);
    if (!same) $fatal(1, "in %0d cases before it nothing differed", cases);
  endtask

  function automatic bit [31:0] holding(input int place);
    return REPLACED[place] | FLAGS[place] | STROBES[place];
  endfunction

  // The model's words, and what the hardware has to change for them.
  task automatic look();
    int unsigned word;
    for (int place = 0; place < COUNT; place++) begin
      word = 0;
      void'(mblstm_done(mblstm_chip_peek(chip, ADDRESS[place], word), "mblstm_chip_peek"));
      words[place] = word;
      given[place] = word;
    end
  endtask

  // An access, of the model first.
  task automatic access(input bit access_writes, input bit [31:0] access_address, input bit [31:0] access_data);
    int place;
    bit [31:0] earlier;
    lockstep.ask(access_writes, access_address, access_data);
    place = places.exists(access_address) ? places[access_address] : -1;
    for (int each = 0; each < COUNT; each++) written[each] = STROBES[each] != 0 ? written[each] : words[each];
    earlier = place < 0 ? 0 : words[place];
    look();
    accepts = 0;
    if (place >= 0 && access_writes) begin
      accepts = REPLACED[place] == 0 || ((words[place] ^ access_data) & REPLACED[place]) == 0;
      if (!accepts) plain = 0;
      else if (REPLACED[place] != 0) written[place] = (earlier & ~REPLACED[place]) | (access_data & REPLACED[place]);
      if (FLAGS[place] != 0) written[place] = earlier & ~access_data;
      if (STROBES[place] != 0) written[place] = access_data & STROBES[place];
      if (tied) accepts = 1;
    end
    answer = lockstep.word;
    // Memory is no register.
    if (access_address < 32'h8000_0000) transfer(access_writes, access_address, access_data);
    settle();
  endtask

  // The same on the RTL's bus.
  task automatic transfer(input bit access_writes, input bit [31:0] access_address, input bit [31:0] access_data);
    int waited;
    @(negedge clock) {select, writes, address, data} = {1'b1, access_writes, access_address, access_data};
    @(negedge clock) enable = 1;
    waited = 0;
    do begin
      @(posedge clock);
      if (++waited == 100) begin
        lockstep.silent(clocks);
        must(0);
      end
    end while (!ready);
    must(lockstep.answered(got, failed, clocks));
    @(negedge clock) {select, enable, accepts} = 0;
    compare();
  endtask

  // What the RTL holds behind a write is what the write made of it.
  task automatic compare();
    for (int place = 0; place < COUNT; place++)
      must(lockstep.holds(ADDRESS[place], held[place], written[place], holding(place), clocks));
  endtask

  // The hardware changes what it changes, in a clock.
  task automatic settle();
    bit any;
    any = 0;
    for (int place = 0; place < COUNT; place++) begin
      raised[place] = words[place] & ~written[place] & FLAGS[place];
      changed[place] = ((words[place] ^ written[place]) & REPLACED[place]) != 0;
      any |= raised[place] != 0 || changed[place];
      if (STROBES[place] == 0) written[place] = words[place];
    end
    if (!any) return;
    @(negedge clock);
    for (int place = 0; place < COUNT; place++) {raised[place], changed[place]} = 0;
    compare();
  endtask

  // What the model did without an access.
  task automatic follow();
    for (int place = 0; place < COUNT; place++) if (STROBES[place] == 0) written[place] = words[place];
    look();
    settle();
  endtask

  // A chip as after power-up, and the RTL after reset.
  task automatic begin_with(input string name, input longint unsigned handle);
    chip = handle;
    lockstep = new(name, chip, waves);
    for (int place = 0; place < COUNT; place++) {raised[place], changed[place], written[place]} = 0;
    reset = 1;
    @(negedge clock) @(negedge clock) reset = 0;
    look();
    for (int place = 0; place < COUNT; place++) if (STROBES[place] == 0) written[place] = words[place] & (REPLACED[place] | FLAGS[place]);
    // Flags that are up at power-up have a reset value, too.
    compare();
    for (int place = 0; place < COUNT; place++) if (STROBES[place] == 0) written[place] = words[place];
    plain = 1;
  endtask

  task automatic golden(input string path);
    case_file file;
    string kind;
    bit [31:0] at, value;
    longint unsigned cycle;
    string names;
    int list;
    list = $value$plusargs("names=%s", names) ? $fopen(names, "w") : 0;
    file = new(path);
    while (file.next()) begin
      begin_with(file.name, file.chip);
      while (file.step(kind, at, value, cycle)) begin
        if (kind == "W" || kind == "R") access(kind == "W", at, value);
        else begin
          file.pass(kind, cycle);
          follow();
        end
      end
      void'(mblstm_done(mblstm_chip_free(chip), "mblstm_chip_free"));
      cases++;
      plain_cases += int'(plain);
      if (plain && list != 0) $fwrite(list, "%s\n", file.name);
    end
    if (list != 0) $fclose(list);
    if (cases == 0) $fatal(1, "%s: no case", path);
    $display("%0d cases, %0d of them of storage and kinds of access alone", cases, plain_cases);
  endtask

  localparam int WAYS = 5;

  // A word that a register may take: two small codes; few ones; many ones; no two ones side by side; any.
  function automatic bit [31:0] drawn(input int way);
    bit [31:0] word;
    word = $urandom;
    case (way)
      0: return {{8{word[31]}}, word[31:24], {8{word[7]}}, word[7:0]};
      1: return word & $urandom & $urandom;
      2: return word | $urandom | $urandom;
      3: return word & 32'h5555_5555;
      default: return word;
    endcase
  endfunction

  localparam bit [31:0] TILE = 32'h4001_0000, FLASH = 32'h4011_0000, BUFFER = FLASH + 32'h400, RESET = 32'h4000_0050;

  // Of the flash's buffer a round has some words, others in each.
  function automatic bit due(input int place, input int number);
    return ADDRESS[place] < BUFFER || ADDRESS[place][6:2] == number[4:0];
  endfunction

  // Every register is read as it is after reset, then flags and words of the hardware are put there, words written, and all is
  // read again.
  task automatic round(input int number);
    longint unsigned event_cycle;
    bit [31:0] taken, word;
    for (int place = 0; place < COUNT; place++) if (due(place, number)) access(0, ADDRESS[place], 0);
    for (int place = 0; place < COUNT; place++) if (due(place, number)) begin
      taken = REPLACED[place] | STROBES[place];
      // What is put there without an access may be what no chip can hold.
      if (FLAGS[place] != 0 && mblstm_chip_poke(chip, ADDRESS[place], FLAGS[place]) == 0) follow();
      if (GIVEN[place] != 0 && mblstm_chip_poke(chip, ADDRESS[place], drawn(WAYS - 1) & GIVEN[place]) == 0) follow();
      access(0, ADDRESS[place], 0);
      for (int way = 0; way < WAYS; way++) if ((taken | FLAGS[place]) != 0) begin
        access(1, TILE + 32'h18, 32'h5052_4f47);
        access(1, FLASH + 32'h18, 32'h464c_5348);
        word = FLAGS[place] != 0 ? $urandom & FLAGS[place] : drawn(way) & taken;
        // Of a tile that is not there, so that it is refused: the hardware resets no register here.
        if (ADDRESS[place] == RESET) word |= 32'h8000;
        access(1, ADDRESS[place], word);
        void'(mblstm_done(mblstm_chip_next_event(chip, event_cycle), "mblstm_chip_next_event"));
        if (STROBES[place] != 0 && event_cycle < 64'h1_0000_0000) begin
          void'(mblstm_done(mblstm_chip_advance(chip, event_cycle), "mblstm_chip_advance"));
          follow();
        end
        if (way == WAYS - 1 || REPLACED[place] != 0) access(0, ADDRESS[place], 0);
      end
    end
    for (int place = 0; place < COUNT; place++) if (due(place, number)) access(0, ADDRESS[place], 0);
  endtask

  task automatic sweep(input int rounds, input string configuration);
    longint unsigned handle;
    int unsigned accesses;
    accesses = 0;
    for (int number = 0; number < rounds; number++) begin
      if (!mblstm_done(mblstm_chip_new(configuration, handle), "mblstm_chip_new")) $fatal(1);
      begin_with($sformatf("round %0d", number + 1), handle);
      round(number);
      accesses += lockstep.accesses;
      void'(mblstm_done(mblstm_chip_free(handle), "mblstm_chip_free"));
    end
    $display("%0d rounds over %0d registers, %0d accesses", rounds, COUNT, accesses);
  endtask

  initial begin
    string path, configuration;
    int rounds;
    for (int place = 0; place < COUNT; place++) places[ADDRESS[place]] = place;
    tied = $test$plusargs("tied") != 0;
    if (!$value$plusargs("waves=%s", waves)) waves = "";
    if (!$value$plusargs("configuration=%s", configuration)) configuration = "{}";
    if (!$value$plusargs("sweep=%d", rounds)) rounds = 0;
    if (rounds > 0) sweep(rounds, configuration);
    if ($value$plusargs("cases=%s", path)) golden(path);
    else if (rounds == 0) $fatal(1, "expected +cases=FILE or +sweep=N");
    $finish;
  end
endmodule
