import Tasks
import Trace
import Vectors

/// Holds a register log against another.
enum DiffVerb: Verb {
  static let name = "diff"
  static let summary = "Compare two register logs and report the first difference."
  static let usage = "diff EXPECTED.csv LOG.csv"
  static let discussion = """
    Accesses are compared by kind, register and value, events by their text; cycles only when asked for. What may
    differ beyond that is said as in a golden vector. The register and detail columns of accesses do not matter.

    example: mblstm run digits --limit 2 --log a.csv && mblstm run digits --limit 2 --core rv32 --log b.csv && \
    mblstm diff a.csv b.csv --chip
    """
  static let options = [
    Option("--cycles", nil, "Compare cycles too."),
    Option("--chip", nil, "Only accesses to MBX and its tiles, and events."),
    Option("--pulse-order", nil, "The order of the PULSE writes between two other accesses is free."),
    Option("--pulse-width", "N", "PULSE values may differ by up to N steps, sign kept."),
  ]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    try arguments.expectOperands(2...2, "two log files")
    let (first, second) = (arguments.operands[0], arguments.operands[1])
    var options = LogComparison.Options()
    options.comparesCycles = arguments.has("--cycles")
    options.onlyChip = arguments.has("--chip")
    options.free = Freedom(
      pulseOrder: arguments.has("--pulse-order"),
      pulseWidth: try arguments.integer("--pulse-width", in: 1...32_767, default: 0))
    var comparison = LogComparison(
      try LogReader(log: first), named: first, against: try LogReader(log: second), named: second, options)
    if let difference = try comparison.firstDifference() {
      Console.print(difference)
      return .difference
    }
    Console.print("no difference in \(comparison.accesses) accesses and \(comparison.events) events")
    return .success
  }
}
