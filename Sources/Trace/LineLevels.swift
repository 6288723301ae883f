/// Lines of a tile that are driven or sensed.
public enum LineKind: Sendable {
  /// Driven by READ, sensed by READ_T.
  case wordLines
  /// The bit lines, or pairs of them: driven by READ_T, sensed by READ.
  case columns
}

/// What is on the lines of a tile, in the integers of the model. A log that takes it is told behind the event that it
/// belongs to.
public enum LineLevels: Sendable, Equatable {
  /// Behind the start of READ and READ_T, which drive their lines until they end: microvolts of each line.
  case driven(LineKind, microvolts: [Int64])
  /// Behind the end of READ and READ_T: attoamperes of each line as its amplifier has them, read noise included.
  case sensed(LineKind, attoamperes: [Int64])
  /// Behind the start of PROGRAM_ROW and ERASE: what their drivers give from there on, one behind the other.
  case pulsed([PulseLevel])
}

/// A voltage of the pulse drivers, and how long they hold it.
public struct PulseLevel: Sendable, Equatable {
  /// Across a selected cell: positive for SET, negative for RESET, 0 for rest.
  public var microvolts: Int64
  /// Of the core clock, 1 or more.
  public var cycles: UInt64

  /// A voltage, microvolts, that is held for some cycles of the core clock.
  public init(microvolts: Int64, cycles: UInt64) {
    self.microvolts = microvolts
    self.cycles = cycles
  }
}
