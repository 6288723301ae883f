import Files
import Tasks
import Vectors

/// Writes what other tools take in.
enum ExportVerb: Verb {
  static let name = "export"
  static let summary = "Write golden vectors for Verilog, or the form of the reports."
  static let usage = "export readmemh --out DIR [FILE.json …] | export schema"
  static let discussion = """
    readmemh  the suites \(suites.joined(separator: ", ")) as memory files for Verilog,
              with a test bench for each; the README.txt beside them says what is in them. Without files: those of vectors/v1,
              found here or above.
    schema    the JSON Schema of what --json prints: a definition for each verb, with the units.

    Forms of the memory map (SVD, C header, Markdown) are printed by 'mblstm map'.

    example: mblstm export readmemh --out rtl
    """
  static let options = [Option("--out", short: "-o", "DIR", .folder(.written), "The folder to write into.")]
  static let operands = [
    Operand("KIND", "what to export (\(ValueKind.alternatives(kinds)))", .choice(kinds)),
    Operand("FILE.json", "files of golden vectors", .input("json"), count: Operand.any),
  ]

  private enum Kind: String, CaseIterable { case readmemh, schema }

  private static var suites: [String] { VerilogExport.suites.map(\.rawValue) }
  private static var kinds: [String] { Kind.allCases.map(\.rawValue) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    switch Kind(rawValue: arguments.operands[0]) {
    case .readmemh: try readmemh(arguments)
    case .schema, nil: try schema(arguments)
    }
    return .success
  }

  private static func readmemh(_ arguments: Arguments) throws {
    guard let folder = arguments.text("--out") else { throw UsageError("readmemh: expected --out DIR") }
    var export = VerilogExport()
    let named = Array(arguments.operands.dropFirst())
    let paths = try CheckVerb.paths(named)
    for path in paths where !named.isEmpty || suites.contains(where: { path.hasSuffix("/\($0).json") }) {
      try export.add(try VectorFile(path: path))
    }
    guard !export.files.isEmpty else {
      throw UsageError("nothing to export: only \(suites.joined(separator: ", ")) have files for Verilog")
    }
    try FilePath.makeFolder(folder)
    for file in export.files { try OutputFile.write(file.text, to: "\(folder)/\(file.name)") }
    Console.print(export.files.map { "\(folder)/\($0.name)" }.joined(separator: "\n"))
  }

  private static func schema(_ arguments: Arguments) throws {
    guard arguments.operands.count == 1, !arguments.has("--out") else {
      throw UsageError("schema: goes to standard output and takes no file")
    }
    let place = "vectors/schemas/reports.json"
    guard let path = ProductFolder.path(place) else { throw InputError(place, "not found here or above") }
    let bytes = try InputFile.bytes(of: path, expecting: "the schema of the reports")
    Console.print(String(decoding: bytes.last == 0x0a ? bytes.dropLast() : bytes[...], as: UTF8.self))
  }
}
