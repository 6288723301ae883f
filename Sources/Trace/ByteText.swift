/// ASCII text under construction. The writers' hot path: no `String`, no allocation once it has grown.
struct ByteText: Sendable {
  /// Room, of which the first `count` bytes are the text.
  private var room: [UInt8] = Array(repeating: 0, count: 1024)
  private var count = 0

  var bytes: ArraySlice<UInt8> { room[..<count] }

  mutating func clear() { count = 0 }

  /// Makes room for `length` more bytes and counts what `write` says it wrote there.
  @inline(__always)
  private mutating func extend(_ length: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    if count + length > room.count {
      room.append(contentsOf: repeatElement(0, count: max(room.count, length)))
    }
    let start = count
    count += room.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("there is always room") }
      return write(base + start)
    }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    extend(1) {
      $0[0] = byte
      return 1
    }
  }

  @inline(__always)
  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    extend(bytes.count) { place in
      // Names are short: a loop beats a call.
      for (offset, byte) in bytes.enumerated() { place[offset] = byte }
      return bytes.count
    }
  }

  @inline(__always)
  mutating func append(_ text: StaticString) { text.withUTF8Buffer { append($0) } }

  mutating func append(string text: String) {
    for byte in text.utf8 { append(byte) }
  }

  /// Part of a pool of text.
  @inline(__always)
  mutating func append(_ pool: [UInt8], _ range: Range<Int>) {
    pool.withUnsafeBufferPointer { append(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  mutating func append(decimal number: UInt64) {
    // Digits by groups, so that most divisions are of 32 bits.
    if let small = UInt32(exactly: number) { return append(decimal: small, digits: 1) }
    let (rest, group) = number.quotientAndRemainder(dividingBy: 1_000_000_000)
    append(decimal: rest)
    append(decimal: UInt32(truncatingIfNeeded: group), digits: 9)
  }

  /// Appends at least as many digits as asked for.
  @inline(__always)
  private mutating func append(decimal number: UInt32, digits least: Int) {
    var digits = 1
    var power: UInt64 = 10
    while digits < least || UInt64(number) >= power {
      digits += 1
      power &*= 10
    }
    extend(10) { place in
      var rest = number
      for position in stride(from: digits - 1, through: 0, by: -1) {
        place[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      return digits
    }
  }

  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(decimal: UInt64(number.magnitude))
  }

  /// `0x` and eight lower-case digits.
  mutating func append(hex word: UInt32) {
    extend(10) { place in
      place[0] = UInt8(ascii: "0")
      place[1] = UInt8(ascii: "x")
      for position in 0..<8 {
        let digit = UInt8(truncatingIfNeeded: word >> UInt32(28 - 4 * position)) & 15
        place[2 + position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
      }
      return 10
    }
  }

  /// `width` binary digits, most significant first.
  mutating func append(binary word: UInt64, width: Int) {
    extend(width) { place in
      for position in 0..<width {
        place[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: word >> UInt64(width - 1 - position)) & 1
      }
      return width
    }
  }
}
