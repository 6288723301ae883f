import Board
import Crossbar
import Files
import Firmware
import RV32
import Registers
import Tasks
import Trace

/// The options that choose a board for a program.
struct BoardArguments {
  static let options =
    [
      Option(
        "--ram", "KIB", .integer(1...1 << 20), default: .value("16384"), "Size of the RAM at \(hex(MemoryMap.ram))."),
      Option("--at", "ADDRESS", .address, "The program is a raw binary, for this address."),
      Option("--trap-misaligned", "Trap misaligned loads and stores in RAM; without it, they work."),
      tiles,
      Option(
        "--load", "CHIP.mbx", .input("mbx"),
        "Power up a chip as train --save writes it: its cells are as they were left, everything else is as after reset."
      ),
    ] + ChipArguments.options

  static let tiles = Option(
    "--tiles", "WxB,…", .list(of: tile), default: .words("those of --chip, or \(ChipArguments.usualTiles)"),
    "Word lines × bit lines of each tile.")

  static let operand = Operand("PROGRAM", "a program", .program)

  let chip: ChipConfiguration
  let ramBytes: Int
  let program: Program
  /// The chip that is powered up, where that is no fresh one.
  let loaded: ChipFile?
  private let loadedPath: String

  /// The program is the one operand.
  init(_ arguments: Arguments) throws {
    loadedPath = arguments.text("--load") ?? ""
    loaded = try Self.loaded(arguments)
    chip = try loaded?.snapshot.configuration ?? Self.chip(arguments)
    ramBytes = arguments.integer("--ram") << 10
    let rawAddress = arguments.has("--at") ? arguments.address("--at") as UInt32 : nil
    var program = try Program(path: arguments.operands[0], rawAddress: rawAddress, mostRawBytes: ramBytes)
    program.trapsMisaligned = arguments.has("--trap-misaligned")
    self.program = program
  }

  private static let tile = ValueKind.form(expected: "word lines x bit lines such as 32x64") {
    ChipArguments.tile($0) != nil
  }

  private static func loaded(_ arguments: Arguments) throws -> ChipFile? {
    if arguments.text("--load") != nil, arguments.has("--tiles") {
      throw UsageError("--load brings its chip, expected no --tiles")
    }
    return try ChipArguments.loaded(arguments)
  }

  /// The board without its RAM, which the core has.
  func machine<Log: LogSink>(log: Log) throws -> Machine<Log> {
    try loaded?.poweredUp(log: log, ramBytes: 0, named: loadedPath) ?? Machine(chip, log: log, ramBytes: 0)
  }

  static func chip(_ arguments: Arguments) throws -> ChipConfiguration {
    if let loaded = try loaded(arguments) { return loaded.snapshot.configuration }
    return try freshChip(arguments)
  }

  /// The chip that the options describe, without one that is loaded.
  static func freshChip(_ arguments: Arguments) throws -> ChipConfiguration {
    try ChipArguments.board(from: arguments, tiles: arguments.has("--tiles") ? arguments.list("--tiles") : nil)
  }
}
