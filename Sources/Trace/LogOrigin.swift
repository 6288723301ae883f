/// What the head of a log says of its beginning, behind the description.
public struct LogOrigin: Sendable, Equatable {
  /// The chip as it was before the first entry, in the form of a chip file; empty for a fresh chip.
  public var state: [UInt8]
  /// Which entries there are, where some were left out; nil for all of them.
  public var filter: String?

  /// By default a whole log that begins with a fresh chip.
  public init(state: [UInt8] = [], filter: String? = nil) {
    self.state = state
    self.filter = filter
  }

  static let statePrefix: StaticString = "state "
  static let filterPrefix: StaticString = "filtered "
  /// Of a line of the head: 76 characters in base64.
  private static let bytesPerLine = 57

  /// One line each, without the `# ` before it.
  var lines: [String] {
    let parts = stride(from: 0, to: state.count, by: Self.bytesPerLine).map { start in
      "\(Self.statePrefix)\(Base64.text(of: state[start..<min(start + Self.bytesPerLine, state.count)]))"
    }
    return parts + (filter.map { ["\(Self.filterPrefix)\($0)"] } ?? [])
  }
}

/// RFC 4648, section 4: four characters for three bytes, `=` at an end that has fewer.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  static func text(of bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.endIndex)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[word >> (18 - 6 * place) & 63] : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for a text that no bytes have.
  static func bytes(of text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    let significant = text.prefix { $0 != padding }
    guard text.count - significant.count <= 2, text.dropFirst(significant.count).allSatisfy({ $0 == padding }) else {
      return nil
    }
    for start in stride(from: significant.startIndex, to: significant.endIndex, by: 4) {
      let group = significant[start..<min(start + 4, significant.endIndex)]
      var word = 0
      for character in group {
        guard let digit = value(of: character) else { return nil }
        word = word << 6 | digit
      }
      word <<= 6 * (4 - group.count)
      // Bits behind the last byte are zero.
      let count = group.count - 1
      guard word & (1 << (24 - 8 * count) - 1) == 0 else { return nil }
      for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: word >> (16 - 8 * place))) }
    }
    return bytes
  }

  private static func value(of character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
