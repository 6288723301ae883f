import Board
import Crossbar
import Tasks

/// Devices, for people.
enum DeviceText {
  /// Every published device with its range and its source.
  static var list: String {
    let rows = Device.catalog.map { [$0.name, range($0.device), $0.source] }
    return "device, conductance, source\n" + columns(rows)
      + "\n\nmblstm device NAME tells more; --device-set and files make others."
  }

  static func text(_ report: DeviceReport) -> String {
    let device = report.chip.device
    let base = device.base
    let changes = device.changes.joined(separator: ", ")
    return """
      \(base.name)\(changes.isEmpty ? "" : " with \(changes)"): \(device.summary)
      source\(changes.isEmpty ? "" : " of \(base.name)"): \(base.source)
      conductance: \(range(device))
      leaves out: \(device.leavesOut)

      parameters
      \(columns(parameters(device)))

      conductance after a number of pulses (µS), mean ± σ of \(report.conditions)
      \(table([staircase(report.set), staircase(report.reset)].flatMap { $0 }))
      """
  }

  private static func parameters(_ device: Device) -> [[String]] {
    device.parameters.map { [$0.name, $0.described, "(\($0.limits))", $0.meaning] }
      + device.tables.map { [$0.name, "\($0.table.points.count) points", "", $0.meaning] }
  }

  private static func range(_ device: Device) -> String {
    let range = device.conductanceRange
    return quantity(Double(range.lowerBound) / 1e12, "S") + " to " + quantity(Double(range.upperBound) / 1e12, "S")
  }

  /// Nine of its steps: the numbers of pulses, and below the conductances.
  private static func staircase(_ staircase: Staircase) -> [[String]] {
    let last = staircase.steps.count - 1
    let places = (0...8).map { last * $0 / 8 }
    let steps = (last < 8 ? Array(0...last) : places).map { staircase.steps[$0] }
    let title = "\(staircase.polarity == .set ? "SET" : "RESET") \(decimal(Double(staircase.millivolts) / 1000, 2)) V, "
    let (first, end) = staircase.widths
    let width = quantity(first / 1e9, "s") + (first == end ? "" : " to " + quantity(end / 1e9, "s"))
    return [
      [title + width] + steps.map { "\($0.pulse)" }, ["  mean"] + steps.map { significant($0.mean / 1e6) },
      ["  σ"] + steps.map { significant($0.deviation / 1e6) },
    ]
  }

  /// Three or four digits.
  private static func significant(_ value: Double) -> String {
    value == 0 ? "0" : decimal(value, value >= 100 ? 1 : value >= 10 ? 2 : value >= 1 ? 3 : 5)
  }

  /// Rows of cells, all to the left.
  private static func columns(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map {
        $0.offset == count - 1 ? $0.element : $0.element.padding(to: widths[$0.offset])
      }
      return "  " + cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
