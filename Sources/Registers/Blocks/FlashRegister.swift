/// `FLASH`: pages of words that stay without power, each reached through one buffer.
public enum FlashRegister: UInt32, RegisterBlock {
  case geometry = 0x000
  case timing = 0x004
  case start = 0x008
  case status = 0x00c
  case wait = 0x010
  case error = 0x014
  case unlock = 0x018
  case interruptEnable = 0x01c
  case endurance = 0x020
  case cycles = 0x024
  case buffer = 0x400

  /// Pages that there are.
  public static let pages = 128
  /// Words of a page.
  public static let pageWords = 256
  /// Core clock cycles for each bit of an ERASE: 4.1 ms a page.
  public static let eraseCyclesPerBit = 50
  /// Core clock cycles for each bit of a PROGRAM: 10.24 µs a word.
  public static let programCyclesPerBit = 32
  /// "FLSH" in ASCII, which allows PROGRAM and ERASE.
  public static let unlockKey: UInt32 = 0x464c_5348

  /// Fields of `geometry`.
  public enum Geometry {
    public static var pages: Field { Field("PAGES", .readOnly, bits: 0...15, "Pages.") }
    public static var words: Field { Field("WORDS", .readOnly, bits: 16...31, "Words of a page.") }
  }
  /// Fields of `timing`.
  public enum Timing {
    public static var erase: Field { Field("ERASE", .readOnly, bits: 0...15, "Cycles a bit of an ERASE.") }
    public static var program: Field { Field("PROGRAM", .readOnly, bits: 16...31, "Cycles a bit of a PROGRAM.") }
  }
  /// Fields of `start`.
  public enum Start {
    public static var operation: Field {
      Field("OPERATION", .writeOnly, bits: 0...3, of: .flashOperation, "See the flash's operations.")
    }
    public static var page: Field { Field("PAGE", .writeOnly, bits: 16...31, "Which page.") }
  }
  /// Fields of `status` and `wait`.
  public enum Status {
    public static var busy: Field { Field("BUSY", .readOnly, bit: 0, "An operation is under way.") }
    public static var locked: Field { Field("LOCKED", .readOnly, bit: 1, "PROGRAM and ERASE are refused.") }
    public static var error: Field { Field("ERROR", .readOnly, bit: 2, "A bit of ERROR is set.") }
    public static var operation: Field {
      Field("OPERATION", .readOnly, bits: 4...7, of: .latestFlashOperation, "The latest operation started.")
    }

    static var fields: [Field] { [busy, locked, error, operation] }
  }
  /// Fields of `interruptEnable`.
  public enum InterruptEnable {
    public static var idle: Field { Field("IDLE", .readWrite, bit: 0, "While no operation is under way.") }
    public static var error: Field { Field("ERROR", .readWrite, bit: 1, "While ERROR is not 0.") }
  }

  public static var interrupts: [HartInterrupt] { [.external] }

  public var register: Register {
    switch self {
    case .geometry:
      Register(
        "GEOMETRY",
        reset: Geometry.pages.encode(UInt32(Self.pages)) | Geometry.words.encode(UInt32(Self.pageWords)),
        "Size of the flash.", fields: [Geometry.pages, Geometry.words])
    case .timing:
      Register(
        "TIMING",
        reset: Timing.erase.encode(UInt32(Self.eraseCyclesPerBit))
          | Timing.program.encode(UInt32(Self.programCyclesPerBit)),
        "How long its operations take: bit after bit, word after word.", fields: [Timing.erase, Timing.program])
    case .start:
      Register("START", "Starts an operation on a page.", fields: [Start.operation, Start.page])
    case .status:
      Register("STATUS", reset: Status.locked.mask, "State of the flash.", fields: Status.fields)
    case .wait:
      Register(
        "WAIT", reset: Status.locked.mask, "As STATUS; a load stalls until no operation is under way.",
        fields: Status.fields)
    case .error:
      Register("ERROR", whileBusy: true, "What the flash refused, or could not do.", fields: FlashError.fields)
    case .unlock:
      Register(
        "UNLOCK", .writeOnly, whileBusy: true, "0x464c5348 allows PROGRAM and ERASE, anything else forbids them.")
    case .interruptEnable:
      Register(
        "IRQ_ENABLE", whileBusy: true, "When the flash raises the external interrupt line.",
        fields: [InterruptEnable.idle, InterruptEnable.error])
    case .endurance:
      Register("ENDURANCE", .readOnly, from: .chip, "Erases after which a page is worn: it is erased no more.")
    case .cycles: Register("CYCLES", .readOnly, "Erases that the page of the latest START has had.")
    case .buffer:
      Register(
        "BUFFER", .readWrite, count: UInt32(Self.pageWords), reset: .max,
        "The page that was read, or what is to be programmed: words of all ones are left out.")
    }
  }
}

/// What `FLASH.START` can start.
public enum FlashOperation: UInt32, Sendable, CaseIterable {
  /// The page into the buffer.
  case read = 1
  /// The buffer into the page.
  case program = 2
  /// All ones into the page.
  case erase = 3

  /// As listings and logs call it: `PROGRAM`.
  public var name: StaticString {
    switch self {
    case .read: "READ"
    case .program: "PROGRAM"
    case .erase: "ERASE"
    }
  }

  /// One sentence.
  public var meaning: StaticString {
    switch self {
    case .read: "BUFFER becomes the page."
    case .program: "Each word of BUFFER that is not all ones is put into the page, whose ones may become zeros."
    case .erase: "The page becomes all ones, and has had one cycle more."
    }
  }
}

/// The bits of `FLASH.ERROR`.
public enum FlashError: UInt32, Sendable, CaseIterable {
  case busy, operation, locked, index, ones, worn

  public var field: Field {
    switch self {
    case .busy:
      Field("BUSY", .writeOneToClear, bit: rawValue, "START or BUFFER written while an operation was under way.")
    case .operation: Field("OPERATION", .writeOneToClear, bit: rawValue, "START with an unknown operation.")
    case .locked: Field("LOCKED", .writeOneToClear, bit: rawValue, "PROGRAM or ERASE while locked.")
    case .index: Field("INDEX", .writeOneToClear, bit: rawValue, "A page outside the flash.")
    case .ones:
      Field("ONES", .writeOneToClear, bit: rawValue, "PROGRAM that had to make a one of a zero: only ERASE does.")
    case .worn:
      Field("WORN", .writeOneToClear, bit: rawValue, "An ERASE of a page beyond ENDURANCE, which changed nothing.")
    }
  }

  public static var fields: [Field] { allCases.map { $0.field } }
}
