import Board
import Crossbar
import Files
import Registers
import Tasks
import Testing
import Trace
import Vectors

@Suite("Two logs")
struct LogComparisonTests {
  private static let head = """
    # mblstm register log, version 4
    # results version=3
    # chip seed=1 synapse=reference device=vteam
    # tile word-lines=3 bit-lines=4
    cycle,initiator,kind,address,value,register,detail

    """

  /// `W 0x40011000 5`, `E MBX0,started READ gain=0`: a line each, cycles counted.
  static func log(_ lines: [String], seed: Int = 1) -> String {
    head.replacing("seed=1", with: "seed=\(seed)")
      + lines.enumerated().map { number, line in
        let words = line.split(separator: " ", maxSplits: 1)
        guard words[0] != "E" else { return "\(number + 1),chip,event,,,\(words[1])\n" }
        let parts = words[1].split(separator: " ")
        let value = String(UInt32(parts[1]) ?? 0, radix: 16)
        let padded = String(repeating: "0", count: 8 - value.count) + value
        return "\(number + 1),firmware,\(words[0] == "R" ? "read" : "write"),\(parts[0]),0x\(padded),,\n"
      }.joined()
  }

  static func differences(
    _ one: String, _ other: String, _ change: (inout LogComparison.Options) -> Void = { $0.findsAll = true }
  ) throws -> [LogComparison.Difference] {
    var options = LogComparison.Options()
    change(&options)
    var comparison = try LogComparison(
      try LogReader(Array(one.utf8), file: "a"), named: "a", against: try LogReader(Array(other.utf8), file: "b"),
      named: "b", options)
    var found: [LogComparison.Difference] = []
    while let difference = try comparison.next() { found.append(difference) }
    return found
  }

  static let drives = (0..<12).map { "W 0x400110\($0 < 4 ? "0" : "")\(String(4 * $0, radix: 16)) \($0)" }

