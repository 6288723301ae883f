import Tasks
import Trace
import Vectors

/// Holds a register log against another.
enum DiffVerb: Verb {
  static let name = "diff"
  static let summary = "Compare two register logs and report the differences."
  static let usage = "diff EXPECTED.csv LOG.csv"
  static let discussion = """
    Accesses are compared by kind, register and value, events by their text; cycles only when asked for. What may
    differ beyond that is said as in a golden vector. The register and detail columns of accesses do not matter.

    With --analog other than exact the logs may be of two dies, whose heads differ in the seed: converted codes are
    within a band, or of the chip's distribution (a false alarm in a thousand logs at most); counters and what the
    firmware works out from codes may differ; rows that were programmed in other rounds are compared by what they came
    to. A line 'REGISTER[.FIELD] [lines A-B] [cycles A-B], REASON' of a file of waivers lets a difference be.

    example: mblstm run digits --limit 2 --log a.csv && mblstm run digits --limit 2 --core rv32 --log b.csv && \
    mblstm diff a.csv b.csv --chip
    """
  static let options = [
    DifferenceOptions.all, DifferenceOptions.waivers, DifferenceOptions.analog,
    Option("--cycles", "Compare cycles too."),
    Option("--chip", "Only accesses to MBX and its tiles, and events."),
    Option("--pulse-order", "The order of the PULSE writes between two other accesses is free."),
    Option("--pulse-width", "N", .integer(1...32_767), "PULSE values may differ by up to N steps, sign kept."),
  ]
  static let operands = [Operand("LOG.csv", "two register logs", .input("csv"), count: 2...2)]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let (first, second) = (arguments.operands[0], arguments.operands[1])
    var report = try DifferenceReport(arguments)
    var options = LogComparison.Options()
    options.comparesCycles = arguments.has("--cycles")
    options.onlyChip = arguments.has("--chip")
    options.free = Freedom(
      pulseOrder: arguments.has("--pulse-order"),
      pulseWidth: arguments.integer("--pulse-width", default: 0))
    options.analog = DifferenceOptions.analog(arguments)
    options.findsAll = report.wantsMore
    var comparison = try LogComparison(
      try LogReader(log: first), named: first, against: try LogReader(log: second), named: second, options)
    while !report.isDone, let difference = try comparison.next() {
      report.add(difference.words, difference.subject, line: difference.line, cycle: difference.cycle)
    }
    let judged = comparison.judge?.words(otherRounds: comparison.otherRounds) ?? ""
    return report.end("", "in \(comparison.accesses) accesses and \(comparison.events) events\(judged)")
  }
}
