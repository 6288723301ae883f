import Files
import Tasks
import Trace
import Vectors

/// Holds a log against the firmware and against the chip, each for itself.
enum ShadowVerb: Verb {
  static let name = "shadow"
  static let summary = "Hold a register log against the firmware and against the chip, each for itself."
  static let usage = "shadow CAPTURE.csv [--firmware F.elf]"
  static let discussion = """
    The firmware is given what the log says was read, the host's requests among it, and has to write what the log says
    was written, bit for bit. The chip of the log's head is given what was written, and has to answer what was read, as
    'replay' has it: codes as near as --analog says. Every difference is of one side, 'firmware' or 'chip', and the first
    in the log is the cause that the others may follow from.

    The firmware is the controller that the product has, or a binary on the RV32 core. When it listens to the mailbox is
    not compared. A line 'REGISTER[.FIELD] [lines A-B] [cycles A-B], REASON' of a file of waivers lets a difference be.

    example: mblstm shadow capture.csv --analog 3sigma
    """
  static let options = [
    Option("--firmware", "F.elf", .program, "A controller's binary for the RV32 core."),
    DifferenceOptions.all, DifferenceOptions.waivers, DifferenceOptions.analog,
  ]
  static let operands = [Operand("CAPTURE.csv", "a register log", .input("csv"))]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let path = arguments.operands[0]
    guard path != OutputFile.standardOutput else {
      throw UsageError("CAPTURE.csv is '-', expected a file: it is read twice")
    }
    let program = try arguments.text("--firmware").map { try Program(path: $0) }
    var report = try DifferenceReport(arguments)
    var (reader, replay) = try ReplayVerb.begin(path, arguments)
    guard !replay.beginsMidway else {
      throw InputError(
        path, line: 1,
        "the log begins in the middle of a run, where nothing says what the firmware knew; expected one from"
          + " its beginning")
    }
    let ofChip = try Shadow.differences(ofChipIn: &reader, &replay)
    var shadow = Shadow(Capture(try LogReader(log: path), file: path, of: replay.chip))
    if let program { try shadow.run(program) } else { try shadow.runNative() }
    if let error = shadow.capture.error { throw error }

    var count: [Shadow.Side: Int] = [:]
    for (side, difference) in Shadow.ordered(chip: ofChip, firmware: shadow.capture.differences) {
      let before = report.count
      report.add(
        "\(difference.file):\(difference.line): \(side): \(difference.message)", difference.subject,
        line: difference.line, cycle: difference.cycle)
      count[side, default: 0] += report.count - before
    }
    let sides =
      report.count > 0 ? ": \(count[.firmware] ?? 0) of the firmware, \(count[.chip] ?? 0) of the chip" : ""
    return report.end(
      "\(path): ",
      "in \(shadow.capture.accesses) accesses of the firmware and \(replay.summary.accesses) of the chip"
        + "\(replay.judge?.words() ?? "")\(sides)")
  }
}
