/// An interrupt line of the hart: its number in `mip`, `mie` and `mcause` (RISC-V privileged architecture, 3.1.9).
public enum HartInterrupt: UInt32, Sendable, CaseIterable {
  /// `MSIP`.
  case software = 3
  /// `MTIME` against `MTIMECMP`.
  case timer = 7
  /// The line that all blocks share.
  case external = 11

  /// As listings call it: `MachineTimer`.
  public var name: StaticString {
    switch self {
    case .software: "MachineSoft"
    case .timer: "MachineTimer"
    case .external: "MachineExternal"
    }
  }

  /// One sentence.
  public var meaning: StaticString {
    switch self {
    case .software: "MSIP.PENDING is set."
    case .timer: "MTIME is not below MTIMECMP."
    case .external: "A source that is enabled has raised the line, which all blocks share."
    }
  }
}
