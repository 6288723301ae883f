/// How a program ended itself.
public enum ExitStatus: Equatable, Hashable, Sendable {
  /// The status for the host; 0 is success.
  case status(UInt32)
  /// The program asked for a reset of the machine.
  case reset
  /// The machine has no power any more.
  case powerOff
}

/// Why a run came back. All but the exits leave the hart ready to go on.
public enum StopReason: Equatable, Sendable {
  /// The program ended itself.
  case exited(ExitStatus)
  /// As many instructions have retired as the run was given.
  case instructionLimit
  /// The cycle that the run was given has come.
  case cycleLimit
  /// The console waits for its owner: to take what was printed, or to give what is read.
  case consoleWaits
  /// A device waits for its owner, who has to attend to it before the program goes on.
  case deviceWaits
  /// The next instruction has a breakpoint, or is the program's own where that stops a run.
  case breakpoint
  /// The next instruction would make an access that is watched.
  case watchpoint(Watchpoint, address: UInt32)
  /// The next instruction would store below the limit of the stack.
  case stackOverflow(address: UInt32)
  /// The next instruction is a `wfi` that no event will end.
  case waitingForever
  /// The next instruction, or a pending interrupt, traps to a handler that cannot run: it lies outside RAM, or its
  /// first instruction is the one that traps.
  case unhandled(Trap)
}

/// A range of addresses whose accesses stop a run.
public struct Watchpoint: Equatable, Hashable, Sendable {
  /// Which accesses are watched, with GDB's numbers (`Z2`, `Z3`, `Z4`).
  public enum Kind: UInt8, Sendable {
    /// Stores.
    case write = 2
    /// Loads.
    case read = 3
    /// Both.
    case access = 4
  }

  /// Of the first byte watched.
  public var address: UInt32
  /// Bytes watched, 1 or more.
  public var count: UInt32
  /// Which accesses.
  public var kind: Kind

  /// A watch on `count` bytes; 0 counts as 1.
  public init(_ kind: Kind, address: UInt32, count: UInt32) {
    self.kind = kind
    self.address = address
    self.count = max(count, 1)
  }

  /// Whether it shares a byte with `count` bytes at `other`, in modular addresses.
  func overlaps(_ other: UInt32, _ count: UInt32) -> Bool {
    other &- address < self.count || address &- other < count
  }
}
