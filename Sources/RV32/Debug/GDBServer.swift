/// The GDB remote protocol for one hart, without a connection: bytes in, bytes out.
///
/// The owner hands it what arrives, sends what it returns, and calls `advance` while `isRunning`.
public struct GDBServer: Sendable {
  /// Whether GDB has let the program go: the owner is to call `advance`.
  public private(set) var isRunning = false
  /// GDB has killed the program or detached from it: the connection is over.
  public private(set) var isFinished = false

  private var framing = GDBFraming()
  private var acknowledges = true
  private var isStep = false
  private var lastStop = "T05thread:01;"

  /// A server that GDB has not spoken to yet; the program stands.
  public init() {}

  /// Answers what GDB has sent. `monitor` does the commands of the user and returns the text to show, nil if it does not
  /// know the command.
  public mutating func receive<Bus: DeviceBus & ~Copyable>(
    _ bytes: some Sequence<UInt8>, core: inout Core, bus: inout Bus,
    monitor: (String, inout Core, inout Bus) -> String? = { _, _, _ in nil }
  ) -> [UInt8] {
    var output: [UInt8] = []
    for byte in bytes {
      switch framing.receive(byte) {
      case nil: break
      case .interrupt: if isRunning { output += stop("T02thread:01;") }
      case .badChecksum: if acknowledges { output.append(UInt8(ascii: "-")) }
      case .packet(let packet):
        if acknowledges { output.append(UInt8(ascii: "+")) }
        if let reply = answer(packet, &core, &bus, monitor) { output += GDBFraming.frame(Array(reply.utf8)) }
      }
    }
    return output
  }

  /// Runs the program for a while and returns what there is to send: nothing, as long as it goes on.
  public mutating func advance<Bus: DeviceBus & ~Copyable>(
    core: inout Core, bus: inout Bus, instructions: UInt64 = 1_000_000
  ) -> [UInt8] {
    guard isRunning else { return [] }
    if isStep {
      guard let reason = core.step(on: &bus) else { return stop("T05thread:01;") }
      return report(reason)
    }
    let reason = core.run(on: &bus, instructions: instructions)
    return reason == .instructionLimit || reason == .consoleWaits ? [] : report(reason)
  }

  /// Text for the console of GDB, while the program runs.
  public func console(_ text: String) -> [UInt8] { GDBFraming.frame(Array(("O" + text.utf8.hexText).utf8)) }

  private mutating func stop(_ reply: String) -> [UInt8] {
    isRunning = false
    lastStop = reply
    return GDBFraming.frame(Array(reply.utf8))
  }

  private mutating func report(_ reason: StopReason) -> [UInt8] {
    switch reason {
    case .exited(.status(let status)): return stop("W" + [UInt8(truncatingIfNeeded: status)].hexText)
    case .exited(.reset): return stop("W00")
    case .watchpoint(let watchpoint, let address):
      return stop("T05\(watchpoint.kind.gdbName):\(String(address, radix: 16));thread:01;")
    case .stackOverflow(let address):
      return console("stack overflow: a store to \(hex(address))\n") + stop("T0bthread:01;")
    case .waitingForever: return console("wfi: no event can end it\n") + stop("T05thread:01;")
    case .unhandled(let trap):
      return console("trap without a handler: \(trap)\n") + stop("T\([trap.cause.signal].hexText)thread:01;")
    case .breakpoint, .instructionLimit, .cycleLimit, .consoleWaits, .deviceWaits: return stop("T05thread:01;")
    }
  }

  private mutating func resume(step: Bool) -> String? {
    isRunning = true
    isStep = step
    return nil
  }

  /// The reply to a packet; nil for those that have none, or have it later.
  private mutating func answer<Bus: DeviceBus & ~Copyable>(
    _ packet: [UInt8], _ core: inout Core, _ bus: inout Bus, _ monitor: (String, inout Core, inout Bus) -> String?
  ) -> String? {
    let text = String(decoding: packet, as: UTF8.self)
    let rest = text.dropFirst()
    switch packet.first.map({ Character(UnicodeScalar($0)) }) {
    case "?": return lastStop
    case "g": return GDBRegisters.all(of: core).map(\.littleEndianBytes.hexText).joined()
    case "G": return writeAll(Array(rest.utf8), &core)
    case "p":
      guard let number = Int(rest, radix: 16), let value = GDBRegisters.read(number, of: core) else { return "E01" }
      return value.littleEndianBytes.hexText
    case "P": return writeOne(rest, &core)
    case "m": return read(rest, core, bus)
    case "M": return write(rest, &core, &bus) { $0.hexBytes }
    case "X": return writeBinary(packet, &core, &bus)
    case "Z", "z": return setPoint(rest, packet.first == UInt8(ascii: "Z"), &core)
    case "c", "s", "C", "S":
      let isSignalled = text.first?.isUppercase ?? false
      if !isSignalled, let address = UInt32(rest, radix: 16) { core.pc = address }
      return resume(step: text.first?.lowercased() == "s")
    case "H", "T": return "OK"
    case "D":
      isFinished = true
      return "OK"
    case "k":
      isFinished = true
      return nil
    case "v": return answerV(text)
    case "q", "Q": return answerQuery(text, &core, &bus, monitor)
    default: return ""
    }
  }

  private mutating func answerV(_ text: String) -> String? {
    if text == "vCont?" { return "vCont;c;C;s;S" }
    if text.hasPrefix("vCont;") {
      // The first action is that of the only thread.
      let action = text.dropFirst(6).first
      return "cCsS".contains(action ?? " ") ? resume(step: action == "s" || action == "S") : "E01"
    }
    if text.hasPrefix("vKill") {
      isFinished = true
      return "OK"
    }
    return ""
  }

  private mutating func answerQuery<Bus: DeviceBus & ~Copyable>(
    _ text: String, _ core: inout Core, _ bus: inout Bus, _ monitor: (String, inout Core, inout Bus) -> String?
  ) -> String {
    switch text.prefix(while: { $0 != ":" && $0 != "," && $0 != ";" }) {
    case "qSupported":
      return "PacketSize=\(String(GDBFraming.limit, radix: 16));qXfer:features:read+;QStartNoAckMode+;vContSupported+"
    case "QStartNoAckMode":
      acknowledges = false
      return "OK"
    case "qXfer": return transfer(text)
    case "qfThreadInfo": return "m01"
    case "qsThreadInfo": return "l"
    case "qC": return "QC01"
    case "qAttached": return "1"
    case "qSymbol": return "OK"
    case "qOffsets": return "Text=0;Data=0;Bss=0"
    case "qRcmd":
      guard let command = text.dropFirst(6).utf8.hexBytes else { return "E01" }
      guard let shown = monitor(String(decoding: command, as: UTF8.self), &core, &bus) else {
        return "unknown monitor command\n".utf8.hexText
      }
      return shown.isEmpty ? "OK" : shown.utf8.hexText
    default: return ""
    }
  }
}

extension Watchpoint.Kind {
  fileprivate var gdbName: String {
    switch self {
    case .write: "watch"
    case .read: "rwatch"
    case .access: "awatch"
    }
  }
}

extension Cause {
  /// GDB's number of the signal a hosted program would get.
  var signal: UInt8 {
    switch self {
    case .illegalInstruction: 4  // SIGILL
    case .loadMisaligned, .storeMisaligned, .fetchMisaligned: 10  // SIGBUS
    case .loadFault, .storeFault, .fetchFault: 11  // SIGSEGV
    default: 5  // SIGTRAP
    }
  }
}
