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
    Runs every case and says the first difference of each suite. Without files: all of vectors/v1, found
    \(ProductFolder.places).
    With --firmware only the suites of the firmware run, through the mailbox, on the RV32 core; gradients are not
    compared, since no access shows them. Golden files come from an independent reference, recorded ones from 'record'.

    A controller agrees with a suite at a level: 'accesses', every access to the chip in order with its value; 'state', the
    same answers, and the same conductances, errors and counters after each request; 'replies', the answers that the
    specification fixes, and what 'program' and 'calibrate' promise whatever their algorithm. Without --level each suite
    is tried at the strictest first, and the strictest level at which it passes is named.

    --requests names what a controller claims, and limits the check to it: requests by name, 'refusals' of what is wrong
    in one, 'pairs' for chips with differential synapses. Other requests of a case are sent, where they are in order, and
    not judged. A case names the sentences of vectors/specification that it holds; where it fails, the likeliest of them
    are told: those of which most cases fail. A line 'SUITE CASE, REASON' of a file of waivers lets a difference be. --analog
    says how near the codes read have to be in the accesses of a case.

    example: mblstm check --firmware my-controller.elf --level replies --requests configure,program,infer
    """
  static let options = [
    Option("--firmware", "F.elf", .program, "A controller's binary for the RV32 core."),
    Option(
      "--max-instructions", "N", .integer(1...UInt64.max), default: .value("100000000"),
      "Instructions of the binary for one request, at most."),
    Option("--level", "LEVEL", .choice(of: AgreementLevel.self), "How closely the controller has to agree."),
    Option(
      "--requests", "NAME,…", .list(of: .choice(Claims.names)), default: .words("all"), "What the controller claims."),
    Option("--waivers", "F", .input(FileForm(suffixes: [])), "Differences that do not count, each with its reason."),
    Option("--all", "Say all differences of every case, not the first of each suite."),
    Option("--trace", "Print the sentences of the specification without a case, and how many the others have."),
    Option(
      "--coverage", "F.csv", .output("csv"),
      "Write which registers were accessed, and which errors raised, in which state."),
    DifferenceOptions.analog,
    Option("--junit", "F.xml", .output("xml"), "Write every case as JUnit's XML."),
    .json,
  ]
  static let operands = [Operand("FILE.json", "files of golden vectors", .input("json"), count: Operand.any)]
  static let moved = ["--export": "mblstm export readmemh --out DIR [FILE.json …]"]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let program = try arguments.text("--firmware").map { try Program(path: $0) }
    for option in ["--level", "--requests"] where program == nil && arguments.has(option) {
      throw UsageError("\(option) needs --firmware")
    }
    let waivers = try arguments.text("--waivers").map { path throws(InputError) in try Waivers(path: path) }
    let examination = Examination(arguments, waivers)
    let paths = try paths(arguments.operands)
    let specification = try specification(beside: paths, isNeeded: arguments.has("--trace"))
    var report = CheckReport(waivers, specification, isTraced: arguments.has("--trace"))
    var bar = ProgressBar("check", total: paths.count)
    for (number, path) in paths.enumerated() {
      bar.update(number) { path }
      try Interruption.check()
      do throws(InputError) {
        let file = try VectorFile(path: path, specification: specification)
        if program != nil, file.suite.kind != .firmware, arguments.operands.isEmpty { continue }
        report.add(file, try examination.outcome(of: file, program))
      } catch {
        report.errors.append(error)
      }
    }
    bar.end()
    try report.write(arguments)
    return report.errors.isEmpty ? (report.isPassed ? .success : .difference) : .failure
  }

  /// Whose sentences the cases hold: that beside the vectors, or else the product's own.
  private static func specification(beside paths: [String], isNeeded: Bool) throws(InputError) -> Specification? {
    let beside = paths.lazy.compactMap { Specification.folder(beside: $0) }.first
    guard let folder = beside ?? ProductFolder.path("vectors/specification") else {
      if isNeeded { throw InputError("vectors/specification", "not found beside the vectors, \(ProductFolder.places)") }
      return nil
    }
    return try Specification(folder: folder)
  }

  static func unnamedInputs(_ arguments: Arguments) -> [Arguments.NamedFile] {
    guard arguments.operands.isEmpty, let paths = try? paths([]) else { return [] }
    return paths.map { .init(name: "golden vectors", path: $0, manner: nil) }
  }

  /// The files given, or all there are.
  static func paths(_ operands: [String]) throws(InputError) -> [String] {
    guard operands.isEmpty else { return operands }
    let folder = try ProductFolder.found("vectors/v1", or: "name the files")
    let names = try FilePath.entries(of: folder)
    let paths = names.filter { $0.hasSuffix(".json") && $0 != "schema.json" }.map { "\(folder)/\($0)" }
    guard !paths.isEmpty else { throw InputError(folder, "has no golden vectors") }
    return paths
  }
}

/// How files are checked.
private struct Examination {
  private let waivers: Waivers?
  private let limit: UInt64
  /// Nil for the strictest that passes.
  private let level: AgreementLevel?
  private let agreement: Agreement

  init(_ arguments: Arguments, _ waivers: Waivers?) {
    self.waivers = waivers
    limit = arguments.integer("--max-instructions")
    level = arguments.text("--level").flatMap { AgreementLevel(rawValue: $0) }
    let claims = arguments.has("--requests") ? Claims(arguments.list("--requests")) : .everything
    agreement = Agreement(
      level ?? .accesses, claims: claims, findsAll: arguments.has("--all"),
      covers: arguments.text("--coverage") != nil, analog: DifferenceOptions.analog(arguments))
  }

  func outcome(of file: VectorFile, _ program: Program?) throws(InputError) -> FileOutcome {
    guard let program else { return waived(file.check(agreement)) }
    do {
      let controller = { (machine: Machine<AccessLog>) throws(InputError) in
        var controller = try EmulatedController(program, on: machine)
        controller.instructionLimit = limit
        return controller
      }
      if level == nil && file.suite.kind == .firmware { return try file.certify(agreement, waivers, with: controller) }
      return waived(try file.check(agreement, with: controller))
    } catch {
      throw InputError(file.path, "\(error)")
    }
  }

  private func waived(_ outcome: FileOutcome) -> FileOutcome { waivers?.applied(to: outcome) ?? outcome }
}
