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
    var show: Quantity?
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
    if let node = members.takeIfPresent("show") { part.show = try node.choice() }
    if let node = members.takeIfPresent("decimals") { part.decimals = try node.integer(in: 0...6) }
    return part
  }

  /// - Parameter node: where errors of the two together are.
  func cell(_ row: Part, _ column: Part, at node: Node) throws(InputError) -> TablesFile.Cell {
    guard let sweep = column.sweep ?? row.sweep else {
      throw node.error("'sweep' is missing, in the row and its column")
    }
    guard let show = column.show ?? row.show else { throw node.error("'show' is missing, in the row and its column") }
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
      sweep: sweep.name, values: values, show: show, decimals: column.decimals ?? row.decimals ?? 1, node: node)
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
    guard let property = SweepSetting.training.named(axis.name) else {
      preconditionFailure("\(axis.name) is no axis")
    }
    guard let value = try? SweepWork.written(text, of: property), axis.values.contains(value) else {
      throw place.error("the sweep '\(sweep.name)' has no \(axis.name) '\(text)'")
    }
    return value
  }
}
