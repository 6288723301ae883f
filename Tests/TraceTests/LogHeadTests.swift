import Files
import Foundation
import Registers
import Testing

@testable import Trace

/// A log that takes levels or not, and notes what it is given.
private struct CountingLog: ClosingLog {
  static var isActive: Bool { true }
  var takesLevels = true
  var given: [String] = []

  mutating func append(_ entry: LogEntry) { given.append("entry \(entry.cycle)") }
  mutating func append(_ levels: LineLevels, ofTile tile: Int) { given.append("levels of \(tile)") }
  mutating func close() { given.append("closed") }
  mutating func comment(_ text: String) { given.append("remark \(text)") }
}

/// One that is never asked for anything.
private struct SleepingLog: LogSink {
  static var isActive: Bool { false }
  var given: [String] = []

  mutating func append(_ entry: LogEntry) { given.append("entry \(entry.cycle)") }
}

@Suite("Heads of logs, and logs that are there or not")
struct LogHeadTests {
  private static let signature = "# mblstm register log, version 4\n"
  private static let columns = "cycle,initiator,kind,address,value,register,detail"
  private static let levels = LineLevels.driven(.wordLines, microvolts: [1, 2])

  private static func reader(_ text: String) throws -> LogReader { try LogReader(Array(text.utf8), file: "a.csv") }

  @Test("The columns may follow the first line at once, with places of a program or without")
  func noRemarks() throws {
    var plain = try Self.reader(Self.signature + Self.columns + "\n7,firmware,read,0x40010010,0x00000016,A,B\n")
    #expect(!plain.hasProgram && plain.description.isEmpty && plain.origin == LogOrigin())
    let line = try plain.next()
    let access = LogLine.Body.access(Transaction(.read, 0x4001_0010, 22), EntryText(register: "A", detail: "B"))
    #expect(line == LogLine(number: 3, cycle: 7, access))
    #expect(try plain.place() == nil && plain.next() == nil)

    let program = Self.signature + Self.columns + ",pc,symbol\n"
    var placed = try Self.reader(
      program + "7,firmware,read,0x40010010,0x00000016,A,B,0x80000010,f+0x4\n7,chip,event,,,MBX,brown-out,,\n")
    #expect(placed.hasProgram)
    #expect(try placed.next() == LogLine(number: 3, cycle: 7, access))
    let place = try placed.place()
    #expect(place?.pc == 0x8000_0010 && place?.symbol == "f+0x4")
    #expect(try placed.next()?.number == 4 && placed.place() == nil && placed.next() == nil)
  }

  @Test("Remarks between entries are passed over, and counted as lines")
  func remarks() throws {
    let event = "9,chip,event,,,MBX,brown-out\n"
    var reader = try Self.reader(Self.signature + Self.columns + "\n# a\n#\n\(event)#b,c\n\(event)# end\n")
    #expect(try [reader.next()?.number, reader.next()?.number, reader.next()?.number] == [5, 7, nil])
  }

  @Test("A pc is a word, or the entry has no place")
  func places() throws {
    for (pc, isWord) in [
      ("0x80000010", true), ("0x8000001", false), ("0x800000100", false), ("80000010", false), ("0X80000010", false),
      ("0x8000001g", false), ("0xABCDEFab", true), ("0x0000000:", false), ("0x0000000@", false), ("0x0000000`", false),
    ] {
      var reader = try Self.reader(
        Self.signature + Self.columns + ",pc,symbol\n7,firmware,write,0x40010010,0x00000016,,,\(pc),\n")
      _ = try reader.next()
      let place = Result { try reader.place() }
      #expect((try? place.get()?.pc) == (isWord ? UInt32(pc.dropFirst(2), radix: 16) : nil), "\(pc)")
      guard !isWord, case .failure(let error) = place else { continue }
      #expect("\(error)" == "a.csv:3: expected a pc, 0x and 8 digits, found \"\(pc)\"")
    }
  }

