import Board
import Files
import Foundation
import Registers
import Testing
import Trace

@testable import Tasks

/// Logs of some sequences of a run, or of a part of its time.
@Suite("Parts of a run")
struct PartialLogTests {
  private typealias Log = PartialLog<MemoryOutput>
  private static let tile = MemoryMap.tile(0)

  /// A run of sequences, each a conversion of its own code, logged in part.
  private static func run(
    sequences: Int = 6, analog: Bool = false, _ change: (inout LogSelection) -> Void
  ) throws -> (text: String, waves: String) {
    var selection = LogSelection()
    change(&selection)
    let chip = AnyGuest.chip
    var machine = try Machine(
      chip, log: Log(selection, csv: MemoryOutput(), vcd: MemoryOutput(), analog: analog, of: chip), ramBytes: 64)
    machine.write(tile + TileRegister.drive.offset(1), 1)
    for sequence in 1...sequences {
      machine.noteSequence()
      machine.write(tile + TileRegister.drive.offset(), UInt32(sequence))
      machine.write(tile + TileRegister.start.offset(), 0x21)
      _ = machine.read(tile + TileRegister.wait.offset())
    }
    try machine.log.close()
    let (csv, vcd) = (try #require(machine.log.csv), try #require(machine.log.vcd))
    return (csv.text, vcd.text)
  }

  /// Of the drives that a text has.
  private static func driven(_ text: String) -> [Int] {
    text.split(separator: "\n").compactMap { line in
      line.contains(",MBX0.DRIVE[0]") ? Int(line.split(separator: ",")[4].suffix(2), radix: 16) : nil
    }
  }

  /// Of the waves: the dump's keywords and the codes of line 0 while it is on.
  private static func dumped(_ waves: String) throws -> [String] {
    let name = try #require(waves.firstMatch(of: /\$var wire 16 (\S+) DRIVE_0 \$end/)).1
    var told: [String] = []
    for line in waves[(waves.range(of: "$enddefinitions")?.upperBound ?? waves.startIndex)...].split(separator: "\n") {
      if line.hasPrefix("$dump") { told.append(String(line)) }
      guard line.hasPrefix("b"), line.hasSuffix(" \(name)") else { continue }
      if let code = Int(line.dropFirst().prefix { $0 != " " }, radix: 2) { told.append("\(code)") }
    }
    return told
  }

  @Test("One of so many sequences, from the first on: text has their entries, waves are off in between and go on right")
  func every() throws {
    for every in 1...4 {
      let (text, waves) = try Self.run { $0.every = every }
      let chosen = (1...6).filter { ($0 - 1) % every == 0 }
      #expect(Self.driven(text) == chosen, "\(every)")
      #expect(text.contains("MBX0.DRIVE[1]") == (every == 1))
      var expected: [String] = every == 1 ? ["$dumpvars", "0"] : []
      for sequence in 1...6 {
        let (was, isOn) = (sequence > 1 ? (sequence - 2) % every == 0 : every == 1, (sequence - 1) % every == 0)
        if isOn, !was { expected += [expected.isEmpty ? "$dumpvars" : "$dumpon", "\(sequence - 1)"] }
        if !isOn, was { expected.append("$dumpoff") }
        if isOn { expected.append("\(sequence)") }
      }
      #expect(try Self.dumped(waves) == expected, "\(every)")
    }
  }

  @Test("From one sequence to another, both are in, and nothing before or behind")
  func sequences() throws {
    for (first, last) in [(1, 1), (2, 4), (3, 3), (5, 6), (6, 9)] {
      let (text, waves) = try Self.run {
        $0.from = .sequence(first)
        $0.to = .sequence(last)
      }
      let inside = (first...min(last, 6)).map { $0 }
      #expect(Self.driven(text) == inside)
      let codes = ["$dumpvars", "\(first - 1)"] + inside.map(String.init) + (last < 6 ? ["$dumpoff"] : [])
      #expect(try Self.dumped(waves) == codes, "\(first) \(last)")
      #expect(text.contains("# state ") && !text.contains("before the log began"))
    }
    let never = try Self.run { $0.from = .sequence(7) }
    #expect(Self.driven(never.text) == [] && never.text.contains("# the run was over before the log began"))
    #expect(try Self.dumped(never.waves) == ["$dumpvars", "6"])
  }

  @Test("To a cycle: the entries of the cycle are in, those behind it are not, and waves stop there with their levels")
  func cycles() throws {
    let whole = try Self.run { _ in }.text.split(separator: "\n").filter { $0.first?.isNumber == true }
    let moments = Set(whole.compactMap { UInt64($0.prefix { $0 != "," }) }).sorted()
    for last in moments + moments.map({ $0 + 1 }) {
      let (text, waves) = try Self.run { $0.to = .cycle(last) }
      let expected = whole.filter { (UInt64($0.prefix { $0 != "," }) ?? 0) <= last }
      #expect(text.split(separator: "\n").filter { $0.first?.isNumber == true } == expected, "\(last)")
      #expect(waves.contains("$dumpoff") == (expected.count < whole.count), "\(last)")
    }
  }

  @Test("Volts and amperes of a part are those of the whole up to where it ends, and stay there")
  func levels() throws {
    func reals(_ waves: String) -> [Substring] {
      waves[(waves.range(of: "$enddefinitions")?.upperBound ?? waves.startIndex)...].split(separator: "\n")
        .filter { $0.hasPrefix("r") && !$0.hasPrefix("rNaN") }
    }
    let whole = reals(try Self.run(analog: true) { _ in }.waves)
    let part = reals(try Self.run(analog: true) { $0.to = .sequence(3) }.waves)
    #expect(whole.count > part.count && part.count > 20 && Array(whole.prefix(part.count)) == part)
    #expect(try reals(Self.run { _ in }.waves).isEmpty)
    var selection = LogSelection()
    selection.to = .sequence(1)
    for analog in [true, false] {
      #expect(
        Log(selection, csv: nil, vcd: MemoryOutput(), analog: analog, of: AnyGuest.chip).takesLevels == analog)
    }
    #expect(!Log(selection, csv: MemoryOutput(), vcd: nil, analog: true, of: AnyGuest.chip).takesLevels)
  }

