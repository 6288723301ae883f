import Files
import Tasks
import Trace

/// Feeds a register log to the chip that it tells of.
enum ReplayVerb: Verb {
  static let name = "replay"
  static let summary = "Feed a register log to its chip made anew and report the differences."
  static let usage = "replay LOG.csv"
  static let discussion = """
    The head of the log says which chip to make, and how it was at the beginning where that was no fresh one. Every
    access to it is made again at its cycle; what it answers, and when it starts, finishes or refuses something, is
    compared with the log. The mailbox and the rest of the board are passed over. A log that is filtered is refused.

    With --all it goes on behind a difference with the chip's own value. With --analog other than exact the log may be of
    another die: its codes are within a band of the chip's, or of its distribution (a false alarm in a thousand logs at
    most). A line 'REGISTER[.FIELD] [lines A-B] [cycles A-B], REASON' of a file of waivers lets a difference be.

    example: mblstm run digits --limit 2 --log run.csv && mblstm replay run.csv
    """
  static let options = [DifferenceOptions.all, DifferenceOptions.waivers, DifferenceOptions.analog]
  static let moved = ["--load": "mblstm replay LOG.csv; the log holds its chip"]
  static let operands = [Operand("LOG.csv", "a register log", .input("csv"))]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let path = arguments.operands[0]
    var report = try DifferenceReport(arguments)
    var (reader, replay) = try begin(path, arguments)
    replay.findsAll = report.wantsMore || replay.judge != nil
    var last = 0
    do {
      while !report.isDone, let line = try reader.next() {
        try replay.feed(line)
        report.take(&replay)
        last = line.number
      }
      if !report.isDone { try replay.finish(afterLine: last) }
      report.take(&replay)
    } catch let difference as Replay.Difference {
      report.add("\(difference)", difference.subject, line: difference.line, cycle: difference.cycle)
    }
    let summary = replay.summary
    return report.end(
      "\(path): ",
      "in \(summary.accesses) accesses and \(summary.events) events"
        + " (\(summary.passedOver) accesses outside the chip passed over)\(replay.judge?.words() ?? "")")
  }

  /// A log, and a replay that has not begun of the chip that the log begins with, by the options that say how.
  static func begin(_ path: String, _ arguments: Arguments) throws -> (LogReader, Replay) {
    let reader = try LogReader(log: path)
    var replay = try Replay(of: reader, file: path)
    guard arguments.declares("--analog") else { return (reader, replay) }
    let analog = DifferenceOptions.analog(arguments)
    if analog != .exact { replay.judge = AgreementJudge(analog, of: replay.chip) }
    return (reader, replay)
  }
}

extension DifferenceReport {
  /// Takes over what a replay has found.
  mutating func take(_ replay: inout Replay) {
    for difference in replay.takeDifferences() {
      add("\(difference)", difference.subject, line: difference.line, cycle: difference.cycle)
    }
  }
}
