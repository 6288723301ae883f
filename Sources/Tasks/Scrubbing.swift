import Board
import Firmware
import FixedPoint

/// What holding an array against the sums of its commissioning record found.
public struct ScrubbingReport: Sendable, Equatable, Codable {
  /// Columns that were not as the record has them.
  public var columnsOff: Int
  /// Cells that were found to be the cause, and written back.
  public var cells: Int
  /// Columns that are still not as the record has them.
  public var columnsLeft: Int
  /// Rounds of pulse and read.
  public var rounds: Int
  /// Reads of the array, of all kinds.
  public var reads: Int
}

extension Session where Runner: ~Copyable {
  /// Has the controller hold both arrays against the record, and write back what it finds.
  /// - Parameter settings: those of a programming.
  /// - Returns: a report for each layer.
  package mutating func scrub(settings: ProgrammingSettings) throws(FirmwareRefusal) -> [ScrubbingReport] {
    var reports: [ScrubbingReport] = []
    for layer in Layer.allCases {
      let words = settings.words(on: machine.chip.configuration)
      let answer = try request(.scrub, [layer.rawValue] + words).map { Int($0) }
      reports.append(
        ScrubbingReport(
          columnsOff: answer[0], cells: answer[1], columnsLeft: answer[2], rounds: answer[3], reads: answer[4]))
    }
    return reports
  }
}
