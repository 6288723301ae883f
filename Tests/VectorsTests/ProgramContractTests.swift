import Board
import Firmware
import Registers
import Testing

@testable import Vectors

@Suite("What `program` promises")
struct ProgramContractTests {
  private static let shape = NetworkShape(inputs: 1, hidden: 1, outputs: 2)
  private static let tolerance: Int32 = 100

  private static func board() throws -> Machine<AccessLog> {
    var chip = ChipConfiguration(tiles: [
      TileConfiguration(wordLines: 3, bitLines: 4), TileConfiguration(wordLines: 2, bitLines: 2),
    ])
    chip.adcBits = 16
    return try Machine(chip, log: AccessLog(nil))
  }

  /// The dense layer is to be programmed so that its four cells, as they are, are this far off.
  private static func contract(_ errors: [Int16], on board: Machine<AccessLog>) throws -> ProgramContract {
    let shares = ChipReading.weights(ofTile: 1, shape.dense, on: board).shares
    let targets = zip(shares, errors).map { Int16($0) + $1 }
    let words = [Lanes.pack(targets[0], targets[1]), Lanes.pack(targets[2], targets[3])]
    let head = [Command.program.rawValue, Layer.dense.rawValue, UInt32(tolerance), 0, 0]
    return try #require(ProgramContract(head + words, shape, on: .first))
  }

  private static func reply(worst: UInt32, missed: UInt32) -> [UInt32] { [Status.done.rawValue, worst, missed, 0, 0] }

  @Test("A cell may be as far off as the worst that this product's controller does not tell of, and no further")
  func unreported() throws {
    let board = try Self.board()
    // One is said to be missed, one is not and 600 beyond twice the tolerance.
    let own = (reply: Self.reply(worst: 5000, missed: 1), board: board)
    let contract = try Self.contract([5000, 800, 0, 0], on: board)
    #expect(contract.differences(own.reply, cells: board, model: own).isEmpty)
    let told = contract.differences(Self.reply(worst: 5000, missed: 0), cells: board, model: own)
    #expect(told == ["1 cells are further than 800 from their targets (row 0, column 0 by 5000), reported missed: 0"])
    // Where it tells of both, nothing else is let pass.
    let both = (reply: Self.reply(worst: 5000, missed: 2), board: board)
    #expect(contract.differences(own.reply, cells: board, model: both).count == 1)
    #expect(contract.differences(both.reply, cells: board, model: both).isEmpty)
  }

  @Test("The worst error that is told may be as far from the cells' as this product's controller's")
  func worst() throws {
    let board = try Self.board()
    let contract = try Self.contract([90, 0, 0, 0], on: board)
    for (own, told, isFine) in [(90, 90, true), (90, 92, true), (90, 93, false), (60, 120, true), (60, 121, false)]
      as [(UInt32, UInt32, Bool)]
    {
      let model = (reply: Self.reply(worst: own, missed: 0), board: board)
      let differences = contract.differences(Self.reply(worst: told, missed: 0), cells: board, model: model)
      #expect(differences.isEmpty == isFine, "\(own) \(told)")
    }
  }
}
