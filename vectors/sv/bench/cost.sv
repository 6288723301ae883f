// What a register write costs by DPI-C and by a transfer on APB, against C in the same process (cost.cpp).
module cost;
  import mblstm_pkg::*;
  import "DPI-C" function real seconds();
  import "DPI-C" function void write_by_c(input longint unsigned chip, input int unsigned address, input int count);
  localparam int WRITES = 1_000_000, TRANSFERS = 100_000;
  localparam int unsigned DRIVE = 32'h4001_1000;

  bit clock = 0;
  always #5 clock = !clock;
  longint unsigned chip = 0;
  apb_master apb (.clock, .chip);

  initial begin
    real begins, c, dpi, pins;
    bit [31:0] got;
    bit failed;
    void'(mblstm_done(mblstm_chip_new("{\"tiles\": [[25, 64]]}", chip), "mblstm_chip_new"));
    begins = seconds();
    write_by_c(chip, DRIVE, WRITES);
    c = (seconds() - begins) / WRITES;
    begins = seconds();
    for (int write = 0; write < WRITES; write++)
      if (mblstm_chip_write32(chip, DRIVE + 4 * (write % 12), 32'h0001_0001) != 0) $fatal(1, "%s", mblstm_error_text());
    dpi = (seconds() - begins) / WRITES;
    begins = seconds();
    for (int write = 0; write < TRANSFERS; write++) apb.access(1, DRIVE + 4 * (write % 12), 32'h0001_0001, got, failed);
    pins = (seconds() - begins) / TRANSFERS;
    $display("a register write: C %0.1f ns; DPI-C %0.1f ns, %0.2f of it; a transfer on APB %0.1f ns, %0.1f of it",
      c * 1.0e9, dpi * 1.0e9, dpi / c, pins * 1.0e9, pins / c);
    $finish;
  end
endmodule
