import Files
import Tasks

/// What `vectors/tables.json` says: the sweeps that are run for the tables and plots of README.md, and how their cells are
/// made of the results.
///
///     {"format": 1,
///      "sweeps": {"trained": "digits --mode train --axis device=vteam,umass"},
///      "tables": {"devices": {
///        "heads": ["device"],
///        "rows": [{"texts": ["`vteam`"], "at": {"device": "vteam"}}, …],
///        "columns": [{"head": "in situ", "sweep": "trained", "show": "mean"}, …]}},
///      "plots": {"variation-trained": "variation-trained"},
///      "others": {"baselines": {"command": "python3 …", "settings": …}}}
///
/// A cell has the sweep of its row or its column, the point that the axes in `at` of both choose (axes with one value need
/// none), and what its column or row shows there: a quantity or a list of several, where `of` names a group of the sweep's
/// columns. The settings of other tables are of what makes them.
struct TablesFile {
  struct NamedSweep {
    let name: String
    /// As behind `mblstm sweep`.
    let words: [String]
    let axes: [SweepPlan.Axis]
    let seeds: Int
    /// Where it stands.
    let node: Node
  }

  struct Table {
    let name: String
    /// Over the columns of texts.
    let heads: [String]
    /// Over the columns of cells.
    let columnHeads: [String]
    let rows: [Row]

    /// The names of the sweeps that its cells are of.
    var sweeps: [String] { rows.flatMap { $0.cells.map(\.sweep) } }
    /// Its first line.
    var head: String { Self.line(heads + columnHeads) }

    static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
  }

  struct Row {
    let texts: [String]
    let cells: [Cell]
  }

  struct Cell {
    let sweep: String
    /// A value for each axis of the sweep.
    let values: [String]
    /// Of the sweep's columns, where they are in groups.
    let group: String?
    let show: [Quantity]
    /// Nil for what suits the quantity.
    let decimals: Int?
    let node: Node
  }

  struct Plot {
    let name: String
    let sweep: String
  }

  /// A table of README.md that something else makes, by settings of its own.
  struct Foreign {
    let name: String
    /// What makes it and holds README.md against it.
    let command: String
  }

  static var format: Int { 2 }

  let path: String
  let sweeps: [NamedSweep]
  let tables: [Table]
  let plots: [Plot]
  let others: [Foreign]

  /// - Throws: the first thing wrong, with file, line and member.
  init(path: String) throws(InputError) {
    self.path = path
    let top = try Node(try InputFile.bytes(of: path, expecting: "tables in JSON"), file: path)
    var members = try top.members()
    let _: Int = try members.take("format").integer(in: Self.format...Self.format)
    sweeps = try members.take("sweeps").named { name, node throws(InputError) in try NamedSweep(name, node) }
    let reader = CellReader(sweeps)
    tables = try members.take("tables").named { name, node throws(InputError) in try Table(name, node, reader) }
    plots = try members.take("plots").named { name, node throws(InputError) in
      Plot(name: name, sweep: try reader.sweep(node).name)
    }
    others = try members.take("others").named { name, node throws(InputError) in try Foreign(name, node) }
    try members.end()
    let names = tables.map(\.name) + plots.map(\.name) + others.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw top.error("'\(twice)' is two tables or plots, expected a name of its own for each")
    }
    let used = Set(tables.flatMap(\.sweeps) + plots.map(\.sweep))
    if let unused = sweeps.first(where: { !used.contains($0.name) }) {
      throw unused.node.error("is in no table and no plot, expected it in one")
    }
  }

  /// Of what is made here, in the order of the file.
  var names: [String] { tables.map(\.name) + plots.map(\.name) }

  /// The sweeps that some tables and plots need, in the order of the file.
  func sweeps(of names: [String]) -> [NamedSweep] {
    let needed = Set(
      tables.filter { names.contains($0.name) }.flatMap(\.sweeps)
        + plots.filter { names.contains($0.name) }.map(\.sweep))
    return sweeps.filter { needed.contains($0.name) }
  }
}

