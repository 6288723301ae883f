/// ASCII text under construction. The writers' hot path: no `String`, no allocation once it has grown.
struct ByteText: Sendable {
  /// Room, of which the first `count` bytes are the text.
  private var room: [UInt8] = Array(repeating: 0, count: 1024)
  private var count = 0

  var bytes: ArraySlice<UInt8> { room[..<count] }

  mutating func clear() { count = 0 }

  /// Lets `write` append at most `length` bytes.
  @inline(__always)
  mutating func extend(by length: Int, _ write: (inout TextCursor) -> Void) {
    let needed = count + length + TextCursor.slack
    if needed > room.count { room.append(contentsOf: repeatElement(0, count: max(room.count, needed))) }
    count = room.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("there is always room") }
      var cursor = TextCursor(base + count)
      write(&cursor)
      return cursor.place - base
    }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) { extend(by: 1) { $0.append(byte) } }
  mutating func append(_ text: StaticString) { extend(by: text.utf8CodeUnitCount) { $0.append(text) } }
  mutating func append(decimal number: UInt64) { extend(by: 20) { $0.append(decimal: number) } }
  mutating func append(decimal number: Int) { extend(by: 20) { $0.append(decimal: number) } }
  mutating func append(hex word: UInt32) { extend(by: 10) { $0.append(hex: word) } }

  mutating func append(string text: String) {
    for byte in text.utf8 { append(byte) }
  }

  /// `width` binary digits, most significant first.
  mutating func append(binary word: UInt64, width: Int) {
    extend(by: width) { cursor in
      for position in (0..<width).reversed() {
        cursor.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: word >> UInt64(position)) & 1)
      }
    }
  }
}

/// The end of a text, to write at. Nothing checks the room: `ByteText.extend` has made it.
struct TextCursor {
  /// Bytes that a write may touch beyond its end.
  static let slack = 8

  private(set) var place: UnsafeMutablePointer<UInt8>

  init(_ place: UnsafeMutablePointer<UInt8>) { self.place = place }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    place[0] = byte
    place += 1
  }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { append(byte) } }
  }

  /// Part of a pool of text, eight bytes at a time: the pool has `slack` bytes behind it.
  @inline(__always)
  mutating func append(_ pool: UnsafePointer<UInt8>, _ part: TextRange) {
    let source = UnsafeRawPointer(pool + Int(part.start))
    var offset = 0
    repeat {
      let eight = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      UnsafeMutableRawPointer(place + offset).storeBytes(of: eight, as: UInt64.self)
      offset &+= 8
    } while offset < Int(part.count)
    place += Int(part.count)
  }

  @inline(__always)
  mutating func append(decimal number: UInt64) {
    // Most numbers are fields of a bit or two; the digits of the rest by groups, for divisions of 32 bits.
    if number < 10 {
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number))
    } else if let small = UInt32(exactly: number) {
      append(decimal: small, digits: Self.digits(of: small))
    } else {
      appendLarge(number)
    }
  }

  private mutating func appendLarge(_ number: UInt64) {
    let (rest, group) = number.quotientAndRemainder(dividingBy: 1_000_000_000)
    if rest > UInt32.max { appendLarge(rest) } else { append(decimal: rest) }
    append(decimal: UInt32(truncatingIfNeeded: group), digits: 9)
  }

  /// Appends the last `digits` digits.
  private mutating func append(decimal number: UInt32, digits: Int) {
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
    place += digits
  }

  @inline(__always)
  private static func digits(of number: UInt32) -> Int {
    if number < 100_000 {
      return number < 100 ? (number < 10 ? 1 : 2) : number < 1000 ? 3 : number < 10_000 ? 4 : 5
    }
    if number < 10_000_000 { return number < 1_000_000 ? 6 : 7 }
    return number < 100_000_000 ? 8 : number < 1_000_000_000 ? 9 : 10
  }

  @inline(__always)
  mutating func append(decimal number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(decimal: UInt64(number.magnitude))
  }

  /// `0x` and eight lower-case digits.
  @inline(__always)
  mutating func append(hex word: UInt32) {
    place[0] = UInt8(ascii: "0")
    place[1] = UInt8(ascii: "x")
    // All eight nibbles at once, a byte each; 6 more carries into bit 4 from ten on.
    var nibbles = UInt64(word >> 16) << 32 | UInt64(word & 0xffff)
    nibbles = (nibbles << 8 | nibbles) & 0x00ff_00ff_00ff_00ff
    nibbles = (nibbles << 4 | nibbles) & 0x0f0f_0f0f_0f0f_0f0f
    let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    let digits = nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39
    UnsafeMutableRawPointer(place + 2).storeBytes(of: digits.bigEndian, as: UInt64.self)
    place += 10
  }
}

/// Texts one behind the other, to copy from.
struct TextPool: Sendable {
  /// The texts, and `TextCursor.slack` bytes behind them.
  private(set) var bytes = Array(repeating: 0 as UInt8, count: TextCursor.slack)

  mutating func store(_ text: String) -> TextRange {
    let start = bytes.count - TextCursor.slack
    bytes.insert(contentsOf: text.utf8, at: start)
    return TextRange(start: UInt32(start), count: UInt32(text.utf8.count))
  }
}

/// Where a text is in a pool.
struct TextRange: Sendable {
  var start: UInt32
  var count: UInt32
}
