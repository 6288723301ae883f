import Files
import Tasks
import Trace

/// Feeds a register log to a fresh chip.
enum ReplayVerb: Verb {
  static let name = "replay"
  static let summary = "Feed a register log to a fresh chip and report the first difference."
  static let usage = "replay LOG.csv"
  static let discussion = """
    The head of the log says which chip to make. Every access to it is made again at its cycle; what it answers, and
    when it starts, finishes or refuses something, is compared with the log. The mailbox and the rest of the board are
    passed over.

    example: mblstm run digits --limit 2 --log run.csv && mblstm replay run.csv
    """
  static let options = [
    Option("--load", "CHIP.mbx", .input("mbx"), "The chip that the log begins with, where 'run --load' made it.")
  ]
  static let operands = [Operand("LOG.csv", "a register log", .input("csv"))]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let path = arguments.operands[0]
    let loaded = try arguments.text("--load").map { try ChipFile(path: $0) }
    var reader = try LogReader(log: path)
    var replay = try Replay(of: reader, file: path, loaded: loaded)
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
