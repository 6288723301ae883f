/// `CELL`: the unit that forms the state and the outputs of an LSTM's cells from the codes of its gates.
public enum CellRegister: UInt32, RegisterBlock {
  case cells = 0x000
  case source = 0x004
  case target = 0x008
  case start = 0x010
  case error = 0x014
  case timing = 0x018
  case state = 0x100
  case output = 0x300

  public static var needs: ChipFeatures { .cell }

  /// The most cells that it forms.
  public static let most = 256
  /// Cells that it may be told to form.
  public static let counts = 1...most
  /// Places that the outputs go to.
  public static let targets = 2

  /// The field of `cells`.
  public static var count: Field { Field("COUNT", .readWrite, bits: 0...8, of: .cells, "1 to 256.") }
  /// The field of `source`, and of `target` the first.
  public static var tile: Field { Field("TILE", .readWrite, bits: 0...2, "Number of a tile.") }

  /// Fields of `target`, behind `tile`.
  public enum Target {
    public static var line: Field {
      Field("LINE", .readWrite, bits: 16...25, "The line that takes the output of cell 0.")
    }
    public static var enable: Field { Field("ENABLE", .readWrite, bit: 31, "1: outputs go there.") }

    /// The word of a target that takes outputs.
    public static func word(tile: Int, line: Int) -> UInt32 {
      CellRegister.tile.encode(UInt32(truncatingIfNeeded: tile)) | Target.line.encode(UInt32(truncatingIfNeeded: line))
        | enable.mask
    }
  }
  /// The field of `start`.
  public static var operation: Field {
    Field("OPERATION", .writeOnly, bits: 0...1, of: .cellOperation, "What to do.")
  }
  /// Fields of `timing`, in core clock cycles.
  public enum Timing {
    public static var perCell: Field { Field("PER_CELL", .readOnly, bits: 0...7, "For each cell.") }
    public static var begin: Field { Field("BEGIN", .readOnly, bits: 8...15, "Once for an operation.") }

    /// Cycles that an operation on so many cells holds the bus.
    public static func cycles(cells: Int) -> UInt64 { UInt64(cells) * cyclesPerCell + cyclesOnce }
    static let cyclesPerCell: UInt64 = 2
    static let cyclesOnce: UInt64 = 4
  }

  private static func lanes(_ access: Access, _ format: StaticString) -> [Field] {
    [
      Field("EVEN", access, bits: 0...15, signed: true, format),
      Field("ODD", access, bits: 16...31, signed: true, format),
    ]
  }

  public var register: Register {
    switch self {
    case .cells: Register("CELLS", reset: 1, "Cells that there are.", fields: [Self.count])
    case .source:
      Register("SOURCE", "Whose codes the gates are: i, f, g, o, so many lines each.", fields: [Self.tile])
    case .target:
      Register(
        "TARGET", count: UInt32(Self.targets), "Where outputs go as DAC codes.",
        fields: [Self.tile, Target.line, Target.enable])
    case .start:
      Register(
        "START", "Carries an operation out, which holds the bus as long as TIMING says.", fields: [Self.operation])
    case .error: Register("ERROR", "What the unit refused.", fields: CellError.fields)
    case .timing:
      Register(
        "TIMING",
        reset: Timing.perCell.encode(UInt32(Timing.cyclesPerCell)) | Timing.begin.encode(UInt32(Timing.cyclesOnce)),
        "Cycles that an operation takes.", fields: [Timing.perCell, Timing.begin])
    case .state:
      Register(
        "STATE", count: UInt32(Self.most / 2), "The state c of cells, two a word.",
        fields: Self.lanes(.readWrite, "Q3.12."))
    case .output:
      Register(
        "OUTPUT", count: UInt32(Self.most / 2), "The outputs h of cells, two a word.",
        fields: Self.lanes(.readOnly, "Q0.15."))
    }
  }
}

/// What `CELL.START` can start.
public enum CellOperation: UInt32, Sendable, CaseIterable {
  /// A time step.
  case step = 1
  /// The past is forgotten.
  case clear = 2

  /// As listings and logs call it: `STEP`.
  public var name: StaticString {
    switch self {
    case .step: "STEP"
    case .clear: "CLEAR"
    }
  }

  /// One sentence.
  public var meaning: StaticString {
    switch self {
    case .step: "c = f·c + i·g and h = o·tanh(c) of every cell, and h to the targets."
    case .clear: "c = h = 0 of every cell, and 0 to the targets."
    }
  }
}

/// The bits of `CELL.ERROR`.
public enum CellError: UInt32, Sendable, CaseIterable {
  case operation, index, busy, stale, code

  public var field: Field {
    switch self {
    case .operation: Field("OPERATION", .writeOneToClear, bit: rawValue, "START with an unknown operation.")
    case .index:
      Field("INDEX", .writeOneToClear, bit: rawValue, "START with a tile that is not there, or beyond its lines.")
    case .busy:
      Field("BUSY", .writeOneToClear, bit: rawValue, "START while an operation of its tiles was under way.")
    case .stale: Field("STALE", .writeOneToClear, bit: rawValue, "STEP with codes of an older conversion.")
    case .code: Field("CODE", .writeOneToClear, bit: rawValue, "A number of cells outside 1 to 256.")
    }
  }

  public static var fields: [Field] { allCases.map { $0.field } }
}
