import Board
import Files
import Registers
import Testing
import Trace

@testable import Tasks

/// Whatever is changed in a log is named with its line, its cycle and what the chip did.
@Suite("What a replay says")
struct ReplayMessageTests {
  /// A conversion, an operation that a reset ends, what the chip refuses, RAM, a brown-out, and the end of the power.
  static func lines() throws -> [String] {
    var machine = try AnyGuest.small(log: AnyGuest.text())
    let tile = MemoryMap.tile(0)
    machine.write(tile + TileRegister.drive.offset(), Lanes.pack(100, -50))
    machine.write(tile + TileRegister.start.offset(), 0x21)
    _ = machine.read(tile + TileRegister.wait.offset())
    _ = machine.read(tile + TileRegister.sense.offset())
    machine.write(MemoryMap.ram, 7)
    machine.write(tile + TileRegister.unlock.offset(), TileRegister.unlockKey)
    machine.write(tile + TileRegister.start.offset(), 0x6)
    machine.write(MemoryMap.chip + ChipRegister.reset.offset(), 0x100)
    machine.write(tile + TileRegister.geometry.offset(), 1)
    machine.schedule(SupplyFaults(powerCut: 400, brownOut: 300))
    machine.write(MemoryMap.tile(1) + TileRegister.start.offset(), 0x21)
    machine.advance(to: 1000)
    return machine.log.output.text.split(separator: "\n").map(String.init)
  }

  /// Differences, the first or all, and how much was fed.
  private static func replay(
    _ lines: [String], all: Bool = true, analog: AnalogAgreement = .exact
  ) throws -> ([Replay.Difference], Replay.Summary) {
    var reader = try LogReader(Array((lines.joined(separator: "\n") + "\n").utf8), file: "log")
    var replay = try Replay(of: reader, file: "log")
    replay.findsAll = all
    if analog != .exact { replay.judge = AgreementJudge(analog, of: replay.chip) }
    var last = 0
    do throws(Replay.Difference) {
      while let line = try? reader.next() {
        try replay.feed(line)
        last = line.number
      }
      try replay.finish(afterLine: last)
    } catch {
      return ([error], replay.summary)
    }
    return (replay.takeDifferences(), replay.summary)
  }

  @Test("What the chip did beyond the log is told once, however often the end is said")
  func ends() throws {
    let lines = try Self.lines()
    let head = try #require(lines.firstIndex { $0.hasPrefix("cycle,") })
    let begun = try #require(lines[head...].firstIndex { $0.contains("started REFERENCE") })
    let text = lines[..<begun].joined(separator: "\n") + "\n"
    var reader = try LogReader(Array(text.utf8), file: "log")
    var replay = try Replay(of: reader, file: "log")
    replay.findsAll = true
    while let line = try reader.next() { try replay.feed(line) }
    try replay.finish(afterLine: 20)
    let first = replay.takeDifferences()
    #expect(first.map(\.message).filter { $0.hasPrefix("the log ends, the chip did: ") }.count == first.count)
    #expect(!first.isEmpty && first.allSatisfy { $0.line == 20 })
    try replay.finish(afterLine: 20)
    #expect(replay.takeDifferences().isEmpty)
  }

  @Test("That codes are at their limits is another die's own, where codes are; whether they are settled is not")
  func saturation() throws {
    let lines = try Self.lines()
    let place = try #require(lines.firstIndex { $0.hasSuffix("finished READ") })
    for (word, isFree) in [("", true), (" saturated", true), (" unsettled", false)] {
      var other = lines
      other[place] += word
      #expect(try Self.replay(other).0.isEmpty == word.isEmpty)
      for analog in [AnalogAgreement.codes(1), .sigmas(3)] {
        #expect(try Self.replay(other, analog: analog).0.isEmpty == isFree, "\(word)")
      }
    }
  }

  private static func said(_ lines: [String], all: Bool = true) throws -> [String] {
    let head = try #require(lines.firstIndex { $0.hasPrefix("cycle,") })
    return try replay(lines, all: all).0.map { difference in
      #expect(difference.file == "log" && difference.description == "log:\(difference.line): \(difference.message)")
      return "\(difference.line - head - 1) @\(difference.cycle) \(difference.message)"
    }
  }

