import TestSupport
import Testing

@testable import RV32

/// What a packet has on the wire, by the manual: `}` before what means something there, the sum of all bytes in two digits.
private func wire(_ payload: [UInt8]) -> [UInt8] {
  let special = Set("$#}*".utf8)
  let body = payload.flatMap { (byte: UInt8) -> [UInt8] in special.contains(byte) ? [0x7d, byte ^ 0x20] : [byte] }
  let sum = body.reduce(0) { ($0 + Int($1)) % 256 }
  let digits = (sum < 16 ? "0" : "") + String(sum, radix: 16)
  return Array("$".utf8) + body + Array("#\(digits)".utf8)
}

private func received(_ bytes: [UInt8]) -> [GDBFraming.Event] {
  var framing = GDBFraming()
  return bytes.compactMap { framing.receive($0) }
}

@Test("Every byte gets over the wire in a packet, those with a meaning there escaped")
func framedBytes() {
  var random = SeededRandom(47)
  for byte in 0...255 as ClosedRange<UInt8> {
    let payload = [0x41, byte, byte, 0x42]
    #expect(GDBFraming.frame(payload) == wire(payload), "\(byte)")
    #expect(received(GDBFraming.frame(payload)) == [.packet(payload)], "\(byte)")
  }
  for _ in 0..<Trials.count(200, long: 10_000) {
    let payload = (0..<random.next() % 40).map { _ in random.pick(Array("$#}*\u{3}ab\u{1f}".utf8)) }
    #expect(GDBFraming.frame(payload) == wire(payload) && received(wire(payload)) == [.packet(payload)])
    var damaged = wire(payload)
    damaged[damaged.count - 1] ^= 1
    #expect(received(damaged) == [.badChecksum])
  }
  #expect(GDBFraming.frame(Array("OK".utf8)) == Array("$OK#9a".utf8) && GDBFraming.frame([]) == Array("$#00".utf8))
}

@Test("A packet as long as GDB is told is taken, one byte more is not; what follows is")
func longestPacket() {
  let next = wire([0x3f])
  for (count, isTaken) in [(GDBFraming.limit - 1, true), (GDBFraming.limit, true), (GDBFraming.limit + 1, false)] {
    let payload = Array(repeating: 0x41 as UInt8, count: count)
    #expect(received(wire(payload) + next) == (isTaken ? [.packet(payload)] : []) + [.packet([0x3f])])
  }
  #expect(GDBFraming.limit == 0x4000)
}

@Test("Ctrl-C interrupts between packets and is a byte in one; a packet that is cut off by another is dropped")
func interruptsAndCuts() {
  #expect(received([3] + wire([3]) + [3, 3]) == [.interrupt, .packet([3]), .interrupt, .interrupt])
  #expect(received(Array("noise+-".utf8) + Array("$abc".utf8) + wire([0x64])) == [.packet([0x64])])
  #expect(received(Array("$a#6".utf8)) == [] && received(Array("$a#61$b#62".utf8)).count == 2)
  #expect(received(Array("$a#6g".utf8)) == [.badChecksum] && received(Array("$a#g1".utf8)) == [.badChecksum])
}

@Test("Numbers are hexadecimal digits of 32 bits at most, bytes two digits each, in either case")
func hexadecimalTexts() {
  for (text, number) in [
    ("0", 0), ("ff", 255), ("FF", 255), ("ffffffff", .max), ("00000000001", 1), ("100000000", nil), ("", nil),
    ("-1", nil), ("+1", nil), ("g", nil), ("1 ", nil), ("ä", nil),
  ] as [(String, UInt32?)] { #expect(text.hexNumber == number, "\(text)") }
  let all = Array(0...255 as ClosedRange<UInt8>)
  let text = all.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  #expect(all.hexText == text && Array(text.utf8).hexBytes == all && Array(text.uppercased().utf8).hexBytes == all)
  for text in ["0", "0g", "g0", "000"] { #expect(Array(text.utf8).hexBytes == nil, "\(text)") }
  #expect([UInt8]().hexBytes == [] && [UInt8]().hexText.isEmpty)
}
