/// How fast a hart has answered its interrupt lines.
public struct InterruptResponse: Equatable, Sendable {
  /// Interrupts that entered a handler.
  public private(set) var interrupts: UInt64 = 0
  /// Sleeps that a line ended.
  public private(set) var wakes: UInt64 = 0
  /// The longest from a line that is up and enabled in `mie` to the first instruction of its handler, or to the end of
  /// the sleep that it ends, core clock cycles. Time in which `mstatus.MIE` is clear is in it.
  public private(set) var worstLatency: UInt64 = 0
  /// When `mie` was last written: a line is not late before it is enabled.
  var enabled: UInt64 = 0

  mutating func noteInterrupt(raised: UInt64, at cycle: UInt64) {
    interrupts += 1
    note(raised, cycle)
  }

  mutating func noteWake(raised: UInt64, at cycle: UInt64) {
    wakes += 1
    note(raised, cycle)
  }

  private mutating func note(_ raised: UInt64, _ cycle: UInt64) {
    let due = max(raised, enabled)
    if cycle > due { worstLatency = max(worstLatency, cycle - due) }
  }
}
