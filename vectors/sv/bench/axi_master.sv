// An AXI4-Lite master whose task makes one transfer, and the chip as its slave.
module axi_master #(
  parameter bit CLOCKED = 0, parameter bit ANALOG = 0, parameter int TILE = 0, parameter int WORD_LINES = 32,
  parameter int COLUMNS = 64
) (input logic clock, input longint unsigned chip);
  logic awvalid = 0, awready, wvalid = 0, wready, bvalid, arvalid = 0, arready, rvalid, interrupt;
  logic [31:0] address = 0, data = 0, got;
  logic [3:0] strobes = 0;
  logic [1:0] bresp, rresp;
  logic [5:0] lines;
  real word_line_volts [WORD_LINES], column_volts [COLUMNS], word_line_amperes [WORD_LINES], column_amperes [COLUMNS];
  real pulse_volts;

  mblstm_axi4lite #(
    .CLOCKED(CLOCKED), .REPORT(0), .ANALOG(ANALOG), .TILE(TILE), .WORD_LINES(WORD_LINES), .COLUMNS(COLUMNS)) slave (
    .chip, .ACLK(clock), .ARESETn(1'b1), .AWVALID(awvalid), .AWREADY(awready), .AWADDR(address), .WVALID(wvalid),
    .WREADY(wready), .WDATA(data), .WSTRB(strobes), .BVALID(bvalid), .BREADY(1'b1), .BRESP(bresp), .ARVALID(arvalid),
    .ARREADY(arready), .ARADDR(address), .RVALID(rvalid), .RREADY(1'b1), .RDATA(got), .RRESP(rresp), .lines, .interrupt, .word_line_volts,
    .column_volts, .word_line_amperes, .column_amperes, .pulse_volts);

  task automatic access(
    input bit writes_, input bit [31:0] address_, input bit [31:0] data_,
    output bit [31:0] got_, output bit failed_, input bit [3:0] strobes_ = 4'hf);
    @(negedge clock) {address, data, strobes} = {address_, data_, strobes_};
    {awvalid, wvalid, arvalid} = {writes_, writes_, !writes_};
    do @(posedge clock); while (!(writes_ ? awready && wready : arready));
    @(negedge clock) {awvalid, wvalid, arvalid} = 3'b000;
    while (!(writes_ ? bvalid : rvalid)) @(negedge clock);
    {got_, failed_} = {got, (writes_ ? bresp : rresp) != 2'b00};
  endtask
endmodule
