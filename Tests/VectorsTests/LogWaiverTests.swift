import Files
import Registers
import Tasks
import Testing
import Vectors

@Suite("Waivers of differences")
struct LogWaiverTests {
  private static func waivers(_ text: String) throws(InputError) -> LogWaivers {
    try LogWaivers(TextFile(Array(text.utf8), named: "w"))
  }

  private static let sense = MemoryMap.tile(0) + TileRegister.sense.offset(3)

  @Test("A register, an element, a field, a block's events, within lines and cycles; what waives nothing is told")
  func scope() throws {
    var waivers = try Self.waivers(
      """
      # of the second lot
      MBX*.SENSE[3].ODD lines 10-20, bonded otherwise

      event MBX1 cycles 0-99, comes up later
      HOST.DATA, another host
      MBX0.TRIM, never
      """)
    func waives(_ fields: [String], line: Int = 10, cycle: UInt64 = 5, address: UInt32 = Self.sense) -> Bool {
      waivers.waives(.access(address: address, fields: fields), line: line, cycle: cycle)
    }
    #expect(waives(["ODD"]) && waives(["ODD"], line: 20))
    #expect(!waives(["ODD"], line: 21) && !waives(["ODD", "EVEN"]) && !waives([]))
    #expect(!waives(["ODD"], address: Self.sense + 4))
    #expect(waives([], address: MemoryMap.host) && waives([], line: 999, address: MemoryMap.host))
    let events = [("MBX1", 99), ("MBX1", 100), ("MBX0", 1)].map { block, cycle in
      waivers.waives(.event(block: block), line: 1, cycle: UInt64(cycle))
    }
    #expect(events == [true, false, false])
    let ofHead = waivers.waives(.head, line: 1, cycle: 0)
    #expect(!ofHead)
    #expect(waivers.unused.map(\.line) == [6])
  }

  @Test("Of many waivers each difference finds its own, and all others are told")
  func many() throws {
    let lines = (0..<1000).map { "MBX\($0 % 2).SENSE[\($0 % 8)] lines \($0), why" }
    var waivers = try Self.waivers(lines.joined(separator: "\n"))
    for line in 0..<200 {
      let address = MemoryMap.tile(line % 2) + TileRegister.sense.offset(line % 8)
      let other = MemoryMap.tile(line % 2) + TileRegister.sense.offset((line + 2) % 8)
      let (own, others) = (Self.waives(&waivers, address, line), Self.waives(&waivers, other, line))
      #expect(own && !others, "\(line)")
    }
    #expect(waivers.unused.map(\.line) == Array(201...1000))
  }

  private static func waives(_ waivers: inout LogWaivers, _ address: UInt32, _ line: Int) -> Bool {
    waivers.waives(.access(address: address, fields: ["ODD"]), line: line, cycle: 5)
  }

  @Test("Two fields are waived by two lines, all of a register by one")
  func together() throws {
    var waivers = try Self.waivers("MBX0.SENSE[*].ODD, a\nMBX0.SENSE.EVEN, b\nMBX1.*, c\n")
    let both = waivers.waives(.access(address: Self.sense, fields: ["EVEN", "ODD"]), line: 1, cycle: 1)
    let missing = waivers.waives(.access(address: MemoryMap.tile(1), fields: []), line: 1, cycle: 1)
    #expect(both && missing)
    #expect(waivers.unused.isEmpty)
  }

  @Test(
    "What is no waiver, or names what no board has, is refused with its line",
    arguments: [
      ("MBX0.SENSE", "is 'MBX0.SENSE', expected a register"), ("MBX0.SENSE, ", "expected a register"),
      ("MBX0, why", "expected a register"), ("event MBX0.SENSE, why", "expected a register"),
      ("MBX0.SENSE lines 9-3, why", "expected a register"), ("MBX0.SENSE[x], why", "expected a register"),
      ("MBX0.SENSE lines 1 lines 2, why", "expected a register"), ("MBX9.SENSE, why", "no block is called 'MBX9'"),
      ("MBX0.SENCE, why", "no register of MBX0 is called 'SENCE'"),
      ("MBX0.SENSE[512], why", "MBX0.SENSE has no element 512"),
      ("MBX0.SENSE.EVEM, why", "no field of MBX0.SENSE is called 'EVEM'"), (", why", "expected a register"),
      ("MBX0..ODD, why", "no register of MBX0 is called ''"),
      ("MBX0.SENSE., why", "no field of MBX0.SENSE is called ''"),
      ("MBX0.SENSE[99999999999999999999], why", "expected a register"),
      ("MBX0.SENSE cycles 0-18446744073709551616, why", "expected a register"),
    ])
  func refused(_ line: String, _ message: String) {
    do throws(InputError) {
      _ = try Self.waivers("# one\n\(line)\n")
      Issue.record("'\(line)' was taken")
    } catch {
      #expect(error.line == 2 && error.description.contains(message), "\(error)")
    }
  }
}
