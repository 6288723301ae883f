import Glibc

/// A number with its unit, scaled to three or four digits: `8.27 µs`.
func quantity(_ value: Double, _ unit: String) -> String {
  let prefixes: [(Double, String)] = [
    (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f"),
  ]
  guard value != 0 else { return "0 \(unit)" }
  // What rounds to 10, 100 or 1000 is written as that.
  let (scale, prefix) = prefixes.first { abs(value) >= $0.0 * 0.9995 } ?? (1e-15, "f")
  let scaled = value / scale
  let digits = abs(scaled) >= 99.95 ? 0 : abs(scaled) >= 9.995 ? 1 : 2
  return "\(decimal(scaled, digits)) \(prefix)\(unit)"
}

func decimal(_ value: Double, _ digits: Int) -> String {
  var text = [CChar](repeating: 0, count: 512)
  let count = withVaList([Int32(digits), value]) { vsnprintf(&text, text.count, "%.*f", $0) }
  return String(decoding: text.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
}

func percent(_ share: Double, _ digits: Int = 2) -> String { decimal(share * 100, digits) + " %" }

/// Digits in groups of three.
func grouped(_ number: some BinaryInteger) -> String {
  let digits = String(number)
  var text = ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position) % 3 == 0, text.last != "-" { text.append(" ") }
    text.append(digit)
  }
  return text
}

/// Rows of cells in columns as wide as they need; the first column to the left, the others to the right.
func table(_ rows: [[String]], indent: String = "  ") -> String {
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
  return rows.map { row in
    indent
      + row.enumerated().map { column, cell in
        column == 0 ? cell.padding(to: widths[0]) : cell.leftPadding(to: widths[column])
      }.joined(separator: "  ")
  }.joined(separator: "\n")
}
