/// What the numbers of a field stand for, where not every number does.
public enum FieldValues: Sendable {
  /// An `Operation` to start; others are refused.
  case operation
  /// An `Operation`, or none yet.
  case latestOperation
  /// A `FlashOperation` to start; others are refused.
  case flashOperation
  /// A `FlashOperation`, or none yet.
  case latestFlashOperation
  /// A phase of pulses.
  case phase
  /// What makes a column of bit lines.
  case synapse
  /// Which of the two `FEEDBACK` resistors.
  case gain
  /// A `Circuit`; others are refused.
  case circuit
  /// How a run ends; others do nothing.
  case finish
  /// A `UARTRegister.Cause`, with or without the bits of the FIFO.
  case cause
  /// `ChipRegister.segments`; others are refused.
  case segments
  /// A `CellOperation` to start; others are refused.
  case cellOperation
  /// `CellRegister.counts`; others are refused.
  case cells
  /// Ohms of a resistor, which is not without.
  case resistance

  /// A number and what it stands for.
  public struct Named: Sendable {
    /// As the field has it.
    public let value: UInt32
    /// As listings and logs call it: `READ_T`.
    public let name: StaticString
    /// One sentence.
    public let meaning: StaticString

    init(_ value: UInt32, _ name: StaticString, _ meaning: StaticString) {
      self.value = value
      self.name = name
      self.meaning = meaning
    }
  }

  /// Those with names, in order of their numbers.
  public var names: [Named] {
    switch self {
    case .operation: Operation.allCases.map { Named($0.rawValue, $0.name, $0.meaning) }
    case .latestOperation: [Named(0, "NONE", "None yet.")] + Self.operation.names
    case .flashOperation: FlashOperation.allCases.map { Named($0.rawValue, $0.name, $0.meaning) }
    case .latestFlashOperation: [Named(0, "NONE", "None yet.")] + Self.flashOperation.names
    case .phase:
      [
        Named(0, "NONE", "No phase was begun."), Named(1, "SET", "Pulses that raise conductances."),
        Named(2, "RESET", "Pulses that lower conductances."),
      ]
    case .synapse:
      [
        Named(0, "REFERENCE", "A column is a bit line and a reference."),
        Named(1, "PAIR", "A column is a pair of bit lines, even minus odd."),
      ]
    case .gain:
      [Named(0, "FEEDBACK0", "The resistor of FEEDBACK[0]."), Named(1, "FEEDBACK1", "The resistor of FEEDBACK[1].")]
    case .circuit: Circuit.allCases.map { Named($0.rawValue, $0.name, $0.meaning) }
    case .finish:
      [
        Named(FinisherRegister.fail, "FAIL", "Ends the run with STATUS."),
        Named(FinisherRegister.pass, "PASS", "Ends the run with status 0."),
      ]
    case .cause:
      UARTRegister.Cause.allCases.reversed().map { Named($0.rawValue, $0.name, $0.meaning) }
        + UARTRegister.Cause.allCases.reversed()
        .map { Named($0.rawValue | UARTRegister.fifoIsThere, $0.nameWithFIFO, $0.meaning) }
    case .cellOperation: CellOperation.allCases.map { Named($0.rawValue, $0.name, $0.meaning) }
    case .segments, .cells, .resistance: []
    }
  }

  /// The numbers that a write may have; nil where all that fit are taken.
  public var range: ClosedRange<UInt32>? {
    switch self {
    case .segments: UInt32(ChipRegister.segments.lowerBound)...UInt32(ChipRegister.segments.upperBound)
    case .cells: UInt32(CellRegister.counts.lowerBound)...UInt32(CellRegister.counts.upperBound)
    case .resistance: 1...UInt32.max
    default: nil
    }
  }

  /// Whether a write of a number without a name is refused.
  public var isRefusedUnnamed: Bool {
    switch self {
    case .operation, .flashOperation, .cellOperation, .circuit: true
    default: false
    }
  }
}

/// Equal fields that fill a register, beginning at bit 0, where the register is one number to the bus.
public struct PackedFields: Sendable {
  /// Of one, without its number: `COLUMN`.
  public let name: StaticString
  /// Bits of one.
  public let width: UInt32
  /// What its numbers stand for.
  public let values: FieldValues
  /// One sentence.
  public let meaning: StaticString

  /// Fields of `width` bits each.
  public init(_ name: StaticString, width: UInt32, of values: FieldValues, _ meaning: StaticString) {
    self.name = name
    self.width = width
    self.values = values
    self.meaning = meaning
  }

  /// How many fill a register of 32 bits.
  public var count: UInt32 { 32 / width }
}
