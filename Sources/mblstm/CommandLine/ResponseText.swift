import RV32

/// How long a program let things wait, in words.
enum ResponseText {
  /// Nothing where nothing waited.
  /// - Parameter longestStall: the longest that an access has held the hart, cycles.
  static func lines(_ response: InterruptResponse, _ longestStall: UInt64) -> [String] {
    let isAnswered = response.interrupts > 0 || response.wakes > 0
    guard isAnswered || longestStall > 0 else { return [] }
    let answered =
      "\(grouped(response.interrupts)) interrupts, \(grouped(response.wakes)) sleeps ended by a line"
      + (isAnswered ? ", worst latency \(grouped(response.worstLatency)) cycles" : "")
    return ["\(answered), longest stall \(grouped(longestStall)) cycles"]
  }
}
