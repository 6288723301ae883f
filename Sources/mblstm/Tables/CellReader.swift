import Crossbar
import Files
import Tasks

/// Makes cells of what their rows and their columns say.
struct CellReader {
  /// What a row or a column says of its cells.
  struct Part {
    var sweep: TablesFile.NamedSweep?
    /// Axes and values, as they were written.
    var at: [(axis: String, value: String, node: Node)] = []
    /// A group of the sweep's columns: `lstm.row-parallel`.
    var of: String?
    var show: [Quantity] = []
    var decimals: Int?
  }

  private let sweeps: [TablesFile.NamedSweep]

  init(_ sweeps: [TablesFile.NamedSweep]) { self.sweeps = sweeps }

  func sweep(_ node: Node) throws(InputError) -> TablesFile.NamedSweep {
    let name = try node.choice(among: sweeps.map(\.name))
    guard let sweep = sweeps.first(where: { $0.name == name }) else { preconditionFailure("a name is one of all") }
    return sweep
  }

  func part(_ members: inout Members) throws(InputError) -> Part {
    var part = Part()
    if let node = members.takeIfPresent("sweep") { part.sweep = try sweep(node) }
    if let node = members.takeIfPresent("at") {
      var axes = try node.members()
      for (axis, node) in axes.takeRest() { part.at.append((axis, try node.string(), node)) }
    }
    if let node = members.takeIfPresent("of") { part.of = try node.string() }
    if let node = members.takeIfPresent("show") { part.show = try quantities(node) }
    if let node = members.takeIfPresent("decimals") { part.decimals = try node.integer(in: 0...6) }
    return part
  }

  /// One, or a list of several.
  private func quantities(_ node: Node) throws(InputError) -> [Quantity] {
    guard case .array = node.value.kind else { return [try node.choice()] }
    var quantities: [Quantity] = []
    for element in try node.elements() { quantities.append(try element.choice()) }
    guard !quantities.isEmpty else { throw node.error("expected one or more") }
    return quantities
  }

  /// - Parameter node: where errors of the two together are.
  func cell(_ row: Part, _ column: Part, at node: Node) throws(InputError) -> TablesFile.Cell {
    guard let sweep = column.sweep ?? row.sweep else {
      throw node.error("'sweep' is missing, in the row and its column")
    }
    let show = column.show.isEmpty ? row.show : column.show
    guard !show.isEmpty else { throw node.error("'show' is missing, in the row and its column") }
    let at = row.at + column.at
    if let foreign = at.first(where: { at in !sweep.axes.contains { $0.name == at.axis } }) {
      throw foreign.node.error("the sweep '\(sweep.name)' has no axis '\(foreign.axis)'")
    }
    var values: [String] = []
    for axis in sweep.axes {
      let said = at.filter { $0.axis == axis.name }
      if said.count > 1 { throw said[1].node.error("'\(axis.name)' is said in the row and in its column") }
      values.append(try value(of: axis, said.first.map { ($0.value, $0.node) }, sweep, at: node))
    }
    return TablesFile.Cell(
      sweep: sweep.name, values: values, group: column.of ?? row.of, show: show,
      decimals: column.decimals ?? row.decimals, node: node)
  }

  private func value(
    of axis: SweepPlan.Axis, _ said: (text: String, node: Node)?, _ sweep: TablesFile.NamedSweep, at node: Node
  ) throws(InputError) -> String {
    guard let (text, place) = said else {
      guard axis.values.count == 1 else {
        throw node.error(
          "'at' says no '\(axis.name)', of which the sweep '\(sweep.name)' has \(axis.values.count) values")
      }
      return axis.values[0]
    }
    guard let property = SweepSetting.every.named(axis.name) else {
      preconditionFailure("\(axis.name) is no axis")
    }
    guard let value = try? SweepWork.written(text, of: property), axis.values.contains(value) else {
      throw place.error("the sweep '\(sweep.name)' has no \(axis.name) '\(text)'")
    }
    return value
  }
}
