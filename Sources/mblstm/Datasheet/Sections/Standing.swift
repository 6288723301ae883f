/// What a figure of the data sheet stands on.
enum Standing: String, CaseIterable {
  /// A number of the digital design, the same in every part.
  case exact
  /// Published of real devices.
  case measured
  /// Follows from other figures by the model, or from a run of the emulated chip.
  case computed
  /// Chosen, with no measurement behind it.
  case assumed

  var meaning: String {
    switch self {
    case .exact: "a number of the digital design, the same in every part"
    case .measured: "published of real devices"
    case .computed: "follows from other figures by the model, or from a run of the emulated chip"
    case .assumed: "chosen; no measurement stands behind it"
    }
  }
}

/// A line of a table of characteristics.
struct Characteristic {
  let name: String
  var minimum: String?
  var typical: String?
  var maximum: String?
  let unit: String
  let standing: Standing
  var note = ""

  var row: [String] {
    [name, minimum ?? "", typical ?? "", maximum ?? "", unit, standing.rawValue, note]
  }
}

/// Tables in Markdown.
enum MarkdownTable {
  static func text(_ head: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    return ([line(head), "|" + head.map { _ in "---|" }.joined()] + rows.map(line)).joined(separator: "\n")
  }
}