  /// The log without a line, or with it a cycle later.
  private static func without(_ number: Int) throws -> [String] {
    var lines = try lines()
    lines.remove(at: try #require(lines.firstIndex { $0.hasPrefix("cycle,") }) + number)
    return lines
  }

  private static func late(_ number: Int) throws -> [String] {
    var lines = try lines()
    let place = try #require(lines.firstIndex { $0.hasPrefix("cycle,") }) + number
    let cells = lines[place].split(separator: ",", maxSplits: 1)
    lines[place] = "\((UInt64(cells[0]) ?? 0) + 1),\(cells[1])"
    return lines
  }

  private static func event(_ block: String, _ detail: String, _ cycle: Int) -> String {
    "the log has '\(block) \(detail)' at cycle \(cycle)"
  }
  private static func nothing(_ line: Int, _ cycle: Int, _ text: String) -> String {
    "\(line) @\(cycle) the log has '\(text)', the chip did nothing"
  }
  private static func before(_ line: Int, _ cycle: Int, _ text: String) -> String {
    "\(line) @\(cycle) expected before this: \(text)"
  }
  private static func moved(_ line: Int, _ text: String, from: Int, to: Int) -> String {
    "\(line) @\(to) the log has '\(text)' at cycle \(to), the chip '\(text)' at cycle \(from)"
  }

  @Test("The log that was written has no difference, and all of it is counted")
  func whole() throws {
    for all in [true, false] {
      let (found, summary) = try Self.replay(try Self.lines(), all: all)
      #expect(found == [] && summary.accesses == 9 && summary.events == 13 && summary.passedOver == 1)
    }
  }

  @Test("A line that is missing is named by what the chip then does otherwise, all of it or the first")
  func missing() throws {
    let codes = "5 @33 MBX0.SENSE[0] EVEN: the log has -89, the chip 0; ODD: the log has -89, the chip 0"
    let read = "MBX0 started READ gain=0 linear"
    let cases: [(Int, [String])] = [
      (1, [codes]),
      (
        2,
        [
          Self.nothing(2, 2, read), Self.nothing(3, 32, "MBX0 finished READ"),
          "4 @32 MBX0.WAIT OPERATION: the log has 1, the chip 0", codes,
        ]
      ),
      (3, [Self.before(3, 32, "\(read) at cycle 2")]), (4, [Self.before(4, 32, "MBX0 finished READ at cycle 32")]),
      (5, []), (6, []), (7, []), (8, []),
      (9, [Self.nothing(9, 36, "MBX0 started REFERENCE"), Self.nothing(10, 37, "MBX0 aborted REFERENCE")]),
      (10, [Self.before(11, 37, "MBX0 started REFERENCE at cycle 36")]),
      (11, [Self.before(11, 37, "MBX0 aborted REFERENCE at cycle 37")]),
      (
        12,
        [
          Self.nothing(11, 37, "MBX0 aborted REFERENCE"),
          Self.before(16, 69, "MBX0 finished REFERENCE at cycle 66"),
        ]
      ),
      (13, [Self.nothing(13, 38, "MBX0 error ACCESS")]),
      (14, [Self.before(14, 39, "MBX0 error ACCESS at cycle 38")]),
      (17, [Self.before(17, 300, "MBX1 finished READ at cycle 69")]),
      (22, [Self.before(22, 400, "MBX1 error SUPPLY at cycle 300")]), (23, []),
    ]
    for (number, expected) in cases {
      let lines = try Self.without(number)
      #expect(try Self.said(lines) == expected, "\(number)")
      let first = try Self.said(lines, all: false)
      #expect(first.count == min(expected.count, 1), "\(number)")
      // Without looking for all of them an event is held against the next one of the chip.
      if ![3, 10, 17, 22].contains(number) { #expect(first.first == expected.first, "\(number)") }
    }
    let first = try Self.said(try Self.without(3), all: false)
    let finished = Self.event("MBX0", "finished READ", 32)
    #expect(first == ["3 @32 \(finished), the chip 'MBX0 started READ gain=0 linear' at cycle 2"])
  }

  @Test("A line that is a cycle late is told with both cycles, an access that cannot be made with what was expected")
  func late() throws {
    let events = [
      (3, "MBX0 started READ gain=0 linear", 2), (4, "MBX0 finished READ", 32), (10, "MBX0 started REFERENCE", 36),
      (14, "MBX0 error ACCESS", 38), (17, "MBX1 finished READ", 69), (22, "MBX1 error SUPPLY", 300),
    ]
    for (number, text, cycle) in events {
      for all in [true, false] {
        #expect(
          try Self.said(try Self.late(number), all: all) == [Self.moved(number, text, from: cycle, to: cycle + 1)],
          "\(number)")
      }
    }
    #expect(
      try Self.said(try Self.late(5)) == [
        "6 @33 cycle 33, expected more than 33", "6 @33 MBX0.SENSE[0]: the log has cycle 33, the chip 34",
      ])
    #expect(try Self.said(try Self.late(5), all: false) == ["6 @33 cycle 33, expected more than 33"])
    #expect(try Self.said(try Self.late(11)) == [Self.nothing(11, 38, "MBX0 aborted REFERENCE")])
    for number in [6, 7, 23] { #expect(try Self.said(try Self.late(number)) == [], "\(number)") }
  }

  /// With a line put in, or others in the place of the last.
  private static func with(_ line: String, behind number: Int) throws -> [String] {
    var lines = try lines()
    lines.insert(line, at: try #require(lines.firstIndex { $0.hasPrefix("cycle,") }) + number + 1)
    return lines
  }

  @Test("What cannot be is told: an access without power, columns that say otherwise, an end before the chip's")
  func impossible() throws {
    let access = "500,firmware,write,0x40011000,0x00000001,,"
    #expect(try Self.said(try Self.with(access, behind: 23)) == ["24 @500 an access after the power went"])
    let columns = "35,firmware,write,0x40011004,0x00000001,MBX0.DRIVE[2],EVEN=1 ODD=0"
    #expect(
      try Self.said(try Self.with(columns, behind: 7)).first
        == "8 @35 the columns say MBX0.DRIVE[2] EVEN=1 ODD=0, the value MBX0.DRIVE[1] EVEN=1 ODD=0")
    let error = try Self.without(14)
    #expect(
      try Self.said(Array(error.prefix { !$0.hasPrefix("39,") }))
        == ["13 @38 the log ends, the chip did: MBX0 error ACCESS at cycle 38"])
    let extra = "60,chip,event,,,MBX1,aborted READ"
    #expect(try Self.said(try Self.with(extra, behind: 16)) == [Self.nothing(17, 60, "MBX1 aborted READ")])
    #expect(
      try Self.said(try Self.with("50,chip,event,,,MBX0,error BUSY", behind: 16))
        == [Self.nothing(17, 50, "MBX0 error BUSY")])
  }

  @Test("Values are told by the fields that differ, with their signs, or whole where there are none")
  func values() throws {
    func changed(_ number: Int, _ value: String) throws -> [String] {
      var lines = try Self.lines()
      let place = try #require(lines.firstIndex { $0.hasPrefix("cycle,") }) + number
      var cells = lines[place].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      (cells[4], cells[5], cells[6]) = (value, "", "")
      lines[place] = cells.joined(separator: ",")
      return try Self.said(lines)
    }
    #expect(try changed(6, "0xffa70003") == ["6 @33 MBX0.SENSE[0] EVEN: the log has 3, the chip -89"])
    #expect(try changed(6, "0x8000ffa7") == ["6 @33 MBX0.SENSE[0] ODD: the log has -32768, the chip -89"])
    #expect(
      try changed(5, "0x00000027") == [
        "5 @32 MBX0.WAIT BUSY: the log has 1, the chip 0; SATURATED: the log has 1, the chip 0;"
          + " OPERATION: the log has 2, the chip 1"
      ])
    #expect(
      try Self.said(try Self.with("35,firmware,read,0x4001001c,0x00000005,,", behind: 7)).first
        == "8 @35 MBX0.WATCHDOG the log has 5, the chip 0")
  }
}
