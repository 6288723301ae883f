/// A memory file for `$readmemh`: a word a line, most significant digit first.
struct HexText {
  private(set) var lines: [String]

  /// - Parameter comment: lines behind `//`.
  init(_ comment: String) { lines = comment.split(separator: "\n").map { "// \($0)" } }

  /// Appends a word made of parts, the first the most significant; the bits of each are a multiple of four.
  mutating func append(_ parts: [(value: UInt64, bits: Int)]) {
    lines.append(parts.map { Self.hex($0.value, bits: $0.bits) }.joined(separator: "_"))
  }

  /// Appends a word of many bits, given by the numbers of those set.
  mutating func append(_ parts: [(value: UInt64, bits: Int)], ones: [Int], of count: Int) {
    var nibbles = [UInt64](repeating: 0, count: (count + 3) / 4)
    for bit in ones { nibbles[bit / 4] |= 1 << UInt64(bit % 4) }
    let mask = nibbles.reversed().map { Self.hex($0, bits: 4) }.joined()
    lines.append((parts.map { Self.hex($0.value, bits: $0.bits) } + [mask]).joined(separator: "_"))
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private static func hex(_ value: UInt64, bits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, bits / 4 - text.count)) + text
  }
}

extension Int16 {
  /// As 16 bits of a word.
  var bits: (value: UInt64, bits: Int) { (UInt64(UInt16(bitPattern: self)), 16) }
}
