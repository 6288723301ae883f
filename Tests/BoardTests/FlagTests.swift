import Registers
import Testing
import Trace

@testable import Board

@Suite("Flags")
struct FlagTests {
  /// Boards after everything that can raise a flag: each refusal of `Misuse`, and what operations come to.
  static func boards() throws -> [Bench] {
    var boards: [Bench] = []
    for misuse in Misuse.all {
      var board = try misuse.board()
      misuse.commit(on: &board)
      boards.append(board)
    }
    for operation in Operation.allCases {
      for (watchdog, waitLimit): (UInt32, UInt32) in [(0, 0), (1, 0), (0, 1)] {
        var board = try Bench.small()
        board.scatter()
        board.drive([127, 127, 127, 127, 127, 127])
        board.write(.feedback, 0, .max)
        board.write(.unlock, TileRegister.unlockKey)
        board.write(.watchdog, watchdog)
        board.write(.waitLimit, waitLimit)
        board.pulses([50, -50, 50, -50])
        board.run(operation)
        boards.append(board)
      }
    }
    var board = try Bench.small()
    board.write(
      chip: .reset,
      ChipRegister.Reset.hart(.writeOnly).mask | ChipRegister.Reset.chip(.writeOnly).mask
        | ChipRegister.Reset.tiles(.writeOnly).encode(UInt32(1)))
    boards.append(board)
    board.brownOut()
    boards.append(board)
    boards.append(try flash())
    return boards
  }

  /// After everything that the flash refuses, and an erase too many.
  private static func flash() throws -> Bench {
    var configuration = ChipConfiguration.small()
    configuration.flashEndurance = 1
    var board = try Bench.small(configuration)
    func write(_ register: FlashRegister, _ value: UInt32) { board.write(MemoryMap.flash + register.rawValue, value) }
    func start(_ operation: FlashOperation, page: UInt32 = 0, waits: Bool = true) {
      write(.start, operation.rawValue | page << 16)
      if waits { _ = board.read(MemoryMap.flash + FlashRegister.wait.rawValue) }
    }
    start(.erase)
    write(.start, 0)
    start(.read, page: UInt32(FlashRegister.pages))
    write(.unlock, FlashRegister.unlockKey)
    write(.buffer, 0)
    start(.program)
    write(.buffer, 1)
    start(.program)
    for _ in 0..<2 { start(.erase) }
    start(.read, waits: false)
    write(.buffer, 0)
    return board
  }

  @Test("Every flag of the map is raised by something, and the hardware sets no bit that the map does not have")
  func rise() throws {
    var risen: [String: UInt32] = [:]
    func note<Block>(_ file: RegisterFile<Block>) {
      for entry in file.map.entries {
        for index in 0..<Int(entry.register.count) {
          let word = file.words[Int(entry.offset / file.map.registerBytes) + index]
          #expect(word & ~entry.register.mask == 0, "\(file.map.name).\(entry.register.name)")
          risen["\(file.map.name).\(entry.register.name)", default: 0] |= word
        }
      }
    }
    for board in try Self.boards() {
      note(board.chip.registers)
      for tile in board.chip.tiles { note(tile.registers) }
      note(board.flash.registers)
    }
    for map in BlockMap.board(tiles: 1, features: []) {
      for register in map.entries.map(\.register) {
        let fields = register.fields.isEmpty ? [("", register.mask)] : register.fields.map { (".\($0.name)", $0.mask) }
        for (name, mask) in fields where register.masks.latched & mask != 0 {
          let isRisen = risen["\(map.name).\(register.name)", default: 0] & mask != 0
          #expect(isRisen, "nothing raises \(map.name).\(register.name)\(name)")
        }
      }
    }
  }
}
