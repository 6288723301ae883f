/// A test bench in Verilog: what all of them have in common.
///
/// It runs in Icarus Verilog and in Verilator, so it has nothing that needs four states: files are read character by
/// character, since a memory of two states cannot show what a file lacks.
struct VerilogBench {
  /// Of the module under test.
  let module: String
  /// What is declared, the instance under test with it.
  let declarations: String
  /// The files that are read, with the instances that hold them.
  let files: [(instance: String, hex: HexText)]
  /// Compares; raises `compared` by one at each comparison.
  let run: String
  /// What is counted, and how often `run` compares.
  let compares: (what: String, count: Int)

  var file: VerilogExport.File { .init(name: "\(module)_tb.v", text: text) }

  private var text: String {
    let names = files.map(\.hex.name).joined(separator: " and ")
    let readers = files.map { $0.hex.reader($0.instance) }.joined(separator: "\n")
    let reads = files.map { "\($0.instance).read;" }.joined(separator: "\n")
    return """
      // Holds a module '\(module)' against \(names). Ends with "passed", or at the first difference with
      // "failed" and a status that is not 0. It states itself what it has to read and how often to compare.
      /* verilator lint_off WIDTH */
      `timescale 1ns/1ps
      \(Self.reader)
      module \(module)_tb;
        localparam COMPARISONS = \(compares.count);
        integer compared;
      \(readers.indented(2))

      \(declarations.indented(2))

        initial begin
          compared = 0;
      \(reads.indented(4))
      \(run.indented(4))
          if (compared != COMPARISONS) begin
            $display("failed: %0d of %0d \(compares.what) compared", compared, COMPARISONS);
            $fatal(1);
          end else begin
            $display("passed: %0d \(compares.what)", compared);
            $finish;
          end
        end
      endmodule

      """
  }

  /// The part of a manual that says how to run it.
  static func command(_ module: String) -> String {
    """
      run: iverilog -g2012 -o tb \(module)_tb.v yours.v && vvp -n tb
           verilator --binary --timing --top-module \(module)_tb \(module)_tb.v yours.v && obj_dir/V\(module)_tb
    """
  }

  private static let reader = """
    `ifndef MBLSTM_HEX_FILE
    `define MBLSTM_HEX_FILE
    // A memory file, read digit by digit: anything but WORDS words of BITS bits whose digits have this CRC-32 ends the
    // simulation. Words are in 'word' then.
    module mblstm_hex_file #(
      parameter NAME = "",
      parameter WORDS = 1,
      parameter BITS = 4,
      parameter [31:0] CHECKSUM = 0
    );
      reg [BITS-1:0] word [0:WORDS-1];
      reg [31:0] rests [0:255];
      reg [31:0] checksum;
      reg [BITS-1:0] value;
      reg is_comment;
      integer file, character, digits, words, digit, k, n;

      task read;
        begin
          for (n = 0; n < 256; n = n + 1) begin
            checksum = n;
            for (k = 0; k < 8; k = k + 1) checksum = (checksum >> 1) ^ (checksum[0] ? 32'hedb88320 : 32'h0);
            rests[n] = checksum;
          end
          checksum = 32'hffffffff;
          words = 0;
          digits = 0;
          value = 0;
          is_comment = 0;
          file = $fopen(NAME, "r");
          if (file == 0) begin
            $display("failed: %0s is missing: it has %0d words of %0d bits", NAME, WORDS, BITS);
            $fatal(1);
          end
          character = $fgetc(file);
          while (character != -1) begin
            if (character == 10 || character == 13) end_line;
            else if (character == 47) is_comment = 1;
            else if (!is_comment && character != 95) add_digit;
            character = $fgetc(file);
          end
          end_line;
          $fclose(file);
          if (words != WORDS) begin
            $display("failed: %0s has %0d words, expected %0d", NAME, words, WORDS);
            $fatal(1);
          end
          if (checksum != ~CHECKSUM) begin
            $display("failed: the digits of %0s have the CRC-32 %h, expected %h", NAME, ~checksum, CHECKSUM);
            $fatal(1);
          end
        end
      endtask

      task add_digit;
        begin
          digit = -1;
          if (character >= 48 && character <= 57) digit = character - 48;
          if (character >= 97 && character <= 102) digit = character - 87;
          if (digit < 0) begin
            $display("failed: word %0d of %0s has the character %0d, expected 0 to 9 or a to f", words, NAME, character);
            $fatal(1);
          end
          checksum = rests[(checksum ^ character) & 255] ^ (checksum >> 8);
          value = (value << 4) | digit;
          digits = digits + 1;
        end
      endtask

      task end_line;
        begin
          if (digits != 0 && digits != BITS / 4) begin
            $display("failed: word %0d of %0s has %0d digits, expected %0d", words, NAME, digits, BITS / 4);
            $fatal(1);
          end
          if (digits != 0) begin
            if (words < WORDS) word[words] = value;
            words = words + 1;
          end
          digits = 0;
          value = 0;
          is_comment = 0;
        end
      endtask
    endmodule
    `endif
    """
}

extension String {
  fileprivate func indented(_ spaces: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
  }
}