  @Test("A remark is in text and waves, also of a run that was over before its log began")
  func comments() throws {
    for from in [nil, LogSelection.Moment.cycle(1 << 40)] {
      var selection = LogSelection()
      selection.from = from
      var log = Log(selection, csv: MemoryOutput(), vcd: MemoryOutput(), of: AnyGuest.chip)
      log.comment("looked at")
      try log.close()
      let (text, waves) = (try #require(log.csv).text, try #require(log.vcd).text)
      #expect(text.contains("# looked at\n") && waves.contains("$comment looked at $end\n"))
      #expect(text.contains("# the run was over before the log began\n") == (from != nil))
    }
  }

  @Test("The power that goes before the first cycle of a log leaves it empty, and the run ends there all the same")
  func powerBefore() throws {
    for (cut, first) in [(50, 60), (60, 60), (70, 60)] as [(UInt64, UInt64)] {
      var selection = LogSelection()
      selection.from = .cycle(first)
      let chip = AnyGuest.chip
      var machine = try Machine(
        chip, log: Log(selection, csv: MemoryOutput(), vcd: nil, of: chip), ramBytes: 64)
      machine.schedule(SupplyFaults(powerCut: cut))
      machine.advance(to: 55)
      machine.advance(to: 59)
      machine.advance(to: 100)
      machine.write(MemoryMap.ram, 1)
      #expect(machine.powerLoss?.cycle == cut && machine.cycle == cut, "\(cut)")
      try machine.log.close()
      let text = try #require(machine.log.csv).text
      #expect(text.contains("\(cut),chip,event,,,MBX,power off") == (cut >= first), "\(cut)")
      #expect(text.contains("before the log began") == (cut < first), "\(cut)")
    }
  }
}
