/// Exception and interrupt causes of a machine-mode hart (privileged manual, table "mcause values").
public enum Cause: UInt32, Sendable, CaseIterable {
  /// A jump to an address that is no multiple of 2; none can happen with compressed instructions.
  case fetchMisaligned = 0
  /// An instruction outside RAM.
  case fetchFault = 1
  /// No instruction of RV32IMAC_Zicsr_Zifencei, or a CSR that there is not.
  case illegalInstruction = 2
  /// `ebreak`.
  case breakpoint = 3
  /// A load whose address is no multiple of its size, where that traps.
  case loadMisaligned = 4
  /// A load that nothing answers, or that a device refuses.
  case loadFault = 5
  /// A store or atomic operation whose address is no multiple of its size, where that traps.
  case storeMisaligned = 6
  /// A store or atomic operation that nothing answers, or that a device refuses.
  case storeFault = 7
  /// `ecall`.
  case machineCall = 11
  /// The software interrupt.
  case machineSoftware = 0x8000_0003
  /// The timer interrupt.
  case machineTimer = 0x8000_0007
  /// The external interrupt.
  case machineExternal = 0x8000_000B

  /// Whether it came from a line, not from an instruction.
  public var isInterrupt: Bool { rawValue >> 31 == 1 }
}

/// A trap as a value: why, where, and the address or instruction it is about.
public struct Trap: Error, Equatable, Hashable, Sendable {
  /// Why.
  public var cause: Cause
  /// The instruction that trapped or was interrupted.
  public var pc: UInt32
  /// What goes to `mtval`: the address or instruction it is about, else 0.
  public var tval: UInt32

  /// A trap of an instruction.
  public init(_ cause: Cause, pc: UInt32, tval: UInt32) {
    self.cause = cause
    self.pc = pc
    self.tval = tval
  }
}

extension Trap: CustomStringConvertible {
  public var description: String { "\(cause) at pc \(hex(pc)), tval \(hex(tval))" }
}

/// The interrupt lines of `mip` and `mie`.
public struct Interrupts: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// MSIP.
  public static let software = Interrupts(rawValue: 1 << 3)
  /// MTIP.
  public static let timer = Interrupts(rawValue: 1 << 7)
  /// MEIP.
  public static let external = Interrupts(rawValue: 1 << 11)
  /// All three.
  public static let all: Interrupts = [.software, .timer, .external]

  /// The cause taken first; the manual's order is external, software, timer.
  var mostUrgent: Cause? {
    if contains(.external) { return .machineExternal }
    if contains(.software) { return .machineSoftware }
    if contains(.timer) { return .machineTimer }
    return nil
  }
}

/// `0x` and eight hexadecimal digits.
func hex(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
