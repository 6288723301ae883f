import Board
import ModelHeader
import Trace

@c @implementation
public func mblstm_chip_levels(
  _ chip: UInt64, _ tile: UInt32, _ level: UInt32, _ values: UnsafeMutablePointer<Int64>?, _ count: UInt32
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let place = try values.given("values")
    let levels = try held.tile(tile).levels(mblstm_level(level), at: held.cycle)
    guard Int(count) == levels.count else { throw .argument("\(count) levels, expected \(levels.count)") }
    for (line, value) in levels.enumerated() { place[line] = value }
  }
}

extension Tile {
  /// Line by line.
  fileprivate func levels(_ level: mblstm_level, at cycle: UInt64) throws(Failure) -> [Int64] {
    switch level {
    case MBLSTM_LEVEL_WORD_LINE_MICROVOLTS: microvolts(of: .wordLines)
    case MBLSTM_LEVEL_COLUMN_MICROVOLTS: microvolts(of: .columns)
    case MBLSTM_LEVEL_WORD_LINE_ATTOAMPERES: attoamperes(of: .wordLines)
    case MBLSTM_LEVEL_COLUMN_ATTOAMPERES: attoamperes(of: .columns)
    case MBLSTM_LEVEL_PULSE_MICROVOLTS: [pulseMicrovolts(at: cycle)]
    default: throw .argument("level is \(level.rawValue), expected one of enum mblstm_level")
    }
  }
}
