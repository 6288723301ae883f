import Registers
import Tasks
import Testing

@testable import Vectors

/// What a case leaves free, and nothing else.
@Suite("Free flags")
struct FreedomTests {
  private static func pulse(_ bitLine: Int, _ width: Int16, tile: Int = 0) -> Transaction {
    Transaction(
      .write, MemoryMap.tile(tile) + TileRegister.pulse.offset(bitLine), UInt32(UInt16(bitPattern: width)))
  }

  @Test("A width may differ by so many steps, its sign kept")
  func width() {
    let free = Freedom(pulseWidth: 2)
    let expected = Self.pulse(3, 10)
    for width in Int16(8)...12 { #expect(free.allows(Self.pulse(3, width), for: expected)) }
    #expect(!free.allows(Self.pulse(3, 7), for: expected) && !free.allows(Self.pulse(3, 13), for: expected))
    #expect(!free.allows(Self.pulse(2, 10), for: expected))
    #expect(!free.allows(Self.pulse(3, 10, tile: 1), for: expected))
    #expect(!free.allows(Self.pulse(3, -1), for: Self.pulse(3, 1)))
    #expect(
      !free.allows(Self.pulse(3, 0), for: Self.pulse(3, 1)) && !free.allows(Self.pulse(3, 1), for: Self.pulse(3, 0)))
    #expect(free.allows(Self.pulse(3, -12), for: Self.pulse(3, -10)))
    #expect(free.allows(Self.pulse(3, .min), for: Self.pulse(3, .min + 2)))
  }

  @Test("Pulses between two other accesses come by bit line, also at the beginning and at the end")
  func runs() {
    let start = Transaction(.write, MemoryMap.tile(0) + TileRegister.start.offset(), 3)
    let accesses = [Self.pulse(2, 5), Self.pulse(0, 9), start, Self.pulse(1, 1), Self.pulse(0, 2)]
    let expected = [Self.pulse(0, 9), Self.pulse(2, 5), start, Self.pulse(0, 2), Self.pulse(1, 1)]
    let ordered = Freedom(pulseOrder: true).ordered(accesses.map { Access(transaction: $0) })
    #expect(ordered.map(\.transaction) == expected)
    #expect(Freedom().ordered(accesses.map { Access(transaction: $0) }).map(\.transaction) == accesses)
  }

  @Test("Nothing but PULSE may differ")
  func others() {
    let free = Freedom(pulseOrder: true, pulseWidth: 9)
    for register in TileRegister.allCases where register != .pulse {
      let address = MemoryMap.tile(0) + register.offset()
      #expect(!free.allows(Transaction(.write, address, 5), for: Transaction(.write, address, 6)))
    }
    let address = MemoryMap.tile(0) + TileRegister.pulse.offset(0)
    #expect(!free.allows(Transaction(.read, address, 5), for: Transaction(.read, address, 6)))
    #expect(!Freedom().allows(Self.pulse(0, 5), for: Self.pulse(0, 6)))
  }

  /// A row of a fixed-voltage update: two pulses, their order and widths as the firmware has them not.
  private func text(_ free: String, _ first: String, _ second: String) -> String {
    vectorText(
      suite: "program_row", kind: "bus",
      """
      {"id": 1, \(free)"given": {"chip": {"tiles": [[1, 3]]}, "script": ["W MBX0.UNLOCK 0x50524f47",
      "W MBX0.PULSE[2] 0x00000005", "W MBX0.PULSE[0] 0x00000009", "W MBX0.START 0x00000003"]},
      "expect": {"transactions": ["W MBX0.UNLOCK 0x50524f47", "\(first)", "\(second)", "W MBX0.START 0x00000003"],
      "conductances": {"0": [10000000, 10000000, 10000000]}}}
      """)
  }

  @Test("The order of PULSE writes is free where a case says so")
  func order() throws {
    let (first, second) = ("W MBX0.PULSE[0] 0x00000009", "W MBX0.PULSE[2] 0x00000005")
    #expect(
      try difference(text("", first, second))
        == "case 1, transaction 2: expected write MBX0.PULSE[0] = 0x0009, got write MBX0.PULSE[2] = 0x0005")
    #expect(try difference(text("\"free\": [\"pulse-order\"], ", first, second)) == nil)
    #expect(
      try difference(text("\"free\": [\"pulse-order\"], ", first, "W MBX0.PULSE[2] 0x00000006"))
        == "case 1, transaction 3: expected write MBX0.PULSE[2] = 0x0006, got 0x0005")
    #expect(
      try difference(text("\"free\": [\"pulse-order\"], ", "W MBX0.START 0x00000003", second))?
        .hasPrefix("case 1, transaction 2: expected write MBX0.START") == true)
  }

  @Test("With free widths conductances are not compared")
  func widths() throws {
    let flags = "\"free\": [\"pulse-order\", {\"pulse-width\": 1}], "
    let text = text(flags, "W MBX0.PULSE[0] 0x00000008", "W MBX0.PULSE[2] 0x00000006")
      .replacing("[10000000, 10000000, 10000000]", with: "[10000000, 10000001, 10000000]")
    #expect(try difference(text) == nil)
  }

  /// A conversion of one column with the code that is expected; others are read where another column's is asked for.
  private func conversion(_ code: Int16, _ read: String = "MBX0.SENSE[0]", wait: UInt32 = 0x12) -> String {
    let word = String(UInt32(UInt16(bitPattern: code)), radix: 16)
    let sense = "R \(read) 0x" + String(repeating: "0", count: 8 - word.count) + word
    return vectorText(
      suite: "mvm", kind: "bus",
      """
      {"id": 1, "given": {"chip": {"tiles": [[1, 1]]}, "conductances": {"0": [80000000]},
      "script": ["W MBX0.DRIVE[0] 0x00000064", "W MBX0.START 0x00000021", "R MBX0.WAIT", "R MBX0.SENSE[0]"]},
      "expect": {"transactions": ["W MBX0.DRIVE[0] 0x00000064", "W MBX0.START 0x00000021",
      "R MBX0.WAIT 0x000000\(String(wait, radix: 16))", "\(sense)"]}}
      """)
  }

  @Test("Codes may be off by a band, and by no more; other values, and codes of another register, are as expected")
  func band() throws {
    func said(_ text: String, _ analog: AnalogAgreement) throws -> String? {
      try vectorFile(text).check(Agreement(analog: analog)).firstDifference
    }
    let exact = try #require(try said(conversion(0), .exact))
    let digits = try #require(exact.firstMatch(of: /EVEN 0, got (-?\d+)/)).1
    let code = try #require(Int16(digits))
    #expect(code > 10 && code < 2000)
    for band in 1...3 {
      for off in -4...4 as ClosedRange<Int> {
        let text = conversion(code + Int16(off))
        #expect((try said(text, .codes(band)) == nil) == (abs(off) <= band), "\(band) \(off)")
        #expect((try said(text, .exact) == nil) == (off == 0), "\(off)")
      }
      #expect(try said(conversion(code, "MBX0.SENSE[1]"), .codes(band)) != nil)
      #expect(try said(conversion(code, wait: 0x13), .codes(band)) != nil)
    }
  }
}
