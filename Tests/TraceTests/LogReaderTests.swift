import Files
import Registers
import Testing
import Trace

@Suite struct LogReaderTests {
  private static let head = """
    # mblstm register log, version 4
    # seed=1
    cycle,initiator,kind,address,value,register,detail

    """
  private static let access = "7,firmware,write,0x40011000,0x00120034,MBX0.DRIVE[0],EVEN=52 ODD=18\n"

  /// Reads to the end.
  private func read(_ bytes: [UInt8]) throws(InputError) -> [LogLine] {
    var reader = try LogReader(bytes, file: "a.csv")
    var lines: [LogLine] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func failure(_ text: String) -> String? { failure(Array(text.utf8)) }

  private func failure(_ bytes: [UInt8]) -> String? {
    do {
      _ = try read(bytes)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("7,firmware,write,0x40011000,0x00120034\n", "expected 7 columns, found 5"),
    ("7,firmware,write,0x40011000,0x00120034,a,b,c\n", "expected 7 columns, found 8"),
    ("\n", "expected 7 columns, found 1"),
    (",firmware,write,0x40011000,0x00120034,,\n", #"expected a cycle, decimal, below 2^62, found """#),
    ("-7,firmware,write,0x40011000,0x00120034,,\n", #"expected a cycle, decimal, below 2^62, found "-7""#),
    (
      "18446744073709551616,chip,event,,,MBX0,finished READ\n",
      #"expected a cycle, decimal, below 2^62, found "18446744073709551616""#
    ),
    ("6,firmware,write,0x40011000,0x00120034,,\n", #"expected a cycle of at least 7, found "6""#),
    ("7,debugger,write,0x40011000,0x00120034,,\n", #"expected the initiator `firmware`, found "debugger""#),
    ("7,firmware,event,,,MBX0,finished READ\n", #"expected the initiator `chip`, found "firmware""#),
    ("7,firmware,poke,0x40011000,0x00120034,,\n", #"expected `read`, `write` or `event`, found "poke""#),
    ("7,chip,events,,,MBX0,finished READ\n", #"expected `read`, `write` or `event`, found "events""#),
    ("7,firmware,read,,0x00120034,,\n", #"expected an address, 0x and 8 digits, found """#),
    ("7,firmware,read,0x4001100,0x00120034,,\n", #"expected an address, 0x and 8 digits, found "0x4001100""#),
    ("7,firmware,read,0x40011000,0x0012003g,,\n", #"expected a value, 0x and 8 digits, found "0x0012003g""#),
    ("7,chip,event,0x40011000,,MBX0,finished READ\n", #"expected no address and no value, found "0x40011000,""#),
    (
      "7,chip,event,,,MBX0,finished WRITE\n",
      #"expected the register and detail of an event, found "MBX0,finished WRITE""#
    ),
    (
      "7,firmware,write,0x40011000,0x00120034,,",
      #"expected a line feed at the end of the file, found "7,firmware,write,0x40011000,0x00120034,,""#
    ),
    ("7,fir", #"expected a line feed at the end of the file, found "7,fir""#),
  ])
  func aMalformedEntryIsRefusedWithItsLine(_ line: String, _ complaint: String) {
    #expect(failure(Self.head + Self.access + line) == "a.csv:5: \(complaint)")
  }

  @Test(arguments: [
    "MBX0,started READ", "MBX0,started READ gain=00", "MBX0,started READ linear gain=0", "MBX0,started READ gain=0 ",
    "MBX0,started PROGRAM_ROW", "MBX0,started ERASE gain=0", "MBX0,finished READ Saturated",
    "MBX0,aborted READ saturated", "MBX,error BUSY", "MBX0,error CODE ", "MBX8,error CODE", "MBX00,error CODE",
    "MBX+0,error CODE", "HOST,error CODE", "MBX0,", ",", "MBX0,error", "MBX,fault CODE", "MBX0,finished  READ",
  ])
  func whatNoEventIsCalledIsNoEvent(_ columns: String) {
    #expect(
      failure(Self.head + "7,chip,event,,,\(columns)\n")
        == "a.csv:4: expected the register and detail of an event, found \(String(reflecting: columns))")
  }

  @Test(arguments: [
    ("", 1, "`# mblstm register log, version 4`, found the end of the file"),
    (
      "# mblstm register log, version 5\n", 1,
      ##"`# mblstm register log, version 4`, found "# mblstm register log, version 5""##
    ),
    ("cycle\n", 1, #"`# mblstm register log, version 4`, found "cycle""#),
    (
      "# mblstm register log, version 4\n", 2,
      "a line beginning `# ` or `cycle,initiator,kind,address,value,register,detail`, found the end of the file"
    ),
    (
      "# mblstm register log, version 4\n#x\n", 2,
      ##"a line beginning `# ` or `cycle,initiator,kind,address,value,register,detail`, found "#x""##
    ),
    (
      "# mblstm register log, version 4\n# a\ncycle,initiator\n", 3,
      #"a line beginning `# ` or `cycle,initiator,kind,address,value,register,detail`, found "cycle,initiator""#
    ),
    (
      "# mblstm register log, version 4\n# state QUJ\n", 2, ##"`# state ` and base64, found "# state QUJ""##
    ),
    (
      "# mblstm register log, version 4\n# state QUJ=DEFG\n", 2, ##"`# state ` and base64, found "# state QUJ=DEFG""##
    ),
    (
      "# mblstm register log, version 4\n# filtered errors\n# filtered errors\n", 3,
      ##"one line `# filtered …`, found "# filtered errors""##
    ),
    ("# mblstm reg", 1, ##"a line feed at the end of the file, found "# mblstm reg""##),
  ])
  func aMalformedHeadIsRefusedWithItsLine(_ text: String, _ line: Int, _ complaint: String) {
    #expect(failure(text) == "a.csv:\(line): expected \(complaint)")
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let expected = #"expected UTF-8 text, found "7,\#u{FFFD}""#
    #expect(failure(Array((Self.head + Self.access + "7,").utf8) + [0xc3, 0x0a]) == "a.csv:5: \(expected)")
    #expect(
      failure(Array("# mblstm register log, version 4\n# ".utf8) + [0xff, 0x0a])
        == "a.csv:2: expected UTF-8 text, found \"# \u{FFFD}\"")
    let lone = failure(Array((Self.head + Self.access).utf8) + [0x80, 0x0a])
    #expect(lone == "a.csv:5: expected UTF-8 text, found \"\u{FFFD}\"")
  }

  @Test func linesThatEndAsOnWindowsAreReadAlike() throws {
    let text = Self.head + Self.access
    let unix = try read(Array(text.utf8))
    var reader = try LogReader(Array(text.replacing("\n", with: "\r\n").utf8), file: "a.csv")
    let origin = try LogReader(Array(text.utf8), file: "a.csv").origin
    #expect(reader.origin == origin)
    #expect(try reader.next() == unix[0] && reader.next() == nil)
  }

  @Test func aLongLineIsQuotedInPart() {
    let cycle = String(repeating: "x", count: 100)
    let quoted = String(repeating: "x", count: 60) + "…"
    #expect(
      failure(Self.head + "\(cycle),,,,,,\n")
        == "a.csv:4: expected a cycle, decimal, below 2^62, found \"\(quoted)\"")
  }

  @Test func anyCutOfALogIsRefusedOrEndsAtALine() throws {
    let whole = Array((Self.head + Self.access + "8,chip,event,,,MBX0,started READ gain=1\n").utf8)
    let begin = Self.head.utf8.count
    for length in 0...whole.count {
      let isWhole = length >= begin && whole[length - 1] == UInt8(ascii: "\n")
      #expect((failure(Array(whole[..<length])) == nil) == isWhole)
    }
  }

  @Test func namesAndFieldsOfAccessesArePassedOnUnjudged() throws {
    let lines = try read(Array((Self.head + "7,firmware,read,0xABCDEF00,0x00000001,,whatever µ\n").utf8))
    let body = LogLine.Body.access(
      Transaction(.read, 0xabcd_ef00, 1), EntryText(register: "", detail: "whatever µ"))
    #expect(lines == [LogLine(number: 4, cycle: 7, body)])
  }

  @Test func noDamageOfAByteDoesMoreThanRefuseALine() {
    let lines = [
      Self.access, "8,chip,event,,,MBX0,started READ gain=1 linear row=3\n", "8,chip,event,,,MBX,error CODE\n",
    ]
    let whole = Array((Self.head + lines.joined()).utf8)
    for place in whole.indices {
      for byte in Array("\n,e0 #x".utf8) + [0, 0xff] {
        var damaged = whole
        damaged[place] = byte
        if let complaint = failure(damaged) { #expect(complaint.hasPrefix("a.csv:")) }
      }
    }
  }

  @Test("A byte order mark before the first line is passed over, and nowhere else")
  func mark() throws {
    let (mark, text) = ([0xef, 0xbb, 0xbf] as [UInt8], Array((Self.head + Self.access).utf8))
    #expect(try read(mark + text).map(\.number) == read(text).map(\.number))
    #expect(failure(mark + mark + text)?.contains("a.csv:1") == true)
  }
}
