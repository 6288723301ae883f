import Board
import Foundation
import RV32
import Registers
import Tasks
import Testing
import Trace

/// Packets of GDB's `monitor` to a board, without a GDB.
@Suite("Resets and power in a debugger's hands")
struct DebuggedBoardTests {
  /// Unlocks tile 0, sets a width, starts a long PROGRAM_ROW, and loops.
  private static let words: [UInt32] = [
    0x4001_02b7,  // lui t0, MBX0
    0x5052_5337,  // lui t1, 0x50525
    0xf473_0313,  // addi t1, t1, -0xb9
    0x0062_ac23,  // sw t1, UNLOCK(t0)
    0x4001_33b7,  // lui t2, MBX0.PULSE
    0x7d00_0313,  // li t1, 2000
    0x0063_a023,  // sw t1, 0(t2)
    0x0030_0313,  // li t1, PROGRAM_ROW
    0x0062_a423,  // sw t1, START(t0)
    0x0000_006f,  // j .
  ]

  private static func session() throws -> DebugSession {
    let path = NSTemporaryDirectory() + "debugged-\(UUID().uuidString).bin"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let program = try Program(path: path, rawAddress: MemoryMap.ram)
    let chip = smallChip()
    let log = WatchedLog(BlockMap.board(tiles: chip.tiles.count), program)
    return try DebugSession(program, on: Machine(chip, log: log, ramBytes: 0), ramBytes: 1 << 16)
  }

  private static func ask(_ session: inout DebugSession, _ packet: String) -> String {
    let sum = packet.utf8.reduce(0 as UInt8, &+)
    let digits = String(sum, radix: 16)
    let answer = session.receive(Array("$\(packet)#\(digits.count < 2 ? "0" : "")\(digits)".utf8))
    let text = String(decoding: answer, as: UTF8.self)
    return text.split(separator: "$").last?.split(separator: "#").first.map(String.init) ?? text
  }

