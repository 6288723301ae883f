import Board
import Crossbar
import Files
import Foundation
import Registers
import TestSupport
import Testing
import Trace

@testable import Tasks

@Suite("Chip files")
struct ChipFileTests {
  private static let sections = [
    BinarySection("residuals", [-1, 2, Int32.min]), BinarySection("momentum", [UInt8]()),
    BinarySection("training.epoch", [UInt64(7)]),
  ]

  private static func file(seed: UInt64 = 1, steps: Int = 600) throws -> ChipFile {
    ChipFile(
      try Exercise.machine(seed: seed, steps: steps).snapshot,
      facts: [.init("task", "digits"), .init("note", "window=1, a = b"), .init("hidden", 16)], sections: sections)
  }

  @Test("A chip read back goes on with the same log, whatever it was doing", arguments: UInt64(1)...28)
  func continues(seed: UInt64) throws {
    var first = try Exercise.machine(seed: seed, steps: 150 + Int(seed) * 17)
    let file = ChipFile(first.snapshot)
    #expect(seed % 2 == 0 || file.snapshot.tiles.contains { $0.startWord != 0 }, "an operation is under way")
    var second = try ChipFile(bytes: file.bytes, named: "f").machine(log: MemoryLog(), named: "f")
    #expect(second.snapshot == file.snapshot)
    first.log.entries = []
    var firstRandom = SeededRandom(seed + 100)
    var secondRandom = firstRandom
    for _ in 0..<400 {
      Exercise.step(&first, &firstRandom)
      Exercise.step(&second, &secondRandom)
    }
    #expect(first.log.entries.count > 400)
    #expect(first.log.entries == second.log.entries)
    #expect(first.snapshot == second.snapshot)
    #expect(first.chip.tiles.map(\.counters) == second.chip.tiles.map(\.counters))
  }

  @Test("Facts and sections are found again")
  func content() throws {
    let file = try Self.file()
    let read = try ChipFile(bytes: file.bytes, named: "f")
    #expect(read == file)
    #expect(read.fact("note") == "window=1, a = b" && read.fact("hidden") == "16" && read.fact("x") == nil)
    #expect(read.section("residuals")?.integers() == [-1, 2, Int32.min])
    #expect(read.section("residuals")?.integers(Int64.self) == nil)
    #expect(read.sections.map(\.name) == ["residuals", "momentum", "training.epoch"])
  }

