import RV32

/// How long a program let things wait, in words.
enum ResponseText {
  /// Nothing where nothing waited.
  /// - Parameter longestStall: the longest that an access has held the hart, cycles.
  static func lines(_ response: InterruptResponse, _ longestStall: UInt64) -> [String] {
    guard response.count > 0 || longestStall > 0 else { return [] }
    let latency =
      response.count == 0
      ? "no interrupts"
      : "\(grouped(response.count)) interrupts, worst latency \(grouped(response.worstLatency)) cycles"
    return ["\(latency), longest stall \(grouped(longestStall)) cycles"]
  }
}
