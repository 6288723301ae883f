// The chip MBX as an AXI4-Lite slave of 32 bits, with the chip's own latencies. Needs mblstm_pkg.sv,
// mblstm_agent_pkg.sv and libmblstm.
//
// ACLK is the chip's core clock: a transfer is accessed at the edge that takes its address (and data), and its response comes
// as many cycles later as the chip takes, one or as long as a read of WAIT stalls. One transfer at a time; of a write and a
// read that come together, the write is first. CLOCKED, REPORT, ARESETn, sizes, lines, interrupt, volts and amperes are as with
// mblstm_apb; an error of the bus is SLVERR.
module mblstm_axi4lite import mblstm_pkg::*, mblstm_agent_pkg::*; #(
  parameter bit CLOCKED = 1,
  parameter bit REPORT = 1,
  parameter bit ANALOG = 0,             // volts and amperes of a tile, which has so many lines
  parameter int TILE = 0,
  parameter int WORD_LINES = 32,
  parameter int COLUMNS = 64
) (
  input longint unsigned chip,          // its handle; 0: every transfer ends with SLVERR
  input logic ACLK,
  input logic ARESETn,
  input logic AWVALID,
  output logic AWREADY,
  input logic [31:0] AWADDR,
  input logic WVALID,
  output logic WREADY,
  input logic [31:0] WDATA,
  input logic [3:0] WSTRB,
  output logic BVALID,
  input logic BREADY,
  output logic [1:0] BRESP,
  input logic ARVALID,
  output logic ARREADY,
  input logic [31:0] ARADDR,
  output logic RVALID,
  input logic RREADY,
  output logic [31:0] RDATA,
  output logic [1:0] RRESP,
  output logic [5:0] lines,             // levels, as mblstm_lines has them
  output logic interrupt,               // to the hart: MBX, FLASH, HOST or UART
  output real word_line_volts [WORD_LINES],      // as the DAC drives them while READ is under way
  output real column_volts [COLUMNS],            // likewise READ_T
  output real word_line_amperes [WORD_LINES],    // into the amplifiers in the latest READ_T
  output real column_amperes [COLUMNS],          // likewise READ
  output real pulse_volts                        // across a selected cell; above 0 SET, below 0 RESET
);
  localparam logic [1:0] OKAY = 2'b00, SLVERR = 2'b10;

  mblstm_port port;
  mblstm_levels levels;
  initial begin
    port = new($sformatf("%m"), CLOCKED, REPORT);
    levels = new($sformatf("%m"), TILE, WORD_LINES, COLUMNS);
  end

  // A transfer has been accessed, and its response has not been taken.
  typedef enum {IDLE, WRITING, READING} state_t;
  state_t state = IDLE;
  bit succeeded;
  bit [31:0] value;
  wire writes = ARESETn && state == IDLE && AWVALID && WVALID;
  wire reads = ARESETn && state == IDLE && ARVALID && !writes;
  wire taken = (BVALID && BREADY) || (RVALID && RREADY);
  assign {AWREADY, WREADY, ARREADY} = {writes, writes, reads};

  always @(posedge ACLK) begin
    port.edge_of(chip);
    if (!ARESETn) begin
      state <= IDLE;
      port.pass();
    end else if (writes || reads) begin
      access();
      state <= writes ? WRITING : READING;
    end else begin
      if (taken) state <= IDLE;
      port.pass();
    end
    BVALID <= (writes || (ARESETn && state == WRITING && !taken)) && port.ready();
    RVALID <= (reads || (ARESETn && state == READING && !taken)) && port.ready();
    BRESP <= succeeded ? OKAY : SLVERR;
    RRESP <= succeeded ? OKAY : SLVERR;
    RDATA <= value;
    if (port.ready()) begin
      lines <= port.lines();
      if (ANALOG) tell_levels();
    end
  end

  function automatic void tell_levels();
    bit changed;
    changed = levels.sample(chip, port.take_touched());
    if (!changed) return;
    for (int line = 0; line < WORD_LINES; line++) begin
      word_line_volts[line] = mblstm_real(levels.word_line_microvolts[line], 1.0e-6);
      word_line_amperes[line] = mblstm_real(levels.word_line_attoamperes[line], 1.0e-18);
    end
    for (int line = 0; line < COLUMNS; line++) begin
      column_volts[line] = mblstm_real(levels.column_microvolts[line], 1.0e-6);
      column_amperes[line] = mblstm_real(levels.column_attoamperes[line], 1.0e-18);
    end
    pulse_volts = mblstm_real(levels.pulse_microvolts[0], 1.0e-6);
  endfunction

  function automatic void access();
    value = 0;
    succeeded = 0;
    if (chip == 0) $error("%m: a transfer without a chip, expected a handle of mblstm_chip_new");
    else if ($isunknown(writes ? {AWADDR, WDATA, WSTRB} : {ARADDR, 36'b0}))
      $error("%m: a transfer with unknown bits: AWADDR %h, WSTRB %b, WDATA %h, ARADDR %h", AWADDR, WSTRB, WDATA, ARADDR);
    else succeeded = port.access(writes, writes ? AWADDR : ARADDR, WDATA, WSTRB, value);
  endfunction

  assign interrupt = |lines[3:0];
endmodule
