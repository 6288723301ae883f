import Files
import FoundationEssentials
import Glibc
import Tasks

/// Results on standard output, everything else on standard error.
///
/// A command whose reader goes away ends quietly, as tools do: by SIGPIPE, or with the status of it where that signal is
/// ignored. What else cannot be written ends it with a message and status 2.
enum Console {
  static func print(_ text: String) { write(Array((text.printable + "\n").utf8)) }
  static func message(_ text: String) { tell(text.printable + "\n") }

  /// What a program prints, as it is.
  static func write(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO, "standard output") }

  /// As it is, without a line end: what tells a terminal something.
  static func tell(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO, "standard error") }

  static func print(_ json: JSON) { write(Array(json.prettyText.utf8)) }

  /// A report, whose form `vectors/schemas/reports.json` tells, and what it takes to make it again.
  static func json(_ value: some Encodable, of origin: ResultOrigin? = nil) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let report = try Node(Array(try encoder.encode(value)), file: "report").value
    guard case .object(let members) = report.kind else { preconditionFailure("a report is an object") }
    print(.object(members + (origin.map { [.init("origin", $0.json)] } ?? [])))
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ name: String) {
    let failure = Descriptor.write(bytes, to: descriptor)
    guard failure != 0 else { return }
    if failure == EPIPE { exit(128 + SIGPIPE) }
    if descriptor != STDERR_FILENO { message("mblstm: \(OutputError(name, code: failure))") }
    exit(ExitStatus.failure.rawValue)
  }
}
