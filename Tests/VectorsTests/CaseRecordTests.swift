import Board
import Registers
import Tasks
import Testing

@testable import Vectors

/// What `firmware/CaseRunner` takes: four words a step, in bursts that the registers of a hart hold.
@Suite("Records of a case's program")
struct CaseRecordTests {
  private static func words(_ step: CaseRecord.Step, begins: Bool = false) -> [UInt32] {
    CaseRecord(step: step, begins: begins).words(AgreementMap())
  }

  private static func tile(_ register: TileRegister, _ element: Int = 0, of number: Int = 0) -> UInt32 {
    MemoryMap.tile(number) + register.offset(element)
  }

  @Test("A pass is to a cycle of 64 bits, its high word first", arguments: [false, true])
  func passes(_ begins: Bool) {
    let kind: UInt32 = begins ? 0x103 : 3
    for (cycle, high, low) in [
      (0, 0, 0), (1, 0, 1), (0xffff_ffff, 0, 0xffff_ffff), (0x1_0000_0000, 1, 0), (0x3_0000_0005, 3, 5),
      (0x2000_0000_0000_0001, 0x2000_0000, 1),
    ] as [(UInt64, UInt32, UInt32)] {
      #expect(Self.words(.pass(cycle), begins: begins) == [kind, high, low, 0], "\(cycle)")
    }
  }

  @Test("The energy is its two words, whole; what lies beside them is no bit of a die")
  func energy() {
    let map = AgreementMap()
    for (address, mask) in [
      (Self.tile(.energy), .max), (Self.tile(.energy, 1), .max), (Self.tile(.energy, 2), 0),
      (Self.tile(.energy, 1, of: 7), .max), (Self.tile(.energy) - 4, 0), (MemoryMap.ram + 0x90, 0),
    ] as [(UInt32, UInt32)] {
      #expect(CaseRecord.ofTheDie(address, map) == mask, "\(address)")
    }
  }

  @Test("A write is 0, a read 1, a read of anything 2; one that begins a burst has 256 more")
  func kinds() {
    let (start, reads) = (Self.tile(.start), Self.tile(.reads))
    #expect(Self.words(.write(start, 7)) == [0, start, 7, 0])
    #expect(Self.words(.write(start, 7), begins: true) == [0x100, start, 7, 0])
    #expect(Self.words(.read(reads, expected: 9)) == [1, reads, 9, 0])
    #expect(Self.words(.read(reads, expected: 9), begins: true) == [0x101, reads, 9, 0])
    #expect(Self.words(.readAny(reads)) == [2, reads, 0, 0])
    #expect(Self.words(.readAny(reads), begins: true) == [0x102, reads, 0, 0])
  }

  @Test("Codes and both words of the energy depend on the die, counters and settings do not", arguments: 0..<8)
  func die(_ number: Int) {
    let map = AgreementMap()
    for half in 0...1 {
      #expect(CaseRecord.ofTheDie(Self.tile(.energy, half, of: number), map) == .max)
      for counter in [TileRegister.reads, .phases, .pulses, .programCycles, .serialCycles] {
        #expect(CaseRecord.ofTheDie(Self.tile(counter, half, of: number), map) == 0, "\(counter)[\(half)]")
      }
    }
    #expect(CaseRecord.ofTheDie(Self.tile(.sense, 3, of: number), map) == .max)
    #expect(CaseRecord.ofTheDie(Self.tile(.drive, 3, of: number), map) == 0)
  }

  private static func beginnings(_ steps: [CaseRecord.Step]) -> [Int] {
    CaseRecord.inBursts(steps).enumerated().filter { $0.element.begins }.map(\.offset)
  }

