import Board
import Crossbar
import Foundation
import RV32
import Registers
import Tasks
import Trace

/// The options that choose a board for a program.
struct BoardArguments {
  static let options =
    [
      Option("--ram", "KIB", "Size of the RAM at 0x80000000 (default 16384)."),
      Option("--at", "ADDRESS", "Where a raw binary goes (default 0x80000000)."),
      Option("--trap-misaligned", nil, "Trap misaligned loads and stores in RAM (default: they work)."),
      Option("--tiles", "WxB,…", "Word lines × bit lines of each tile (default 32x64,32x16)."),
    ] + ChipArguments.options

  let chip: ChipConfiguration
  let ramBytes: Int
  let program: Program

  /// The program is the one operand.
  init(_ arguments: Arguments) throws {
    try arguments.expectOperands(1...1, "one program")
    let tiles = try Self.tiles(arguments.text("--tiles") ?? "32x64,32x16")
    var chip = try ChipArguments.options(from: arguments).chip(inputs: 1, hidden: 1, outputs: 1, named: "--tiles")
    chip.tiles = tiles
    if let problem = chip.problem { throw UsageError("--tiles: \(problem)") }
    self.chip = chip
    ramBytes = try arguments.integer("--ram", in: 1...1 << 20, default: 16_384) << 10
    let rawAddress = try Self.address(arguments.text("--at"), default: MemoryMap.ram)
    var program = try Program(path: arguments.operands[0], rawAddress: rawAddress)
    program.trapsMisaligned = arguments.has("--trap-misaligned")
    self.program = program
  }

  private static func tiles(_ text: String) throws(UsageError) -> [TileConfiguration] {
    var tiles: [TileConfiguration] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sizes = part.split(separator: "x").map { Int($0) }
      guard sizes.count == 2, let wordLines = sizes[0], let bitLines = sizes[1] else {
        throw UsageError("--tiles is '\(text)', expected word lines x bit lines of each tile, as in 32x64,32x16")
      }
      tiles.append(TileConfiguration(wordLines: wordLines, bitLines: bitLines))
    }
    return tiles
  }

  private static func address(_ text: String?, default fallback: UInt32) throws(UsageError) -> UInt32 {
    guard let text else { return fallback }
    let digits = text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
    guard let address = digits else { throw UsageError("--at is '\(text)', expected an address such as 0x80000000") }
    return address
  }
}

/// The logs of a program: any of a register log, waves, and what registers were touched.
typealias ProgramLog = PairLog<CSVLog<LogFile>?, PairLog<VCDLog<LogFile>?, RegisterCoverage?>>

extension Arguments {
  /// The logs asked for; nil when there are none, and the run needs not pay for them.
  func programLog(_ chip: ChipConfiguration, _ program: Program) throws -> ProgramLog? {
    let maps = BlockMap.board(tiles: chip.tiles.count)
    let csv = try csvLog(chip, program)
    let vcd = try vcdLog(chip)
    let coverage = text("--coverage").map { _ in RegisterCoverage(maps) }
    guard csv != nil || vcd != nil || coverage != nil else { return nil }
    return PairLog(csv, PairLog(vcd, coverage))
  }
}
