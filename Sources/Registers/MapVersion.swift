/// A version of the register map, and what it changed.
public struct MapVersion: Sendable {
  /// Raised by what firmware of before does not understand.
  public let major: UInt32
  /// Raised by additions.
  public let minor: UInt32
  /// One sentence.
  public let changes: StaticString

  /// Every version, the present one last.
  public static var history: [MapVersion] {
    [
      MapVersion(major: 1, minor: 0, changes: "The first."),
      MapVersion(
        major: 2, minor: 0,
        changes:
          """
          An operation that ends early has had its effect up to then: PULSE keeps what is left, ABORTED and \
          ABORTED_CYCLES say where it stood, STATUS.STALE marks codes of a conversion before. What can harm the array is \
          written unlocked only, and within LIMIT_AMPLITUDE and LIMIT_WIDTH. WAIT_LIMIT bounds a stall. Errors raise \
          interrupts; all ones clear every bit that ones clear. RESET and RESET_CAUSE.
          """
      ),
      MapVersion(
        major: 2, minor: 1,
        changes:
          """
          SUPPLY, SUPPLY_STATE and WAKE_UP of every tile, ERROR.SUPPLY, RESET_CAUSE.BROWN_OUT: supplies with an order, \
          wake-up and failure. All are on and settled after power-up, so that firmware of 2.0 needs none of it.
          """
      ),
      MapVersion(
        major: 2, minor: 2, changes: "FLASH, a memory that stays without power, and DIE, what tells dies apart."),
      MapVersion(
        major: 2, minor: 3,
        changes: "SETTLE, how long lines and amplifiers settle; TIMING.CONVERT follows the bits of the ADCs."),
      MapVersion(
        major: 2, minor: 4,
        changes:
          """
          FEATURES, and what it and CONVERTERS.FEATURES announce of a chip that has it: DRIVE_SIGNALS, SENSE_SIGNALS and \
          PULSE_PAIRS of every tile, and CELL. A chip without any is one of 2.3 with a register more, which is 0.
          """),
    ]
  }

  /// The word that `MBX.VERSION` has.
  public static var current: UInt32 {
    guard let last = history.last else { return 0 }
    return last.major << 16 | last.minor
  }
}
