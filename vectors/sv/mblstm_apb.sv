// The chip MBX as an APB4 slave, with the chip's own latencies. Needs mblstm_pkg.sv, mblstm_agent_pkg.sv and libmblstm.
//
// PCLK is the chip's core clock: a transfer is accessed at the edge that ends its setup phase, and PREADY stays low for as
// many cycles as the chip takes, one or as long as a read of WAIT stalls. With CLOCKED = 0 the chip's time passes by
// accesses alone. An error of the bus is PSLVERR, and with REPORT one of the bench. PRESETn resets this interface; the chip
// has its own reset in mblstm_chip_reset and mblstm_chip_power_cycle. While a read of WAIT stalls, the interrupts stay as
// they were at its beginning, and so do volts and amperes. A read, and a write with all strobes, is of the register at PADDR in its own size: in the UART
// of the byte there, in bits 7 to 0. With ANALOG, volts and amperes of one tile are told; what is done behind the bus shows
// with the next transfer.
module mblstm_apb import mblstm_pkg::*, mblstm_agent_pkg::*; #(
  parameter bit CLOCKED = 1,
  parameter bit REPORT = 1,
  parameter bit ANALOG = 0,             // volts and amperes of a tile, which has so many lines
  parameter int TILE = 0,
  parameter int WORD_LINES = 32,
  parameter int COLUMNS = 64
) (
  input longint unsigned chip,          // its handle; 0: every transfer ends with PSLVERR
  input logic PCLK,
  input logic PRESETn,
  input logic PSEL,
  input logic PENABLE,
  input logic PWRITE,
  input logic [31:0] PADDR,
  input logic [31:0] PWDATA,
  input logic [3:0] PSTRB,
  output logic PREADY,
  output logic [31:0] PRDATA,
  output logic PSLVERR,
  output logic [5:0] lines,             // levels, as mblstm_lines has them
  output logic interrupt,               // to the hart: MBX, FLASH, HOST or UART
  output real word_line_volts [WORD_LINES],      // as the DAC drives them while READ is under way
  output real column_volts [COLUMNS],            // likewise READ_T
  output real word_line_amperes [WORD_LINES],    // into the amplifiers in the latest READ_T
  output real column_amperes [COLUMNS],          // likewise READ
  output real pulse_volts                        // across a selected cell; above 0 SET, below 0 RESET
);
  mblstm_port port;
  mblstm_levels levels;
  initial begin
    port = new($sformatf("%m"), CLOCKED, REPORT);
    levels = new($sformatf("%m"), TILE, WORD_LINES, COLUMNS);
  end

  // A transfer has been accessed and is not over.
  bit active;
  bit succeeded;
  bit [31:0] value;
  wire setup = PSEL && !PENABLE;

  always @(posedge PCLK) begin
    port.edge_of(chip);
    if (!PRESETn) begin
      active = 0;
      port.pass();
    end else if (setup && chip == 0) begin
      succeeded = 0;
      active = 1;
      $error("%m: a transfer without a chip, expected a handle of mblstm_chip_new");
    end else if (setup && $isunknown({PWRITE, PADDR, PWRITE ? {PSTRB, PWDATA} : 36'b0})) begin
      succeeded = 0;
      active = 1;
      $error("%m: a transfer with unknown bits: PWRITE %b, PADDR %h, PSTRB %b, PWDATA %h", PWRITE, PADDR, PSTRB, PWDATA);
      port.pass();
    end else if (setup) begin
      succeeded = port.access(PWRITE, PADDR, PWDATA, PSTRB, value);
      active = 1;
    end else begin
      if (PSEL && !active) $error("%m: an access phase without a setup phase before it, expected PENABLE low first");
      if (PREADY) active = 0;
      port.pass();
    end
    PREADY <= active && port.ready();
    PSLVERR <= active && !succeeded;
    PRDATA <= active ? value : 0;
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

  assign interrupt = |lines[3:0];
endmodule
