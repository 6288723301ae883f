import Files
import Tasks
import Vectors

/// Writes what other tools take in.
enum ExportVerb: Verb {
  static let name = "export"
  static let summary = "Write golden vectors for other benches, or the form of the reports."
  static let usage = "export readmemh|logs|elf --out DIR [FILE.json …] | export schema"
  static let discussion = """
    readmemh  the suites \(suites.joined(separator: ", ")) as memory files for Verilog,
              with a test bench for each; the README.txt beside them says what is in them. Without files: those of vectors/v1,
              found \(ProductFolder.places).
    logs      a register log for each case of \(accessed.joined(separator: ", ")):
              what a bench of yours logs when it makes the same accesses.
    elf       a program for the hart beside the chip for each case of \(programmed.joined(separator: ", ")),
              which makes the accesses, prints the verdict on the UART and ends by the finisher: for a board without a
              host. index.csv has a line a case: how its chip comes to the start, or why it has no program; README.txt says more.
    schema    the JSON Schema of what --json prints: a definition for each verb, with the units.

    Forms of the memory map (SVD, C header, Markdown) are printed by 'mblstm map'.

    example: mblstm export readmemh --out rtl
             mblstm export elf --out programs && mblstm exec programs/mvm-2.elf --ram 256 --chip programs/chip-1.json
    """
  static let options = [Option("--out", short: "-o", "DIR", .folder(.written), "The folder to write into.")]
  static let operands = [
    Operand("KIND", "what to export (\(ValueKind.alternatives(kinds)))", .choice(kinds)),
    Operand("FILE.json", "files of golden vectors", .input("json"), count: Operand.any),
  ]

  private enum Kind: String, CaseIterable { case readmemh, logs, elf, schema }

  private static var suites: [String] { VerilogExport.suites.map(\.rawValue) }
  private static var accessed: [String] { LogExport.suites.map(\.rawValue) }
  private static var programmed: [String] { ProgramExport.suites.map(\.rawValue) }
  private static var kinds: [String] { Kind.allCases.map(\.rawValue) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    switch Kind(rawValue: arguments.operands[0]) {
    case .readmemh: try readmemh(arguments)
    case .logs: try logs(arguments)
    case .elf: try programs(arguments)
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

  private static func programs(_ arguments: Arguments) throws {
    let folder = try folder(arguments)
    let runner = try CaseRunner()
    var export = ProgramExport()
    for path in try paths(arguments, of: programmed) { try export.add(try VectorFile(path: path)) }
    guard !export.entries.isEmpty else {
      throw UsageError("nothing to export: only cases of \(programmed.joined(separator: ", ")) are made into programs")
    }
    try FilePath.makeFolder(folder)
    for entry in export.entries {
      guard let content = export.content(of: entry) else { continue }
      if let elf = try runner.elf(before: content) {
        try OutputFile.write(elf, to: "\(folder)/\(entry.name).elf")
      } else {
        export.dropOversized(entry.name)
      }
    }
    for file in export.files { try OutputFile.write(file.bytes, to: "\(folder)/\(file.name)") }
    try OutputFile.write(CaseRunner.manual, to: "\(folder)/README.txt")
    Console.print(export.summary)
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
