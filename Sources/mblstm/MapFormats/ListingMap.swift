import Registers
import Trace

/// The memory map as plain text, an address a line.
enum ListingMap {
  static func text(_ blocks: [BlockMap]) -> String { blocks.map(block).joined(separator: "\n\n") }

  private static func block(_ block: BlockMap) -> String {
    let rows = block.entries.flatMap { entry -> [[String]] in
      let register = entry.register
      let resets = block.resets(of: entry)
      let values = Set(resets).count > 1 ? Array(resets) : Array(resets.prefix(1))
      let head = [
        hex(block.base + entry.offset), register.accessText,
        values.map { hex($0) }.joined(separator: ", ") + " ",
        "\(block.fullName).\(register.arrayName)", register.text,
      ]
      return [head] + register.fields.map { ["", register.ownAccess(of: $0) ?? "", $0.bits, "  .\($0.name)", $0.text] }
    }
    return rows.map { row in
      row[0].padding(to: 12) + row[1].padding(to: 6) + row[2].padding(to: 12) + row[3].padding(to: 28) + row[4]
    }.joined(separator: "\n")
  }
}
