import Board
import Files
import Registers
import Tasks

/// Waits for GDB with a program on the board.
enum DebugVerb: Verb {
  static let name = "debug"
  static let summary = "Run a program under GDB."
  static let usage = "debug PROGRAM --gdb PORT"
  static let discussion = """
    Waits on 127.0.0.1 for one connection of gdb-multiarch or riscv32-unknown-elf-gdb:

      gdb-multiarch PROGRAM -ex 'target remote :PORT'

    Breakpoints, watchpoints, stepping, registers, CSRs and memory work as on hardware. What GDB reads has no side
    effect, on registers of the chip neither; it cannot write those. 'monitor help' lists what only this board has:
    'monitor reg MBX0.STATUS', 'monitor log on'. What the program prints goes to standard output. Ends with the
    connection.

    example: mblstm debug .build/firmware/read_row.elf --gdb 3333
    """
  static let options =
    [
      Option(
        "--gdb", "PORT", .integer(0...UInt16.max), isRequired: true,
        "The port to wait on; 0 chooses a free one and says which.")
    ] + BoardArguments.options
  static let operands = [BoardArguments.operand]

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration { try BoardArguments.chip(arguments) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let port: UInt16 = arguments.integer("--gdb")
    let board = try BoardArguments(arguments)
    let log = WatchedLog(BlockMap.board(tiles: board.chip.tiles.count), board.program)
    var session = try DebugSession(board.program, on: board.machine(log: log), ramBytes: board.ramBytes)
    let listener = try LoopbackListener(port: port)
    Console.message("waiting for GDB on 127.0.0.1:\(listener.port)")
    let connection = try listener.accept()
    while !session.isFinished, let bytes = connection.receive(waits: !session.isRunning) {
      try Interruption.check()
      var reply = session.receive(bytes)
      if session.isRunning { reply += session.advance() }
      let printed = session.printed()
      if !printed.isEmpty { Console.write(printed) }
      guard connection.send(reply) else { break }
    }
    return .success
  }
}
