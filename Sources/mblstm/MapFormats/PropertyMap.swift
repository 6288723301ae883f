import Board
import Crossbar

/// The properties of a chip as a Markdown table.
enum PropertyMap {
  static var text: String {
    let table = ChipConfiguration.properties
    let rows = table.properties.map { property in
      "| `--\(property.name)` | `\(property.key)` | \(property.meaning) | \(limits(property)) "
        + "| \(property.described(property[table.usual])) |"
    }
    return (["| option and axis | in a chip's JSON | meaning | range | default |", "|---|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private static func limits(_ property: ChipProperty) -> String {
    switch property.range {
    case .names(let names), .words(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .whole, .real: property.limits
    }
  }
}
