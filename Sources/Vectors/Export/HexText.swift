import Board

/// A memory file for `$readmemh`: a word a line, most significant digit first, all words of as many digits.
///
/// What its bench has to know of it is counted here as it is written: how many words there are, of how many bits, and
/// the checksum of their digits. A bench states them itself, so that no file that was lost, cut or changed passes.
struct HexText {
  let name: String
  private var lines: [String]
  private(set) var count = 0
  private var digits: [UInt8] = []

  /// - Parameter comment: lines behind `//`.
  init(_ name: String, _ comment: String) {
    self.name = name
    lines = comment.split(separator: "\n").map { "// \($0)" }
  }

  /// Appends a word made of parts, the first the most significant; the bits of each are a multiple of four.
  mutating func append(_ parts: [(value: UInt64, bits: Int)]) {
    append(parts.map { Self.hex($0.value, bits: $0.bits) })
  }

  /// Appends a word of many bits, given by the numbers of those set.
  mutating func append(_ parts: [(value: UInt64, bits: Int)], ones: [Int], of count: Int) {
    var nibbles = [UInt64](repeating: 0, count: (count + 3) / 4)
    for bit in ones { nibbles[bit / 4] |= 1 << UInt64(bit % 4) }
    let mask = nibbles.reversed().map { Self.hex($0, bits: 4) }.joined()
    append(parts.map { Self.hex($0.value, bits: $0.bits) } + [mask])
  }

  private mutating func append(_ fields: [String]) {
    lines.append(fields.joined(separator: "_"))
    for field in fields { digits += field.utf8 }
    count += 1
    precondition(digits.count % count == 0, "words of one file have as many digits")
  }

  var file: VerilogExport.File { .init(name: name, text: lines.joined(separator: "\n") + "\n") }
  /// Of a word; 0 while there is none.
  var bits: Int { count == 0 ? 0 : 4 * digits.count / count }
  /// `1844 words of 64 bits`.
  var size: String { "\(count) words of \(bits) bits" }

  /// The instance that reads it, in Verilog, and its number of words by the instance's name in capitals.
  func reader(_ instance: String) -> String {
    let words = instance.uppercased()
    let checksum = Self.hex(UInt64(CRC32.checksum(digits)), bits: 32)
    return """
      localparam \(words) = \(count);
      mblstm_hex_file #(.NAME("\(name)"), .WORDS(\(words)), .BITS(\(bits)), .CHECKSUM(32'h\(checksum))) \(instance)();
      """
  }

  private static func hex(_ value: UInt64, bits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, bits / 4 - text.count)) + text
  }
}

extension FixedWidthInteger {
  /// As bits of a word, in two's complement; up to 64.
  var bits: (value: UInt64, bits: Int) {
    (UInt64(truncatingIfNeeded: self) & (UInt64.max >> UInt64(64 - Self.bitWidth)), Self.bitWidth)
  }
}
