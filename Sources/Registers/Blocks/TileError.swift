/// The bits of a tile's `ERROR`.
public enum TileError: UInt32, Sendable, CaseIterable {
  case busy, operation, code, index, locked, stale, watchdog, access, unmapped, misaligned, reserved, limit, wait,
    supply

  public var field: Field {
    switch self {
    case .busy:
      Field(
        "BUSY", .writeOneToClear, bit: rawValue,
        "A write while an operation was under way, to a register that takes none then.")
    case .operation: Field("OPERATION", .writeOneToClear, bit: rawValue, "START with an unknown operation.")
    case .code:
      Field("CODE", .writeOneToClear, bit: rawValue, "A code outside the range of its converter, circuit or driver.")
    case .index: Field("INDEX", .writeOneToClear, bit: rawValue, "A line outside the array.")
    case .locked:
      Field(
        "LOCKED", .writeOneToClear, bit: rawValue, "Programming, or a write of what guards the array, while locked.")
    case .stale:
      Field(
        "STALE", .writeOneToClear, bit: rawValue,
        "SENSE read while an operation was under way, or while STATUS.STALE: the previous codes.")
    case .watchdog:
      Field("WATCHDOG", .writeOneToClear, bit: rawValue, "An operation took longer than WATCHDOG and was aborted.")
    case .access:
      Field("ACCESS", .writeOneToClear, bit: rawValue, "A write to a read-only register or a read of a write-only one.")
    case .unmapped: Field("UNMAPPED", .writeOneToClear, bit: rawValue, "An address of the block without a register.")
    case .misaligned: Field("MISALIGNED", .writeOneToClear, bit: rawValue, "An address that is not a multiple of 4.")
    case .reserved: Field("RESERVED", .writeOneToClear, bit: rawValue, "A write with a 1 outside every field.")
    case .limit:
      Field(
        "LIMIT", .writeOneToClear, bit: rawValue,
        "An amplitude or width above its limit, or a limit that is fixed, raised, or below what it would limit.")
    case .wait:
      Field("WAIT", .writeOneToClear, bit: rawValue, "A load of WAIT gave up after WAIT_LIMIT.")
    case .supply:
      Field(
        "SUPPLY", .writeOneToClear, bit: rawValue,
        "An operation without its supply, supplies out of their order, or a supply that failed.")
    }
  }

  public static var fields: [Field] { allCases.map { $0.field } }
}
