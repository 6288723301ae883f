import Registers

/// Who acted.
public enum Initiator: String, Sendable {
  /// The controller, through the bus.
  case firmware
  /// The hardware itself.
  case chip
}

/// What a log is made of: an access on the bus, or something the chip did by itself.
public struct LogEntry: Sendable, Equatable {
  public enum Body: Sendable, Equatable {
    case access(Transaction)
    case event(ChipEvent)
  }

  /// Core clock cycles since reset: when an access returned, when an event came about.
  public var cycle: UInt64
  public var body: Body
  /// The instruction that made an access, when a binary runs.
  public var pc: UInt32?

  public init(cycle: UInt64, _ body: Body, pc: UInt32? = nil) {
    self.cycle = cycle
    self.body = body
    self.pc = pc
  }

  public var initiator: Initiator {
    switch body {
    case .access: .firmware
    case .event: .chip
    }
  }
}

/// Something a tile or the chip did or refused.
public enum ChipEvent: Sendable, Equatable {
  case started(tile: Int, OperationStart)
  case finished(tile: Int, OperationEnd)
  /// An operation ended before its time, with the effect of what had passed of it.
  case aborted(tile: Int, Operation)
  case tileError(tile: Int, TileError)
  case chipError(ChipError)
}

/// An operation as it begins.
public struct OperationStart: Sendable, Equatable {
  public var operation: Operation
  public var gain: Int
  public var isLinear: Bool
  /// Word line of PROGRAM_ROW, else 0.
  public var row: Int
  /// DAC codes of the driven lines; empty where nothing is driven.
  public var driveCodes: [Int16]
  /// Signed pulse widths in steps for each bit line; empty where nothing is pulsed.
  public var pulseWidths: [Int16]

  public init(
    operation: Operation, gain: Int, isLinear: Bool, row: Int, driveCodes: [Int16], pulseWidths: [Int16]
  ) {
    self.operation = operation
    self.gain = gain
    self.isLinear = isLinear
    self.row = row
    self.driveCodes = driveCodes
    self.pulseWidths = pulseWidths
  }
}

/// An operation as it ends.
public struct OperationEnd: Sendable, Equatable {
  public var operation: Operation
  /// ADC codes of the converted lines; empty where nothing was converted.
  public var senseCodes: [Int16]
  public var isSaturated: Bool

  public init(operation: Operation, senseCodes: [Int16], isSaturated: Bool) {
    self.operation = operation
    self.senseCodes = senseCodes
    self.isSaturated = isSaturated
  }
}

/// Where log entries go. An inactive sink costs nothing: the bus does not build entries for it.
public protocol LogSink {
  static var isActive: Bool { get }
  mutating func append(_ entry: LogEntry)
}

/// No log.
public struct NoLog: LogSink, Sendable {
  public static var isActive: Bool { false }
  public init() {}
  public mutating func append(_: LogEntry) {}
}

/// The log in memory.
public struct MemoryLog: LogSink, Sendable {
  public static var isActive: Bool { true }
  public var entries: [LogEntry] = []
  public init() {}
  public mutating func append(_ entry: LogEntry) { entries.append(entry) }
}
