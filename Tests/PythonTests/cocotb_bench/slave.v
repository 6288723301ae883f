// Some of the chip's registers behind APB: MBX.ID, MBX.IRQ_ENABLE and four words of MBX0.DRIVE. MISTAKE puts one in.
module slave #(parameter MISTAKE = 0) (
    input clk, input psel, input penable, input pwrite, input [31:0] paddr, input [31:0] pwdata, output pready,
    output reg [31:0] prdata, output pslverr);
  reg [31:0] enable = 0, drive[0:3];
  wire is_drive = paddr >= 32'h40011000 && paddr < 32'h40011010;
  wire is_there = paddr == 32'h40000000 || paddr == 32'h4000001c || is_drive;
  integer place;
  initial for (place = 0; place < 4; place = place + 1) drive[place] = 0;
  assign pready = 1;
  assign pslverr = MISTAKE == 4 ? 1'b0 : !is_there;
  always @*
    if (paddr == 32'h40000000) prdata = MISTAKE == 1 ? 32'h4d425832 : 32'h4d425831;
    else if (paddr == 32'h4000001c) prdata = enable;
    else prdata = is_drive ? drive[paddr[3:2]] : 0;
  always @(posedge clk)
    if (psel && penable && pwrite) begin
      if (paddr == 32'h4000001c) enable <= pwdata & (MISTAKE == 2 ? 32'h0000ffff : 32'h0001ffff);
      else if (is_drive) drive[MISTAKE == 3 ? paddr[3:2] ^ (paddr[3:2] == 3) : paddr[3:2]] <= pwdata;
    end
endmodule
