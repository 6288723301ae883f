// An APB master that plays a script: a line of +script=FILE is {operation, address, value}; 0 reads, 1 writes, 2 stops until
// go is up, 3 ends. What it reads and writes goes to +seen=FILE.
module master (
    input clk, output reg psel, output reg penable, output reg pwrite, output reg [31:0] paddr, output reg [31:0] pwdata,
    input pready, input [31:0] prdata, input pslverr, input irq, input go, output reg mark, output reg done);
  reg [67:0] script[0:262143];
  reg [1023:0] name;
  integer place = 0, seen;
  wire [3:0] operation = script[place][67:64];
  initial begin
    {psel, penable, pwrite, paddr, pwdata, mark, done} = 0;
    if (!$value$plusargs("script=%s", name)) $finish;
    $readmemh(name, script);
    if (!$value$plusargs("seen=%s", name)) $finish;
    seen = $fopen(name, "w");
  end
  always @(posedge clk)
    if (!done) begin
      if (psel && penable) begin
        if (pready) begin
          $fdisplay(seen, "%s %h %h %b", pwrite ? "W" : "R", paddr, pwrite ? pwdata : prdata, pslverr);
          {psel, penable} <= 0;
          place <= place + 1;
        end
      end else if (psel) penable <= 1;
      else if (operation == 2) begin
        mark <= !go;
        if (mark && go) place <= place + 1;
      end else if (operation == 3) begin
        done <= 1;
        $fclose(seen);
      end else begin
        psel <= 1;
        pwrite <= operation[0];
        {paddr, pwdata} <= script[place][63:0];
      end
    end
endmodule