  @Test("A file is written whole and read by path")
  func path() throws {
    let place = try TemporaryFile("old", named: "chip.mbx")
    defer { place.remove() }
    let file = try Self.file()
    try file.write(to: place.path)
    #expect(try ChipFile(path: place.path) == file)
    #expect(throws: OutputError("/nowhere/c.mbx", "No such file or directory")) {
      try file.write(to: "/nowhere/c.mbx")
    }
    #expect(throws: InputError("/nowhere/c.mbx", "cannot be read: No such file or directory; expected a chip file")) {
      try ChipFile(path: "/nowhere/c.mbx")
    }
    let folder = (place.path as NSString).deletingLastPathComponent
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["chip.mbx"])
  }

  private func problem(_ bytes: [UInt8]) -> String {
    do throws(InputError) {
      _ = try ChipFile(bytes: bytes, named: "f").machine(log: NoLog(), named: "f")
      return "no error"
    } catch {
      return error.description
    }
  }

  /// The file with some text of its head replaced, and its checksum made right.
  private func edited(_ old: String, _ new: String) throws -> [UInt8] {
    var bytes = try Self.file().bytes.dropLast(4)
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: old) })
    bytes.replaceSubrange(place..<place + old.count, with: new)
    return Self.sealed(bytes)
  }

  private static func sealed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array(bytes) + withUnsafeBytes(of: CRC32.checksum(bytes).littleEndian) { Array($0) }
  }

  @Test("What is wrong with a file is said in one line")
  func mistakes() throws {
    let bytes = try Self.file().bytes
    let foreign = "f: is not a chip file, expected it to begin with 'MBLSTM chip 6'"
    #expect(problem([]) == foreign)
    #expect(problem(Array("PK\u{3}\u{4}".utf8)) == foreign)
    #expect(problem(try edited("chip 6\n", "chip 2\n")) == "f: is of version 2, this program reads version 6")
    #expect(problem(Array(bytes.prefix(60))) == "f: is truncated: its head has no end")
    #expect(
      problem(bytes.dropLast()) == "f: is truncated: it has \(bytes.count - 1) bytes, its head tells of \(bytes.count)")
    var damaged = bytes
    damaged[bytes.count - 10] ^= 4
    #expect(problem(damaged) == "f: is damaged: its checksum does not match its content")
    #expect(problem(bytes + [0]) == "f: is damaged: its checksum does not match its content")
    #expect(
      problem(try edited("tile word-lines=6", "tile word-lines=5"))
        == "f: tile 0 has 24 cells, its configuration 5 × 4")
    #expect(
      problem(try edited("tile word-lines=6 bit-lines=4", "tile word-lines=4 bit-lines=6"))
        .hasPrefix("f: does not fit its configuration: MBX0.GEOMETRY is "))
    #expect(
      problem(try edited("seed=1 synapse", "seed=x synapse"))
        == "f: seed is 'x', expected a whole number from 0 to 18446744073709551615")
    #expect(
      problem(try edited("device=vteam", "device=other"))
        == "f: device is 'other', expected one of: \(Device.names.joined(separator: ", "))")
    // Other cells are stuck then than the file's conductances say.
    #expect(
      problem(try edited("stuck-hrs=0.1", "stuck-hrs=0.9")).hasPrefix(
        "f: does not fit its configuration: a cell of tile"))
    #expect(problem(try edited("section uart", "section uarx")) == "f: has no section 'uart'")
    #expect(problem(try edited("section momentum", "section uart")) == "f: has two sections of one name")
  }

  @Test("10 000 mutations never pass and never crash")
  func mutations() throws {
    let file = try Self.file(steps: 80)
    let bytes = file.bytes
    var random = SeededRandom(3)
    var passed = 0
    for _ in 0..<10_000 {
      let mutated = Self.mutated(bytes, &random)
      guard let read = try? ChipFile(bytes: mutated, named: "f") else { continue }
      passed += 1
      #expect(mutated == bytes && read == file)
    }
    #expect(passed < 200)
  }

  @Test("Sealed again, a mutated file gives an error or a board that works")
  func sealedMutations() throws {
    let bytes = try Self.file(steps: 80).bytes
    var random = SeededRandom(4)
    var worked = 0
    for _ in 0..<2000 {
      let mutated = Self.sealed(Self.mutated(bytes, &random).dropLast(4))
      guard let file = try? ChipFile(bytes: mutated, named: "f"),
        var machine = try? file.machine(log: NoLog(), named: "f")
      else { continue }
      worked += 1
      #expect(try ChipFile(bytes: file.bytes, named: "f") == file)
      for _ in 0..<20 { Exercise.step(&machine, &random) }
    }
    #expect(worked > 100)
  }

  private static func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.next() % 3 {
      guard !bytes.isEmpty else { break }
      let place = Int(random.next() % UInt64(bytes.count))
      let other = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 6 {
      case 0: bytes[place] ^= 1 << UInt8(random.next() % 8)
      case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 2: bytes.removeLast(place % 9)
      case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      case 4: bytes.remove(at: place)
      default: bytes.swapAt(place, other)
      }
    }
    return bytes
  }

  @Test("The checksum is that of zip and PNG")
  func checksum() {
    #expect(CRC32.checksum("123456789".utf8) == 0xcbf4_3926)
    #expect(CRC32.checksum([]) == 0)
  }

  @Test("A board that is powered up has its own RAM, or as many bytes as are asked for")
  func ram() throws {
    let file = try Self.file()
    #expect(try file.poweredUp(log: NoLog(), named: "f").snapshot.ramWords == file.snapshot.ramWords)
    for bytes in [0, 4, 48, 4096] {
      #expect(try file.poweredUp(log: NoLog(), ramBytes: bytes, named: "f").snapshot.ramWords == bytes / 4)
    }
  }

  @Test("A fact whose value has any end of a line in it is refused: it could not be written again")
  func lineEnds() throws {
    for end in ["\u{b}", "\u{c}", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
      #expect(
        problem(try edited("info note=window", "info note=\(end)window")) == "f: 'info' in the head is no property")
    }
    for text in [" ", "\t", "\u{1b}", "=", "ä"] {
      let read = try ChipFile(bytes: edited("info note=window", "info note=\(text)window"), named: "f")
      #expect(read.fact("note")?.hasPrefix("\(text)window") == true)
      #expect(try ChipFile(bytes: read.bytes, named: "f") == read)
    }
  }
}
