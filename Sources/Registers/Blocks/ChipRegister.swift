/// `MBX`: what the tiles of a chip share, and the activation unit.
public enum ChipRegister: UInt32, RegisterBlock {
  case identity = 0x000
  case version = 0x004
  case tiles = 0x008
  case clock = 0x00c
  case error = 0x010
  case errorAddress = 0x014
  case interruptPending = 0x018
  case interruptEnable = 0x01c
  case snapshot = 0x020
  case cycles = 0x028
  case scalarSigmoid = 0x040
  case scalarTanh = 0x044
  case scalarValue = 0x048
  case scalarSlope = 0x04c
  case reset = 0x050
  case resetCause = 0x054
  case die = 0x058
  case features = 0x060
  case sigmoidCount = 0x100
  case sigmoidRails = 0x104
  case sigmoidBreakpoint = 0x140
  case sigmoidLine = 0x180
  case tanhCount = 0x200
  case tanhRails = 0x204
  case tanhBreakpoint = 0x240
  case tanhLine = 0x280

  /// How many segments a circuit may have: as many as its arrays have elements.
  public static let segments = 1...16

  /// "MBX1" in ASCII.
  public static let identityWord: UInt32 = 0x4d42_5831

  /// Fields of `sigmoidRails` and `tanhRails`.
  public enum Rails {
    public static var low: Field { Field("LOW", .readWrite, bits: 0...15, signed: true, "Lower rail, Q0.15.") }
    public static var high: Field { Field("HIGH", .readWrite, bits: 16...31, signed: true, "Upper rail, Q0.15.") }
  }
  /// Fields of `sigmoidLine` and `tanhLine`.
  public enum Line {
    public static var slope: Field { Field("SLOPE", .readWrite, bits: 0...15, signed: true, "dy/dz, Q1.14.") }
    public static var offset: Field { Field("OFFSET", .readWrite, bits: 16...31, signed: true, "y at z = 0, Q0.15.") }
  }

  /// The sources of the interrupt line.
  public enum Interrupt {
    /// The end of an operation, its own or an early one.
    public static func tiles(_ access: Access) -> Field {
      Field("TILES", access, bits: 0...7, "An operation ended or was aborted, one bit a tile.")
    }
    /// An error, also one whose bit was set.
    public static func tileErrors(_ access: Access) -> Field {
      Field("TILE_ERRORS", access, bits: 8...15, "A bit of the tile's ERROR was raised, one bit a tile.")
    }
    /// An error of the bus or of this block.
    public static func chipError(_ access: Access) -> Field {
      Field("CHIP_ERROR", access, bit: 16, "A bit of MBX.ERROR was raised.")
    }

    /// Every source.
    public static func fields(_ access: Access) -> [Field] { [tiles(access), tileErrors(access), chipError(access)] }
  }

  /// What is reset, in `RESET` and in `RESET_CAUSE` alike.
  public enum Reset {
    /// The hart begins its program anew.
    public static func hart(_ access: Access) -> Field { Field("HART", access, bit: 0, "The hart, with its program.") }
    /// This block and all tiles; arrays and limits stay.
    public static func chip(_ access: Access) -> Field { Field("CHIP", access, bit: 1, "This block and every tile.") }
    /// A cause only.
    public static func power(_ access: Access) -> Field { Field("POWER", access, bit: 2, "Power came.") }
    /// A cause only.
    public static func brownOut(_ access: Access) -> Field {
      Field("BROWN_OUT", access, bit: 3, "The supplies of references and drivers failed; no register was reset.")
    }
    /// Tiles by themselves.
    public static func tiles(_ access: Access) -> Field {
      Field("TILES", access, bits: 8...15, "Tiles, one bit each; their arrays and limits stay.")
    }
  }

  public static var interrupts: [HartInterrupt] { [.external] }

