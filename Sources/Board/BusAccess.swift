import RV32
import Registers
import Trace

/// The board as a master of its bus reaches it that is no hart: one access after another, at the board's own time.
extension Machine {
  /// Reads in a size. An access in another size than registers have there is refused as a whole, as one of a hart is.
  /// - Returns: the value, and whether the bus ended the access with an error: there is no block, or registers there have
  ///   another size or alignment. What a block itself refuses is none: it sets the block's error bits.
  @specialized(where Log == NoLog)
  public mutating func read(_ address: UInt32, _ width: AccessWidth) -> (value: UInt32, isError: Bool) {
    guard !isWrongSize(address, width) else {
      refuse(Transaction(.read, address, 0), size: width.size)
      return (0, powerLoss == nil)
    }
    let value = read(address)
    return (value, refusal != nil && isBusError(address))
  }

  /// Writes in a size.
  /// - Returns: whether the bus ended the access with an error, as for a read.
  @specialized(where Log == NoLog)
  public mutating func write(_ address: UInt32, _ value: UInt32, _ width: AccessWidth) -> Bool {
    guard !isWrongSize(address, width) else {
      refuse(Transaction(.write, address, value), size: width.size)
      return powerLoss == nil
    }
    write(address, value)
    return refusal != nil && isBusError(address)
  }

  /// Reads in the size that registers there have.
  /// - Returns: as for a size.
  @specialized(where Log == NoLog)
  public mutating func readRegister(_ address: UInt32) -> (value: UInt32, isError: Bool) {
    let value = read(address)
    return (value, refusal != nil && isBusError(address))
  }

  /// Writes in the size that registers there have; bits beyond it are reserved ones.
  /// - Returns: as for a size.
  @specialized(where Log == NoLog)
  public mutating func writeRegister(_ address: UInt32, _ value: UInt32) -> Bool {
    write(address, value)
    return refusal != nil && isBusError(address)
  }

  /// Whether registers at an address have another size; where there is no block, whether it is not a word.
  @inline(__always)
  func isWrongSize(_ address: UInt32, _ width: AccessWidth) -> Bool {
    if tile(at: address) != nil { return width != .word }
    return (registerBytes(at: address) ?? 4) != UInt32(width.rawValue)
  }

  private func isBusError(_ address: UInt32) -> Bool { registerBytes(at: address).map { address % $0 != 0 } ?? true }
}

extension AccessWidth {
  /// As the log has it.
  var size: AccessSize {
    switch self {
    case .byte: .byte
    case .half: .half
    case .word: .word
    }
  }
}

/// Who on the board asks for attention.
public struct InterruptLines: OptionSet, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `MBX`: an operation ended, or an error.
  public static let chip = InterruptLines(rawValue: 1)
  /// `FLASH`.
  public static let flash = InterruptLines(rawValue: 1 << 1)
  /// `HOST`: words wait for the controller.
  public static let host = InterruptLines(rawValue: 1 << 2)
  /// `UART`.
  public static let uart = InterruptLines(rawValue: 1 << 3)
  /// `CLINT`: its time has come.
  public static let timer = InterruptLines(rawValue: 1 << 4)
  /// `CLINT`: software asked for it.
  public static let software = InterruptLines(rawValue: 1 << 5)
}

extension Machine {
  /// The lines that are up now.
  public var lines: InterruptLines {
    var lines: InterruptLines = []
    if chip.interrupts { lines.insert(.chip) }
    if flash.interrupts { lines.insert(.flash) }
    if isHostRaised { lines.insert(.host) }
    if uart.interrupts { lines.insert(.uart) }
    if cycle >= timer.compare { lines.insert(.timer) }
    if timer.softwareInterrupts { lines.insert(.software) }
    return lines
  }

  /// Puts a word where a debugger wants it: no time passes and nothing is logged. What follows from it (converters,
  /// supplies, limits) follows as where a snapshot with this word is taken up again.
  /// - Throws: why no board can have it: there is no register, or it cannot hold the value.
  public mutating func poke(_ address: UInt32, _ value: UInt32) throws(SnapshotProblem) {
    if let place = ramPlace(of: address) {
      ram[place] = value
      return
    }
    let isConstant = maps.contains { $0.find(address &- $0.base)?.entry.hardwareSide == .fixed }
    if isConstant, let constant = peek(address), constant != value {
      throw SnapshotProblem("\(value) at address \(address), expected its constant \(constant)")
    }
    var state = snapshot
    state.registers.removeAll { $0.address == address }
    state.registers.append(MachineSnapshot.RegisterWord(address: address, value: value))
    let (told, sensed) = (diagnostics, currents)
    self = try Machine(state, log: log)
    (diagnostics, currents) = (told, sensed)
  }
}
