import Files
import Glibc
import Tasks
import Trace

/// Leaves out of a log all that a failure does not need.
enum ShrinkVerb: Verb {
  static let name = "shrink"
  static let summary = "Reduce a failing register log to a minimal sequence of accesses."
  static let usage = "shrink FAILING.csv --with COMMAND -o SMALL.csv"
  static let discussion = """
    COMMAND is run by the shell with a log behind it, or in the place of '{}'; it fails with the status that it has for
    the whole log. Accesses, brown-outs and power cuts are left out as long as it fails so, and the time that passes
    behind the last of them. Each log that is tried is whole: the chip of the head answers anew to what is left, at the
    same cycles; where the log has another value read than the chip, it keeps it. What remains is minimal: without any one
    of these steps the command does not fail so. Comments are not kept. Where it is interrupted, what it has come to is
    written.

    example: mblstm shrink failing.csv --with './rtl-bench' -o small.csv
    """
  static let options = [
    Option("--with", "COMMAND", .text, isRequired: true, "What fails, for the shell."),
    Option("--out", short: "-o", "F.csv", .output("csv"), isRequired: true, "The log to write."),
  ]
  static let operands = [Operand("FAILING.csv", "a register log", .input("csv"))]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let path = arguments.operands[0]
    let (reader, replay) = try ReplayVerb.begin(path, arguments)
    let steps = try LogSteps(reader, from: replay)
    let command = ShellCommand(arguments.required("--with"))
    let candidate = try Candidate()
    defer { candidate.remove() }
    let all = Array(0..<steps.count)
    let status = try candidate.status(of: steps.log(of: all), command)
    guard status != 0 else { throw try doesNotFail(path, command) }
    var debugging = DeltaDebugging()
    var end: Interrupted?
    do {
      _ = try debugging.minimum(of: steps.count) { (places: [Int]) throws(any Error) in
        try Interruption.check()
        return try candidate.status(of: steps.log(of: places), command) == status
      }
    } catch let interrupted as Interrupted { end = interrupted }
    try arguments.outputs.write("--out", bytes: steps.log(of: debugging.rest))
    Console.message(
      "\(path): \(debugging.rest.count) of \(steps.count) steps fail alike with status \(status),"
        + " \(debugging.runs + 1) runs")
    if let end { throw end }
    return .success
  }

  private static func doesNotFail(_ path: String, _ command: ShellCommand) throws -> InputError {
    guard try command.status(on: path) != 0 else {
      return InputError(path, "the command does not fail with it: status 0, expected another")
    }
    return InputError(
      path,
      "the command fails with it, but not with what its chip does in these accesses (mblstm replay --all):"
        + " expected one that differs from its chip in values read at most")
  }
}

/// The log that is tried, in a folder of its own.
private struct Candidate {
  private let folder: String
  private var path: String { "\(folder)/candidate.csv" }

  init() throws(OutputError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var pattern = Array("\(parent)/mblstm-shrink-XXXXXX".utf8CString)
    guard mkdtemp(&pattern) != nil else { throw OutputError("\(parent)/mblstm-shrink", SystemReason.latest) }
    folder = String(decoding: pattern.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func status(of log: [UInt8], _ command: ShellCommand) throws -> Int32 {
    try OutputFile.write(log, to: path)
    return try command.status(on: path)
  }

  func remove() {
    unlink(path)
    rmdir(folder)
  }
}