  public var register: Register {
    switch self {
    case .identity: Register("ID", .readOnly, reset: Self.identityWord, "MBX1 in ASCII.")
    case .version:
      Register(
        "VERSION", reset: MapVersion.current, "Version of this register map.",
        fields: [
          Field("MINOR", .readOnly, bits: 0...15, "Additions."),
          Field("MAJOR", .readOnly, bits: 16...31, "Incompatible changes."),
        ])
    case .tiles:
      Register("TILES", from: .chip, "Tiles present.", fields: [Field("COUNT", .readOnly, bits: 0...3, "1 to 8.")])
    case .clock: Register("CLOCK", .readOnly, reset: UInt32(Electrical.clockHertz), "Core clock, hertz.")
    case .error:
      Register("ERROR", "What the bus or this block refused.", fields: ChipError.fields)
    case .errorAddress: Register("ERROR_ADDRESS", .readOnly, "Address of the latest refusal in ERROR.")
    case .interruptPending:
      Register(
        "IRQ_PENDING", "What has happened since it was cleared.",
        fields: Interrupt.fields(.writeOneToClear))
    case .interruptEnable:
      Register(
        "IRQ_ENABLE", "Whose pending bit raises the interrupt line.",
        fields: Interrupt.fields(.readWrite))
    case .snapshot: Register("SNAPSHOT", .writeOnly, "Any write copies the cycle counter for reading.")
    case .cycles: Register("CYCLES", .readOnly, count: 2, "Core clock cycles since reset: low word, high word.")
    case .scalarSigmoid:
      Register("SCALAR_SIGMOID", "Two Q3.12 inputs for the sigmoid circuit.", fields: Self.lanes(.writeOnly))
    case .scalarTanh:
      Register("SCALAR_TANH", "Two Q3.12 inputs for the tanh circuit.", fields: Self.lanes(.writeOnly))
    case .scalarValue:
      Register("SCALAR_VALUE", "The two Q0.15 outputs for the latest inputs.", fields: Self.lanes(.readOnly))
    case .scalarSlope:
      Register("SCALAR_SLOPE", "The two local slopes, Q1.14, zero at a rail.", fields: Self.lanes(.readOnly))
    case .reset:
      Register(
        "RESET", "Resets parts: what is under way there ends with the effect it has had.",
        fields: [Reset.hart(.writeOnly), Reset.chip(.writeOnly), Reset.tiles(.writeOnly)])
    case .resetCause:
      Register(
        "RESET_CAUSE", reset: Reset.power(.writeOneToClear).mask, "Why parts were reset since it was cleared.",
        fields: [
          Reset.hart(.writeOneToClear), Reset.chip(.writeOneToClear), Reset.power(.writeOneToClear),
          Reset.brownOut(.writeOneToClear), Reset.tiles(.writeOneToClear),
        ])
    case .die:
      Register("DIE", .readOnly, count: 2, from: .chip, "What tells this die from others: low word, high word.")
    case .features:
      Register("FEATURES", from: .chip, "What the chip has more.", fields: [Features.windows, Features.cell])
    case .sigmoidCount: Self.count("SIGMOID_COUNT")
    case .tanhCount: Self.count("TANH_COUNT")
    case .sigmoidRails: Self.rails("SIGMOID_RAILS", low: 0)
    case .tanhRails: Self.rails("TANH_RAILS", low: 0x8000)
    case .sigmoidBreakpoint: Self.breakpoint("SIGMOID_BREAK")
    case .tanhBreakpoint: Self.breakpoint("TANH_BREAK")
    case .sigmoidLine: Self.line("SIGMOID_LINE", reset: 0x4000_1000)
    case .tanhLine: Self.line("TANH_LINE", reset: 0x0000_4000)
    }
  }

  /// Fields of `features`.
  public enum Features {
    public static var windows: Field {
      Field("WINDOWS", .readOnly, bit: 0, "Tiles have DRIVE_SIGNALS, SENSE_SIGNALS and PULSE_PAIRS.")
    }
    public static var cell: Field { Field("CELL", .readOnly, bit: 1, "There is the block CELL.") }
  }

  private static func lanes(_ access: Access) -> [Field] {
    [
      Field("EVEN", access, bits: 0...15, signed: true, "Lane 0."),
      Field("ODD", access, bits: 16...31, signed: true, "Lane 1."),
    ]
  }
  private static func count(_ name: StaticString) -> Register {
    Register(
      name, reset: 1, "Segments in use.", fields: [Field("COUNT", .readWrite, bits: 0...4, of: .segments, "1 to 16.")])
  }
  private static func rails(_ name: StaticString, low: UInt32) -> Register {
    Register(
      name, reset: low | 0x7fff_0000, "Where the circuit saturates.", fields: [Rails.low, Rails.high])
  }
  private static func breakpoint(_ name: StaticString) -> Register {
    Register(
      name, count: UInt32(Self.segments.upperBound), "Where segment k begins; without meaning in segment 0. Rising.",
      fields: [Field("Z", .readWrite, bits: 0...15, signed: true, "Q3.12.")])
  }
  private static func line(_ name: StaticString, reset: UInt32) -> Register {
    Register(
      name, count: UInt32(Self.segments.upperBound), reset: reset, "The line of segment k.",
      fields: [Line.slope, Line.offset])
  }
}

/// The bits of `MBX.ERROR`.
public enum ChipError: UInt32, Sendable, CaseIterable {
  case unmapped, misaligned, access, reserved, code

  public var field: Field {
    switch self {
    case .unmapped:
      Field("UNMAPPED", .writeOneToClear, bit: rawValue, "An address of the bus, or of this block, without a register.")
    case .misaligned:
      Field(
        "MISALIGNED", .writeOneToClear, bit: rawValue,
        "An address that is not a multiple of the register's size, or an access of another size.")
    case .access:
      Field("ACCESS", .writeOneToClear, bit: rawValue, "A write to a read-only register or a read of a write-only one.")
    case .reserved: Field("RESERVED", .writeOneToClear, bit: rawValue, "A write with a 1 outside every field.")
    case .code:
      Field(
        "CODE", .writeOneToClear, bit: rawValue,
        "A number of segments outside 1 to 16, or a reset of a tile that is not there.")
    }
  }

  public static var fields: [Field] { allCases.map { $0.field } }
}