  @Test("A burst has as many accesses as 27 registers hold addresses and words of, and room for one more")
  func room() {
    let write = CaseRecord.Step.write(Self.tile(.drive), 1)
    let read = CaseRecord.Step.read(Self.tile(.reads), expected: 1)
    #expect(Self.beginnings(Array(repeating: write, count: 40)) == [0, 13, 26, 39])
    #expect(Self.beginnings(Array(repeating: read, count: 60)) == [0, 26, 52])
    #expect(Self.beginnings(Array(repeating: .readAny(Self.tile(.reads)), count: 30)) == [0, 26])
    #expect(Self.beginnings([write] + Array(repeating: read, count: 30)) == [0, 25])
    #expect(Self.beginnings([]) == [])
  }

  @Test("A START begins a burst, and what follows is in it up to a read of WAIT, a second START too")
  func operations() {
    let (drive, start) = (CaseRecord.Step.write(Self.tile(.drive), 1), CaseRecord.Step.write(Self.tile(.start), 1))
    let wait = CaseRecord.Step.read(Self.tile(.wait), expected: 0x10)
    let waitAny = CaseRecord.Step.readAny(Self.tile(.wait))
    #expect(Self.beginnings([drive, start, drive, wait, drive, start]) == [0, 1, 5])
    #expect(Self.beginnings([drive, start, start, drive, wait]) == [0, 1])
    #expect(Self.beginnings([start, waitAny, start]) == [0, 2])
    #expect(Self.beginnings([start, .read(Self.tile(.status), expected: 1), start]) == [0])
    let second = CaseRecord.Step.write(Self.tile(.start, of: 7), 1)
    #expect(Self.beginnings([drive, second]) == [0, 1])
    let chips = CaseRecord.Step.write(MemoryMap.chip + TileRegister.start.offset(), 1)
    #expect(Self.beginnings([drive, chips]) == [0])
  }

  @Test("Time passes on its own: a pass begins, and so does what follows it")
  func time() {
    let drive = CaseRecord.Step.write(Self.tile(.drive), 1)
    let start = CaseRecord.Step.write(Self.tile(.start), 1)
    #expect(Self.beginnings([drive, .pass(9), drive, drive]) == [0, 1, 2])
    #expect(Self.beginnings([.pass(9), .pass(99), drive, drive]) == [0, 1, 2])
    // What is under way has had its time.
    #expect(Self.beginnings([start, .pass(9), drive, start]) == [0, 1, 2, 3])
  }
}

@Suite("Room for the cells of a case")
struct CaseRoomTests {
  /// Steps that compare the cells of a fresh chip of one tile.
  private static func steps(_ rows: Int, _ bitLines: Int, pairs: Bool = false) throws -> Int {
    let cells = Array(repeating: "10000000", count: rows * bitLines).joined(separator: ",")
    let synapse = pairs ? #","synapse":"differential""# : ""
    let file = try vectorFile(
      vectorText(
        suite: "mvm", kind: "bus",
        """
        {"id": 1, "given": {"chip": {"tiles": [[\(rows), \(bitLines)]]\(synapse)}, "script": ["R MBX.TILES"]},
        "expect": {"transactions": ["R MBX.TILES 0x00000001"], "conductances": {"0": [\(cells)]}}}
        """))
    guard case .bus(let vector) = file.cases[0].body else { return -1 }
    return CaseState(vector).steps.count
  }

  @Test(
    "Four accesses prepare, half a one a line drives nothing, four and half a one a column read a row",
    arguments: [(1, 1, false, 10), (3, 4, false, 24), (4, 3, false, 30), (2, 5, false, 21), (3, 8, true, 24)])
  func count(_ rows: Int, _ bitLines: Int, _ pairs: Bool, _ count: Int) throws {
    #expect(try Self.steps(rows, bitLines, pairs: pairs) == count)
  }

  @Test("Cells that take more than 1500 accesses are left out, with more rows than columns and the reverse")
  func limits() throws {
    #expect(try Self.steps(271, 1) == 4 + 136 + 271 * 5)
    #expect(try Self.steps(273, 1) == 0)
    #expect(try Self.steps(4, 512) == 4 + 256 + 4 * 260)
    #expect(try Self.steps(5, 512) == 0)
    #expect(try Self.steps(5, 512, pairs: true) == 4 + 128 + 5 * 132)
  }
}
