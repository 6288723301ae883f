/// How fast a hart has answered its interrupt lines.
public struct InterruptResponse: Equatable, Sendable {
  /// Interrupts that entered a handler, and sleeps that a line ended.
  public private(set) var count: UInt64 = 0
  /// The longest from a line that is up and enabled in `mie` to the first instruction of its handler, or to the end of
  /// the sleep that it ends, core clock cycles. Time in which `mstatus.MIE` is clear is in it.
  public private(set) var worstLatency: UInt64 = 0
  /// When `mie` was last written: a line is not late before it is enabled.
  var enabled: UInt64 = 0

  mutating func note(raised: UInt64, answered: UInt64) {
    count += 1
    let due = max(raised, enabled)
    if answered > due { worstLatency = max(worstLatency, answered - due) }
  }
}
