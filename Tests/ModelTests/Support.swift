import Board
import Files
import Foundation
import ModelHeader
import Testing
import Trace

/// One test after another: they share the table of handles, and one of them fills it.
@Suite("The C library", .serialized)
struct LibraryTests {}

/// Two small tiles: 6 × 4 and 3 × 10.
let small = #"{"tiles": [[6, 4], [3, 10]], "seed": 5}"#

extension ChipConfiguration {
  /// What `small` says.
  static var small: ChipConfiguration {
    ChipConfiguration(
      tiles: [.init(wordLines: 6, bitLines: 4), .init(wordLines: 3, bitLines: 10)], seed: 5)
  }
}

/// What was wrong with this thread's latest call.
var words: String { String(cString: mblstm_error_text()) }

func must(_ status: Int32, _ place: SourceLocation = #_sourceLocation) {
  #expect(status == 0, "\(words)", sourceLocation: place)
}

/// A call that has to end with a status and exactly these words.
func wants(_ status: mblstm_status, _ text: String, _ got: Int32, _ place: SourceLocation = #_sourceLocation) {
  #expect(got == status.rawValue, sourceLocation: place)
  #expect(words == text, sourceLocation: place)
}

func noHandle(_ handle: UInt64) -> String {
  "\(handle) is no handle of what is called: 0, freed, of another kind or never given out"
}

let noPower = "the board has no power, expected mblstm_chip_power_cycle before"

/// A chip for a test, which has to be there at its end.
func withChip(
  _ configuration: String = small, place: SourceLocation = #_sourceLocation, _ body: (UInt64) throws -> Void
) rethrows {
  var chip: UInt64 = 0
  must(mblstm_chip_new(configuration, &chip), place)
  defer { must(mblstm_chip_free(chip), place) }
  try body(chip)
}

/// A tile for a test.
func withTile(
  _ configuration: String = small, place: SourceLocation = #_sourceLocation, _ body: (UInt64) throws -> Void
) rethrows {
  var tile: UInt64 = 0
  must(mblstm_tile_new(configuration, &tile), place)
  defer { must(mblstm_tile_free(tile), place) }
  try body(tile)
}

/// A chip twice: without a log, and with one that is told to nobody.
func withEitherChip(_ configuration: String = small, _ body: (UInt64) throws -> Void) rethrows {
  try withChip(configuration, body)
  try withChip(configuration) { chip in
    must(mblstm_chip_log_callback(chip, { _, _, _, _, _, _ in }, nil))
    try body(chip)
  }
}

func cycle(_ chip: UInt64) -> UInt64 {
  var cycle: UInt64 = .max
  must(mblstm_chip_cycle(chip, &cycle))
  return cycle
}

func peek(_ chip: UInt64, _ address: UInt32) -> UInt32 {
  var value: UInt32 = 0
  must(mblstm_chip_peek(chip, address, &value))
  return value
}

/// The whole state of a chip.
func snapshot(_ chip: UInt64) -> [UInt8] {
  var length: UInt64 = 0
  #expect(mblstm_chip_snapshot(chip, nil, 0, &length) == MBLSTM_TOO_SHORT.rawValue)
  var bytes = [UInt8](repeating: 0, count: Int(length))
  must(mblstm_chip_snapshot(chip, &bytes, length, &length))
  return bytes
}

extension Machine {
  /// The same of a board.
  var bytes: [UInt8] { ChipFile(snapshot).bytes }
}

/// A folder for a test's files.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.path + "/library-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
