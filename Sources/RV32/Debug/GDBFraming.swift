// Packets of the GDB remote protocol (GDB manual, appendix "GDB Remote Serial Protocol", "Overview").

/// Cuts a stream of bytes into packets.
struct GDBFraming: Sendable {
  enum Event: Equatable, Sendable {
    case packet([UInt8])
    case badChecksum
    /// Ctrl-C, between packets.
    case interrupt
  }

  /// The longest packet that is accepted, as told to GDB.
  static let limit = 0x4000

  private enum State: Sendable {
    case idle
    case body
    case checksum
    case lastDigit(UInt8)
  }

  private var state = State.idle
  private var body: [UInt8] = []

  mutating func receive(_ byte: UInt8) -> Event? {
    switch state {
    case .idle:
      if byte == 0x03 { return .interrupt }
      if byte == UInt8(ascii: "$") { begin() }
    case .body:
      if byte == UInt8(ascii: "$") {
        begin()  // a packet that was cut off
      } else if byte == UInt8(ascii: "#") {
        state = .checksum
      } else {
        body.append(byte)
        if body.count > GDBFraming.limit { state = .idle }
      }
    case .checksum: state = .lastDigit(byte)
    case .lastDigit(let first):
      state = .idle
      let sum = body.reduce(0 as UInt8, &+)
      let sent = [first, byte].hexBytes
      return sent == [sum] ? .packet(unescaped(body)) : .badChecksum
    }
    return nil
  }

  private mutating func begin() {
    body = []
    state = .body
  }

  private func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var escape = false
    for byte in bytes {
      if escape {
        result.append(byte ^ 0x20)
        escape = false
      } else if byte == UInt8(ascii: "}") {
        escape = true
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// A packet on the wire.
  static func frame(_ payload: [UInt8]) -> [UInt8] {
    var body: [UInt8] = []
    for byte in payload {
      switch byte {
      case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "}"), UInt8(ascii: "*"):
        body += [UInt8(ascii: "}"), byte ^ 0x20]
      default: body.append(byte)
      }
    }
    let sum = body.reduce(0 as UInt8, &+)
    return [UInt8(ascii: "$")] + body + [UInt8(ascii: "#")] + Array([sum].hexText.utf8)
  }
}

extension StringProtocol {
  /// The number that a packet has: hexadecimal digits, without a sign; nil for none and for more than 32 bits.
  var hexNumber: UInt32? {
    utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit } ? UInt32(self, radix: 16) : nil
  }
}

extension Collection<UInt8> {
  /// Two digits for each byte.
  var hexText: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in self { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text of hexadecimal digits; nil if it is none.
  var hexBytes: [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in self {
      guard let digit = Character(UnicodeScalar(character)).hexDigitValue else { return nil }
      if let upper = high {
        bytes.append(upper << 4 | UInt8(digit))
        high = nil
      } else {
        high = UInt8(digit)
      }
    }
    return high == nil ? bytes : nil
  }
}
