import Board
import Files
import RV32
import Registers
import Trace

/// A register log for someone who watches: lines while it is on, nothing while it is off.
package struct WatchedLog: LogSink, Sendable {
  package static var isActive: Bool { true }

  package var isOn = false
  private let names: RegisterNames
  private let program: Program
  private var lines: [String] = []

  package init(_ maps: [BlockMap], _ program: Program) {
    names = RegisterNames(maps)
    self.program = program
  }

  package mutating func append(_ entry: LogEntry) {
    guard isOn else { return }
    let text = names.text(of: entry)
    var line = "\(entry.cycle) "
    switch entry.body {
    case .access(let transaction):
      let value = String(transaction.value, radix: 16)
      line += "\(transaction.kind) \(text.register) 0x\(value) \(text.detail)"
      if let pc = entry.pc { line += " at \(program.describe(pc))" }
    case .event: line += "\(text.register) \(text.detail)"
    }
    lines.append(line + "\n")
  }

  /// Takes the lines out.
  mutating func collect() -> String {
    defer { lines.removeAll(keepingCapacity: true) }
    return lines.joined()
  }
}

/// A program under GDB: bytes of the connection in, bytes out.
package struct DebugSession: ~Copyable {
  private var server = GDBServer()
  private var core: Core
  private var machine: Machine<WatchedLog>
  private let board: DebuggedBoard
  /// The machine as the session began.
  private let first: Machine<WatchedLog>
  private var isQuit = false

  package init(_ program: Program, on machine: Machine<WatchedLog>, ramBytes: Int) throws {
    core = try Self.freshCore(program, ramBytes: ramBytes)
    self.machine = machine
    board = DebuggedBoard(program: program, ramBytes: ramBytes)
    first = machine
  }

  private static func freshCore(_ program: Program, ramBytes: Int) throws(InputError) -> Core {
    var core = try program.core(ramBytes: ramBytes)
    core.stopsAtEbreak = true
    return core
  }

  /// Nobody is to debug the program any more.
  package var isFinished: Bool { isQuit || server.isFinished }
  /// The debugger is done, and another may come.
  package var isDetached: Bool { server.isDetached }
  package var isRunning: Bool { server.isRunning }
  /// Where the program is.
  package var place: String { board.program.describe(core.pc) }

  /// The connection is over; the program stands.
  /// - Returns: whether nobody is to debug it any more.
  package mutating func disconnect() -> Bool { server.disconnect(core: &core) || isQuit }

  /// What the program printed since.
  package mutating func printed() -> [UInt8] { machine.uart.collect() }

  /// What there is to answer to bytes that arrived.
  package mutating func receive(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var quits = isQuit
    defer { isQuit = quits }
    let board = board
    return server.receive(
      bytes, core: &core, bus: &machine,
      monitor: { command, core, machine in
        guard command == "quit" else { return Self.monitor(command, &core, &machine, board) }
        quits = true
        return "the session is over\n"
      },
      restart: { core, machine in
        let isOn = machine.log.isOn
        machine = first
        machine.log.isOn = isOn
        // It fitted when the session began.
        if let fresh = try? Self.freshCore(board.program, ramBytes: board.ramBytes) { core = fresh }
      })
  }

  /// Runs the program for a while; what there is to send then.
  package mutating func advance() -> [UInt8] {
    let isOn = machine.log.isOn
    let board = board
    let reply = server.advance(core: &core, bus: &machine, instructions: isOn ? 10_000 : 1_000_000) { core in
      // It fitted when the session began.
      try? board.program.restart(&core, ramBytes: board.ramBytes)
    }
    let lines = machine.log.collect()
    return (lines.isEmpty ? [] : server.console(lines)) + reply
  }

  static let help = """
    reg NAME       a register (MBX0.STATUS, MBX0.DRIVE[3]) or a block (MBX0, HOST), without side effects
    log on | off   show every access to a register, or no longer
    time           cycles and instructions since power-up
    quit           end the session; without it the program waits for another debugger

    """ + DebuggedBoard.help

  private static func monitor(
    _ command: String, _ core: inout Core, _ machine: inout Machine<WatchedLog>, _ board: DebuggedBoard
  ) -> String? {
    let words = command.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("help", _), (nil, _): return help
    case ("time", 1): return "cycle \(core.cycle), instruction \(core.retired)\n"
    case ("log", 2) where words[1] == "on" || words[1] == "off":
      machine.log.isOn = words[1] == "on"
      return "the register log is \(words[1])\n"
    case ("reg", 2): return registers(words[1], machine)
    default: return board.perform(words, &core, &machine)
    }
  }

  /// The registers of a name with their fields, one a line.
  private static func registers(_ name: String, _ machine: Machine<WatchedLog>) -> String {
    let names = RegisterNames(machine.maps)
    let addresses = machine.maps.flatMap { map in
      map.places.indices.filter { map.places[$0] != BlockMap.nowhere }
        .map { map.base + UInt32($0) * map.registerBytes }
    }
    let lines = addresses.compactMap { address -> String? in
      guard let found = names.name(of: address), matches(found, name), let value = machine.peek(address) else {
        return nil
      }
      return "\(found) = 0x\(String(value, radix: 16)) \(names.fields(of: value, at: address))\n"
    }
    return lines.isEmpty ? "no register '\(name)'\n" : lines.joined()
  }

  /// `MBX0` and `MBX0.DRIVE` stand for all that is theirs.
  private static func matches(_ register: String, _ name: String) -> Bool {
    let (register, name) = (register.uppercased(), name.uppercased())
    return register == name || register.hasPrefix(name + ".") || register.hasPrefix(name + "[")
  }
}
