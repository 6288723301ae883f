// The UART, a 16550 that sends in no time, with loopback; nobody types (chip.md 7.4).
module digital_uart import digital_pkg::*, mbx_map_pkg::*; (
  input logic clock, power_up,
  input request_t request,
  input logic selected,
  output logic [31:0] answer,
  output chip_error_t error,             // of the access
  output logic interrupt
);
  localparam int DEPTH = 16;
  uart_pkg::uart__in_t given;
  uart_pkg::uart__out_t held;

  place_t place;
  assign place = uart_at(request.address[15:0]);
  always_comb begin
    if (place.register == NOWHERE) error = CHIP_UNMAPPED;
    else if (request.writes ? !place.writable : !place.readable) error = CHIP_ACCESS;
    else if (request.writes && (request.data & place.reserved) != 0) error = CHIP_RESERVED;
    else error = CHIP_ACCEPTED;
  end
  wire taken = selected && request.rest && error == CHIP_ACCEPTED;
  wire [7:0] data = request.data[7:0];

  logic [3:0] enabled;
  logic fifo, emptied;
  logic [1:0] trigger;
  logic [4:0] modem, waiting;
  logic [7:0] divisor_low, divisor_high;
  logic [7:0] received [DEPTH];
  wire divides = held.LCR.DLAB.value, loops = modem[4];

  logic [4:0] level;
  logic [3:0] cause;
  always_comb begin
    case (trigger)
      2'd0: level = 5'd1;
      2'd1: level = 5'd4;
      2'd2: level = 5'd8;
      default: level = 5'd14;
    endcase
    if (enabled[0] && waiting != 0) cause = fifo && waiting < level ? 4'd12 : 4'd4;
    else cause = enabled[1] && emptied ? 4'd2 : 4'd1;
  end
  assign interrupt = cause != 1;

  wire reads_data = taken && !request.writes && place.register == UART_DATA && !divides;
  wire writes_data = taken && request.writes && place.register == UART_DATA && !divides;
  wire writes_enable = taken && request.writes && place.register == UART_IER && !divides;
  wire writes_fifo = taken && request.writes && place.register == UART_FCR;
  wire receives = writes_data && loops && waiting < (fifo ? 5'(DEPTH) : 5'd1);
  wire toggles = writes_fifo && data[0] != fifo;

  always_ff @(posedge clock)
    if (power_up) begin
      {enabled, fifo, trigger, emptied} <= '0;
      modem <= 5'h08;
      waiting <= 0;
      {divisor_high, divisor_low} <= 16'd12;
    end else begin
      if (taken && request.writes && divides && place.register == UART_DATA) divisor_low <= data;
      if (taken && request.writes && divides && place.register == UART_IER) divisor_high <= data;
      if (taken && request.writes && place.register == UART_MCR) modem <= data[4:0];
      if (writes_enable) enabled <= data[3:0];
      if (writes_fifo) {trigger, fifo} <= {data[7:6], data[0]};
      if (writes_data || writes_enable && data[1] && !enabled[1] || toggles || writes_fifo && data[2]) emptied <= 1;
      else if (taken && !request.writes && place.register == UART_FCR && cause == 2) emptied <= 0;
      if (toggles || writes_fifo && data[1]) waiting <= 0;
      else if (receives) begin
        received[waiting[3:0]] <= data;
        waiting <= waiting + 5'd1;
      end else if (reads_data && waiting != 0) begin
        waiting <= waiting - 5'd1;
        for (int place_ = 1; place_ < DEPTH; place_++) received[place_-1] <= received[place_];
      end
    end

  always_comb begin
    given.accepts = taken && request.writes;
    given.DATA.rd_ack = held.DATA.req && !held.DATA.req_is_wr;
    given.DATA.wr_ack = held.DATA.req && held.DATA.req_is_wr;
    given.DATA.rd_data = divides ? divisor_low : waiting != 0 ? received[0] : 8'd0;
    given.IER.rd_ack = held.IER.req && !held.IER.req_is_wr;
    given.IER.wr_ack = held.IER.req && held.IER.req_is_wr;
    given.IER.rd_data = divides ? divisor_high : {4'd0, enabled};
    given.FCR.rd_ack = held.FCR.req && !held.FCR.req_is_wr;
    given.FCR.wr_ack = held.FCR.req && held.FCR.req_is_wr;
    given.FCR.rd_data = {fifo, fifo, 2'd0, cause};
    given.MCR.rd_ack = held.MCR.req && !held.MCR.req_is_wr;
    given.MCR.wr_ack = held.MCR.req && held.MCR.req_is_wr;
    given.MCR.rd_data = {3'd0, modem};
    given.LSR.DR.next = waiting != 0;
    given.LSR.THRE.next = 1;
    given.LSR.TEMT.next = 1;
    // OUT2, OUT1, DTR, RTS of the outputs as inputs.
    given.MSR.BYTE.next = loops ? {modem[3], modem[2], modem[0], modem[1], 4'd0} : 8'hb0;
  end

  logic [7:0] word;
  uart registers (
    .clk(clock), .rst(power_up), .s_cpuif_req(taken), .s_cpuif_req_is_wr(request.writes), .s_cpuif_addr(request.address[2:0]),
    .s_cpuif_wr_data(data), .s_cpuif_wr_biten('1), .s_cpuif_req_stall_wr(), .s_cpuif_req_stall_rd(), .s_cpuif_rd_ack(),
    .s_cpuif_rd_err(), .s_cpuif_rd_data(word), .s_cpuif_wr_ack(), .s_cpuif_wr_err(), .hwif_in(given), .hwif_out(held));
  assign answer = taken ? {24'd0, word} : 32'd0;
endmodule
