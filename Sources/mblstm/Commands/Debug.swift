import Board
import Files
import RV32
import Registers
import Tasks

/// Waits for GDB with a program on the board.
enum DebugVerb: Verb {
  static let name = "debug"
  static let summary = "Run a program under GDB."
  static let usage = "debug PROGRAM --gdb PORT"
  static let discussion = """
    Waits on 127.0.0.1 for gdb-multiarch or riscv32-unknown-elf-gdb, one at a time:

      gdb-multiarch PROGRAM -ex 'target remote :PORT'

    Breakpoints, watchpoints, stepping, registers, CSRs and memory work as on hardware; the program's own 'ebreak' stops
    it too. What GDB reads has no side effect, on registers of the chip neither; it cannot write those. 'monitor help'
    lists what only this board has: 'monitor reg MBX0.STATUS', 'monitor log on', 'monitor reset', 'monitor power-cut'.
    What the program prints goes to standard output.

    After 'target extended-remote', 'run' starts the program anew on the board as it was. After 'detach' or 'disconnect'
    the program stands where it is, and a debugger may come again. Ends by 'kill', by 'monitor quit', and with the
    connection once the program has ended itself, unless that was an extended one.

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
    let log = WatchedLog(board.chip.maps, board.program)
    var session = try DebugSession(board.program, on: board.machine(log: log), ramBytes: board.ramBytes)
    var debuggers = DebuggerPort(try LoopbackListener(port: port))
    Console.message("waiting for GDB on 127.0.0.1:\(debuggers.port)")
    while true {
      try Interruption.check()
      var reply: [UInt8] = []
      switch try debuggers.next(waits: !session.isRunning) {
      case .bytes(let bytes): reply = session.receive(bytes)
      case .gone:
        if session.disconnect() { return .success }
        tellStanding(session, debuggers)
      case .nothing: break
      }
      if session.isRunning { reply += session.advance() }
      let printed = session.printed()
      if !printed.isEmpty { Console.write(printed) }
      debuggers.send(reply)
      if session.isFinished { return .success }
      if session.isDetached {
        debuggers.hangUp()
        _ = session.disconnect()
        tellStanding(session, debuggers)
      }
    }
  }

  private static func tellStanding(_ session: borrowing DebugSession, _ debuggers: borrowing DebuggerPort) {
    Console.message("the program stands at \(session.place); waiting for GDB on 127.0.0.1:\(debuggers.port)")
  }
}

/// The port of a session: one debugger is served, others are refused in words.
private struct DebuggerPort: ~Copyable {
  enum Event {
    case nothing
    case bytes([UInt8])
    /// The debugger that was served.
    case gone
  }

  private let listener: LoopbackListener
  private var served: LoopbackConnection?
  private var refused: [LoopbackConnection] = []
  /// Debuggers that wait for the words; the oldest goes when there are more.
  private static var refusedAtMost: Int { 4 }

  init(_ listener: consuming LoopbackListener) { self.listener = listener }

  var port: UInt16 { listener.port }

  /// What comes next from the debugger; maybe nothing, if it does not wait or another one comes.
  mutating func next(waits: Bool) throws(ConnectionError) -> Event {
    let waiting = refused
    let (hasNew, ready) = listener.ready(waiting + (served.map { [$0] } ?? []), waits: waits)
    for (peer, isReady) in zip(waiting, ready) where isReady { refuse(peer) }
    if hasNew {
      let peer = try listener.accept()
      if served == nil { served = peer } else { refused = refused.suffix(Self.refusedAtMost - 1) + [peer] }
    }
    guard let served, ready.count > waiting.count, ready[waiting.count] else { return .nothing }
    if let bytes = served.receive() { return .bytes(bytes) }
    self.served = nil
    return .gone
  }

  /// Answers a debugger's first packet, and closes once it has gone.
  private mutating func refuse(_ peer: LoopbackConnection) {
    guard let bytes = peer.receive() else {
      refused.removeAll { $0 === peer }
      return
    }
    guard bytes.contains(UInt8(ascii: "#")) else { return }
    _ = peer.send(GDBServer.refusal("another debugger is connected to this program"))
    peer.end()
  }

  /// One that is gone is noticed by `next`.
  func send(_ bytes: [UInt8]) { _ = served?.send(bytes) }

  mutating func hangUp() { served = nil }
}
