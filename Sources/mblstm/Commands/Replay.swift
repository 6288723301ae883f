import Files
import Tasks
import Trace

/// Feeds a register log to the chip that it tells of.
enum ReplayVerb: Verb {
  static let name = "replay"
  static let summary = "Feed a register log to its chip made anew and report the first difference."
  static let usage = "replay LOG.csv"
  static let discussion = """
    The head of the log says which chip to make, and how it was at the beginning where that was no fresh one. Every
    access to it is made again at its cycle; what it answers, and when it starts, finishes or refuses something, is
    compared with the log. The mailbox and the rest of the board are passed over. A log that is filtered is refused.

    example: mblstm run digits --limit 2 --log run.csv && mblstm replay run.csv
    """
  static let options: [Option] = []
  static let moved = ["--load": "mblstm replay LOG.csv; the log holds its chip"]
  static let operands = [Operand("LOG.csv", "a register log", .input("csv"))]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let path = arguments.operands[0]
    var reader = try LogReader(log: path)
    var replay = try Replay(of: reader, file: path)
    var last = 0
    do {
      while let line = try reader.next() {
        try replay.feed(line)
        last = line.number
      }
      try replay.finish(afterLine: last)
    } catch let difference as Replay.Difference {
      Console.print("\(difference)")
      return .difference
    }
    let summary = replay.summary
    Console.print(
      "\(path): no difference in \(summary.accesses) accesses and \(summary.events) events"
        + " (\(summary.passedOver) accesses outside the chip passed over)")
    return .success
  }
}
