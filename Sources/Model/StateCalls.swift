import Board
import Crossbar
import Files
import ModelHeader
import Trace

@c @implementation
public func mblstm_chip_snapshot(
  _ chip: UInt64, _ bytes: UnsafeMutablePointer<UInt8>?, _ capacity: UInt64,
  _ length: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let length = try length.given("length")
    let file = ChipFile(held.snapshot).bytes
    length.pointee = UInt64(file.count)
    guard capacity >= UInt64(file.count) else {
      throw Failure(MBLSTM_TOO_SHORT, "a buffer of \(capacity) bytes, expected \(file.count) or more")
    }
    try bytes.given("bytes").update(from: file, count: file.count)
  }
}

@c @implementation
public func mblstm_chip_restore(_ chip: UInt64, _ bytes: UnsafePointer<UInt8>?, _ length: UInt64) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let file = try bytes.given("bytes").array(length, most: ChipFile.mostBytes, "bytes")
    try held.expectNoLog("a restoration")
    do throws(InputError) {
      held.become(try ChipFile(bytes: Array(file), named: "snapshot").machine(log: NoLog(), named: "snapshot"))
    } catch { throw .input(error) }
  }
}

@c @implementation
public func mblstm_chip_save(_ chip: UInt64, _ path: UnsafePointer<CChar>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let file = try path.output()
    do throws(OutputError) { try file.close(with: ChipFile(held.snapshot).bytes) } catch { throw .output(error) }
  }
}

@c @implementation
public func mblstm_chip_tiles(_ chip: UInt64, _ tiles: UnsafeMutablePointer<UInt32>?) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try tiles.given("tiles").pointee = UInt32(held.tiles.count)
  }
}

@c @implementation
public func mblstm_chip_tile_size(
  _ chip: UInt64, _ tile: UInt32, _ word_lines: UnsafeMutablePointer<UInt32>?,
  _ bit_lines: UnsafeMutablePointer<UInt32>?, _ columns: UnsafeMutablePointer<UInt32>?
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try held.array(of: tile).tellSize(word_lines, bit_lines, columns)
  }
}

@c @implementation
public func mblstm_chip_get_cells(
  _ chip: UInt64, _ tile: UInt32, _ first: UInt64, _ picosiemens: UnsafeMutablePointer<Int32>?, _ count: UInt64
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    try held.array(of: tile).get(first, picosiemens, count)
  }
}

@c @implementation
public func mblstm_chip_set_cells(
  _ chip: UInt64, _ tile: UInt32, _ first: UInt64, _ picosiemens: UnsafePointer<Int32>?, _ count: UInt64
) -> Int32 {
  status(chip, HeldChip.self) { held throws(Failure) in
    let array = try held.array(of: tile)
    for (place, cell) in try array.cells(first, picosiemens, count).enumerated() {
      let (wordLine, bitLine) = (Int(first) + place).quotientAndRemainder(dividingBy: array.bitLines)
      held.silent?.pointee.setConductance(cell, tile: Int(tile), wordLine: wordLine, bitLine: bitLine)
      held.logged?.pointee.setConductance(cell, tile: Int(tile), wordLine: wordLine, bitLine: bitLine)
    }
  }
}

extension HeldChip {
  func tile(_ number: UInt32) throws(Failure) -> Tile {
    guard number < tiles.count else { throw .argument("tile \(number), expected 0 to \(tiles.count - 1)") }
    return tiles[Int(number)]
  }

  fileprivate func array(of tile: UInt32) throws(Failure) -> CrossbarArray { try self.tile(tile).array }
}

/// What callers see of an array.
extension CrossbarArray {
  func tellSize(
    _ word_lines: UnsafeMutablePointer<UInt32>?, _ bit_lines: UnsafeMutablePointer<UInt32>?,
    _ columns: UnsafeMutablePointer<UInt32>?
  ) throws(Failure) {
    let places = (try word_lines.given("word_lines"), try bit_lines.given("bit_lines"), try columns.given("columns"))
    (places.0.pointee, places.1.pointee, places.2.pointee) = (UInt32(wordLines), UInt32(bitLines), UInt32(self.columns))
  }

  func get(_ first: UInt64, _ picosiemens: UnsafeMutablePointer<Int32>?, _ count: UInt64) throws(Failure) {
    let place = try picosiemens.given("picosiemens")
    let range = try range(first, count)
    conductance[range].withUnsafeBufferPointer { cells in
      if let base = cells.baseAddress { place.update(from: base, count: cells.count) }
    }
  }

  /// Cells for these places, each within its bounds.
  func cells(
    _ first: UInt64, _ picosiemens: UnsafePointer<Int32>?, _ count: UInt64
  ) throws(Failure) -> [Int32] {
    let range = try range(first, count)
    let cells = Array(try picosiemens.given("picosiemens").array(count, most: conductance.count, "picosiemens"))
    for (place, cell) in zip(range, cells) {
      let bounds = bounds(wordLine: place / bitLines, bitLine: place % bitLines)
      guard bounds.contains(cell) else {
        throw .argument("cell \(place) to be of \(cell) pS, expected \(bounds.lowerBound) to \(bounds.upperBound)")
      }
    }
    return cells
  }

  private func range(_ first: UInt64, _ count: UInt64) throws(Failure) -> Range<Int> {
    let all = UInt64(conductance.count)
    guard first <= all, count <= all - first else {
      throw .argument("\(count) cells from \(first) on, of \(all)")
    }
    return Int(first)..<Int(first + count)
  }
}
