import ModelHeader
import Registers
import Testing

extension LibraryTests {
  @Suite("Levels of a tile's lines") struct LevelTests {
    /// Of a tile with six word lines and four columns.
    private static let counts = [
      (MBLSTM_LEVEL_WORD_LINE_MICROVOLTS, 6), (MBLSTM_LEVEL_COLUMN_MICROVOLTS, 4),
      (MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES, 6), (MBLSTM_LEVEL_COLUMN_ATTOAMPERES, 4), (MBLSTM_LEVEL_PULSE_MICROVOLTS, 1),
    ]

    @Test("Are as many as there are lines, all 0 on a fresh chip, and asked for by no other count")
    func counts() {
      withChip { chip in
        for (level, count) in Self.counts {
          var values = [Int64](repeating: -1, count: 8)
          for wrong in [0, count - 1, count + 1] {
            wants(
              MBLSTM_BAD_ARGUMENT, "\(wrong) levels, expected \(count)",
              mblstm_chip_levels(chip, 0, level.rawValue, &values, UInt32(wrong)))
          }
          #expect(values.allSatisfy { $0 == -1 })
          must(mblstm_chip_levels(chip, 0, level.rawValue, &values, UInt32(count)))
          #expect(values == Array(repeating: 0, count: count) + Array(repeating: -1, count: 8 - count))
        }
      }
    }

    @Test("Are what the lines are driven with while a read is under way")
    func driven() {
      withChip { chip in
        let tile = MemoryMap.tile(0)
        must(mblstm_chip_write32(chip, tile + TileRegister.drive.offset(1), Lanes.pack(100, -50)))
        must(mblstm_chip_write32(chip, tile + TileRegister.start.offset(), 1))
        var values = [Int64](repeating: -1, count: 6)
        must(mblstm_chip_levels(chip, 0, MBLSTM_LEVEL_WORD_LINE_MICROVOLTS.rawValue, &values, 6))
        #expect(values[2] > 0 && values[2] == -2 * values[3] && [0, 1, 4, 5].allSatisfy { values[$0] == 0 })
      }
    }
  }
}
