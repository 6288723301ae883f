import Files
import Registers
import TestSupport
import Testing
import Trace

@Suite struct CSVLogTests {
  let names = RegisterNames(BlockMap.board(tiles: 2))

  private func log(_ entries: [LogEntry], description: String) -> MemoryOutput {
    var log = CSVLog(to: MemoryOutput(), description: description, names: names)
    for entry in entries { log.append(entry) }
    return log.output
  }

  @Test("A place of any length is in its line, whole")
  func longPlaces() {
    let counts: [UInt32] = [0, 3000, 20_000, 6, 200_000]
    var log = CSVLog(
      to: MemoryOutput(), description: "", names: names, symbols: { String(repeating: "s", count: Int($0)) })
    for count in counts { log.append(LogEntry(cycle: 7, .access(Transaction(.read, 0x4001_0010, 0)), pc: count)) }
    let lines = log.output.text.split(separator: "\n").suffix(counts.count)
    #expect(lines.map { $0.reversed().prefix { $0 == "s" }.count } == counts.map(Int.init))
    #expect(lines.allSatisfy { $0.hasPrefix("7,firmware,read,0x40010010,0x00000000,MBX0.") })
  }

  @Test func aSmallLogIsAsDocumented() {
    let start = OperationStart(
      operation: .read, gain: 0, isLinear: false, row: 0, driveCodes: [52, 18], pulseWidths: [])
    let end = OperationEnd(operation: .read, senseCodes: [-7, 9], isSaturated: true)
    let entries = [
      LogEntry(cycle: 104, .access(Transaction(.write, 0x4001_1000, 0x0012_0034))),
      LogEntry(cycle: 105, .access(Transaction(.write, 0x4001_0008, 1))),
      LogEntry(cycle: 105, .event(.started(tile: 0, start))),
      LogEntry(cycle: 135, .event(.finished(tile: 0, end))),
      LogEntry(cycle: 135, .access(Transaction(.read, 0x4001_0010, 0x16))),
      LogEntry(cycle: 136, .access(Transaction(.read, 0x4001_2000, 0x0009_fff9))),
      LogEntry(cycle: 137, .access(Transaction(.read, 0x5000_0000, 0))),
      LogEntry(cycle: 137, .event(.chipError(.unmapped))),
      LogEntry(cycle: .max, .access(Transaction(.write, 0x4001_0018, 0xabcd_ef09))),
    ]
    #expect(
      log(entries, description: "seed=1 dac-bits=8\ntile 0 word-lines=2").text == """
        # mblstm register log, version 4
        # seed=1 dac-bits=8
        # tile 0 word-lines=2
        cycle,initiator,kind,address,value,register,detail
        104,firmware,write,0x40011000,0x00120034,MBX0.DRIVE[0],EVEN=52 ODD=18
        105,firmware,write,0x40010008,0x00000001,MBX0.START,OPERATION=1 GAIN=0 LINEAR=0 ROW=0
        105,chip,event,,,MBX0,started READ gain=0
        135,chip,event,,,MBX0,finished READ saturated
        135,firmware,read,0x40010010,0x00000016,MBX0.WAIT,BUSY=0 LOCKED=1 SATURATED=1 ERROR=0 OPERATION=1 STALE=0
        136,firmware,read,0x40012000,0x0009fff9,MBX0.SENSE[0],EVEN=-7 ODD=9
        137,firmware,read,0x50000000,0x00000000,,
        137,chip,event,,,MBX,error UNMAPPED
        18446744073709551615,firmware,write,0x40010018,0xabcdef09,MBX0.UNLOCK,

        """)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func randomEntriesComeBack(seed: UInt64) throws {
    let entries = randomEntries(2000, seed: seed)
    let written = log(entries, description: "seed=\(seed)")
    var reader = try LogReader(Array(written.bytes), file: "log.csv")
    #expect(reader.description == "seed=\(seed)")
    for (number, entry) in entries.enumerated() {
      let line = try reader.next()
      let text = names.text(of: entry)
      switch entry.body {
      case .access(let access):
        #expect(line == LogLine(number: number + 4, cycle: entry.cycle, .access(access, text), size: entry.size))
      case .event: #expect(line == LogLine(number: number + 4, cycle: entry.cycle, .event(text)))
      }
    }
    #expect(try reader.next() == nil)
  }

  @Test(arguments: [0, 9, 10, 999_999_999, 1_000_000_000, 4_294_967_295, 4_294_967_296, 10_000_000_000_000_000_000])
  func everyLengthOfCycleIsWrittenAsTheNumberItIs(cycle: UInt64) {
    let text = log([LogEntry(cycle: cycle, .event(.chipError(.code)))], description: "").text
    #expect(text.split(separator: "\n").last == "\(cycle),chip,event,,,MBX,error CODE")
  }

  @Test(arguments: ["", "one", "two\nlines", "ends in a line feed\n", "µ\n\n# # x", "\n"])
  func anyDescriptionComesBack(description: String) throws {
    let written = log([], description: description)
    var reader = try LogReader(Array(written.bytes), file: "log.csv")
    #expect(reader.description == description)
    #expect(try reader.next() == nil)
  }

  @Test("The chip at the beginning comes back, whatever its length, and so does what was left out", arguments: 0...120)
  func origin(bytes: Int) throws {
    var random = SeededRandom(UInt64(bytes))
    let origin = LogOrigin(
      state: (0..<bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) },
      filter: bytes % 2 == 0 ? nil : "only=MBX*,HOST errors")
    let log = CSVLog(to: MemoryOutput(), description: "seed=1", names: names, origin: origin)
    let reader = try LogReader(Array(log.output.bytes), file: "log.csv")
    #expect(reader.origin == origin && reader.description == "seed=1")
    #expect(log.output.text.split(separator: "\n").allSatisfy { $0.count <= 84 })
  }

  @Test func aPairGetsEveryEntryTwiceAndIsActiveIfEitherIs() {
    var pair = PairLog(MemoryLog(), PairLog(NoLog(), MemoryLog()))
    let entries = randomEntries(10, seed: 3)
    for entry in entries { pair.append(entry) }
    #expect(pair.first.entries == entries)
    #expect(pair.second.second.entries == entries)
    #expect(PairLog<NoLog, MemoryLog>.isActive && PairLog<MemoryLog, NoLog>.isActive)
    #expect(!PairLog<NoLog, NoLog>.isActive)
  }
}
