import Board
import Files
import RV32
import Tasks
import Trace
import Vectors

/// Holds the product, or a controller's binary, against golden vectors.
enum CheckVerb: Verb {
  static let name = "check"
  static let summary = "Hold the product, or your firmware, against golden vectors."
  static let usage = "check [FILE.json …] [--firmware F.elf]"
  static let discussion = """
    Runs every case and says the first difference of each suite. Without files: all of vectors/v1, found here or above.
    With --firmware only the suites of the firmware run, through the mailbox, on the RV32 core; gradients are not
    compared, since no access shows them. Golden files come from an independent reference, recorded ones from 'record'.

    example: mblstm check --firmware my-controller.elf --junit report.xml
    """
  static let options = [
    Option("--firmware", "F.elf", .program, "A controller's binary for the RV32 core."),
    Option(
      "--max-instructions", "N", .integer(1...UInt64.max), default: .value("1000000000"),
      "Instructions of the binary for one request, at most."),
    Option("--junit", "F.xml", .output("xml"), "Write every case as JUnit's XML."),
    .json,
  ]
  static let operands = [Operand("FILE.json", "files of golden vectors", .input("json"), count: Operand.any)]
  static let moved = ["--export": "mblstm export readmemh --out DIR [FILE.json …]"]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let program = try arguments.text("--firmware").map { try Program(path: $0) }
    let limit = arguments.integer("--max-instructions") as UInt64
    var report = CheckReport()
    let paths = try paths(arguments.operands)
    var bar = ProgressBar("check", total: paths.count)
    for (number, path) in paths.enumerated() {
      bar.update(number) { path }
      try Interruption.check()
      do throws(InputError) {
        let file = try VectorFile(path: path)
        if program != nil, file.suite.kind != .firmware, arguments.operands.isEmpty { continue }
        report.add(file, try check(file, program, limit))
      } catch {
        report.errors.append(error)
      }
    }
    bar.end()
    try report.write(arguments)
    return report.errors.isEmpty ? (report.failed == 0 ? .success : .difference) : .failure
  }

  private static func check(
    _ file: VectorFile, _ program: Program?, _ limit: UInt64
  ) throws(InputError) -> FileOutcome {
    guard let program else { return file.check() }
    do {
      return try file.check { machine in
        var controller = try EmulatedController(program, on: machine)
        controller.instructionLimit = limit
        return controller
      }
    } catch {
      throw InputError(file.path, "\(error)")
    }
  }

  static func unnamedInputs(_ arguments: Arguments) -> [Arguments.NamedFile] {
    guard arguments.operands.isEmpty, let paths = try? paths([]) else { return [] }
    return paths.map { .init(name: "golden vectors", path: $0, manner: nil) }
  }

  /// The files given, or all there are.
  static func paths(_ operands: [String]) throws(InputError) -> [String] {
    guard operands.isEmpty else { return operands }
    guard let folder = ProductFolder.path("vectors/v1") else {
      throw InputError("vectors/v1", "not found here or above; name the files")
    }
    let names = try FilePath.entries(of: folder)
    let paths = names.filter { $0.hasSuffix(".json") && $0 != "schema.json" }.map { "\(folder)/\($0)" }
    guard !paths.isEmpty else { throw InputError(folder, "has no golden vectors") }
    return paths
  }
}
