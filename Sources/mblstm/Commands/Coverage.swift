import Files
import Trace

/// What runs have covered: registers by access and state, errors by state.
enum CoverageVerb: Verb {
  static let name = "coverage"
  static let summary = "Say which registers were accessed, and which errors raised, in which state."
  static let usage = "coverage FILE.csv … [-o F.csv]"
  static let discussion = """
    A FILE.csv is a coverage, as 'check --coverage' writes it, or a register log of any command. Several are merged: counts
    add up. What was covered of what is possible is printed, and all that was not; --out writes the merged coverage.

    A state is that of the block that is accessed: 'busy' while an operation is under way, 'unpowered' with references or
    drivers off, 'unsettled' until references have settled, 'fault' with a bit of ERROR set, or else 'idle'. All tiles count
    as one, MBXn. A log that was cut at its beginning is taken to begin with an idle chip without errors.

    example: mblstm check --coverage check.csv && mblstm run digits --limit 2 --log run.csv && \\
    mblstm coverage check.csv run.csv -o all.csv
    """
  static let options = [Option("--out", short: "-o", "F.csv", .output("csv"), "Write what all files cover together.")]
  static let operands = [
    Operand("FILE.csv", "coverages or register logs", .input("csv"), count: 1...Operand.any.upperBound)
  ]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    var table = CoverageTable()
    for path in arguments.operands { table.merge(try coverage(path)) }
    try arguments.outputs.write("--out", table.text)
    Console.print(table.summary)
    return .success
  }

  private static func coverage(_ path: String) throws -> CoverageTable {
    guard FileStatus(path)?.isRegular == true,
      try InputFile(path, expecting: "a coverage or a register log", pieceBytes: Self.logBeginning.count).next()
        .elementsEqual(Self.logBeginning)
    else { return try CoverageTable(path: path) }
    var log = try LogReader(log: path)
    var coverage = StateCoverage()
    while let line = try log.next() {
      switch line.body {
      case .access(let transaction, _): coverage.append(LogEntry(cycle: line.cycle, .access(transaction)))
      case .event(let text):
        guard let event = ChipEvent(text) else { continue }
        coverage.append(LogEntry(cycle: line.cycle, .event(event)))
      }
    }
    return coverage.table
  }

  private static let logBeginning = Array("# mblstm register log,".utf8)
}

extension CoverageTable {
  /// How much of what is possible was covered, a line a block, and what was not.
  fileprivate var summary: String {
    let all = items
    let blocks = all.map(\.item.block).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    func share(_ found: [(item: Item, count: UInt64)]) -> [String] {
      [grouped(found.count { $0.count > 0 }), grouped(found.count)]
    }
    let rows = (blocks + ["total"]).map { block in
      let found = block == "total" ? all : all.filter { $0.item.block == block }
      return [block] + share(found.filter { $0.item.kind != .error }) + share(found.filter { $0.item.kind == .error })
    }
    let head = ["", "accesses", "of", "errors", "of"]
    let bare = Dictionary(grouping: all.filter { $0.count == 0 }) { "\($0.item.block).\($0.item.name) \($0.item.kind)" }
      .sorted { $0.key < $1.key }
      .map { "  \($0.key): \($0.value.map { $0.item.state.rawValue }.joined(separator: " "))" }
    return ([table([head] + rows, indent: "")] + (bare.isEmpty ? [] : ["", "not covered"] + bare)).joined(
      separator: "\n")
  }
}
