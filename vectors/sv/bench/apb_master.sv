// An APB master whose task makes one transfer, and the chip as its slave.
module apb_master #(
  parameter bit CLOCKED = 0, parameter bit ANALOG = 0, parameter int TILE = 0, parameter int WORD_LINES = 32,
  parameter int COLUMNS = 64
) (input logic clock, input longint unsigned chip);
  logic select = 0, enable = 0, writes = 0, ready, failed;
  logic [31:0] address = 0, data = 0, got;
  logic [3:0] strobes = 0;
  logic [5:0] lines;
  real word_line_volts [WORD_LINES], column_volts [COLUMNS], word_line_amperes [WORD_LINES], column_amperes [COLUMNS];
  real pulse_volts;
  logic interrupt;

  mblstm_apb #(
    .CLOCKED(CLOCKED), .REPORT(0), .ANALOG(ANALOG), .TILE(TILE), .WORD_LINES(WORD_LINES), .COLUMNS(COLUMNS)) slave (
    .chip, .PCLK(clock), .PRESETn(1'b1), .PSEL(select), .PENABLE(enable), .PWRITE(writes), .PADDR(address),
    .PWDATA(data), .PSTRB(strobes), .PREADY(ready), .PRDATA(got), .PSLVERR(failed), .lines, .interrupt, .word_line_volts,
    .column_volts, .word_line_amperes, .column_amperes, .pulse_volts);

  task automatic access(
    input bit writes_, input bit [31:0] address_, input bit [31:0] data_,
    output bit [31:0] got_, output bit failed_, input bit [3:0] strobes_ = 4'hf);
    @(negedge clock) {select, writes, address, data, strobes} = {1'b1, writes_, address_, data_, writes_ ? strobes_ : 4'h0};
    @(negedge clock) enable = 1;
    do @(posedge clock); while (!ready);
    {got_, failed_} = {got, failed};
    @(negedge clock) {select, enable} = 2'b00;
  endtask
endmodule
