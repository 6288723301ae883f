import Tasks

/// The options that ask for the energy and the area of the system.
enum TechnologyArguments {
  static let technology = Option(
    "--technology", "NODE", .choice(of: Technology.self),
    "Tell energy and area of the whole system in this process, low, nominal and high; 'mblstm fidelity' has the constants."
  )
  static let budget = Option(
    "--budget", "F.svg", .output("svg"), "With --technology: draw where the energy goes, part stacked on part.")
  static let options = [technology, budget]

  static func technology(_ arguments: Arguments) throws(UsageError) -> Technology? {
    guard let text = arguments.text(technology.name) else {
      if arguments.declares(budget.name), arguments.has(budget.name) {
        throw UsageError("\(budget.name) goes with \(technology.name)")
      }
      return nil
    }
    return Technology(rawValue: text)
  }

  /// Writes what was asked for.
  static func write(_ report: SystemReport?, named name: String, _ arguments: Arguments) throws {
    guard let report else { return }
    try arguments.outputs.write(budget.name, EnergyPlot(report, title: name).svg)
  }
}
