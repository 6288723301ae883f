import Crossbar

/// A line of a table of characteristics.
struct Characteristic {
  let name: String
  var minimum: String?
  var typical: String?
  var maximum: String?
  let unit: String
  let standing: Standing.Kind
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
