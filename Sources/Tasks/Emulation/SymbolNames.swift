import RV32

/// The demangler of the Swift runtime, for symbols that Swift has made.
@_silgen_name("swift_demangle")
private func demangle(
  _ name: UnsafePointer<CChar>?, _ length: UInt, _ buffer: UnsafeMutablePointer<CChar>?,
  _ size: UnsafeMutablePointer<UInt>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?

extension SymbolTable {
  /// The same symbols as a reader of a log wants them: `Firmware.LSTMCell.step` for the code that Swift calls
  /// `$e8Firmware8LSTMCellV4step2on…`; never with a comma.
  package var readable: SymbolTable {
    SymbolTable(
      symbols.map { symbol in
        var symbol = symbol
        symbol.name = Self.readable(symbol.name)
        return symbol
      })
  }

  static func readable(_ name: String) -> String {
    guard name.hasPrefix("$"), let text = demangle(name, UInt(name.utf8.count), nil, nil, 0) else {
      return name.replacing(",", with: ";")
    }
    defer { text.deallocate() }
    return shortened(String(cString: text))
  }

  /// What is specialised, and inside what a closure is, without types, arguments and the marks of private names.
  private static func shortened(_ text: String) -> String {
    let plain = text.replacing(/\((?<name>[^ ()]+) in _[0-9A-F]+\)/) { $0.name }
    var name = plain[...]
    for separator in [" of ", " in "] {
      if let range = name.ranges(of: separator).last { name = name[range.upperBound...] }
    }
    if name.hasPrefix("static ") { name = name.dropFirst("static ".count) }
    name = name.prefix { !"<(:, ".contains($0) }
    return name.isEmpty ? text.replacing(",", with: ";") : String(name)
  }
}
