import Board
import RV32
import Registers
import Tasks
import Trace

/// What runs on the board, and who debugs it.
enum Guests {
  private static let ramBytes = 1 << 16

  private static func machine<Log: LogSink>(_ log: Log) throws -> Machine<Log> {
    let chip = ChipConfiguration(tiles: [
      TileConfiguration(wordLines: 4, bitLines: 4), TileConfiguration(wordLines: 3, bitLines: 8),
    ])
    return try Machine(chip, log: log, ramBytes: 0)
  }

  /// The bytes are the program.
  static func run(_ bytes: [UInt8]) throws {
    let program = try Program(bytes, named: "guest", rawAddress: MemoryMap.ram)
    var execution = try Execution(program, on: try machine(NoLog()), ramBytes: ramBytes)
    execution.instructionLimit = 20_000
    execution.cycleLimit = 1 << 40
    execution.core.host.semihosting = bytes.count % 2 == 0
    _ = try execution(print: { _ in })
    _ = program.lines(of: execution.machine.diagnostics, names: RegisterNames(execution.machine.maps))
    _ = program.lines(of: execution.core.unservedCalls)
    _ = execution.machine.snapshot
  }

  /// li a0, 16; addi a0, a0, -1; bnez a0, -4; sw a0, 4(gp); lw a1, 8(gp); j -20, with gp where the chip is.
  private static let loop: [UInt32] = [
    0x4000_01b7, 0x0100_0513, 0xfff5_0513, 0xfe05_1ee3, 0x00a1_a223, 0x0081_a583, 0xfedf_f06f,
  ]

  /// A session: lines are packets, whose checksums are put to them; one that begins with a byte 0 goes as it is.
  static func debugged(_ bytes: [UInt8]) throws {
    let code = loop.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) } }
    let program = try Program(code, named: "loop", rawAddress: MemoryMap.ram)
    let board = try machine(NoLog())
    let log = WatchedLog(board.maps, program)
    var session = try DebugSession(program, on: try machine(log), ramBytes: ramBytes)
    for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(64) {
      if line.first == 0 {
        _ = session.receive(line.dropFirst())
      } else {
        let sum = line.reduce(0 as UInt8, &+)
        let digits = String(sum, radix: 16)
        _ = session.receive(
          [UInt8(ascii: "$")] + line + Array("#\(sum < 16 ? "0" : "")\(digits)".utf8))
      }
      if session.isRunning {
        _ = session.advance()
        _ = session.receive([3])
      }
      _ = session.printed()
      _ = session.place
      if session.isFinished { return }
      if session.isDetached { _ = session.disconnect() }
    }
  }
}