  private static func monitor(_ session: inout DebugSession, _ command: String) -> String {
    let hex = command.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    let digits = Array(ask(&session, "qRcmd,\(hex)").utf8)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
      UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func pc(_ session: inout DebugSession) -> String { ask(&session, "p20") }

  @Test("Between two looks at the debugger a million instructions run, ten thousand where accesses are shown")
  func turns() throws {
    for (log, count) in [("off", 1_000_000), ("on", 10_000)] {
      var session = try Self.session()
      #expect(Self.monitor(&session, "log \(log)") == "the register log is \(log)\n")
      for turn in 1...3 {
        _ = Self.ask(&session, "c")
        _ = session.advance()
        let isRunning = session.isRunning
        #expect(isRunning)
        _ = session.receive([3])
        #expect(Self.monitor(&session, "time").hasSuffix(", instruction \(turn * count)\n"))
      }
    }
  }

  @Test("Power that goes ends the pulse with its dose; the cells stay, the hart is at its reset vector")
  func powerCut() throws {
    var session = try Self.session()
    for _ in 0..<12 {
      _ = Self.ask(&session, "vCont;s")
      _ = session.advance()
    }
    #expect(Self.pc(&session) == "24000080")
    let state = Self.monitor(&session, "power")
    #expect(state.contains("MBX0: references settled, drivers on; PROGRAM_ROW row=0 until cycle 40"), "\(state)")
    #expect(state.contains("MBX1: references settled, drivers on; idle"), "\(state)")
    let told = Self.monitor(&session, "power-cut")
    #expect(told.hasPrefix("the power was cut at cycle "))
    #expect(told.contains("during PROGRAM_ROW of tile 0, row 0; phase SET, "))
    #expect(told.hasSuffix(", and came again\nMBX.RESET_CAUSE: HART=0 CHIP=0 POWER=1 BROWN_OUT=0 TILES=0\n"), "\(told)")
    #expect(Self.pc(&session) == "00000080")
    #expect(Self.monitor(&session, "reg MBX0.STATUS").contains("BUSY=0 LOCKED=1"))
    #expect(Self.monitor(&session, "reg MBX0.ABORTED") == "MBX0.ABORTED = 0x0 OPERATION=0 PHASE=0 ROW=0\n")
    #expect(Self.monitor(&session, "time") == "cycle 0, instruction 0\n")
    let idle = "references settled, drivers on; idle\n"
    let parts = "MBX0: \(idle)MBX1: \(idle)FLASH: idle\n"
    #expect(Self.monitor(&session, "power") == "on, cycle 0\n\(parts)" + Self.causes("POWER"))
  }

  @Test("Supplies that fail end the pulse; the program goes on without them")
  func brownOut() throws {
    var session = try Self.session()
    for _ in 0..<12 {
      _ = Self.ask(&session, "vCont;s")
      _ = session.advance()
    }
    let told = Self.monitor(&session, "brown-out")
    #expect(told.contains("MBX0: references off, drivers off; idle\nMBX1: references off, drivers off; idle\n"))
    #expect(told.hasSuffix("MBX.RESET_CAUSE: HART=0 CHIP=0 POWER=1 BROWN_OUT=1 TILES=0\n"), "\(told)")
    #expect(Self.monitor(&session, "reg MBX0.ABORTED").contains("OPERATION=3 PHASE=1 ROW=0"))
    #expect(Self.pc(&session) == "24000080")
  }

  private static func causes(_ parts: String...) -> String {
    let bits = ["HART", "CHIP", "POWER"].map { "\($0)=\(parts.contains($0) ? 1 : 0)" }.joined(separator: " ")
    return "MBX.RESET_CAUSE: \(bits) BROWN_OUT=0 TILES=0\n"
  }

  @Test("A kill and 'quit' end the session, a debugger that goes does not")
  func ends() throws {
    func isOver(_ session: borrowing DebugSession) -> [Bool] { [session.isFinished, session.isDetached] }
    var killed = try Self.session()
    #expect(isOver(killed) == [false, false])
    _ = Self.ask(&killed, "k")
    #expect(isOver(killed) == [true, false])
    for _ in 0..<2 {
      let isLast = killed.disconnect()
      #expect(isLast && isOver(killed) == [true, false])
    }
    var quit = try Self.session()
    #expect(Self.monitor(&quit, "quit") == "the session is over\n")
    #expect(isOver(quit) == [true, false])
    var left = try Self.session()
    #expect(Self.ask(&left, "D") == "OK")
    #expect(isOver(left) == [false, true])
  }

  @Test("A reset of a part leaves the others; breakpoints stay")
  func resets() throws {
    var session = try Self.session()
    #expect(Self.ask(&session, "Z0,80000010,4") == "OK")
    for _ in 0..<12 {
      _ = Self.ask(&session, "vCont;s")
      _ = session.advance()
    }
    let told = Self.monitor(&session, "reset tile 0")
    #expect(told == "MBX.RESET_CAUSE: HART=0 CHIP=0 POWER=1 BROWN_OUT=0 TILES=1\n")
    #expect(Self.pc(&session) == "24000080")
    #expect(Self.monitor(&session, "reg MBX0.ABORTED").contains("OPERATION=3 PHASE=1 ROW=0"))
    #expect(Self.monitor(&session, "reset hart") == "MBX.RESET_CAUSE: HART=1 CHIP=0 POWER=1 BROWN_OUT=0 TILES=1\n")
    #expect(Self.pc(&session) == "00000080")
    _ = Self.ask(&session, "vCont;c")
    #expect(String(decoding: session.advance(), as: UTF8.self).contains("T05"))
    #expect(Self.pc(&session) == "10000080")
    #expect(Self.monitor(&session, "reset chip").contains("HART=1 CHIP=1"))
    #expect(Self.pc(&session) == "10000080")
    #expect(Self.monitor(&session, "reset").contains("HART=1 CHIP=1") && Self.pc(&session) == "00000080")
    #expect(Self.monitor(&session, "reset power").hasSuffix(Self.causes("POWER")))
    #expect(Self.monitor(&session, "reset tile 2") == "the chip has no such tile\n")
    for command in ["reset tile", "reset tile 8", "reset all", "power on"] {
      #expect(Self.monitor(&session, command) == "unknown monitor command\n", "\(command)")
    }
    #expect(Self.monitor(&session, "help").contains("power-cut"))
  }
}
