/// Reads JSON strictly: RFC 8259, UTF-8 (a byte order mark is passed over), no member twice, whole numbers exact.
///
/// Foundation's reader rounds what does not fit a double, keeps one of two equal members and does not tell the line.
struct JSONParser {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1
  private var depth = 0
  private var values = 0

  private static var mostLevels: Int { 64 }
  /// Twice as many as two layers of 1024 × 1024 weights: each takes more memory than its two bytes of text.
  private static var mostValues: Int { 4 << 20 }

  /// The one value of a whole file.
  static func parse(_ bytes: [UInt8], file: String) throws(InputError) -> JSON {
    var parser = JSONParser(bytes: bytes, file: file)
    if bytes.starts(with: TextFile.byteOrderMark) { parser.position = TextFile.byteOrderMark.count }
    parser.skipSpace()
    let value = try parser.value()
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.problem("expected the end of the file") }
    return value
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  private func problem(_ expected: String) -> InputError {
    let before = bytes[..<min(position, bytes.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let found =
      position < bytes.count
      ? "found '\(String(decoding: bytes[position...].prefix(1), as: UTF8.self))'" : "the file ends here"
    return InputError(
      file, line: line, column: before.count - start + 1, "is not JSON: \(expected), \(found)")
  }

  @inline(__always)
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      if byte == 0x0a { line += 1 }
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(InputError) -> JSON {
    let line = line
    values += 1
    guard values <= Self.mostValues else { throw problem("expected at most \(Self.mostValues) values") }
    return JSON(try kind(), line: line)
  }

  private mutating func kind() throws(InputError) -> JSON.Kind {
    switch next {
    case UInt8(ascii: "{"): return try nested { parser throws(InputError) in .object(try parser.members()) }
    case UInt8(ascii: "["): return try nested { parser throws(InputError) in .array(try parser.elements()) }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10: return try number()
    default: throw problem("expected a value")
    }
  }

  private mutating func nested(_ body: (inout JSONParser) throws(InputError) -> JSON.Kind) throws(InputError)
    -> JSON.Kind
  {
    depth += 1
    guard depth <= Self.mostLevels else { throw problem("expected at most \(Self.mostLevels) levels") }
    position += 1
    skipSpace()
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func members() throws(InputError) -> [JSON.Member] {
    var members: [JSON.Member] = []
    var names: Set<String> = []
    if take(UInt8(ascii: "}")) { return members }
    while true {
      guard next == UInt8(ascii: "\"") else { throw problem("expected a name in quotes") }
      let start = position
      let name = try string()
      guard names.insert(name).inserted else {
        position = start
        throw problem("the name \"\(name)\" is there twice")
      }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw problem("expected ':'") }
      skipSpace()
      members.append(JSON.Member(name, try value()))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw problem("expected ',' or '}'") }
      skipSpace()
    }
  }

  private mutating func elements() throws(InputError) -> [JSON] {
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw problem("expected ',' or ']'") }
      skipSpace()
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSON.Kind) throws(InputError) -> JSON.Kind {
    let count = text.utf8CodeUnitCount
    let matches = text.withUTF8Buffer { bytes[position...].prefix(count).elementsEqual($0) }
    guard matches else { throw problem("expected a value") }
    position += count
    return value
  }
}

// MARK: Strings and numbers

extension JSONParser {
  private mutating func string() throws(InputError) -> String {
    position += 1
    let start = position
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    if next == UInt8(ascii: "\"") {
      position += 1
      return try text(bytes[start..<position - 1])
    }
    var unescaped = Array(bytes[start..<position])
    while let byte = next, byte >= 0x20 {
      position += 1
      if byte == UInt8(ascii: "\"") { return try text(unescaped[...]) }
      if byte == UInt8(ascii: "\\") { unescaped += try escaped().utf8 } else { unescaped.append(byte) }
    }
    throw problem("expected '\"' at the end of a string")
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(InputError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("expected UTF-8 in a string") }
    return text
  }

  /// What is behind a backslash.
  private mutating func escaped() throws(InputError) -> String {
    guard let byte = next else { throw problem("expected an escaped character") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) { units.append(try unit()) }
      guard let text = String(validating: units, as: UTF16.self) else { throw problem("expected a whole character") }
      return text
    default: throw problem("expected an escaped character")
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit() throws(InputError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("expected four hexadecimal digits") }
    position += 4
    return unit
  }

  private mutating func digits() throws(InputError) -> Range<Int> {
    let start = position
    while let byte = next, byte &- UInt8(ascii: "0") < 10 { position += 1 }
    guard position > start else { throw problem("expected a digit") }
    return start..<position
  }

  private mutating func number() throws(InputError) -> JSON.Kind {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    let whole = try digits()
    guard whole.count == 1 || bytes[whole.lowerBound] != UInt8(ascii: "0") else {
      position = whole.lowerBound
      throw problem("expected a number without leading zeros")
    }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      _ = try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      _ = try digits()
    }
    if isWhole, whole.count <= 30 {
      let magnitude = bytes[whole].reduce(Int128(0)) { $0 * 10 + Int128($1 &- UInt8(ascii: "0")) }
      return .integer(isNegative ? -magnitude : magnitude)
    }
    guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite else {
      position = start
      throw problem("expected a number that is finite")
    }
    return .number(number)
  }
}