  @Test("All values that differ are named, each at its line")
  func values() throws {
    var other = Self.drives
    other[1] = "W 0x40011004 99"
    other[7] = "W 0x4001101c 98"
    let found = try Self.differences(Self.log(Self.drives), Self.log(other))
    #expect(found.map(\.line) == [7, 13])
    #expect(found[0].subject == .access(address: 0x4001_1004, fields: ["EVEN"]))
    #expect(
      found[0].words
        == "a:7, b:7: access 2: expected write MBX0.DRIVE[1] = 0x00000001, got 0x00000063 (EVEN 1, got 99)")
  }

  @Test("Accesses and events that one log has more are named, and behind them the logs are compared again")
  func missing() throws {
    let events = ["E MBX0,error LOCKED", "R 0x40010014 8"]
    let lines = Self.drives + events + Self.drives
    var less = lines
    less.removeSubrange(2...3)
    less.remove(at: 10)
    less[less.count - 1] = "W 0x4001102c 77"
    let found = try Self.differences(Self.log(lines), Self.log(less))
    #expect(found.count == 4, "\(found.map(\.words))")
    #expect(found[2].subject == .event(block: "MBX0"))
    #expect(found[2].words.hasSuffix("expected 'MBX0 error LOCKED', got nothing there"))
    let reversed = try Self.differences(Self.log(less), Self.log(lines))
    #expect(reversed.count == 4 && reversed[2].words.hasSuffix("expected nothing there, got 'MBX0 error LOCKED'"))
    #expect(try Self.differences(Self.log(lines), Self.log(lines)).isEmpty)
  }

  @Test("Logs go on alike where three lines in a row do")
  func three() throws {
    var other = ["W 0x400110fc 1"] + Self.drives.prefix(3) + ["W 0x400110f8 1"] + Self.drives.dropFirst(4)
    let found = try Self.differences(Self.log(Self.drives), Self.log(other))
    #expect(found.map(\.line) == [6, 9], "\(found.map(\.words))")
    other.swapAt(2, 3)
    #expect(try Self.differences(Self.log(Self.drives), Self.log(other)).first?.line == 6)
  }

  @Test("Without --all a log that ends early differs there")
  func short() throws {
    let found = try Self.differences(Self.log(Self.drives), Self.log(Array(Self.drives.prefix(5)))) { _ in }
    #expect(found.first?.words.hasSuffix("got the end of the log") == true)
  }

  /// A row that is read, and pulsed and read again for some rounds; then another access.
  static func row(rounds: Int, _ code: Int, behind: Int = 7) -> [String] {
    let read = { (code: Int) in ["W 0x40010008 49", "R 0x40010010 16", "R 0x40012000 \(code)", "R 0x40012004 0"] }
    let round = { (place: Int) in
      ["W 0x40013000 \(100 + place)", "W 0x40010008 3", "R 0x40010010 48"] + read(place == rounds ? code : place)
    }
    return ["W 0x40011000 127"] + read(rounds == 0 ? code : 1) + (0..<rounds).flatMap { round($0 + 1) }
      + ["W 0x40011000 \(behind)"]
  }

  @Test("Rows of two dies that took other rounds are one step each, compared by their last codes")
  func rounds() throws {
    let one = Self.log(Self.row(rounds: 2, 1000) + Self.row(rounds: 1, 500))
    func found(_ rows: [String], _ analog: AnalogAgreement = .codes(2), seed: Int = 2) throws -> [String] {
      try Self.differences(one, Self.log(rows, seed: seed)) {
        $0.analog = analog
        $0.findsAll = true
      }.map(\.words)
    }
    #expect(try found(Self.row(rounds: 3, 1001) + Self.row(rounds: 0, 498)).isEmpty)
    let off = try found(Self.row(rounds: 3, 1003) + Self.row(rounds: 0, 498))
    #expect(off.count == 1 && off[0].contains("MBX0.SENSE[0]"), "\(off)")
    // What software derives from codes may differ once they have.
    #expect(try found(Self.row(rounds: 3, 1001, behind: 9) + Self.row(rounds: 0, 498)).isEmpty)
    let exact = try found(Self.row(rounds: 2, 1000) + Self.row(rounds: 1, 500), .exact)
    #expect(exact == ["a, b: another chip: expected 'seed=1', got 'seed=2'"])
    let told = try Self.differences(Self.log([]), Self.log([], seed: 2))
    #expect(told.map(\.line) == [1] && told.map(\.cycle) == [0])
  }

  @Test("Codes of other drives are not compared, those of the same are")
  func drives() throws {
    let read = { (drive: Int, code: Int) in
      ["W 0x40011000 \(drive)", "W 0x40010008 33", "R 0x40010010 16", "R 0x40012000 \(code)", "R 0x40012004 0"]
    }
    let one = Self.log(read(5, 100) + read(6, 100))
    func found(_ lines: [String]) throws -> Int {
      try Self.differences(one, Self.log(lines, seed: 2)) {
        $0.analog = .codes(1)
        $0.findsAll = true
      }.count
    }
    #expect(try found(read(5, 101) + read(7, 300)) == 0)
    #expect(try found(read(5, 102) + read(7, 300)) == 1)
  }

  @Test("What one log alone drives counts for the codes behind it")
  func aloneDriven() throws {
    let read = { (codes: [Int], code: Int) in
      codes.map { "W 0x40011000 \($0)" }
        + ["W 0x40010008 33", "R 0x40010010 16", "R 0x40012000 \(code)", "R 0x40012004 0"]
    }
    func found(_ one: [String], _ other: [String]) throws -> [String] {
      try Self.differences(Self.log(one), Self.log(other, seed: 2)) {
        $0.analog = .codes(1)
        $0.findsAll = true
      }.map(\.words)
    }
    let (more, less) = (read([5, 7], 300), read([5], 100))
    #expect(try found(more, less).count == 1 && found(less, more).count == 1)
  }

  @Test("Logs of other chips are told by the first thing in which their heads differ, also where one says more")
  func chips() throws {
    let tile = "# tile word-lines=3 bit-lines=4\n"
    let one = Self.log(Self.drives)
    for (other, words) in [
      (one.replacing(tile, with: tile + tile), "expected nothing more, got 'tile'"),
      (one.replacing(tile, with: tile + "# tile word-lines=2 bit-lines=4\n"), "expected nothing more, got 'tile'"),
      (one.replacing("bit-lines=4", with: "bit-lines=6"), "expected 'bit-lines=4', got 'bit-lines=6'"),
      (one.replacing("device=vteam", with: "device=umass"), "expected 'device=vteam', got 'device=umass'"),
      (one.replacing("seed=1", with: "seed=2"), "expected 'seed=1', got 'seed=2'"),
    ] {
      #expect(try Self.differences(one, other).map(\.words) == ["a, b: another chip: \(words)"])
    }
    let more = one.replacing(tile, with: tile + tile)
    #expect(try Self.differences(more, one).map(\.words) == ["a, b: another chip: expected 'tile', got nothing more"])
    #expect(
      try Self.differences(one, one.replacing("seed=1", with: "seed=2")) { $0.analog = .codes(1) }.isEmpty)
  }

  @Test("Rounds may have the interrupts of a controller that sleeps among them, and other accesses end them")
  func sleepingRounds() throws {
    let address = MemoryMap.chip + ChipRegister.interruptPending.offset()
    let pending = "W 0x\(String(address, radix: 16)) 4294967295"
    func log(_ rounds: Int, _ code: Int, seed: Int) -> String {
      let lines = Self.row(rounds: rounds, code).flatMap { line in
        line.hasPrefix("W 0x40010008") ? [pending, line] : [line.replacing("R 0x40010010", with: "R 0x4001000c")]
      }
      return Self.log(lines, seed: seed)
    }
    func found(_ one: String, _ other: String) throws -> [String] {
      try Self.differences(one, other) {
        $0.analog = .codes(2)
        $0.findsAll = true
      }.map(\.words)
    }
    #expect(try found(log(2, 1000, seed: 1), log(3, 1001, seed: 2)).isEmpty)
    #expect(try found(log(2, 1000, seed: 1), log(0, 1002, seed: 2)).isEmpty)
    #expect(try found(log(2, 1000, seed: 1), log(3, 1003, seed: 2)).count == 1)
  }

  @Test("A class of agreement wants the chip of the log that is expected; without one it is of no matter")
  func unknownChip() throws {
    let log = Self.log(Self.drives).replacing("synapse=reference", with: "synapse=nonsense")
    let error = #expect(throws: InputError.self) { try Self.differences(log, log) { $0.analog = .codes(2) } }
    #expect(error?.description.hasPrefix("a:1: ") == true)
    #expect(try Self.differences(log, log).isEmpty)
  }
}
