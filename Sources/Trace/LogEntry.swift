import Registers

/// How wide an access was that the bus refused as a whole: registers are reached in their own size only.
public enum AccessSize: UInt8, Sendable, CaseIterable {
  /// The size of the register: the bus let the access through.
  case own = 0
  /// 8 bits.
  case byte = 8
  /// 16 bits.
  case half = 16
  /// 32 bits: misaligned, atomic, or of a register of a byte.
  case word = 32
}

/// What a log is made of: an access on the bus, or something the chip did by itself.
public struct LogEntry: Sendable, Equatable {
  /// What there was to log.
  public enum Body: Sendable, Equatable {
    /// An access, once it has returned.
    case access(Transaction)
    /// What the chip did or refused.
    case event(ChipEvent)
  }

  /// Core clock cycles since reset: when an access returned, when an event came about.
  public var cycle: UInt64
  /// The access or the event.
  public var body: Body
  /// The instruction that made an access, when a binary runs.
  public var pc: UInt32?
  /// Of an access.
  public var size: AccessSize

  /// An entry of a cycle; with a pc for an access of a binary.
  public init(cycle: UInt64, _ body: Body, pc: UInt32? = nil, size: AccessSize = .own) {
    self.cycle = cycle
    self.body = body
    self.pc = pc
    self.size = size
  }
}

/// Something a tile or the chip did or refused.
public enum ChipEvent: Sendable, Equatable {
  /// A tile accepted an operation.
  case started(tile: Int, OperationStart)
  /// A tile's operation came to its own end.
  case finished(tile: Int, OperationEnd)
  /// An operation ended before its time, with the effect of what had passed of it.
  case aborted(tile: Int, Operation)
  /// A bit of a tile's `ERROR` was set, by an access or by its watchdog.
  case tileError(tile: Int, TileError)
  /// A bit of the chip's `ERROR` was set: `MBX`, or another part of the board, refused an access.
  case chipError(ChipError)
  /// A tile's supplies, as they were switched or failed.
  case supply(tile: Int, analog: Bool, drivers: Bool)
  /// A tile's references and amplifiers have settled.
  case settled(tile: Int)
  /// The supplies of references and drivers failed, of the whole chip.
  case brownOut
  /// The power went: what was under way is aborted next, and nothing else follows until it comes.
  case powerOff
  /// What the flash did or refused.
  case flash(FlashEvent)
  /// A bit of the cell unit's `ERROR` was set: it refused an access.
  case cellError(CellError)
}

/// Something the flash did or refused.
public enum FlashEvent: Sendable, Equatable {
  /// It accepted an operation on a page.
  case started(FlashOperation, page: Int)
  /// An operation came to its own end.
  case finished(FlashOperation)
  /// An operation ended before its time, with the effect of what had passed of it.
  case aborted(FlashOperation)
  /// A bit of its `ERROR` was set.
  case error(FlashError)
}

/// An operation as it begins.
public struct OperationStart: Sendable, Equatable {
  /// As `START.OPERATION` has it.
  public var operation: Operation
  /// Which `FEEDBACK` resistor the amplifiers use, 0 or 1.
  public var gain: Int
  /// Whether the activation circuits are bypassed.
  public var isLinear: Bool
  /// Word line of PROGRAM_ROW, else 0.
  public var row: Int
  /// DAC codes of the driven lines; empty where nothing is driven.
  public var driveCodes: [Int16]
  /// Signed pulse widths in steps for each bit line; empty where nothing is pulsed.
  public var pulseWidths: [Int16]

  /// An operation with the fields of its `START` and what its lines get.
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
  /// The one that was started.
  public var operation: Operation
  /// ADC codes of the converted lines; empty where nothing was converted.
  public var senseCodes: [Int16]
  /// Whether a converted line left its range, as in `STATUS.SATURATED`; false where nothing was converted.
  public var isSaturated: Bool
  /// Whether it began before its references had settled, so that it converted nothing that counts.
  public var isUnsettled: Bool

  /// The end of an operation, with what it converted.
  public init(operation: Operation, senseCodes: [Int16], isSaturated: Bool, isUnsettled: Bool = false) {
    self.operation = operation
    self.senseCodes = senseCodes
    self.isSaturated = isSaturated
    self.isUnsettled = isUnsettled
  }
}

/// Where log entries go. An inactive sink costs nothing: the bus does not build entries for it.
public protocol LogSink {
  /// Whether entries are to be built at all.
  static var isActive: Bool { get }
  /// Takes the next entry; cycles never decrease.
  mutating func append(_ entry: LogEntry)
  /// Whether levels are to be built too.
  var takesLevels: Bool { get }
  /// Takes what is on the lines of a tile since the latest entry.
  /// - Parameters:
  ///   - levels: what has changed.
  ///   - tile: its number, from 0.
  mutating func append(_ levels: LineLevels, ofTile tile: Int)
}

extension LogSink {
  public var takesLevels: Bool { false }
  public mutating func append(_: LineLevels, ofTile _: Int) {}
}

/// No log.
public struct NoLog: LogSink, Sendable {
  public static var isActive: Bool { false }
  /// A sink that is never active.
  public init() {}
  public mutating func append(_: LogEntry) {}
}

/// The log in memory.
public struct MemoryLog: LogSink, Sendable {
  public static var isActive: Bool { true }
  /// In the order in which they came.
  public var entries: [LogEntry] = []
  /// No entries yet.
  public init() {}
  public mutating func append(_ entry: LogEntry) { entries.append(entry) }
}
