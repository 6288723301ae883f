// What else is on the chip's bus: CLINT, HOST without a host, and the finisher, which ends nothing here (chip.md 7.1, 7.4).
module digital_rest import digital_pkg::*, mbx_map_pkg::*; (
  input logic clock, power_up,
  input request_t request,
  input logic at_clint, at_host, at_finisher,
  input logic [63:0] cycle,
  output logic [31:0] answer,
  output chip_error_t error,             // of the access
  output logic timer, software
);
  clint_pkg::clint__in_t clint_given;
  clint_pkg::clint__out_t clint_held;
  host_pkg::host__in_t host_given;
  host_pkg::host__out_t host_held;

  place_t place;
  assign place = at_clint ? clint_at(request.address[15:0]) : at_host ? host_at(16'(request.address[11:0])) :
    finisher_at(16'(request.address[11:0]));
  always_comb begin
    if (request.address[1:0] != 0) error = CHIP_MISALIGNED;
    else if (place.register == NOWHERE) error = CHIP_UNMAPPED;
    else if (request.writes ? !place.writable : !place.readable) error = CHIP_ACCESS;
    else if (request.writes && (request.data & place.reserved) != 0) error = CHIP_RESERVED;
    else error = CHIP_ACCEPTED;
  end
  wire taken = request.rest && error == CHIP_ACCEPTED;

  always_comb begin
    clint_given.accepts = taken && at_clint && request.writes;
    {clint_given.MTIME[1].VALUE.next, clint_given.MTIME[0].VALUE.next} = cycle;
    host_given.accepts = taken && at_host && request.writes;
    host_given.DATA.rd_ack = host_held.DATA.req && !host_held.DATA.req_is_wr;
    host_given.DATA.wr_ack = host_held.DATA.req && host_held.DATA.req_is_wr;
    host_given.DATA.rd_data = '0;
    host_given.LEVEL.VALUE.next = 0;
  end
  assign timer = cycle >= {clint_held.MTIMECMP[1].VALUE.value, clint_held.MTIMECMP[0].VALUE.value};
  assign software = clint_held.MSIP.PENDING.value;

  logic [31:0] clint_word, host_word;
  clint clint_registers (
    .clk(clock), .rst(power_up), .s_cpuif_req(taken && at_clint), .s_cpuif_req_is_wr(request.writes),
    .s_cpuif_addr(request.address[15:0]), .s_cpuif_wr_data(request.data), .s_cpuif_wr_biten('1), .s_cpuif_req_stall_wr(),
    .s_cpuif_req_stall_rd(), .s_cpuif_rd_ack(), .s_cpuif_rd_err(), .s_cpuif_rd_data(clint_word), .s_cpuif_wr_ack(),
    .s_cpuif_wr_err(), .hwif_in(clint_given), .hwif_out(clint_held));
  host host_registers (
    .clk(clock), .rst(power_up), .s_cpuif_req(taken && at_host), .s_cpuif_req_is_wr(request.writes),
    .s_cpuif_addr(request.address[3:0]), .s_cpuif_wr_data(request.data), .s_cpuif_wr_biten('1), .s_cpuif_req_stall_wr(),
    .s_cpuif_req_stall_rd(), .s_cpuif_rd_ack(), .s_cpuif_rd_err(), .s_cpuif_rd_data(host_word), .s_cpuif_wr_ack(),
    .s_cpuif_wr_err(), .hwif_in(host_given), .hwif_out(host_held));
  assign answer = !taken ? 32'd0 : at_clint ? clint_word : at_host ? host_word : 32'd0;
endmodule