  @Test("Cycles are below 2^62 and never decrease; an access has the size of its register, or says its bits")
  func cyclesAndSizes() throws {
    func read(_ lines: [String]) throws -> [LogLine] {
      var reader = try Self.reader(Self.signature + Self.columns + "\n" + lines.map { $0 + "\n" }.joined())
      var found: [LogLine] = []
      while let line = try reader.next() { found.append(line) }
      return found
    }
    let rest = ",firmware,read,0x00000000,0x00000000,,"
    #expect(try read(["0", "0", "4611686018427387903"].map { $0 + rest }).map(\.cycle) == [0, 0, 1 << 62 - 1])
    for cycles in [["4611686018427387904"], ["5", "4"], ["18446744073709551615"], ["99999999999999999999"]] {
      #expect(throws: InputError.self, "\(cycles)") { try read(cycles.map { $0 + rest }) }
    }
    for (kind, size) in [("", .own), ("8", .byte), ("16", .half), ("32", .word)] as [(String, AccessSize)] {
      for name in ["read", "write"] {
        let line = try read(["1,firmware,\(name)\(kind),0x00000004,0x00000001,,"]).first
        #expect(line?.size == size && line?.cycle == 1, "\(name)\(kind)")
        #expect(
          line?.body
            == .access(
              Transaction(name == "read" ? .read : .write, 4, 1), EntryText(register: "", detail: "")))
      }
    }
    for kind in ["read0", "read9", "write64", "reads", "read08", "write 8"] {
      let error = #expect(throws: InputError.self) { try read(["1,firmware,\(kind),0x00000004,0x00000001,,"]) }
      #expect(error?.message == "expected `read`, `write` or `event`, found \"\(kind)\"")
    }
  }

  @Test("A line has 65536 bytes at most before its end")
  func longLines() throws {
    let folder = FileManager.default.temporaryDirectory
    for (length, isTaken) in [(65_000, true), (65_536, true), (65_537, false), (80_000, false)] {
      let path = folder.appending(path: "line-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      let start = "7,firmware,read,0x00000000,0x00000000,,"
      let line = start + String(repeating: "x", count: length - start.utf8.count)
      let head = Self.signature + Self.columns + "\n"
      // The first piece ends with the line, so that its end is looked for with all of it at hand.
      try OutputFile.write(head + line + "\n", to: path)
      var reader = try LogReader(InputFile(path, expecting: "a log", pieceBytes: head.utf8.count + length))
      let found = Result { try reader.next() }
      guard !isTaken else {
        #expect(try found.get()?.cycle == 7, "\(length)")
        continue
      }
      #expect("\(found)".contains("expected a line of at most 65536 bytes"), "\(length)")
    }
  }

  @Test(
    "Base64 is that of RFC 4648, and what is none has no bytes",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(_ text: String, _ coded: String) {
    let bytes = Array(text.utf8)
    #expect(Base64.text(of: bytes[...]) == coded && Base64.bytes(of: Array(coded.utf8)[...]) == bytes)
    #expect(Base64.bytes(of: Array((coded + "=").utf8)[...]) == nil)
    #expect(Base64.bytes(of: Array((coded + "A===").utf8)[...]) == nil)
    #expect(coded.isEmpty || Base64.bytes(of: Array(coded.dropLast().utf8)[...]) == nil)
  }

  @Test("Every digit of base64 has its value, other characters none, and bits behind the last byte are 0")
  func base64Digits() {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for character in 0...255 as ClosedRange<UInt8> where character != 0x3D {
      let value = digits.firstIndex(of: character)
      let bytes = Base64.bytes(of: [0x41, 0x41, 0x41, character])
      #expect(bytes == value.map { [0, 0, UInt8($0)] }, "\(character)")
      let two = Base64.bytes(of: [0x41, 0x41, character, 0x3D])
      #expect(two == value.flatMap { $0 % 4 == 0 ? [0, UInt8($0 / 4)] : nil }, "\(character)")
      let one = Base64.bytes(of: [0x41, character, 0x3D, 0x3D])
      #expect(one == value.flatMap { $0 % 16 == 0 ? [UInt8($0 / 16)] : nil }, "\(character)")
    }
    for text in ["====", "A===", "AA=A", "=AAA", "AAAA====", "AAA", "AAAAA"] {
      #expect(Base64.bytes(of: Array(text.utf8)[...]) == nil, "\(text)")
    }
  }

  @Test("A state in a head goes on line by line, 57 bytes each")
  func stateLines() throws {
    for count in [1, 56, 57, 58, 114, 115] {
      let lines = LogOrigin(state: [UInt8](repeating: 0x5A, count: count)).lines
      #expect(lines.count == (count + 56) / 57 && lines.allSatisfy { $0.hasPrefix("state ") && $0.count <= 82 })
      #expect(lines[0].count == 6 + min(count + 2, 57) / 3 * 4)
    }
    #expect(LogOrigin(filter: "errors").lines == ["filtered errors"] && LogOrigin().lines.isEmpty)
  }

  @Test("A log that is not there takes nothing and says nothing; one that is gets all")
  func optionalLogs() throws {
    var none: CountingLog?
    #expect(!none.takesLevels && Optional<CountingLog>.isActive && !Optional<NoLog>.isActive)
    none.append(LogEntry(cycle: 1, .event(.brownOut)))
    none.append(Self.levels, ofTile: 3)
    none.comment("x")
    try none.close()
    #expect(none == nil)
    var some: CountingLog? = CountingLog()
    #expect(some.takesLevels)
    some.append(LogEntry(cycle: 1, .event(.brownOut)))
    some.append(Self.levels, ofTile: 3)
    some.comment("x")
    try some.closeIfInterrupted()
    try some.close()
    #expect(some?.given == ["entry 1", "levels of 3", "remark x", "closed"])
    some = CountingLog(takesLevels: false)
    #expect(!some.takesLevels && !MemoryLog().takesLevels && !NoLog().takesLevels)
  }

  @Test("A pair takes levels if one of it does, and gives them to that one; remarks and the end go to both")
  func pairs() throws {
    for (first, second) in [(false, false), (false, true), (true, false), (true, true)] {
      var pair = PairLog(CountingLog(takesLevels: first), CountingLog(takesLevels: second))
      #expect(pair.takesLevels == (first || second))
      pair.append(Self.levels, ofTile: 1)
      pair.comment("x")
      try pair.close()
      let end = ["remark x", "closed"]
      #expect(pair.first.given == (first ? ["levels of 1"] : []) + end)
      #expect(pair.second.given == (second ? ["levels of 1"] : []) + end)
    }
    let entry = LogEntry(cycle: 4, .event(.powerOff))
    var sleeping = PairLog(SleepingLog(), PairLog(CountingLog(), SleepingLog()))
    sleeping.append(entry)
    #expect(sleeping.first.given.isEmpty && sleeping.second.second.given.isEmpty)
    #expect(sleeping.second.first.given == ["entry 4"])
  }

  @Test("What is covered is noted beside another log, or beside none")
  func coverageInPairs() {
    let read = LogEntry(cycle: 3, .access(Transaction(.read, MemoryMap.chip + ChipRegister.error.offset(), 0)))
    #expect(StateCoverage.isActive && Optional<StateCoverage>.isActive)
    var pair = PairLog(NoLog(), StateCoverage())
    pair.append(read)
    var other = PairLog(StateCoverage(), MemoryLog())
    other.append(read)
    for table in [pair.second.table, other.first.table] {
      #expect(
        table.items.filter { $0.count > 0 }.map { "\($0.item.block).\($0.item.name) \($0.count)" } == ["MBX.ERROR 1"])
    }
    #expect(other.second.entries == [read])
  }
}
