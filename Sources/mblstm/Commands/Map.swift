import Board
import Registers

/// Prints the memory map, from the one description that the emulator and the firmware use.
enum MapVerb: Verb {
  static let name = "map"
  static let summary = "Print the memory map."
  static let usage = "map [--markdown | --header | --svd | --systemrdl | --properties]"
  static let discussion = """
    The map is written once in the sources; the chip, the firmware, the log and this listing derive from it. With
    --chip, or any option that says something of a chip, tiles and reset values are those of that chip; without, there is
    also what only some chips have.

    example: mblstm map --markdown > firmware/REGISTERS.md
             mblstm map --svd --chip chip.json --dac-bits 6 > chip.svd
             mblstm map --systemrdl > board.rdl && peakrdl regblock board.rdl --top mbx_tile -o rtl
    """
  static let options =
    formats + [
      Option(
        "--tiles", "N", .integer(1...MemoryMap.maximumTiles),
        default: .words("2; of a chip those of --chip, or \(ChipArguments.usualTiles)"), "Tiles to list.")
    ] + ChipArguments.options

  private static let formats = [
    Option("--markdown", "As Markdown, the text of firmware/REGISTERS.md."),
    Option("--header", "As a C header, the text of firmware/examples/mblstm.h."),
    Option("--svd", "As CMSIS-SVD 1.3, for debuggers and generators."),
    Option("--systemrdl", "As SystemRDL 2.0, from which PeakRDL makes RTL, a UVM register model, IP-XACT and HTML."),
    Option("--properties", "The properties of a chip as Markdown, the text of README.md."),
  ]

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration { try ChipArguments.board(from: arguments) }

  static func run(_ arguments: Arguments) throws -> ExitStatus {
    let formats = formats.map(\.name).filter(arguments.has)
    guard formats.count <= 1 else { throw UsageError("\(formats.joined(separator: " and ")): expected one of them") }
    let chip = ChipArguments.isGiven(arguments) ? try chip(arguments) : nil
    if chip != nil, arguments.has("--tiles") { throw UsageError("--tiles does not go with a chip") }
    let blocks = chip?.maps ?? BlockMap.board(tiles: arguments.integer("--tiles", default: 2))
    func fresh() throws -> FreshMap { try chip.map { try FreshMap(of: $0) } ?? FreshMap(blocks) }
    switch formats.first {
    case "--markdown": Console.print(MarkdownMap.text())
    case "--header": Console.print(HeaderMap.text(of: chip))
    case "--svd": Console.print(SVDMap(fresh: try fresh()).text)
    case "--systemrdl": Console.print(SystemRDLMap(fresh: try fresh()).text)
    case "--properties": Console.print(PropertyMap.text)
    default: Console.print(ListingMap.text(blocks))
    }
    return .success
  }
}

extension BlockMap {
  /// The reset values of a register's elements.
  func resets(of entry: Entry) -> ArraySlice<UInt32> {
    let first = Int(entry.offset / registerBytes)
    return resets[first..<first + Int(entry.register.count)]
  }
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
