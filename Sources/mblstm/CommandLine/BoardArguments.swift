import Board
import Crossbar
import Files
import Firmware
import RV32
import Registers
import Tasks

/// The options that choose a board for a program.
struct BoardArguments {
  static let options =
    [
      Option(
        "--ram", "KIB", .integer(1...1 << 20), default: .value("16384"), "Size of the RAM at \(hex(MemoryMap.ram))."),
      Option("--at", "ADDRESS", .address, "The program is a raw binary, for this address."),
      Option("--trap-misaligned", "Trap misaligned loads and stores in RAM; without it, they work."),
      Option(
        "--tiles", "WxB,…", .list(of: tile), default: .value("32x64,32x16"), "Word lines × bit lines of each tile."),
    ] + ChipArguments.options

  static let operand = Operand("PROGRAM", "a program", .program)

  let chip: ChipConfiguration
  let ramBytes: Int
  let program: Program

  /// The program is the one operand.
  init(_ arguments: Arguments) throws {
    var chip = try ChipArguments.options(from: arguments).chip(
      for: NetworkShape(inputs: 1, hidden: 1, outputs: 1), named: "--tiles")
    chip.tiles = arguments.list("--tiles").compactMap(Self.tile)
    if let problem = chip.problem { throw UsageError("--tiles: \(problem)") }
    self.chip = chip
    ramBytes = arguments.integer("--ram") << 10
    let rawAddress = arguments.has("--at") ? arguments.address("--at") as UInt32 : nil
    var program = try Program(path: arguments.operands[0], rawAddress: rawAddress)
    program.trapsMisaligned = arguments.has("--trap-misaligned")
    self.program = program
  }

  private static let tile = ValueKind.form(expected: "word lines x bit lines such as 32x64") {
    tile($0) != nil
  }

  private static func tile(_ text: String) -> TileConfiguration? {
    let sizes = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sizes.count == 2, let wordLines = sizes[0], let bitLines = sizes[1] else { return nil }
    return TileConfiguration(wordLines: wordLines, bitLines: bitLines)
  }
}
