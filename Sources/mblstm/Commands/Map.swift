import Registers

/// Prints the memory map, from the one description that the emulator and the firmware use.
enum MapVerb: Verb {
  static let name = "map"
  static let summary = "Print the memory map."
  static let usage = "map [--markdown | --header | --svd]"
  static let discussion = """
    The map is written once in the sources; the chip, the firmware, the log and this listing derive from it.

    example: mblstm map --markdown > firmware/REGISTERS.md
    """
  static let options = [
    Option("--markdown", "As Markdown, the text of firmware/REGISTERS.md."),
    Option("--header", "As a C header, the text of firmware/examples/mblstm.h."),
    Option("--svd", "As CMSIS-SVD 1.3, for debuggers and generators."),
    Option("--tiles", "N", .integer(1...MemoryMap.maximumTiles), default: .value("2"), "Tiles to list."),
  ]

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let tiles: Int = arguments.integer("--tiles")
    let formats = ["--markdown", "--header", "--svd"].filter(arguments.has)
    guard formats.count <= 1 else { throw UsageError("\(formats.joined(separator: " and ")): expected one of them") }
    switch formats.first {
    case "--markdown": Console.print(MarkdownMap.text())
    case "--header": Console.print(HeaderMap.text())
    case "--svd": Console.print(SVDMap(BlockMap.board(tiles: tiles)).text)
    default: Console.print(ListingMap.text(BlockMap.board(tiles: tiles)))
    }
    return .success
  }
}

extension BlockMap {
  /// `MBX0`.
  var fullName: String { "\(name)" + (number.map(String.init) ?? "") }
}

extension Register {
  /// `DRIVE[512]`.
  var arrayName: String { count > 1 ? "\(name)[\(count)]" : "\(name)" }
}

extension Field {
  /// `15:0`, or `7` for a single bit.
  var bits: String { width == 1 ? "\(lowBit)" : "\(lowBit + width - 1):\(lowBit)" }
}

func hex(_ value: UInt32, _ digits: Int = 8) -> String {
  let text = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
}
