import RV32

/// The demangler of the Swift runtime, for symbols that Swift has made.
@_silgen_name("swift_demangle")
private func demangle(
  _ name: UnsafePointer<CChar>?, _ length: UInt, _ buffer: UnsafeMutablePointer<CChar>?,
  _ size: UnsafeMutablePointer<UInt>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?

extension SymbolTable {
  /// The same symbols as a reader of a log wants them: `Firmware.LSTMCell.step` for the code that Swift calls
  /// `$e8Firmware8LSTMCellV4step2on…`; short, and never with a comma, a quote or a control character.
  package var readable: SymbolTable {
    SymbolTable(
      symbols.map { symbol in
        var symbol = symbol
        symbol.name = Self.readable(symbol.name)
        return symbol
      })
  }

  static func readable(_ name: String) -> String {
    guard name.hasPrefix("$"), let text = demangle(name, UInt(name.utf8.count), nil, nil, 0) else { return plain(name) }
    defer { text.deallocate() }
    return plain(shortened(String(cString: text)))
  }

  /// What a column of a log can hold.
  private static func plain(_ name: String) -> String {
    let isPlain =
      name.utf8.count <= mostBytes && name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x2c }
    guard !isPlain else { return name }
    let scalars = name.prefix(mostBytes / 4).unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar == "," ? ";" : scalar == "\"" || scalar.properties.generalCategory == .control ? "?" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A line of a log is of 64 KiB at most.
  private static let mostBytes = 1 << 12

  /// What is specialised, and inside what a closure is, without types, arguments and the marks of private names.
  private static func shortened(_ text: String) -> String {
    let plain = text.replacing(/\((?<name>[^ ()]+) in _[0-9A-F]+\)/) { $0.name }
    var name = plain[...]
    for separator in [" of ", " in "] {
      if let range = name.ranges(of: separator).last { name = name[range.upperBound...] }
    }
    if name.hasPrefix("static ") { name = name.dropFirst("static ".count) }
    name = name.prefix { !"<(:, ".contains($0) }
    return name.isEmpty ? text : String(name)
  }
}
