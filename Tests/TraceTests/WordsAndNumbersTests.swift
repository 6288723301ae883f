import Files
import Registers
import TestSupport
import Testing

@testable import Trace

@Suite("Words and numbers of logs")
struct WordsAndNumbersTests {
  private static func text(_ write: (inout ByteText) -> Void) -> String {
    var text = ByteText()
    write(&text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test("Decimal numbers of every length are written digit by digit, negative ones too")
  func decimals() {
    var power: UInt64 = 1
    var numbers: [UInt64] = [0, .max, .max - 1, UInt64(UInt32.max), UInt64(UInt32.max) + 1]
    for _ in 0..<20 {
      numbers += [power &- 1, power, power &+ 1, power / 2 &* 3, power &* 9]
      power = power &* 10
    }
    for number in numbers {
      #expect(Self.text { $0.append(decimal: number) } == "\(number)")
      let signed = Int(truncatingIfNeeded: number)
      for value in [signed, 0 &- signed] { #expect(Self.text { $0.append(decimal: value) } == "\(value)") }
    }
    #expect(Self.text { $0.append(decimal: Int.min) } == "-9223372036854775808")
  }

  @Test("A word has 0x and eight digits, each nibble in its place")
  func words() {
    for nibble in 0...15 as ClosedRange<UInt32> {
      for place in 0..<8 {
        let word = nibble << UInt32(4 * place)
        var digits = Array("00000000")
        digits[7 - place] = Array("0123456789abcdef")[Int(nibble)]
        #expect(Self.text { $0.append(hex: word) } == "0x" + String(digits))
        #expect(
          Self.text { $0.append(hex: ~word) } == "0x"
            + String(repeating: "0", count: 8 - String(~word, radix: 16).count) + String(~word, radix: 16))
        let text = Array("12" + "0x" + String(digits) + "0").map { UInt8($0.asciiValue ?? 0) }
        #expect(text.word(2..<12) == word && text.word(2..<11) == nil && text.word(2..<13) == nil)
        #expect(Array("0x" + String(digits).uppercased()).map { UInt8($0.asciiValue ?? 0) }.word(0..<10) == word)
      }
    }
  }

  @Test("A number that is read has digits alone, and at most 64 bits")
  func readNumbers() {
    for (text, number) in [
      ("0", 0), ("007", 7), ("18446744073709551615", .max), ("18446744073709551616", nil),
      ("18446744073709551620", nil), ("99999999999999999999", nil), ("184467440737095516150", nil), ("", nil),
      ("-1", nil), ("1 ", nil), ("1:", nil), ("1/", nil), ("a", nil),
    ] as [(String, UInt64?)] {
      let bytes = Array(text.utf8)
      #expect(bytes.decimal(0..<bytes.count) == number, "\(text)")
    }
    #expect(Array("123456".utf8).decimal(2..<4) == 34)
  }

  @Test("Bits are written from the highest of a width, and codes of variables use as few characters as they can")
  func bitsAndCodes() {
    #expect(Self.text { $0.append(binary: 0b1011, width: 4) } == "1011")
    #expect(
      Self.text { $0.append(binary: 0b1011, width: 6) } == "001011"
        && Self.text { $0.append(binary: 6, width: 1) } == "0")
    #expect(Self.text { $0.append(binary: .max, width: 64) } == String(repeating: "1", count: 64))
    for (number, code) in [
      (0, "!"), (1, "\""), (93, "~"), (94, "!!"), (95, "\"!"), (187, "~!"), (188, "!\""), (94 + 94 * 94 - 1, "~~"),
      (94 + 94 * 94, "!!!"),
    ] { #expect(Self.text { $0.append(identifier: number) } == code, "\(number)") }
  }

  @Test("A text grows beyond its room, and one that is cleared begins anew")
  func growth() {
    var text = ByteText()
    for count in [0, 1, 1015, 1016, 1017, 1024, 2048, 5000] {
      text.clear()
      for index in 0..<count { text.append(UInt8(truncatingIfNeeded: index)) }
      #expect(text.bytes.elementsEqual((0..<count).map { UInt8(truncatingIfNeeded: $0) }), "\(count)")
    }
    text.clear()
    text.append(string: "é=")
    text.append("x,")
    #expect(String(decoding: text.bytes, as: UTF8.self) == "é=x,")
  }

  @Test(
    "A star stands for any text, also none, and the parts around it do not share letters",
    arguments: [
      ("MBX*", ["MBX", "MBX0", "MBX17"], ["MB", "XMBX", ""]), ("*", ["", "a", "abc"], []),
      ("a*a", ["aa", "aba"], ["a", "", "ab"]), ("ab*ba", ["abba", "abxba"], ["aba", "ab", "ba"]),
      ("*b*", ["b", "ab", "abc", "bb"], ["", "ac"]), ("a*b*c", ["abc", "axbxc", "abbc"], ["ac", "acb", "abcd"]),
      ("a**c", ["ac", "abc"], ["a", "c"]), ("*ab*ab*", ["abab", "xabyabz"], ["ab", "aab", "abb"]),
      ("abc", ["abc"], ["ab", "abcd", "ABC"]), ("", [""], ["a"]), ("a*bc*c", ["abcc", "abcxc"], ["abc", "acc"]),
    ])
  func patterns(_ pattern: String, _ matching: [String], _ others: [String]) {
    let names = NamePattern(pattern)
    for name in matching { #expect(names.matches(name), "\(name)") }
    for name in others { #expect(!names.matches(name), "\(name)") }
    #expect(names.description == pattern)
  }

  @Test("What is left out of a log is told in its head, in one order")
  func filters() throws {
    var selection = LogSelection()
    #expect(selection.filter == nil && selection.every == 1 && !selection.onlyErrors)
    (selection.from, selection.to) = (.cycle(1), .sequence(2))
    #expect(selection.filter == nil)
    selection.every = 2
    #expect(selection.filter == "every=2")
    selection.onlyErrors = true
    #expect(selection.filter == "errors every=2")
    selection.only = try RegisterPatterns(["MBX0.SENSE", "HOST"], among: BlockMap.board(tiles: 1))
    #expect(selection.filter == "only=MBX0.SENSE,HOST errors every=2")
    selection.every = 1
    #expect(selection.filter == "only=MBX0.SENSE,HOST errors")
  }

  @Test("Events of the cell unit and of the flash are read back from their words")
  func events() {
    let all = CellError.allCases.map { ChipEvent.cellError($0) } + FlashError.allCases.map { .flash(.error($0)) }
    for event in all {
      let text = EntryText(event)
      #expect(ChipEvent(text) == event && text.detail.hasPrefix("error "), "\(text)")
      #expect(ChipEvent(EntryText(register: text.register, detail: text.detail + " ")) == nil)
      #expect(ChipEvent(EntryText(register: text.register + "0", detail: text.detail)) == nil)
    }
    #expect(EntryText(.cellError(.stale)) == EntryText(register: "CELL", detail: "error STALE"))
  }

  @Test(
    "Words that no event has are none of its block's",
    arguments: [
      "", "error", "started", "finished", "aborted", "x", " ", "error ", "error X", "error BUSY x", "started READ",
      "started READ page", "started READ page=", "started READ page=x", "started READ x page=3", "started X page=3",
      "started READ page=03", "started READ page=3 ", "finished", "finished X", "finished READ x", "stopped READ",
      "settled x", "supply", "supply ANALOG=1", "supply ANALOG=1 DRIVERS=2", "supply DRIVERS=1 ANALOG=1",
    ])
  func noEvents(_ detail: String) {
    for register in ["FLASH", "CELL", "MBX", "MBX0", "MBX7", "MBX8", "MBX-1", "MBX 0", "HOST", "", "MB", "MBXX"] {
      let event = ChipEvent(EntryText(register: register, detail: detail))
      #expect(event == nil, "\(register) \(detail): \(String(describing: event))")
    }
  }

  @Test("A log with words of no event is refused by its line, of the flash too")
  func refusedEvents() throws {
    let head = "# mblstm register log, version 4\ncycle,initiator,kind,address,value,register,detail\n"
    for columns in ["FLASH,error", "FLASH,", "FLASH,READ", "CELL,error", "MBX,error", "MBX0,error"] {
      var reader = try LogReader(Array((head + "7,chip,event,,,\(columns)\n").utf8), file: "a.csv")
      let error = #expect(throws: InputError.self) { try reader.next() }
      #expect(error?.description == "a.csv:3: expected the register and detail of an event, found \"\(columns)\"")
    }
  }

  @Test(
    "Whatever words an event has, they are those of one that is written so, or of none",
    arguments: [31, 32] as [UInt64])
  func anyWords(seed: UInt64) {
    let vocabulary = [
      "error", "started", "finished", "aborted", "settled", "supply", "READ", "READ_T", "PROGRAM_ROW", "ERASE", "BUSY",
      "LOCKED", "ANALOG=1", "DRIVERS=0", "page=3", "page=-1", "row=5", "row=99999999999999999999", "gain=2", "gain=",
      "linear", "saturated", "unsettled", "brown-out", "power-off", "",
    ]
    let blocks = ["FLASH", "CELL", "MBX", "MBX0", "MBX7"]
    var random = SeededRandom(seed)
    var known = 0
    for _ in 0..<20_000 {
      let words = (0..<Int(random.next() % 6)).map { _ in vocabulary[Int(random.next() % UInt64(vocabulary.count))] }
      let text = EntryText(
        register: blocks[Int(random.next() % UInt64(blocks.count))], detail: words.joined(separator: " "))
      guard let event = ChipEvent(text) else { continue }
      known += 1
      #expect(EntryText(event) == text, "seed \(seed)")
    }
    #expect(known > 20, "seed \(seed): \(known)")
  }
}
