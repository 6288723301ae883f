extension [UInt8] {
  /// Whether exactly `text` is there.
  @inline(__always)
  func holds(_ text: StaticString, at range: Range<Int>) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(self[range]) }
  }

  /// A decimal number of digits only, if it is below 2^64.
  func decimal(_ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty else { return nil }
    var number: UInt64 = 0
    for place in range {
      let digit = self[place] &- UInt8(ascii: "0")
      let (tens, isTooBig) = number.multipliedReportingOverflow(by: 10)
      let (sum, isBigger) = tens.addingReportingOverflow(UInt64(digit))
      guard digit < 10, !isTooBig, !isBigger else { return nil }
      number = sum
    }
    return number
  }

  /// `0x` and eight hexadecimal digits of either case.
  func word(_ range: Range<Int>) -> UInt32? {
    guard range.count == 10, self[range.lowerBound] == UInt8(ascii: "0"),
      self[range.lowerBound + 1] == UInt8(ascii: "x")
    else { return nil }
    var word: UInt32 = 0
    for place in range.dropFirst(2) {
      let byte = self[place]
      let decimal = byte &- UInt8(ascii: "0")
      let letter = (byte | 0x20) &- UInt8(ascii: "a")
      guard decimal < 10 || letter < 6 else { return nil }
      word = word << 4 | UInt32(decimal < 10 ? decimal : letter + 10)
    }
    return word
  }
}

extension ArraySlice<UInt8> {
  var isUTF8: Bool { String(decoding: self, as: UTF8.self).utf8.elementsEqual(self) }

  /// For a message: in quotes, with unprintable characters escaped, cut to a readable length.
  var quoted: String {
    let text = String(decoding: self, as: UTF8.self)
    return String(reflecting: text.count > 60 ? text.prefix(60) + "…" : text)
  }
}
