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
        "--tiles", "WxB,…", .list(of: tile), default: .words("those of --chip, or \(ChipArguments.usualTiles)"),
        "Word lines × bit lines of each tile."),
    ] + ChipArguments.options

  static let operand = Operand("PROGRAM", "a program", .program)

  let chip: ChipConfiguration
  let ramBytes: Int
  let program: Program

  /// The program is the one operand.
  init(_ arguments: Arguments) throws {
    chip = try Self.chip(arguments)
    ramBytes = arguments.integer("--ram") << 10
    let rawAddress = arguments.has("--at") ? arguments.address("--at") as UInt32 : nil
    var program = try Program(path: arguments.operands[0], rawAddress: rawAddress)
    program.trapsMisaligned = arguments.has("--trap-misaligned")
    self.program = program
  }

  private static let tile = ValueKind.form(expected: "word lines x bit lines such as 32x64") {
    ChipArguments.tile($0) != nil
  }

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration {
    try ChipArguments.board(from: arguments, tiles: arguments.has("--tiles") ? arguments.list("--tiles") : nil)
  }
}
