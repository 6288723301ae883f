import Board
import Files
import RV32
import Registers
import Testing
import Trace

@testable import Tasks

@Suite("What a debugger is told of the board")
struct MonitorTests {
  private static let chip = ChipConfiguration(tiles: [
    TileConfiguration(wordLines: 4, bitLines: 4), TileConfiguration(wordLines: 2, bitLines: 2),
  ])

  /// A jump to itself.
  private static func program() throws -> Program {
    try Program([0x6f, 0, 0, 0], named: "loop", rawAddress: 0x8000_0000)
  }

  private static func session() throws -> DebugSession {
    let program = try program()
    return try DebugSession(
      program, on: Machine(chip, log: WatchedLog(chip.maps, program)), ramBytes: Machine<NoLog>.defaultRAMBytes)
  }

  private static func hex(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }

  /// A packet with its sum, and the words of the answer.
  private static func send(_ packet: String, to session: inout DebugSession) -> String {
    let sum = packet.utf8.reduce(0 as UInt8, &+)
    let reply = String(decoding: session.receive(Array("$\(packet)#\(hex(sum))".utf8)), as: UTF8.self)
    guard let first = reply.lastIndex(of: "$"), let last = reply.lastIndex(of: "#") else { return reply }
    return String(reply[reply.index(after: first)..<last])
  }

  private static func ask(_ command: String, of session: inout DebugSession) -> String {
    let reply = Array(send("qRcmd," + command.utf8.map(hex).joined(), to: &session).utf8)
    let bytes = stride(from: 0, to: reply.count - 1, by: 2).compactMap {
      UInt8(String(decoding: reply[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Commands are answered in their words, others are unknown")
  func commands() throws {
    var session = try Self.session()
    let unknown = "unknown monitor command\n"
    for (command, answer) in [
      ("help", DebugSession.help), ("help me", DebugSession.help), ("", DebugSession.help), (" ", DebugSession.help),
      ("time", "cycle 0, instruction 0\n"), ("time now", unknown), ("log on", "the register log is on\n"),
      ("log off", "the register log is off\n"), ("log", unknown), ("log maybe", unknown), ("log on now", unknown),
      ("reg", unknown), ("reg MBX0 MBX1", unknown), ("nothing", unknown), ("reset nothing", unknown),
      ("reset tile 99", unknown),
    ] {
      #expect(Self.ask(command, of: &session) == answer, "\(command)")
    }
    #expect(DebugSession.help.contains("reg NAME") && DebugSession.help.contains("quit"))
  }

  @Test("A register is found by its name, its array's or its block's, in any case, and by no part of a name")
  func registers() throws {
    var session = try Self.session()
    func names(_ asked: String, of session: inout DebugSession) -> [String] {
      Self.ask("reg " + asked, of: &session).split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    }
    #expect(names("MBX0.DRIVE[1]", of: &session) == ["MBX0.DRIVE[1]"])
    #expect(names("mbx1.geometry", of: &session) == ["MBX1.GEOMETRY"])
    let array = names("MBX0.DRIVE", of: &session)
    #expect(array.prefix(2) == ["MBX0.DRIVE[0]", "MBX0.DRIVE[1]"] && array.allSatisfy { $0.hasPrefix("MBX0.DRIVE[") })
    let block = names("mbx1", of: &session)
    #expect(block.contains("MBX1.GEOMETRY") && block.allSatisfy { $0.hasPrefix("MBX1.") })
    #expect(names("MBX", of: &session).allSatisfy { $0.hasPrefix("MBX.") })
    for name in ["MBX9", "MBX0.DRIV", "MBX0.DRIVE[1", "BX0", "MBX0.DRIVE[1]x"] {
      #expect(Self.ask("reg \(name)", of: &session) == "no register '\(name)'\n", "\(name)")
    }
    #expect(Self.ask("reg MBX0.DRIVE[1]", of: &session) == "MBX0.DRIVE[1] = 0x0 EVEN=0 ODD=0\n")
  }

  @Test("A session is over once it is quit, and not before")
  func quit() throws {
    var session = try Self.session()
    let before = (session.isFinished, session.isDetached, session.isRunning)
    #expect(before == (false, false, false))
    let place = session.place
    #expect(place == "0x80000000")
    #expect(Self.ask("quit now", of: &session) == "unknown monitor command\n")
    let isFinishedBefore = session.isFinished
    #expect(Self.ask("quit", of: &session) == "the session is over\n")
    let isFinished = session.isFinished
    #expect(!isFinishedBefore && isFinished)
    let isOver = session.disconnect()
    #expect(isOver)
    var other = try Self.session()
    let isOtherOver = other.disconnect()
    #expect(!isOtherOver)
  }

  @Test("With the register log on a program runs 10 000 instructions at a time")
  func slices() throws {
    var session = try Self.session()
    _ = Self.ask("log on", of: &session)
    _ = Self.send("c", to: &session)
    let isRunning = session.isRunning
    #expect(isRunning)
    _ = session.advance()
    _ = session.receive([3])
    #expect(Self.ask("time", of: &session).hasSuffix("instruction 10000\n"))
  }

  @Test("A log that is watched has lines while it is on, each handed out once")
  func watched() throws {
    var log = WatchedLog(Self.chip.maps, try Self.program())
    let drive = Transaction(.write, MemoryMap.tile(0) + TileRegister.drive.offset(), 0x5)
    let entries = [
      LogEntry(cycle: 12, .access(drive)), LogEntry(cycle: 13, .access(drive), pc: 0x8000_0000),
      LogEntry(cycle: 14, .access(Transaction(.read, drive.address, 0x2_0000))),
      LogEntry(cycle: 15, .event(.settled(tile: 1))),
    ]
    for entry in entries { log.append(entry) }
    #expect(log.collect().isEmpty)
    log.isOn = true
    for entry in entries { log.append(entry) }
    let event = RegisterNames(Self.chip.maps).text(of: entries[3])
    #expect(
      log.collect()
        == "12 write MBX0.DRIVE[0] 0x5 EVEN=5 ODD=0\n13 write MBX0.DRIVE[0] 0x5 EVEN=5 ODD=0 at 0x80000000\n"
        + "14 read MBX0.DRIVE[0] 0x20000 EVEN=0 ODD=2\n15 \(event.register) \(event.detail)\n")
    #expect(log.collect().isEmpty)
    log.isOn = false
    log.append(entries[0])
    #expect(log.collect().isEmpty)
  }
}

@Suite("Differences of both sides in one order")
struct OrderedDifferenceTests {
  @Test("They are by line; on one line the chip's are first, and those of a side stay in their order")
  func order() {
    func differences(_ lines: [Int], _ name: String) -> [Replay.Difference] {
      lines.enumerated().map { place, line in
        Replay.Difference(file: "f", line: line, cycle: 0, subject: .head, message: "\(name)\(place)")
      }
    }
    for (chip, firmware, ordered) in [
      ([], [], []), ([3], [], ["c0"]), ([], [3, 4], ["f0", "f1"]), ([3], [3], ["c0", "f0"]),
      ([3], [2], ["f0", "c0"]), ([3, 5], [1, 2, 4, 5, 6], ["f0", "f1", "c0", "f2", "c1", "f3", "f4"]),
      ([3, 3], [3, 3], ["c0", "c1", "f0", "f1"]),
    ] as [([Int], [Int], [String])] {
      let found = Shadow.ordered(chip: differences(chip, "c"), firmware: differences(firmware, "f"))
      #expect(found.map(\.difference.message) == ordered)
      #expect(found.allSatisfy { $0.difference.message.hasPrefix($0.side == .chip ? "c" : "f") })
    }
  }
}
