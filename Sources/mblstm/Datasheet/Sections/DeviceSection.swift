import Crossbar

/// The memristor: what its model is, from where, and what it leaves out.
enum DeviceSection {
  static func text(_ device: Device) -> String {
    let base = device.base
    let rows =
      device.parameters.map { ["`\($0.name)`", $0.described, $0.limits, $0.meaning] }
      + device.tables.map { ["`\($0.name)`", "\($0.table.points.count) points", "", $0.meaning] }
    let changes = device.changes.isEmpty ? "" : " Others than there: \(device.changes.joined(separator: ", "))."
    return """
      \(base.name): \(device.summary) Source: \(base.source).\(changes) Leaves out: \(device.leavesOut)

      \(MarkdownTable.text(["parameter", "value", "range", "meaning"], rows))
      """
  }
}
