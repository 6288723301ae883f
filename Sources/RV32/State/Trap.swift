/// Exception and interrupt causes of a machine-mode hart (privileged manual, table "mcause values").
public enum Cause: UInt32, Sendable, CaseIterable {
  case fetchMisaligned = 0
  case fetchFault = 1
  case illegalInstruction = 2
  case breakpoint = 3
  case loadMisaligned = 4
  case loadFault = 5
  case storeMisaligned = 6
  case storeFault = 7
  case machineCall = 11
  case machineSoftware = 0x8000_0003
  case machineTimer = 0x8000_0007
  case machineExternal = 0x8000_000B

  public var isInterrupt: Bool { rawValue >> 31 == 1 }
}

/// A trap as a value: why, where, and the address or instruction it is about.
public struct Trap: Error, Equatable, Hashable, Sendable {
  public var cause: Cause
  public var pc: UInt32
  public var tval: UInt32

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

  public static let software = Interrupts(rawValue: 1 << 3)
  public static let timer = Interrupts(rawValue: 1 << 7)
  public static let external = Interrupts(rawValue: 1 << 11)
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