extension Node {
  /// What the members of an object are, each with its name, which is one of a file.
  fileprivate func named<Value>(
    _ read: (String, Node) throws(InputError) -> Value
  ) throws(InputError) -> [Value] {
    var members = try members()
    var values: [Value] = []
    for (name, node) in members.takeRest() {
      guard name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil else {
        throw node.error("'\(name)' is no name, expected small letters, digits and '-' between them")
      }
      values.append(try read(name, node))
    }
    return values
  }

  fileprivate func strings() throws(InputError) -> [String] {
    var strings: [String] = []
    for element in try elements() { strings.append(try element.string()) }
    return strings
  }
}

extension TablesFile.NamedSweep {
  /// What a command may not have: `reproduce` says it.
  private static let others = ["--out", "--threads", "--shard", "--svg", "--vectors", "--print-chip"]

  fileprivate init(_ name: String, _ node: Node) throws(InputError) {
    self.name = name
    self.node = node
    words = try node.string().split(separator: " ").map(String.init)
    do throws(UsageError) {
      let given = try Arguments(
        words, options: SweepVerb.options.filter { !$0.isRequired }, operands: SweepVerb.operands)
      if let other = Self.others.first(where: { given.givenNames.contains($0) }) {
        throw UsageError("expected no \(other)")
      }
      guard given.operands != ["merge"] else { throw UsageError("expected a sweep that runs, not 'merge'") }
      axes = try SweepWork.axes(given)
      seeds = given.integer("--seeds")
    } catch {
      throw node.error("is no sweep: \(error)")
    }
  }

  /// What to run.
  /// - Parameter vectors: the folder that it is of.
  func work(vectors: String) throws -> SweepWork {
    try SweepWork(Arguments(words + ["--vectors=\(vectors)", "--out=\(name).csv"], of: SweepVerb.self))
  }
}

extension TablesFile.Foreign {
  fileprivate init(_ name: String, _ node: Node) throws(InputError) {
    self.name = name
    var members = try node.members()
    let node = try members.take("command")
    command = try node.string()
    guard !command.isEmpty, command.isOneLine else { throw node.error("expected a command in one line") }
    _ = members.takeIfPresent("settings")
    try members.end()
  }
}

extension TablesFile.Table {
  fileprivate init(_ name: String, _ node: Node, _ reader: CellReader) throws(InputError) {
    self.name = name
    var members = try node.members()
    heads = try members.take("heads").strings()
    var columns: [(head: String, part: CellReader.Part)] = []
    for node in try members.take("columns").elements() { columns.append(try Self.column(node, reader)) }
    var rows: [TablesFile.Row] = []
    for node in try members.take("rows").elements() {
      rows.append(try Self.row(node, columns.map(\.part), texts: heads.count, reader))
    }
    try members.end()
    (columnHeads, self.rows) = (columns.map(\.head), rows)
    guard !heads.isEmpty, !columns.isEmpty, !rows.isEmpty else {
      throw node.error("expected a head, a column and a row at least")
    }
    let texts = heads + columnHeads + rows.flatMap(\.texts)
    if let text = texts.first(where: { $0.contains("|") || !$0.isOneLine }) {
      throw node.error("'\(text)' cannot stand in a cell of Markdown, expected one line without '|'")
    }
  }

  private static func column(
    _ node: Node, _ reader: CellReader
  ) throws(InputError) -> (head: String, part: CellReader.Part) {
    var members = try node.members()
    let head = try members.take("head").string()
    let part = try reader.part(&members)
    try members.end()
    return (head, part)
  }

  private static func row(
    _ node: Node, _ columns: [CellReader.Part], texts count: Int, _ reader: CellReader
  ) throws(InputError) -> TablesFile.Row {
    var members = try node.members()
    let texts = try members.take("texts")
    _ = try texts.elements(count: count)
    let part = try reader.part(&members)
    try members.end()
    var cells: [TablesFile.Cell] = []
    for column in columns { cells.append(try reader.cell(part, column, at: node)) }
    return TablesFile.Row(texts: try texts.strings(), cells: cells)
  }
}
