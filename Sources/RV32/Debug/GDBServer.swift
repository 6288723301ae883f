/// The GDB remote protocol for one hart, without a connection: bytes in, bytes out.
///
/// The owner hands it what arrives, sends what it returns, and calls `advance` while `isRunning`. Without a debugger the
/// program stands: the owner says when a connection is over.
public struct GDBServer: Sendable {
  /// Whether GDB has let the program go: the owner is to call `advance`.
  public private(set) var isRunning = false
  /// GDB wants no more of the program: the owner ends the connection, and another debugger may come.
  public internal(set) var isDetached = false
  /// GDB has killed the program, or lets go of one that has ended itself, and will not start it anew.
  public var isFinished: Bool { (isKilled || isDetached && hasEnded) && !isExtended }

  /// GDB may start the program anew (`target extended-remote`).
  var isExtended = false
  var isKilled = false
  /// Whether this debugger has started the program, or come to one that was there.
  var isStartedAnew = false
  var acknowledges = true
  private var framing = GDBFraming()
  private var isStep = false
  private(set) var lastStop = Self.atRest
  /// The program has ended itself.
  private var hasEnded: Bool { lastStop.hasPrefix("W") }

  private static var atRest: String { "T05thread:01;" }

  /// A server that GDB has not spoken to yet; the program stands.
  public init() {}

  /// Answers what GDB has sent.
  ///
  /// `monitor` does the commands of the user and returns the text to show, nil if it does not know the command;
  /// `restart` makes hart and devices what they were when the session began.
  public mutating func receive<Bus: DeviceBus & ~Copyable>(
    _ bytes: some Sequence<UInt8>, core: inout Core, bus: inout Bus,
    monitor: (String, inout Core, inout Bus) -> String? = { _, _, _ in nil },
    restart: (inout Core, inout Bus) -> Void = { _, _ in }
  ) -> [UInt8] {
    var output: [UInt8] = []
    for byte in bytes {
      switch framing.receive(byte) {
      case nil: break
      case .interrupt: if isRunning { output += stop("T02thread:01;") }
      case .badChecksum: if acknowledges { output.append(UInt8(ascii: "-")) }
      case .packet(let packet):
        if acknowledges { output.append(UInt8(ascii: "+")) }
        core.settle(on: &bus)
        if let reply = answer(packet, &core, &bus, monitor, restart) {
          output += GDBFraming.frame(Array(reply.utf8))
        }
      }
    }
    return output
  }

  /// The connection is over: the program stands where it is, without breakpoints, until another debugger comes.
  /// - Returns: whether none is to come, because the program was killed, or has ended and cannot be started anew.
  public mutating func disconnect(core: inout Core) -> Bool {
    core.breakpoints = []
    core.watchpoints = []
    let isOver = isKilled || hasEnded && !isExtended
    let last = hasEnded ? lastStop : Self.atRest
    self = GDBServer()
    isKilled = isOver
    lastStop = last
    return isOver
  }

  /// Runs the program for a while and returns what there is to send: nothing, as long as it goes on.
  ///
  /// `resetHart` has the hart begin its program anew, which that has asked for itself.
  public mutating func advance<Bus: DeviceBus & ~Copyable>(
    core: inout Core, bus: inout Bus, instructions: UInt64 = 1_000_000, resetHart: (inout Core) -> Void = { _ in }
  ) -> [UInt8] {
    guard isRunning else { return [] }
    if hasEnded { return stop(lastStop) }
    guard let reason = isStep ? core.step(on: &bus) : core.run(on: &bus, instructions: instructions) else {
      return stop(Self.atRest)
    }
    if case .exited(.reset) = reason { resetHart(&core) }
    return report(reason, bus)
  }

  /// Text for the console of GDB, while the program runs.
  public func console(_ text: String) -> [UInt8] { GDBFraming.frame(Array(("O" + text.utf8.hexText).utf8)) }

  /// The answer to a debugger whose connection is not served, to its first packet: why, in words.
  public static func refusal(_ reason: String) -> [UInt8] {
    [UInt8(ascii: "+")] + GDBFraming.frame(Array("E.\(reason)".utf8))
  }

  private mutating func stop(_ reply: String) -> [UInt8] {
    isRunning = false
    lastStop = reply
    return GDBFraming.frame(Array(reply.utf8))
  }

  private mutating func report<Bus: DeviceBus & ~Copyable>(_ reason: StopReason, _ bus: borrowing Bus) -> [UInt8] {
    switch reason {
    case .exited(.status(let status)): return stop("W" + [UInt8(truncatingIfNeeded: status)].hexText)
    case .exited(.powerOff): return stop("W00")
    case .exited(.reset): return console("the program has reset the hart\n") + (isStep ? stop(Self.atRest) : [])
    case .watchpoint(let watchpoint, let address):
      // GDB goes on by itself where what it reads is the same as before.
      if watchpoint.kind == .write, !bus.readsBack(address) {
        return console("a store to \(hex(address)), which does not read back what is written\n") + stop(Self.atRest)
      }
      return stop("T05\(watchpoint.kind.gdbName):\(String(address, radix: 16));thread:01;")
    case .stackOverflow(let address):
      return console("stack overflow: a store to \(hex(address))\n") + stop("T0bthread:01;")
    case .waitingForever: return console("wfi: no event can end it\n") + stop(Self.atRest)
    case .unhandled(let trap):
      return console("trap without a handler: \(trap)\n") + stop("T\([trap.cause.signal].hexText)thread:01;")
    case .instructionLimit where !isStep, .consoleWaits where !isStep: return []
    case .breakpoint, .instructionLimit, .cycleLimit, .consoleWaits, .deviceWaits: return stop(Self.atRest)
    }
  }

  mutating func resume(step: Bool) -> String? {
    isRunning = true
    isStep = step
    return nil
  }

  /// The program stands at its beginning.
  mutating func beginAnew() {
    (isKilled, isStartedAnew) = (false, true)
    lastStop = Self.atRest
  }
}

extension Core {
  /// Brings the devices and `mip` to the hart's time.
  mutating func settle<Bus: DeviceBus & ~Copyable>(on bus: inout Bus) {
    bus.catchUp(to: cycle)
    sample(&bus)
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
