import Board
import Crossbar
import Firmware
import Registers

/// What `program` promises whatever its algorithm: cells are where they should be, or it says truly that they are not.
///
/// A cell may be within twice the tolerance, as one is that was inside it once; beside that, by a code of the converters,
/// by what noise hides from a reading, and by as much as this product's controller leaves from the same beginning. Rounds
/// and reads are free.
struct ProgramContract {
  private let tile: Int
  private let lines: NetworkShape.Lines
  private let tolerance: Int32
  private let targets: [Int32]

  /// - Parameter request: command and words; nil where they are none that can be carried out.
  init?(_ request: [UInt32], _ shape: NetworkShape, on side: Side) {
    guard request.count > 5, let layer = Layer(rawValue: request[1]) else { return nil }
    let lines = shape[layer]
    let perRow = (lines.columns + 1) / 2
    guard request.count == 5 + lines.rows * perRow else { return nil }
    tile = side.tile(layer)
    self.lines = lines
    tolerance = Int32(bitPattern: request[2])
    targets = (0..<lines.cells).map { cell in
      let word = request[5 + cell / lines.columns * perRow + cell % lines.columns / 2]
      return Int32(cell % lines.columns & 1 == 0 ? Lanes.even(word) : Lanes.odd(word))
    }
  }

  /// What is broken, in words.
  /// - Parameters:
  ///   - reply: the controller's, and its board; `cells` are read on the other, which has its registers from this
  ///     product's controller.
  ///   - model: this product's controller's reply and its board.
  func differences(
    _ reply: [UInt32], cells board: Machine<AccessLog>, model: (reply: [UInt32], board: Machine<AccessLog>)
  ) -> [String] {
    guard reply.count == 5 else { return ["\(reply.count) words of the reply, expected 5"] }
    let read = ChipReading.weights(ofTile: tile, lines, on: board)
    let errors = Self.errors(targets, read.shares)
    let modelErrors = Self.errors(targets, ChipReading.weights(ofTile: tile, lines, on: model.board).shares)
    let slack = max(
      2 * ChipReading.stepsPerCode(board) + read.noise, beyond(modelErrors, missed: model.reply[2]),
      abs(Int32(clamping: model.reply[1]) - (modelErrors.max() ?? 0)))
    return missed(reply[2], errors, slack) + worst(reply[1], errors, slack) + neighbours(board, model.board)
  }

  private static func errors(_ targets: [Int32], _ shares: [Int32]) -> [Int32] {
    zip(targets, shares).map { abs($0 - $1) }
  }

  /// By how much a cell that is not said to be missed is further off than it may be.
  private func beyond(_ errors: [Int32], missed: UInt32) -> Int32 {
    let rest = errors.sorted(by: >).dropFirst(Int(missed))
    return max((rest.first ?? 0) - 2 * tolerance, 0)
  }

  private func missed(_ missed: UInt32, _ errors: [Int32], _ slack: Int32) -> [String] {
    let limit = 2 * tolerance + slack
    let far = errors.indices.filter { errors[$0] > limit }
    if far.count > Int(missed), let first = far.max(by: { errors[$0] < errors[$1] }) {
      let place = "row \(first / lines.columns), column \(first % lines.columns)"
      return [
        "\(far.count) cells are further than \(limit) from their targets (\(place) by \(errors[first])),"
          + " reported missed: \(missed)"
      ]
    }
    let outside = errors.count { $0 > tolerance - slack }
    guard Int(clamping: missed) > outside else { return [] }
    return ["reported missed: \(missed), but only \(outside) cells are outside the tolerance of \(tolerance)"]
  }

  private func worst(_ worst: UInt32, _ errors: [Int32], _ slack: Int32) -> [String] {
    let largest = errors.max() ?? 0
    guard abs(Int64(worst) - Int64(largest)) > Int64(slack) else { return [] }
    return ["reported worst error \(worst), the cells' is \(largest)"]
  }

  /// Programming one layer leaves the others' cells.
  private func neighbours(_ board: Machine<AccessLog>, _ model: Machine<AccessLog>) -> [String] {
    board.chip.tiles.indices.filter {
      $0 != tile && board.chip.tiles[$0].array.conductance != model.chip.tiles[$0].array.conductance
    }
    .map { "cells of tile \($0) have changed, which has another layer" }
  }
}
