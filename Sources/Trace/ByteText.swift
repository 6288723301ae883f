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
    count &+= room.withUnsafeMutableBufferPointer { buffer in
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
    // Most numbers are fields of a bit or two; the digits of the rest by groups, for divisions of 32 bits.
    if number < 10 { return append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number)) }
    if let small = UInt32(exactly: number) { return append(decimal: small, digits: 1) }
    let (rest, group) = number.quotientAndRemainder(dividingBy: 1_000_000_000)
    append(decimal: rest)
    append(decimal: UInt32(truncatingIfNeeded: group), digits: 9)
  }

  /// Appends at least as many digits as asked for.
  @inline(__always)
  private mutating func append(decimal number: UInt32, digits least: Int) {
    let digits = max(least, Self.digits(of: number))
    extend(10) { place in
      var rest = number
      var position = digits
      // Two at a time: the divisions wait for one another.
      while position >= 2 {
        let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
        rest = quotient
        position &-= 2
        place[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair / 10)
        place[position &+ 1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: pair % 10)
      }
      if position > 0 { place[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10) }
      return digits
    }
  }

  @inline(__always)
  private static func digits(of number: UInt32) -> Int {
    if number < 100_000 {
      return number < 100 ? (number < 10 ? 1 : 2) : number < 1000 ? 3 : number < 10_000 ? 4 : 5
    }
    if number < 10_000_000 { return number < 1_000_000 ? 6 : 7 }
    return number < 100_000_000 ? 8 : number < 1_000_000_000 ? 9 : 10
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
      // All eight nibbles at once, a byte each; 6 more carries into bit 4 from ten on.
      var nibbles = UInt64(word >> 16) << 32 | UInt64(word & 0xffff)
      nibbles = (nibbles << 8 | nibbles) & 0x00ff_00ff_00ff_00ff
      nibbles = (nibbles << 4 | nibbles) & 0x0f0f_0f0f_0f0f_0f0f
      let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
      let digits = nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39
      UnsafeMutableRawPointer(place + 2).storeBytes(of: digits.bigEndian, as: UInt64.self)
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
