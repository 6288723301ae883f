import Files
import Tasks

/// Makes the tables and plots of README.md again.
enum ReproduceVerb: Verb {
  static let name = "reproduce"
  static let summary = "Make the tables and plots of README.md again from their settings."
  static let usage = "reproduce [TABLE …] [--check | --list]"
  static let discussion = """
    vectors/tables.json says which sweeps each table and plot is made of, and how its cells follow from their results. Those
    of the tables that are named, or of all, are run; then DIR has the results of each sweep (NAME.csv), the lines of each
    table (NAME.md) and each plot (NAME.svg). Where a sweep was killed it goes on when it is run again; what DIR has of
    another sweep is refused; what an earlier build left there of the same sweep is taken, so that proof wants a new folder.
    The number of threads changes no byte. Files that a sweep of your own settings names are looked for from here.

    --check holds the tables against README.md, which is beside the folder 'vectors', and the plots against
    vectors/plots: status 1 and the first line that differs. --list says what there is and which command makes it, also of
    tables that are not made of sweeps, and runs nothing. What has the controller on the RV32 core wants its binary, which
    firmware/build.sh makes.

    --tables F.json takes another file of settings, for tables and plots of your own.

    example: mblstm reproduce --list
             mblstm reproduce stuck-cells variation -o study
             mblstm reproduce --check --threads 8
    """
  static let options = [
    Option("--check", "Compare with README.md and the plots that are kept."),
    Option("--list", "List the tables and plots, how many runs each takes, and what makes it."),
    Option("--out", short: "-o", "DIR", .folder(.written), default: .value("reproduced"), "The folder to write into."),
    Option("--threads", "N", .integer(1...1024), default: .words("all cores"), "At most N at once."),
    Option("--tables", "F.json", .input("json"), default: .words("vectors/tables.json"), "The file of settings."),
    TaskArguments.vectors,
  ]
  static let operands = [Operand("TABLE", "tables and plots", .text, count: Operand.any)]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    guard !arguments.has("--check") || !arguments.has("--list") else {
      throw UsageError("--check and --list: expected one of them")
    }
    let vectors = try TaskCatalog.vectors(arguments.text("--vectors"))
    let file = try TablesFile(path: arguments.text("--tables") ?? "\(vectors)/tables.json")
    let names = try names(arguments, of: file)
    if arguments.has("--list") {
      Console.print(list(names, of: file))
      return .success
    }
    let folder = arguments.required("--out")
    let reproduction = try Reproduction(
      file, names, vectors: vectors, folder: folder,
      threads: arguments.integer("--threads", default: Sweep.allThreads))
    try FilePath.makeFolder(folder)
    return arguments.has("--check") ? try check(reproduction) : try write(reproduction)
  }

  static func unnamedInputs(_ arguments: Arguments) -> [Arguments.NamedFile] { [] }

  private static func names(_ arguments: Arguments, of file: TablesFile) throws(UsageError) -> [String] {
    for name in arguments.operands where !file.names.contains(name) {
      if let other = file.others.first(where: { $0.name == name }) {
        throw UsageError("the table '\(name)' is not made of sweeps; what makes it: \(other.command)")
      }
      throw UsageError(
        "\(file.path) has no table '\(name)'\(NearestName.hint(name, among: file.names)); expected some of: "
          + file.names.joined(separator: ", "))
    }
    return arguments.operands.isEmpty ? file.names : file.names.filter(arguments.operands.contains)
  }

  private static func list(_ names: [String], of file: TablesFile) -> String {
    let own = names.map { name in
      let runs = file.sweeps(of: [name]).reduce(0) { $0 + (SweepPlan.count(of: $1.axes, seeds: $1.seeds) ?? 0) }
      let kind = file.plots.contains { $0.name == name } ? "plot" : "table"
      return (name, kind, grouped(runs), "mblstm reproduce \(name)")
    }
    let others = names == file.names ? file.others.map { ($0.name, "table", "–", $0.command) } : []
    let rows = [("name", "kind", "runs", "made by")] + own + others
    let columns = table(rows.map { [$0.0, $0.1, $0.2] }).split(separator: "\n")
    return zip(columns, rows).map { "\($0)  \($1.3)" }.joined(separator: "\n")
  }

  private static func write(_ reproduction: Reproduction) throws -> ExitStatus {
    for made in try reproduction.files() {
      try OutputFile.write(made.text, to: made.path)
      Console.print(made.path)
    }
    return .success
  }

  private static func check(_ reproduction: Reproduction) throws -> ExitStatus {
    if let difference = try reproduction.difference() {
      Console.print(difference)
      return .difference
    }
    Console.print("no difference in \(reproduction.names.joined(separator: ", "))")
    return .success
  }
}
