import Files
import Tasks
import Vectors

/// Writes what other tools take in.
enum ExportVerb: Verb {
  static let name = "export"
  static let summary = "Write golden vectors for other benches, or the form of the reports."
  static let usage = "export readmemh|logs --out DIR [FILE.json …] | export schema"
  static let discussion = """
    readmemh  the suites \(suites.joined(separator: ", ")) as memory files for Verilog,
              with a test bench for each; the README.txt beside them says what is in them. Without files: those of vectors/v1,
              found \(ProductFolder.places).
    logs      a register log for each case of \(accessed.joined(separator: ", ")):
              what a bench of yours logs when it makes the same accesses.
    schema    the JSON Schema of what --json prints: a definition for each verb, with the units.

    Forms of the memory map (SVD, C header, Markdown) are printed by 'mblstm map'.

    example: mblstm export readmemh --out rtl
    """
  static let options = [Option("--out", short: "-o", "DIR", .folder(.written), "The folder to write into.")]
  static let operands = [
    Operand("KIND", "what to export (\(ValueKind.alternatives(kinds)))", .choice(kinds)),
    Operand("FILE.json", "files of golden vectors", .input("json"), count: Operand.any),
  ]

  private enum Kind: String, CaseIterable { case readmemh, logs, schema }

  private static var suites: [String] { VerilogExport.suites.map(\.rawValue) }
  private static var accessed: [String] { LogExport.suites.map(\.rawValue) }
  private static var kinds: [String] { Kind.allCases.map(\.rawValue) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    switch Kind(rawValue: arguments.operands[0]) {
    case .readmemh: try readmemh(arguments)
    case .logs: try logs(arguments)
    case .schema, nil: try schema(arguments)
    }
    return .success
  }

  private static func readmemh(_ arguments: Arguments) throws {
    let folder = try folder(arguments)
    var export = VerilogExport()
    for path in try paths(arguments, of: suites) { try export.add(try VectorFile(path: path)) }
    guard !export.files.isEmpty else {
      throw UsageError("nothing to export: only \(suites.joined(separator: ", ")) have files for Verilog")
    }
    try FilePath.makeFolder(folder)
    for file in export.files { try OutputFile.write(file.text, to: "\(folder)/\(file.name)") }
    Console.print(export.files.map { "\(folder)/\($0.name)" }.joined(separator: "\n"))
  }

  private static func logs(_ arguments: Arguments) throws {
    let folder = try folder(arguments)
    let files = try paths(arguments, of: accessed).flatMap { try LogExport(try VectorFile(path: $0)).files }
    guard !files.isEmpty else {
      throw UsageError("nothing to export: only \(accessed.joined(separator: ", ")) are of bus accesses")
    }
    try FilePath.makeFolder(folder)
    for file in files { try OutputFile.write(file.bytes, to: "\(folder)/\(file.name)") }
    Console.print(files.map { "\(folder)/\($0.name)" }.joined(separator: "\n"))
  }

  private static func folder(_ arguments: Arguments) throws -> String {
    guard let folder = arguments.text("--out") else { throw UsageError("\(arguments.operands[0]): expected --out DIR") }
    return folder
  }

  /// The files given, or those of some suites.
  private static func paths(_ arguments: Arguments, of suites: [String]) throws -> [String] {
    let named = Array(arguments.operands.dropFirst())
    let paths = try CheckVerb.paths(named)
    return paths.filter { path in !named.isEmpty || suites.contains { path.hasSuffix("/\($0).json") } }
  }

  private static func schema(_ arguments: Arguments) throws {
    guard arguments.operands.count == 1, !arguments.has("--out") else {
      throw UsageError("schema: goes to standard output and takes no file")
    }
    let place = "vectors/schemas/reports.json"
    let bytes = try InputFile.bytes(of: ProductFolder.found(place), expecting: "the schema of the reports")
    Console.print(String(decoding: bytes.last == 0x0a ? bytes.dropLast() : bytes[...], as: UTF8.self))
  }
}
